import { randomUUID } from "node:crypto";
import type { CallAws } from "../handlers/aws/call";
import { proofEndpointOf, requestHeader } from "../handlers/aws/caller";
import {
  type ApprovalRequest,
  type FixedRequest,
  hashOfRequest,
  type ImportRequest,
  type ModeRequest,
  type PersonRequest,
  type RequestAnswer,
  type RequestEvent,
  type RollbackRequest,
  type RolledBackRequest,
  type SendRequest,
  type VerdictRequest,
} from "../handlers/findings/person-request";
import { fieldsOf, textOf } from "../handlers/json";

/** What every request has, and a verb need not say. */
type Added = "table" | "region" | "nonce";

/** What a verb asks of the function. */
export type AskedOfFunction =
  | Omit<ModeRequest, Added>
  | Omit<RollbackRequest, Added>
  | Omit<RolledBackRequest, Added>
  | Omit<ApprovalRequest, Added>
  | Omit<FixedRequest, Added>
  | Omit<VerdictRequest, Added>
  | Omit<SendRequest, Added>
  | Omit<ImportRequest, Added>;

/**
 * Asks the function for something, and proves who asks. Resolves when it was done.
 *
 * @throws Error with the function's reason when it refuses
 */
export type AskFunction = (asked: AskedOfFunction) => Promise<Accepted>;

/** A request that the function has carried out. */
export type Accepted = Omit<Extract<RequestAnswer, { accepted: true }>, "accepted">;

/** Which function, and who asks. */
export interface AskOptions {
  table: string;
  region: string;
  /** The function's name. */
  function: string;
  /** Of AWS on this machine; AWS's own when it is left out, and there is no AWS_ENDPOINT_URL. */
  endpoint?: string | undefined;
  /** Those of the environment when they are left out. */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  aws: CallAws;
}

/** The SDK's signer, as far as it is used. */
interface Presigner {
  presign(request: unknown, options: Record<string, unknown>): Promise<{ query?: Record<string, unknown> }>;
}

/** How long a proof is good, s. */
const proofSeconds = 120;

/** Makes what asks a stack's function. */
export function createAskFunction(options: AskOptions): AskFunction {
  const { table, region, function: FunctionName, aws } = options;
  return async (asked) => {
    const request: PersonRequest = { ...asked, table, region, nonce: randomUUID() };
    const event: RequestEvent = {
      cloudtrailer: "request",
      request,
      proof: await proofOf(hashOfRequest(request), options),
    };
    const input = { FunctionName, InvocationType: "RequestResponse", Payload: JSON.stringify(event) };
    const { FunctionError, Payload } = await aws({ service: "lambda", operation: "Invoke", region, input });
    const text = textOfPayload(Payload);
    if (FunctionError !== undefined)
      throw new Error(
        `the function ${FunctionName} failed, so that nothing was done, or not all: ${messageIn(text)}`,
      );
    const answer = fieldsOf(JSON.parse(text || "{}")) as unknown as RequestAnswer;
    if (answer.accepted === true) {
      const { by, at, result } = answer;
      return result === undefined ? { by, at } : { by, at, result };
    }
    throw new Error(
      `the function ${FunctionName} refused: ${textOf(fieldsOf(answer).reason) ?? "it does not know requests; deploy this version first"}`,
    );
  };
}

/**
 * A presigned `sts:GetCallerIdentity` that is bound to a request by its hash.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function proofOf(
  hash: string,
  { region, endpoint, credentials }: Pick<AskOptions, "region" | "endpoint" | "credentials">,
): Promise<string> {
  const { protocol, hostname, host, port, origin } = new URL(
    proofEndpointOf(region, endpoint ?? process.env.AWS_ENDPOINT_URL),
  );
  // Loaded when they are needed: help is not to wait for them.
  const { STSClient } = await import("@aws-sdk/client-sts");
  const { HttpRequest } = await import("@smithy/core/protocols");
  const sts = new STSClient({ region, ...(credentials === undefined ? {} : { credentials }) });
  const scheme = { name: "sigv4", signingName: "sts", signingRegion: region, properties: {} };
  const signer = (await sts.config.signer(scheme)) as unknown as Presigner;
  const request = new HttpRequest({
    method: "GET",
    protocol,
    hostname,
    ...(port === "" ? {} : { port: Number(port) }),
    path: "/",
    query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
    headers: { host, [requestHeader]: hash },
  });
  const { query = {} } = await signer.presign(request, {
    expiresIn: proofSeconds,
    signingRegion: region,
    signingService: "sts",
  });
  sts.destroy();
  const text = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return `${origin}/?${text.join("&")}`;
}

/** The SDK has an answer's bytes as a stream that can say its text. */
function textOfPayload(payload: unknown): string {
  const { transformToString } = (payload ?? {}) as { transformToString?: () => string };
  return transformToString?.call(payload) ?? "";
}

/** What a failed invocation says: `{"errorType","errorMessage","trace"}`. */
function messageIn(text: string): string {
  try {
    return textOf(fieldsOf(JSON.parse(text)).errorMessage) ?? text;
  } catch {
    return text;
  }
}
