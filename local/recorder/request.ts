import type { IncomingHttpHeaders } from "node:http";

/** A request without its body. */
export interface RequestHead {
  method: string;
  /** Percent-encoded as sent, without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** The client's address. */
  source: string;
}

/** An answered call. */
export interface Exchange {
  head: RequestHead;
  /** When the request arrived. */
  at: Date;
  /** Absent if it was not kept, or exceeded what is kept. */
  requestBody?: Buffer;
  /** Bytes of the body, kept or not. */
  requestBytes: number;
  status: number;
  responseHeaders: IncomingHttpHeaders;
  responseBody?: Buffer;
}

/** What a signature says about its creator. */
export interface CredentialScope {
  accessKeyId: string;
  /** Absent in SigV2 and SigV4a. */
  region?: string;
  signingName: string;
}

/** A header's first or only value. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/**
 * The claimed sender of a request: SigV4 and SigV4a in a header or in the query, SigV2 of S3. The service decides whether the
 * signature is valid.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function credentialScopeOf(head: RequestHead): CredentialScope | undefined {
  const authorization = headerOf(head.headers, "authorization") ?? "";
  const credential = /Credential=([^,\s]+)/.exec(authorization)?.[1] ?? head.query.get("X-Amz-Credential");
  if (credential) {
    const parts = credential.split("/");
    const [accessKeyId, , third, fourth] = parts;
    if (parts.length === 5 && accessKeyId && third && fourth) {
      return { accessKeyId, region: third, signingName: fourth };
    }
    if (parts.length === 4 && accessKeyId && third) return { accessKeyId, signingName: third };
    return undefined;
  }
  const sigV2 = /^AWS ([^:\s]+):/.exec(authorization)?.[1] ?? head.query.get("AWSAccessKeyId");
  return sigV2 ? { accessKeyId: sigV2, signingName: "s3" } : undefined;
}

/** Decodes percent signs; a malformed text stays as it is. */
export function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
