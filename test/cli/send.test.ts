import { createServer, type IncomingMessage, type Server } from "node:http";
import { mkdtempSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { sendHeader, sendPath } from "../../local/recorder/sent";
import { aRecord } from "../support/factories";
import { called } from "./called";

const variables = {
  AWS_ENDPOINT_URL: undefined,
  AWS_ACCESS_KEY_ID: "example",
  AWS_SECRET_ACCESS_KEY: "example",
  AWS_REGION: "us-west-2",
  CLOUDTRAILER_FUNCTION: "detector",
};

describe("cloudtrailer send", () => {
  const usual = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  const set = (values: (readonly [string, string | undefined])[]) => {
    for (const [name, value] of values)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  };
  let server: Server;
  let endpoint: string;
  let requests: { path: string; header: unknown; body: unknown }[];
  let answer: { status: number; body: string };

  const bodyOf = async (request: IncomingMessage) => {
    let text = "";
    for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
    return JSON.parse(text) as unknown;
  };
  const saved = (content: unknown) => {
    const file = join(mkdtempSync(join(tmpdir(), "send-")), "saved.json");
    writeFileSync(file, JSON.stringify(content));
    return file;
  };

  beforeEach(async () => {
    set(Object.entries(variables));
    requests = [];
    answer = { status: 200, body: '{"sent":[]}' };
    server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        requests.push({ path: String(request.url), header: request.headers[sendHeader], body });
        response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    set(usual);
    server.closeAllConnections();
    server.close();
  });

  it("gives records to the recorder, and prints their new IDs", async () => {
    answer.body = JSON.stringify({
      sent: [{ eventID: "new", event: "iam:AttachUserPolicy", awsRegion: "us-east-1" }],
    });
    const { code, out } = await called(["send", saved({ Records: [aRecord()] }), "--endpoint", endpoint]);
    expect({ code, out }).to.deep.equal({ code: 0, out: ["sent iam:AttachUserPolicy in us-east-1 as new"] });
    expect(requests).to.deep.equal([{ path: sendPath, header: "1", body: { Records: [aRecord()] } }]);
  });

  it("gives notifications and other events to the function", async () => {
    const notification = { s3Bucket: "logs", s3ObjectKey: ["AWSLogs/a.json.gz"] };
    const events = [
      { Records: [{ Sns: { Message: "m" } }] },
      { cloudtrailer: "keep-baselines", at: "schedule" },
    ];
    for (const event of [notification, ...events]) {
      const { code, err } = await called(["send", saved(event), "--endpoint", endpoint]);
      expect({ code, err }).to.deep.equal({ code: 0, err: [] });
    }
    expect(new Set(requests.map(({ path }) => path))).to.deep.equal(
      new Set(["/2015-03-31/functions/detector/invocations"]),
    );
    expect(requests.map(({ body }) => body)).to.deep.equal([
      {
        Records: [
          { EventSource: "aws:sns", Sns: { MessageId: "sent", Message: JSON.stringify(notification) } },
        ],
      },
      ...events,
    ]);
  });

  it("says what the recorder refused", async () => {
    answer = { status: 400, body: '{"error":"expected something else"}' };
    const { code, err } = await called(["send", saved(aRecord()), "--endpoint", endpoint]);
    expect(code).to.equal(1);
    expect(err[0]).to.contain("expected something else");
  });

  it("says so when nothing listens, or something else does", async () => {
    answer = { status: 404, body: "<Error/>" };
    const other = await called(["send", saved(aRecord()), "--endpoint", endpoint]);
    expect(other.err[0]).to.contain("it is not the endpoint that local prints");
    const none = await called(["send", saved(aRecord()), "--endpoint", "http://127.0.0.1:1"]);
    expect(none.err[0]).to.contain("is npx cloudtrailer local still running?");
  });

  it("sends nothing to AWS or to another machine without a reason, and no events at all", async () => {
    for (const elsewhere of [
      undefined,
      "https://cloudtrail.us-east-1.amazonaws.com",
      "http://192.0.2.1:4566",
    ]) {
      set([["AWS_ENDPOINT_URL", elsewhere]]);
      const { code, err } = await called(["send", saved(aRecord())]);
      expect(code).to.equal(2);
      expect(err[0]).to.contain("or the endpoint of npx cloudtrailer local");
      const event = await called(["send", saved({ cloudtrailer: "keep-baselines" }), "--why", "x"]);
      expect(event.err[0]).to.contain("a stack on AWS takes records alone");
    }
  });
});
