import { expect } from "chai";
import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  request as send,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { type Gateway, type Observation, startGateway } from "../../../local/recorder/gateway";
import type { Exchange } from "../../../local/recorder/request";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return once(stream, "end").then(() => Buffer.concat(chunks));
}

describe("the gateway", () => {
  let upstream: Server;
  let gateway: Gateway;
  let answer: Handler;
  let exchanges: Exchange[];
  let errors: Error[];
  let observation: Partial<Observation> | undefined;
  let received: { rawHeaders: string[]; body: Buffer }[];

  beforeEach(async () => {
    exchanges = [];
    errors = [];
    received = [];
    observation = {};
    answer = (_, response) => response.end("done");
    upstream = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        received.push({ rawHeaders: request.rawHeaders, body });
        answer(request, response);
      });
    });
    upstream.listen(0, "127.0.0.1");
    await once(upstream, "listening");
    gateway = await startGateway({
      upstream: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`,
      port: 0,
      observe: async () =>
        observation && {
          keepsRequest: true,
          holds: false,
          keepsResponse: () => true,
          finish: async (exchange) => {
            exchanges.push(exchange);
          },
          ...observation,
        },
      onError: (error) => errors.push(error),
    });
  });

  afterEach(async () => {
    await gateway.close();
    upstream.closeAllConnections();
    upstream.close();
  });

  it("reports what keeps it from answering, but not once it is being closed", async () => {
    const fails: ((error: Error) => void)[] = [];
    const failing = await startGateway({
      upstream: gateway.endpoint,
      port: 0,
      observe: () => new Promise((_, reject) => void fails.push(reject)),
      onError: (error) => errors.push(error),
    });
    const asked = async (count: number) => {
      const client = send(failing.endpoint);
      client.on("error", () => {}); // Its connection ends with the gateway.
      client.end();
      while (fails.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
      return client;
    };
    const first = await asked(1);
    fails[0]?.(new Error("no such key"));
    const [response] = (await once(first, "response")) as [IncomingMessage];
    expect(response.statusCode).to.equal(502);
    expect(errors.map(({ message }) => message)).to.deep.equal(["no such key"]);

    await asked(2);
    await failing.close();
    fails[1]?.(new Error("socket hang up"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(errors).to.have.length(1);
  });

  /** What a client writes, byte by byte, and what it gets back before the connection ends. */
  async function raw(text: string): Promise<string> {
    const socket = connect(Number(new URL(gateway.endpoint).port), "127.0.0.1");
    socket.write(text);
    let got = "";
    socket.on("data", (chunk) => {
      got += chunk;
    });
    await once(socket, "close");
    return got;
  }

  it("passes headers on as they came: the client's Host, order, case and number", async () => {
    await raw(
      "PUT /a%20b?x=1&y HTTP/1.1\r\nHost: signed.example:1\r\nX-Amz-Meta-A: 1\r\nx-amz-meta-A:  2\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi",
    );
    const [request] = received;
    expect(request?.body.toString()).to.equal("hi");
    expect(request?.rawHeaders.slice(0, 8)).to.deep.equal([
      ...["Host", "signed.example:1", "X-Amz-Meta-A", "1", "x-amz-meta-A", "2"],
      ...["Content-Length", "2"],
    ]);
    const [exchange] = exchanges;
    expect(exchange?.head).to.deep.include({ method: "PUT", path: "/a%20b", source: "127.0.0.1" });
    expect(exchange?.head.query.get("x")).to.equal("1");
    expect(exchange).to.deep.include({ status: 200, requestBytes: 2 });
    expect(exchange?.requestBody?.toString()).to.equal("hi");
    expect(exchange?.responseBody?.toString()).to.equal("done");
  });

  it("passes chunked bodies on", async () => {
    const got = await raw(
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
    );
    expect(got).to.match(/^HTTP\/1\.1 200 OK/);
    expect(received[0]?.body.toString()).to.equal("abcde");
  });

  it("lets the upstream say when the body may be sent", async () => {
    const request = send(gateway.endpoint, {
      method: "PUT",
      headers: { expect: "100-continue", "content-length": 4 },
    });
    request.flushHeaders();
    await once(request, "continue");
    request.end("body");
    const [response] = (await once(request, "response")) as [IncomingMessage];
    expect((await bodyOf(response)).toString()).to.equal("done");
    expect(received[0]?.body.toString()).to.equal("body");
  });

  it("keeps nothing that nobody observes", async () => {
    observation = undefined;
    const big = Buffer.alloc(20 * 1024 * 1024, 1);
    answer = (_, response) => response.end(big);
    const response = await fetch(gateway.endpoint, { method: "PUT", body: big });
    expect((await response.arrayBuffer()).byteLength).to.equal(big.length);
    expect(received[0]?.body.equals(big)).to.equal(true);
    expect(exchanges).to.deep.equal([]);
  });

  it("holds an answer until its observer is done", async () => {
    const order: string[] = [];
    observation = {
      holds: true,
      finish: () =>
        new Promise((resolve) =>
          setImmediate(() => {
            order.push("finished");
            resolve();
          }),
        ),
    };
    const response = await fetch(gateway.endpoint, { method: "POST", body: "x" });
    expect(await response.text()).to.equal("done");
    order.push("answered");
    expect(order).to.deep.equal(["finished", "answered"]);
  });

  it("sees the answer to a call whose client did not wait for it", async () => {
    const finished = new Promise<Exchange>((resolve) => {
      observation = { finish: async (exchange) => resolve(exchange) };
    });
    const { port } = new URL(gateway.endpoint);
    answer = (_, response) => {
      socket.destroy();
      socket.once("close", () => setImmediate(() => response.end("late")));
    };
    const socket = connect(Number(port), "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi");
    expect((await finished).responseBody?.toString()).to.equal("late");
    expect(errors).to.deep.equal([]);
  });

  it("says so if the upstream does not answer", async () => {
    answer = (request) => request.socket.destroy();
    const response = await fetch(gateway.endpoint, { method: "POST", body: "x" });
    expect(response.status).to.equal(502);
    expect(errors.map((error) => error.message)).to.deep.equal(["POST /: socket hang up"]);
  });

  it("says which port is in use", async () => {
    const port = Number(new URL(gateway.endpoint).port);
    const second = startGateway({
      upstream: gateway.endpoint,
      port,
      observe: async () => undefined,
      onError: () => {},
    });
    const error = await second.then(
      () => undefined,
      (cause: Error) => cause,
    );
    expect(error?.message).to.equal(`Port ${port} of 127.0.0.1 is in use: choose another, or none.`);
  });
});
