import {
  Agent,
  createServer,
  type IncomingMessage,
  request as sendRequest,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Exchange, RequestHead } from "./request";
import { sourceArnHeader } from "./root-clients";

/** What a call's observer needs. */
export interface Observation {
  /** Whether to keep the request's body. */
  keepsRequest: boolean;
  /** Whether to hold the response back until `finish` is done. */
  holds: boolean;
  /** Whether to keep the response's body; called when its head has arrived. */
  keepsResponse(status: number): boolean;
  /** Gets the whole response before the client does. */
  finish(exchange: Exchange): Promise<void>;
}

export interface GatewayOptions {
  /** `http://127.0.0.1:<port>` */
  upstream: string;
  /** A free one if 0. */
  port: number;
  /** Called before a request is passed on. Undefined: nobody observes it. */
  observe(head: RequestHead): Promise<Observation | undefined>;
  /** Requests to the gateway itself, which are not passed on. */
  own?: {
    isOwn(head: RequestHead): boolean;
    /** Maximum bytes of a body. */
    maxBytes: number;
    answer(head: RequestHead, body: string): { status: number; json: unknown };
  };
  onError(error: Error): void;
}

export interface Gateway {
  endpoint: string;
  close(): Promise<void>;
}

/** Maximum size of a kept body: the largest call is Lambda's CreateFunction with 50 MB of code in base64. */
const longestKept = 72 * 1024 * 1024;

/** MiniStack closes idle connections after 5 s; ours must be closed before that, or a request would use a closed one. */
const idleUpstream = 3000;

/** Clients keep connections longer than Node does by default, and would use closed ones. */
const idleClient = 75_000;

/** Headers of a single connection, which are not passed on. Source: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const hopByHop = new Set(["connection", "keep-alive", "proxy-connection", "te", "trailer", "upgrade"]);

/** Only AWS's services may name the resource that they call for: this header of a client is dropped. */
const heldBack = new Set([...hopByHop, sourceArnHeader]);

/** Headers exactly as received (order, case and number), so that what was signed is what arrives. */
function passedOn(raw: string[]): string[] {
  const headers: string[] = [];
  for (let i = 0; i < raw.length; i += 2) {
    if (!heldBack.has((raw[i] as string).toLowerCase())) headers.push(raw[i] as string, raw[i + 1] as string);
  }
  return headers;
}

/** Keeps a body as it passes. Undefined if nobody asked for it or it is too long. */
function keeper(stream: IncomingMessage, wanted: boolean) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (wanted && bytes <= longestKept) chunks.push(chunk);
    else chunks.length = 0;
  });
  return {
    body: () => (wanted && bytes <= longestKept ? Buffer.concat(chunks) : undefined),
    bytes: () => bytes,
  };
}

function given<Name extends string>(name: Name, body: Buffer | undefined): { [name in Name]?: Buffer } {
  return body ? ({ [name]: body } as { [name in Name]: Buffer }) : {};
}

function headOf(request: IncomingMessage): RequestHead {
  const url = request.url ?? "/";
  const mark = url.indexOf("?");
  return {
    method: request.method ?? "GET",
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1)),
    headers: request.headers,
    source: (request.socket.remoteAddress ?? "").replace(/^::ffff:/, ""),
  };
}

/** Starts an HTTP server that passes every request on unchanged, and lets an observer see calls and answers. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { hostname, port: upstreamPort } = new URL(options.upstream);
  const agent = new Agent({ keepAlive: true, timeout: idleUpstream });
  let isClosed = false;

  function refuse(response: ServerResponse, error: Error): void {
    // A request made while the gateway was closing finds the emulator gone; nobody waits for its answer.
    if (!isClosed) options.onError(error);
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { "content-type": "text/plain" }).end("The emulator did not answer.\n");
  }

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = new Date();
    const head = headOf(request);
    if (options.own?.isOwn(head)) return answerItself(options.own, request, response, head);
    const observation = await options.observe(head);
    const kept = keeper(request, observation?.keepsRequest ?? false);
    const headers = passedOn(request.rawHeaders);
    const hasLength =
      request.headers["content-length"] !== undefined || request.headers["transfer-encoding"] !== undefined;
    if (!hasLength && head.method !== "GET" && head.method !== "HEAD") headers.push("Content-Length", "0");
    const onward = sendRequest({
      agent,
      hostname,
      port: upstreamPort,
      method: head.method,
      path: request.url,
      headers,
    });
    onward.on("error", (cause) => {
      // The client disconnected before its request was complete.
      if (response.destroyed) return;
      refuse(response, new Error(`${head.method} ${head.path}: ${cause.message}`, { cause }));
    });
    onward.on("continue", () => response.writeContinue());
    onward.on("response", (answer) => answerWith(answer, response, head, at, kept, observation));
    // A client that has sent its whole request and does not wait has still made its call.
    response.on("close", () => {
      if (!request.complete) onward.destroy();
    });
    onward.flushHeaders();
    request.pipe(onward);
  }

  /** Answers a request to the gateway itself. */
  async function answerItself(
    own: NonNullable<GatewayOptions["own"]>,
    request: IncomingMessage,
    response: ServerResponse,
    head: RequestHead,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= own.maxBytes) chunks.push(chunk);
    }
    const { status, json } =
      bytes > own.maxBytes
        ? { status: 413, json: { error: `expected at most ${own.maxBytes} bytes, found ${bytes}` } }
        : own.answer(head, Buffer.concat(chunks).toString("utf8"));
    response.writeHead(status, { "content-type": "application/json" }).end(`${JSON.stringify(json)}\n`);
  }

  function answerWith(
    answer: IncomingMessage,
    response: ServerResponse,
    head: RequestHead,
    at: Date,
    request: ReturnType<typeof keeper>,
    observation: Observation | undefined,
  ): void {
    const status = answer.statusCode ?? 502;
    const holds = observation?.holds ?? false;
    const kept = keeper(answer, holds || (observation?.keepsResponse(status) ?? false));
    response.sendDate = false;
    const begin = () => response.writeHead(status, answer.statusMessage, passedOn(answer.rawHeaders));
    answer.on("error", () => response.destroy());
    response.on("close", () => answer.unpipe(response).resume());
    if (!holds && !response.destroyed) {
      begin();
      if (!observation) response.flushHeaders();
      answer.pipe(response, { end: false });
    }
    answer.on("end", () => {
      const finished = observation?.finish({
        head,
        at,
        ...given("requestBody", request.body()),
        requestBytes: request.bytes(),
        status,
        responseHeaders: answer.headers,
        ...given("responseBody", kept.body()),
      });
      const reported = finished?.catch(options.onError);
      if (!holds) response.end();
      else void reported?.finally(() => begin().end(kept.body()));
    });
  }

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    pass(request, response).catch((error: Error) => refuse(response, error));
  };
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: idleClient }, handle);
  // The emulator says when the body may be sent: it may reject the request before.
  server.on("checkContinue", handle);
  await listen(server, options.port);
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      isClosed = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      agent.destroy();
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === "EADDRINUSE"
          ? "is in use: choose another, or none"
          : `cannot be used: ${cause.message}`;
      reject(new Error(`Port ${port} of 127.0.0.1 ${why}.`, { cause }));
    });
    server.listen(port, "127.0.0.1", () => resolve());
  });
}
