import { expect } from "chai";
import { createSharedCheck } from "../../../handlers/watch/shared-check";
import { aRecord } from "../../support/factories";

describe("the comparison of own parts that a notification's findings share", () => {
  const arrived = Date.parse("2026-03-01T12:00:10Z");
  const at = (eventTime: string) => ({ record: aRecord({ eventTime }) });

  function prepare() {
    const asked: number[] = [];
    const selfCheck = {
      async check(since: number) {
        asked.push(since);
        const part = {
          part: "queue failures",
          by: "GetQueueAttributes",
          declared: "{}",
          repair: "pulumi up",
        };
        return {
          differences: [{ ...part, found: "(none)", means: "notifications may be lost" }],
          isFirstDeployment: false,
        };
      },
    };
    return { asked, shared: createSharedCheck(selfCheck, arrived) };
  }

  it("is made once, for the last call, when that is over", async () => {
    const { asked, shared } = prepare();
    shared.noteCalls([at("2026-03-01T12:00:03Z"), at("2026-03-01T12:00:05Z"), at("2026-03-01T12:00:01Z")]);
    await shared.check();
    expect(await shared.check()).to.deep.equal({
      differences: ["queue failures (GetQueueAttributes: (none)): notifications may be lost"],
      isFirstDeployment: false,
    });
    expect(asked).to.deep.equal([Date.parse("2026-03-01T12:00:07Z")]);
  });

  it("is made again for later calls, whose result an earlier one may not show", async () => {
    const { asked, shared } = prepare();
    shared.noteCalls([at("2026-03-01T12:00:03Z")]);
    await shared.check();
    shared.noteCalls([at("2026-03-01T12:00:02Z")]);
    await shared.check();
    shared.noteCalls([at("2026-03-01T12:00:04Z")]);
    await shared.check();
    expect(asked).to.deep.equal([Date.parse("2026-03-01T12:00:05Z"), Date.parse("2026-03-01T12:00:06Z")]);
  });

  for (const eventTime of ["2026-03-01T12:00:09Z", "2031-01-01T00:00:00Z", "yesterday"])
    it(`waits for no more than the notification's arrival, with a call at ${eventTime}`, async () => {
      const { asked, shared } = prepare();
      shared.noteCalls([at(eventTime)]);
      await shared.check();
      expect(asked).to.deep.equal([arrived]);
    });
});
