import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import type { CertificateAt } from "./sns-signature";

/** A certificate has about 2 KB. */
const maxBytes = 64 * 1024;

/** Certificates are changed every few years. */
const maxKept = 20;

/** Reads a text by HTTP(S), without following redirects. @returns its status, and the text if that is 200 */
export type Download = (url: string) => Promise<{ status: number; text: string }>;

/**
 * Creates the reader of SNS's certificates. What was read is kept for the life of the execution environment.
 *
 * @param endpoint where AWS is, if not at its own hosts: the certificates are then there
 */
export function createCertificates({
  endpoint,
  download = createDownload(),
}: {
  endpoint?: string | undefined;
  download?: Download;
} = {}): CertificateAt {
  const kept = new Map<string, string>();
  return async (url) => {
    const known = kept.get(url);
    if (known !== undefined) return known;
    const { status, text } = await download(
      endpoint === undefined ? url : new URL(new URL(url).pathname, endpoint).href,
    );
    // S3, where the certificates are kept, answers with 403 for what is not there.
    if (status === 403 || status === 404) return undefined;
    if (status !== 200) throw new Error(`expected SNS's certificate at ${url}, found status ${status}`);
    if (kept.size >= maxKept) kept.clear();
    kept.set(url, text);
    return text;
  };
}

/** Creates the download: a request may take as long as a call of AWS. */
export function createDownload(timeoutMs = 8_000): Download {
  return (url) =>
    new Promise((resolve, reject) => {
      const failed = (cause: Error) =>
        reject(new Error(`unable to read ${url}: ${cause.message}`, { cause }));
      const answered = (answer: IncomingMessage) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        answer.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > maxBytes) answer.destroy(new Error(`it is larger than ${maxBytes} bytes`));
          else chunks.push(chunk);
        });
        answer.on("error", failed);
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
        );
      };
      const send = url.startsWith("https:") ? secureRequest : plainRequest;
      const sent = send(url, { timeout: timeoutMs }, answered);
      sent.on("timeout", () => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)));
      sent.on("error", failed);
      sent.end();
    });
}
