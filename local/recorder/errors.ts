import type { Call } from "./calls";
import { cborOf } from "./decode";
import { type Exchange, headerOf } from "./request";
import { childOf, parseXml, type XmlElement } from "./xml";

/** Why a call failed, as in its event. */
export interface CallError {
  errorCode: string;
  errorMessage?: string;
}

interface WireError {
  code?: string | undefined;
  message?: string | undefined;
}

/** Answers to requests of unknown senders: AWS writes no event for them into the account's trail. */
const unauthenticated = new Set([
  "AuthFailure",
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "IncompleteSignatureException",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "InvalidToken",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
  "RequestExpired",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
]);

/** The codes for calls denied by IAM policies; CloudTrail writes a single one for all services except EC2. */
const denied = new Set(["AccessDenied", "AccessDeniedException", "AuthorizationError", "NotAuthorized"]);

/** Codes of answers without a body, as for HEAD. */
const codesOfStatus: Record<number, string> = { 400: "BadRequest", 403: "AccessDenied", 404: "NoSuchBucket" };

/** Whether an error means that IAM denied the call. */
export function isDenied(error: CallError): boolean {
  return error.errorCode === "AccessDenied" || error.errorCode === "Client.UnauthorizedOperation";
}

function textIn(fields: Record<string, unknown>, ...names: string[]): string | undefined {
  for (const name of names) if (typeof fields[name] === "string") return fields[name] as string;
  return undefined;
}

/** `com.amazonaws.kms#NotFoundException:http://…` is `NotFoundException`. */
function bareCode(code: string): string {
  return code.slice(code.lastIndexOf("#") + 1).split(":")[0] as string;
}

function fromFields(value: unknown, exchange: Exchange): WireError {
  const fields = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  return {
    code: headerOf(exchange.responseHeaders, "x-amzn-errortype") ?? textIn(fields, "__type", "code", "Code"),
    message: textIn(fields, "message", "Message", "errorMessage"),
  };
}

function fromXmlError(root: XmlElement): WireError {
  const inner = childOf(childOf(root, "Errors") ?? root, "Error") ?? root;
  return { code: childOf(inner, "Code")?.text, message: childOf(inner, "Message")?.text };
}

function wireErrorOf(call: Call, exchange: Exchange): WireError {
  const body = exchange.responseBody;
  if (!body || body.length === 0) return fromFields({}, exchange);
  try {
    if (call.protocol === "smithy-rpc-v2-cbor") return fromFields(cborOf(body), exchange);
    const text = body.toString("utf8");
    return text.trimStart().startsWith("<")
      ? fromXmlError(parseXml(text))
      : fromFields(JSON.parse(text), exchange);
  } catch {
    // Not an error of an AWS service; only its status is known.
    return {};
  }
}

/** CloudTrail names IAM's errors after their shapes: `NoSuchEntityException`. */
function shapeWithCode(call: Call, code: string): string | undefined {
  return Object.entries(call.model.shapes).find(
    ([, shape]) => shape.exception && shape.error?.code === code,
  )?.[0];
}

function codeIn(call: Call, code: string, status: number): string {
  if (call.protocol === "ec2") {
    return /^(Client|Server)\./.test(code) ? code : `${status < 500 ? "Client" : "Server"}.${code}`;
  }
  if (denied.has(code)) return "AccessDenied";
  return call.protocol === "query" ? (shapeWithCode(call, code) ?? code) : code;
}

/**
 * Why a call failed.
 *
 * @returns undefined if it did not, `"unauthenticated"` if the service does not know the caller
 */
export function errorOf(call: Call, exchange: Exchange): CallError | "unauthenticated" | undefined {
  const { status } = exchange;
  if (status < 400) return undefined;
  const { code, message } = wireErrorOf(call, exchange);
  const bare = code === undefined ? (codesOfStatus[status] ?? "InternalError") : bareCode(code);
  if (unauthenticated.has(bare)) return "unauthenticated";
  const error: CallError = { errorCode: codeIn(call, bare, status) };
  if (message !== undefined) error.errorMessage = message;
  return error;
}
