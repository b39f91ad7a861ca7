import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { startGateway } from "../../../local/recorder/gateway";
import { asIfNew, recordsIn, sendPath } from "../../../local/recorder/sent";
import { aRecord } from "../../support/factories";

const now = Date.parse("2026-07-01T08:00:00.500Z");

describe("a record that is sent", () => {
  const saved = aRecord({
    recipientAccountId: "999988887777",
    eventID: "old",
    requestParameters: {
      arn: "arn:aws:iam::999988887777:role/a",
      other: "arn:aws:iam::444455556666:role/b",
      number: "19999888877770",
    },
  });

  it("is as if its call had just been made in this account", () => {
    const record = asIfNew(saved, { account: "111122223333", now });
    expect(record.eventTime).to.equal("2026-07-01T08:00:00Z");
    expect(record.eventID).to.match(/^[0-9a-f-]{36}$/);
    expect(record.recipientAccountId).to.equal("111122223333");
    expect(record.requestParameters).to.deep.equal({
      arn: "arn:aws:iam::111122223333:role/a",
      other: "arn:aws:iam::444455556666:role/b",
      number: "19999888877770",
    });
    expect(record.eventName).to.equal(saved.eventName);
  });

  it("is new each time", () => {
    const ids = [1, 2].map(() => asIfNew(saved, { account: "111122223333", now }).eventID);
    expect(ids[0]).not.to.equal(ids[1]);
  });

  it("comes in a list", () => {
    expect(recordsIn(JSON.stringify({ Records: [saved] }))).to.deep.equal([saved]);
    expect(() => recordsIn("{")).to.throw(
      'expected {"Records":[…]} with records of CloudTrail, found no JSON',
    );
    expect(() => recordsIn("{}")).to.throw("found no list");
    expect(() => recordsIn('{"Records":[{"eventName":"X"}]}')).to.throw(
      "found Records[0] without eventSource",
    );
  });
});

describe("a request to the gateway itself", () => {
  it("is answered, not passed on, and only up to its maximum size", async () => {
    const passedOn: string[] = [];
    const upstream = createServer((request, response) => {
      passedOn.push(String(request.url));
      response.end("upstream");
    });
    await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
    const gateway = await startGateway({
      upstream: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`,
      port: 0,
      observe: () => Promise.resolve(undefined),
      own: {
        isOwn: ({ path }) => path === sendPath,
        maxBytes: 5,
        answer: ({ method }, body) => ({ status: 201, json: { method, body } }),
      },
      onError: (error) => expect.fail(error.message),
    });
    try {
      const post = (path: string, body: string) =>
        fetch(`${gateway.endpoint}${path}`, { method: "POST", body });
      const own = await post(sendPath, "short");
      expect([own.status, await own.json()]).to.deep.equal([201, { method: "POST", body: "short" }]);
      const long = await post(sendPath, "longer");
      expect([long.status, await long.json()]).to.deep.equal([
        413,
        { error: "expected at most 5 bytes, found 6" },
      ]);
      expect(await (await post("/other", "x")).text()).to.equal("upstream");
      expect(passedOn).to.deep.equal(["/other"]);
    } finally {
      await gateway.close();
      upstream.close();
    }
  });
});
