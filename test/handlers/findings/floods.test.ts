import { expect } from "chai";
import { createFloods, floodMs } from "../../../handlers/findings/floods";
import type { Alertable } from "../../../handlers/findings/handle";
import type { Severity } from "../../../handlers/settings";
import { aFinding, aMinuteLater, aRecord, someSettings } from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

describe("createFloods", () => {
  let clock = aMinuteLater;
  const prepare = () => {
    clock = aMinuteLater;
    const { aws } = aTable();
    const settings = someSettings({ context: { ...someSettings().context, ownResources: ["own-part"] } });
    return (isFollowed = false) =>
      createFloods({ settings, aws, isFollowed: () => isFollowed, now: () => clock });
  };
  let made = 0;
  const alertable = (resource = "bob", severity: Severity = "high", name = "mallory"): Alertable => {
    const match = { evidence: [], resources: [{ type: "AWS::IAM::User", id: resource }] };
    const record = aRecord({ eventID: `e${++made}` });
    const finding = aFinding({ severity, match }, record, { name, arn: `arn:aws:iam::1:user/${name}` });
    return { finding, result: { outcome: "refused" }, seenAt: clock };
  };
  const admitted = async (floods: ReturnType<typeof createFloods>, alertables: Alertable[]) => {
    let count = 0;
    for (const one of alertables) if (await floods.admits(one)) count++;
    return count;
  };
  const many = (count: number, resource?: string) => Array.from({ length: count }, () => alertable(resource));

  it("publishes the first 20 alerts of an actor, and gathers the others with counts and examples", async () => {
    const floods = prepare()();
    expect(await admitted(floods, many(50))).to.equal(20);
    const [summary, ...more] = floods.summaries();
    expect(more).to.deep.equal([]);
    expect(summary?.ids).to.have.length(30);
    expect(summary?.flood).to.deep.include({ findings: 30, severity: "high", outcomes: { refused: 30 } });
    expect(summary?.flood.examples).to.have.length(5);
    expect(floods.summaries(), "asked again").to.deep.equal([]);
  });

  it("counts across invocations, and from zero in the next window", async () => {
    const newFloods = prepare();
    expect(await admitted(newFloods(), many(15))).to.equal(15);
    expect(await admitted(newFloods(), many(15))).to.equal(5);
    clock += floodMs;
    expect(await admitted(newFloods(), many(15))).to.equal(15);
  });

  it("counts across invocations that come at once", async () => {
    const newFloods = prepare();
    const floods = Array.from({ length: 40 }, () => newFloods());
    const published = await Promise.all(floods.map((one) => one.admits(alertable())));
    expect(published.filter((one) => one)).to.have.length(20);
    const ofResources = await Promise.all(
      floods.flatMap((one, index) => [0, 1, 2].map((more) => one.admits(alertable(`user-${index}-${more}`)))),
    );
    expect(ofResources.filter((one) => one)).to.have.length(80);
  });

  it("leaves to the log file what an event brings, of which a summary would be of one finding", async () => {
    const floods = prepare()(true);
    const all = many(22);
    expect(await admitted(floods, all)).to.equal(20);
    expect(floods.summaries()).to.deep.equal([]);
    expect(floods.left()).to.deep.equal(all.slice(20).map(({ finding }) => finding.id));
    expect(floods.left(), "asked again").to.deep.equal([]);
  });

  it("lets through what is more severe, about a part of this system, or about a new resource", async () => {
    const floods = prepare()();
    await admitted(floods, many(30));
    expect(await floods.admits(alertable("bob", "critical")), "graver").to.equal(true);
    expect(await floods.admits(alertable("bob", "critical")), "as grave").to.equal(false);
    expect(await floods.admits(alertable("alice")), "a new resource").to.equal(true);
    expect(await floods.admits(alertable("alice")), "known by then").to.equal(false);
    expect(await floods.admits(alertable("own-part"))).to.equal(true);
    expect(await floods.admits(alertable("own-part")), "always").to.equal(true);
    const declared = alertable("own-part");
    declared.result.severity = "info";
    expect(await floods.admits(declared), "as a deployment left it").to.equal(false);
  });

  it("limits new resources, and not for another actor", async () => {
    const floods = prepare()();
    const each = Array.from({ length: 300 }, (_, index) => alertable(`user-${index}`));
    expect(await admitted(floods, each)).to.equal(100);
    expect(await floods.admits(alertable("bob", "high", "oscar"))).to.equal(true);
  });
});
