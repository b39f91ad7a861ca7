import type { CloudTrailRecord, UserIdentity } from "../../../handlers/cloudtrail/record";
import { botocoreData } from "../../../local/emulator";
import { type Call, callOf } from "../../../local/recorder/calls";
import { recordOf } from "../../../local/recorder/records";
import { credentialScopeOf, type Exchange, type RequestHead } from "../../../local/recorder/request";
import { openServiceModels, type ServiceModels } from "../../../local/recorder/service-models";

let opened: ServiceModels | undefined;

/** The service models that come with the emulator. */
export function models(): ServiceModels {
  opened ??= openServiceModels(botocoreData());
  return opened;
}

export const account = "111122223333";

export const bob: UserIdentity = {
  type: "IAMUser",
  principalId: "AIDAEXAMPLEBOB",
  arn: `arn:aws:iam::${account}:user/bob`,
  accountId: account,
  accessKeyId: "AKIAEXAMPLEBOB",
  userName: "bob",
};

interface Message {
  first: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** An HTTP message as text: first line, headers, an empty line, body. Common indentation is removed. */
function messageOf(text: string): Message {
  const lines = text.replace(/^\n/, "").split("\n");
  const indent = /^ */.exec(lines[0] as string)?.[0].length ?? 0;
  const plain = lines.map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length)));
  const gap = plain.indexOf("");
  const head = plain.slice(1, gap < 0 ? undefined : gap);
  const headers = head.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const body =
    gap < 0
      ? ""
      : plain
          .slice(gap + 1)
          .join("\n")
          .trim();
  return { first: plain[0] as string, headers: Object.fromEntries(headers), body: Buffer.from(body) };
}

export interface Captured {
  /** Service and region of the signature. */
  signed: [service: string, region: string];
  request: string;
  response: string;
  /** Bytes instead of the text's body. */
  requestBody?: Buffer;
  responseBody?: Buffer;
}

/** A captured call as the gateway passes it on. */
export function exchangeOf({ signed: [service, region], request, response, ...bodies }: Captured): Exchange {
  const sent = messageOf(request);
  const answered = messageOf(response);
  const [method = "", url = ""] = sent.first.split(" ");
  const [path = "", query = ""] = url.split("?");
  const credential = `AKIAEXAMPLEBOB/20261123/${region}/${service}/aws4_request`;
  const head: RequestHead = {
    method,
    path,
    query: new URLSearchParams(query),
    headers: {
      host: "127.0.0.1:4566",
      "user-agent": "aws-cli/1.45.11",
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=0`,
      ...sent.headers,
    },
    source: "127.0.0.1",
  };
  const requestBody = bodies.requestBody ?? sent.body;
  return {
    head,
    at: new Date("2026-11-23T13:33:28.123Z"),
    requestBody,
    requestBytes: requestBody.length,
    status: Number(answered.first.split(" ")[1]),
    responseHeaders: answered.headers,
    responseBody: bodies.responseBody ?? answered.body,
  };
}

/** The call of a captured request. */
export function identify(captured: Captured): Call | undefined {
  const exchange = exchangeOf(captured);
  const scope = credentialScopeOf(exchange.head);
  if (!scope) return undefined;
  const call = callOf(models(), exchange.head, scope, exchange.requestBody);
  return call === "in-body" ? undefined : call;
}

/** The record of a captured call, made by {@link bob}. */
export function recordFrom(captured: Captured): CloudTrailRecord | undefined {
  const exchange = exchangeOf(captured);
  const scope = credentialScopeOf(exchange.head);
  const call = identify(captured);
  if (!scope || !call)
    throw new Error(`no service model has the call ${captured.request.trim().split("\n")[0]}`);
  const onUnreadable = (error: Error) => {
    throw error;
  };
  const context = { models: models(), account, region: "us-west-2", onUnreadable };
  return recordOf(context, call, scope, exchange, bob);
}

/** The record's part that is the call's own. */
export function essence(record: CloudTrailRecord | undefined) {
  const { eventSource, eventName, awsRegion, requestParameters, responseElements, readOnly } = record ?? {};
  return { eventSource, eventName, awsRegion, requestParameters, responseElements, readOnly };
}
