import { expect } from "chai";
import { createModeSwitch, lowered } from "../../../handlers/findings/mode-switch";
import { aMinuteLater, awsError, fakeAws } from "../../support/factories";

describe("createModeSwitch", () => {
  const options = { table: "findings-red", region: "us-west-2" };
  const ceiling = (mode: string, until?: string) => ({
    S: JSON.stringify({ mode, by: "arn:alice", why: "drill", at: "2026-05-04T09:00:00Z", until }),
  });

  /** What the switch says about a detection, given this item. */
  const modeFor = async (Item: object | undefined, detection = "some-detection") => {
    const { aws } = fakeAws({ "dynamodb:GetItem": { Item } });
    return (await createModeSwitch(aws, { ...options, now: () => aMinuteLater })(detection))?.mode;
  };

  it("says nothing until somebody has thrown it", async () => {
    expect(await modeFor(undefined)).to.equal(undefined);
  });

  it("takes the lower one of the settings for all and for the detection", async () => {
    const item = { id: { S: "switch" }, "*": ceiling("plan"), "some-detection": ceiling("alert") };
    expect(await modeFor(item)).to.equal("alert");
    expect(await modeFor(item, "another-detection")).to.equal("plan");
    expect(await modeFor({ ...item, "some-detection": ceiling("fix") })).to.equal("plan");
  });

  it("ends at the given time", async () => {
    expect(await modeFor({ "*": ceiling("alert", "2026-05-04T10:01:00Z") })).to.equal(undefined);
    expect(await modeFor({ "*": ceiling("alert", "2026-05-04T10:01:01Z") })).to.equal("alert");
  });

  it("lets nothing be fixed if it cannot be understood", async () => {
    for (const strange of [ceiling("fox"), { S: "fix" }, { N: "1" }, ceiling("alert", "next week")])
      expect(await modeFor({ "*": strange })).to.be.oneOf(["plan", "alert"]);
  });

  it("is read again after 30 s, and once for concurrent readers", async () => {
    let clock = aMinuteLater;
    let Item = {};
    const { aws, calls } = fakeAws({ "dynamodb:GetItem": () => ({ Item }) });
    const ceilingOf = createModeSwitch(aws, { ...options, now: () => clock });
    await Promise.all([ceilingOf("a"), ceilingOf("b"), ceilingOf("a")]);
    Item = { "*": ceiling("alert") };
    clock += 29_999;
    expect(await ceilingOf("a")).to.equal(undefined);
    expect(calls).to.have.length(1);
    clock += 1;
    expect((await ceilingOf("a"))?.mode).to.equal("alert");
    expect(calls).to.have.length(2);
  });

  it("throws while it cannot be read, so that the finding stays open, and reads again at once", async () => {
    let fails = true;
    const { aws } = fakeAws({
      "dynamodb:GetItem": () => {
        if (fails) throw awsError("ThrottlingException", "slow down");
        return {};
      },
    });
    const ceilingOf = createModeSwitch(aws, { ...options, now: () => aMinuteLater });
    const error = await ceilingOf("a").catch((reason: Error) => reason);
    expect(String(error)).to.include("unable to read the switch: ThrottlingException: slow down");
    fails = false;
    expect(await ceilingOf("a")).to.equal(undefined);
  });
});

describe("lowered", () => {
  it("never raises", () => {
    const ceiling = { mode: "plan" as const, by: "", why: "", at: "" };
    expect([lowered("fix", ceiling), lowered("plan", ceiling), lowered("alert", ceiling)]).to.deep.equal([
      "plan",
      "plan",
      "alert",
    ]);
    expect(lowered("fix", undefined)).to.equal("fix");
  });
});
