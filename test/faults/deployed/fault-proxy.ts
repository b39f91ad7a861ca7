import {
  Agent,
  createServer,
  type IncomingMessage,
  request as sendRequest,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { processOf } from "./process-of";

/** One API call of the function, as its request says. */
export interface HttpCall {
  /** `dynamodb:UpdateItem` */
  name: string;
  /** Of JSON protocols. */
  input: Record<string, unknown>;
  /** The path of the request. */
  path: string;
  /** The function's process; one handles one event at a time. */
  pid: number;
}

/** What is done to a request and its answer. */
export type HttpFault = (exchange: {
  call: HttpCall;
  request: IncomingMessage;
  response: ServerResponse;
  /** Makes the call. */
  forward(): Promise<Answer>;
}) => Promise<void>;

interface Answer {
  status: number;
  headers: string[];
  body: Buffer;
}

/** A proxy between the deployed function and AWS. */
export interface FaultProxy {
  endpoint: string;
  /** Is asked about every call; what it returns breaks it. */
  faultOf: (call: HttpCall) => HttpFault | undefined;
  calls: number;
  broken: number;
  close(): Promise<void>;
}

const isJson = (request: IncomingMessage) => /json/.test(request.headers["content-type"] ?? "");

/** Which call a request makes: by the header of JSON protocols, the form of query protocols, or S3's path. */
function nameIn(request: IncomingMessage, body: Buffer): string {
  const service = /\/([a-z0-9-]+)\/aws4_request/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") return `${service}:${target.slice(target.lastIndexOf(".") + 1)}`;
  const action = new URLSearchParams(body.toString("utf8")).get("Action");
  if (action !== null) return `${service}:${action}`;
  const isObject = request.method === "GET" && /^\/[^/]+\/.+/.test(request.url ?? "");
  return `${service}:${isObject ? "GetObject" : `${request.method} ${request.url?.split("?")[0]}`}`;
}

function inputIn(request: IncomingMessage, body: Buffer): Record<string, unknown> {
  return isJson(request) && body.length > 0
    ? (JSON.parse(body.toString("utf8")) as Record<string, unknown>)
    : {};
}

async function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Starts the proxy. @param upstream `http://127.0.0.1:<port>` */
export async function startFaultProxy(upstream: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(upstream);
  const agent = new Agent({ keepAlive: true, timeout: 3_000 });
  const pids = new WeakMap<Socket, number>();
  const proxy: FaultProxy = {
    endpoint: "",
    faultOf: () => undefined,
    calls: 0,
    broken: 0,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      agent.destroy();
    },
  };

  const forwarded = (request: IncomingMessage, body: Buffer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = Object.entries(request.headers).filter(
        ([name]) => !["connection", "transfer-encoding", "content-length", "expect"].includes(name),
      );
      const onward = sendRequest(
        {
          agent,
          hostname,
          port,
          method: request.method,
          path: request.url,
          headers: Object.fromEntries([...headers, ["content-length", String(body.length)]]) as Record<
            string,
            string
          >,
        },
        (answer) =>
          void bodyOf(answer).then(
            (bytes) => resolve({ status: answer.statusCode ?? 502, headers: answer.rawHeaders, body: bytes }),
            reject,
          ),
      );
      onward.on("error", reject);
      onward.end(body);
    });

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { socket } = request;
    const pid = pids.get(socket) ?? processOf(socket);
    pids.set(socket, pid);
    const body = await bodyOf(request);
    const call: HttpCall = {
      name: nameIn(request, body),
      input: inputIn(request, body),
      path: (request.url ?? "").split("?")[0] ?? "",
      pid,
    };
    proxy.calls++;
    const fault = proxy.faultOf(call);
    const forward = () => forwarded(request, body);
    if (fault === undefined) return send(response, await forward());
    proxy.broken++;
    await fault({ call, request, response, forward });
  };

  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 75_000 }, (request, response) => {
    // A client that has gone away waits for nothing.
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  proxy.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const kept: string[] = [];
  for (let at = 0; at < headers.length; at += 2)
    if (!/^(?:connection|keep-alive|transfer-encoding|content-length)$/i.test(headers[at] as string))
      kept.push(headers[at] as string, headers[at + 1] as string);
  response.sendDate = false;
  response.writeHead(status, [...kept, "Content-Length", String(body.length)]).end(body);
}

/** An error in the protocol of the request. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  const body = isJson(request)
    ? JSON.stringify({ __type: code, message })
    : request.headers["content-type"]?.includes("form")
      ? `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`
      : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>r</RequestId></Error>`;
  response.writeHead(status, {
    "content-type": isJson(request) ? "application/x-amz-json-1.0" : "text/xml",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

/** The client gives up, and closes the connection. */
const silence = async () => undefined;

/** Every way in which a call is broken on the wire, by name. */
export const httpFaults: Record<string, HttpFault> = {
  "time-out": silence,
  async "time-out, answer lost"({ forward }) {
    await forward();
  },
  async reset({ response }) {
    response.destroy();
  },
  async "reset, answer lost"({ response, forward }) {
    await forward();
    response.destroy();
  },
  async "500"({ request, response }) {
    refuse(request, response, 500, "InternalFailure", "We encountered an internal error.");
  },
  async "500, but made"({ request, response, forward }) {
    await forward();
    refuse(request, response, 500, "InternalFailure", "We encountered an internal error.");
  },
  async throttled({ request, response }) {
    refuse(request, response, 400, "ThrottlingException", "Rate exceeded");
  },
  async denied({ call, request, response }) {
    refuse(request, response, 403, "AccessDenied", `User is not authorized to perform: ${call.name}`);
  },
  /** One byte, and then none. */
  async "slow body"({ response, forward }) {
    const { status, body } = await forward();
    response.writeHead(status, { "content-length": Math.max(2, body.length) });
    response.write(body.subarray(0, 1));
  },
  async "half an answer"({ response, forward }) {
    const { status, body } = await forward();
    response.writeHead(status, { "content-length": Math.max(2, body.length) });
    response.write(body.subarray(0, body.length >> 1));
    await pause(20);
    response.destroy();
  },
  async "killed before"({ call, response }) {
    process.kill(call.pid, "SIGKILL");
    response.destroy();
  },
  async "killed after"({ call, response, forward }) {
    await forward();
    process.kill(call.pid, "SIGKILL");
    response.destroy();
  },
};
