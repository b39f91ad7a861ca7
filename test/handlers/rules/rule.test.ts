import { expect } from "chai";
import type { Remediation } from "../../../handlers/remediations/remediation";
import { detectionOf, remediationOf, type Rule, withRules } from "../../../handlers/rules/rule";
import { aDetection, aFinding, fakeAws } from "../../support/factories";
import { deep } from "../../support/hostile";

const rule: Rule = {
  id: "ec2-prod-untagged",
  title: "Production tag removed",
  severity: "medium",
  events: ["ec2:DeleteTags"],
  match: () => undefined,
  runbook: ["Ask."],
};

const fix: NonNullable<Rule["remediation"]> = {
  reads: ["ec2:DescribeTags"],
  writes: [{ action: "ec2:CreateTags", resources: ["arn:aws:ec2:*:*:instance/*"] }],
  plan: ({ id }) => Promise.resolve({ outcome: "refused", reason: `not ${id}` }),
};

const catalogue = {
  detections: [aDetection({ id: "a-b" }), aDetection({ id: "c-d" })],
  remediations: ["a-b", "c-d"].map((id) => ({ id, reads: [], writes: [], plan: fix.plan }) as Remediation),
};

describe("a rule of a team's own", () => {
  it("is a detection that only alerts when it has no fix", () => {
    const detection = detectionOf(rule);
    expect(detection).to.deep.include({
      id: "ec2-prod-untagged",
      tier: "own",
      remediation: "alert",
      falsePositives: [],
      references: [],
    });
    expect(detection).not.to.have.any.keys("newEvents", "attack");
    expect(remediationOf(rule)).to.equal(undefined);
  });

  it("has the class of its fix, which inverts the event unless it says otherwise", () => {
    expect(detectionOf({ ...rule, remediation: fix }).remediation).to.equal("inverse");
    expect(detectionOf({ ...rule, remediation: { ...fix, class: "contain" } }).remediation).to.equal(
      "contain",
    );
  });

  it("brings its fix, with the names of its actions", async () => {
    const remediation = remediationOf({ ...rule, remediation: { ...fix, baselines: ["trail"] } });
    expect(remediation).to.deep.include({
      id: "ec2-prod-untagged",
      reads: ["ec2:DescribeTags"],
      writes: ["ec2:CreateTags"],
      baselines: ["trail"],
    });
    const plan = await remediation?.plan(aFinding({ id: "x" }), fakeAws({}).aws);
    expect(plan).to.deep.equal({ outcome: "refused", reason: "not x" });
  });

  it("changes no record that others look at as well", () => {
    const changing = detectionOf({
      ...rule,
      match(record) {
        (record.userIdentity as { type?: string }).type = "Root";
        return undefined;
      },
    });
    const record = aFinding().record;
    expect(() => changing.match(record, {} as never)).to.throw(/read.only|Cannot assign/);
    expect(record.userIdentity).to.have.property("type", "IAMUser");
    const nested = { ...record, requestParameters: deep() } as typeof record;
    expect(detectionOf(rule).match(nested, {} as never)).to.equal(undefined);
  });

  it("comes after the catalogue", () => {
    const { detections, remediations } = withRules(catalogue, [{ ...rule, remediation: fix }]);
    expect(detections.map(({ id }) => id)).to.deep.equal(["a-b", "c-d", "ec2-prod-untagged"]);
    expect(remediations.map(({ id }) => id)).to.deep.equal(["a-b", "c-d", "ec2-prod-untagged"]);
  });

  it("takes the place of a detection with its id, and of that one's fix", () => {
    const { detections, remediations } = withRules(catalogue, [{ ...rule, id: "a-b" }]);
    expect(detections.map(({ id, title }) => [id, title])).to.deep.equal([
      ["c-d", "Administrator policy attached to a user"],
      ["a-b", "Production tag removed"],
    ]);
    expect(remediations.map(({ id }) => id)).to.deep.equal(["c-d"]);
  });
});
