import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { createCertificates, createDownload } from "../../../handlers/aws/certificates";

describe("createCertificates", () => {
  const url = "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-01.pem";
  const downloading = (answers: Record<string, { status: number; text: string }>) => {
    const asked: string[] = [];
    const download = (at: string) => {
      asked.push(at);
      return Promise.resolve(answers[at] ?? { status: 403, text: "<Error/>" });
    };
    return { asked, download };
  };

  it("reads a certificate once", async () => {
    const { asked, download } = downloading({ [url]: { status: 200, text: "PEM" } });
    const certificateAt = createCertificates({ download });
    expect(await certificateAt(url)).to.equal("PEM");
    expect(await certificateAt(url)).to.equal("PEM");
    expect(asked).to.deep.equal([url]);
  });

  it("says that there is none, and asks again the next time", async () => {
    const { asked, download } = downloading({});
    const certificateAt = createCertificates({ download });
    expect(await certificateAt(url)).to.equal(undefined);
    expect(await certificateAt(url)).to.equal(undefined);
    expect(asked).to.have.length(2);
  });

  it("throws for an answer that may pass, and does not keep it", async () => {
    const { download } = downloading({ [url]: { status: 503, text: "Slow down" } });
    const error = await createCertificates({ download })(url).catch((one: Error) => one);
    expect(error).to.have.property("message").that.includes("found status 503");
  });

  it("asks where AWS is, if that is elsewhere", async () => {
    const here = "http://127.0.0.1:4566/SimpleNotificationService-01.pem";
    const { asked, download } = downloading({ [here]: { status: 200, text: "PEM" } });
    expect(await createCertificates({ endpoint: "http://127.0.0.1:4566", download })(url)).to.equal("PEM");
    expect(asked).to.deep.equal([here]);
  });
});

describe("createDownload", () => {
  let server: Server;
  let origin = "";
  before(async () => {
    server = createServer((request, response) => {
      if (request.url === "/certificate") response.end("PEM");
      else if (request.url === "/moved") response.writeHead(302, { location: "/certificate" }).end();
      else if (request.url === "/large") response.end(Buffer.alloc(100_000, "x"));
      else if (request.url !== "/silent") response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it("returns the status and the text, and follows no redirect", async () => {
    const download = createDownload();
    expect(await download(`${origin}/certificate`)).to.deep.equal({ status: 200, text: "PEM" });
    expect((await download(`${origin}/nothing`)).status).to.equal(404);
    expect((await download(`${origin}/moved`)).status).to.equal(302);
  });

  it("rejects what is too large, and what does not come", async () => {
    const large = await createDownload()(`${origin}/large`).catch((one: Error) => one);
    expect(large).to.have.property("message").that.includes("larger than");
    const silent = await createDownload(20)(`${origin}/silent`).catch((one: Error) => one);
    expect(silent).to.have.property("message").that.includes("no answer within 20 ms");
  });
});
