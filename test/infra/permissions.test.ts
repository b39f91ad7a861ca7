import { expect } from "chai";
import { detections } from "../../handlers/detections/index";
import { remediations } from "../../handlers/remediations/index";
import { namesOf } from "../../infra/names";
import { exceptionActions, excessOf, remediationActions } from "../../infra/permissions";

const known = [
  { id: "a", reads: ["iam:GetUser"], writes: ["iam:DeleteUser"] },
  { id: "b", reads: ["s3:GetBucketAcl", "iam:GetUser"], writes: ["s3:PutBucketAcl"] },
  { id: "c", reads: [], writes: ["ec2:StopInstances"] },
].map((one) => ({ ...one, plan: () => Promise.resolve({ outcome: "refused" as const, reason: "" }) }));

const catalogue = [
  { id: "a", remediation: "inverse" as const },
  { id: "b", remediation: "inverse" as const, offByDefault: "noisy" },
  { id: "c", remediation: "contain" as const },
];

describe("the remediations' permissions", () => {
  it("are none in mode alert", () => {
    expect(remediationActions({ mode: "alert", detections: {} }, catalogue, known)).to.deep.equal([]);
  });

  it("are to read in mode plan", () => {
    expect(remediationActions({ mode: "plan", detections: {} }, catalogue, known)).to.deep.equal([
      "iam:GetUser",
    ]);
  });

  it("are to change in mode fix, except for containment and what is off by default", () => {
    expect(remediationActions({ mode: "fix", detections: {} }, catalogue, known)).to.deep.equal([
      "iam:DeleteUser",
      "iam:GetUser",
    ]);
  });

  it("follow the mode of each detection", () => {
    const named = { a: { mode: "off" as const }, b: { mode: "plan" as const }, c: { mode: "fix" as const } };
    expect(remediationActions({ mode: "fix", detections: named }, catalogue, known)).to.deep.equal([
      "ec2:StopInstances",
      "iam:GetUser",
      "s3:GetBucketAcl",
    ]);
  });

  it("are to read tags, and who may set them, if there is a tag exception", () => {
    const exception = { detection: "*", reason: "r", owner: "o", until: "2027-01-01" };
    expect(exceptionActions({ exceptions: [exception] })).to.deep.equal([]);
    const actions = exceptionActions({ exceptions: [exception, { ...exception, tag: "team=web" }] });
    expect(actions).to.include.members(["iam:SimulatePrincipalPolicy", "ec2:DescribeTags"]);
    expect(actions.filter((action) => !/:(?:Describe|Get|List|Simulate)/.test(action))).to.deep.equal([]);
  });

  it("are reported if they exceed IAM's limits, with the remediation that needs them", () => {
    const services = Array.from({ length: 400 }, (_, i) => `iam:PassRole service-${i}.amazonaws.com`);
    const plan = () => Promise.resolve({ outcome: "refused" as const, reason: "" });
    const wide = [
      { id: "a", reads: [], writes: ["iam:DeleteLoginProfile"], plan },
      { id: "b", reads: [], writes: services, plan },
    ];
    const config = { mode: "fix" as const, detections: {}, exceptions: [], names: namesOf("blue", {}) };
    expect(excessOf(config, catalogue, wide)).to.deep.equal([]);
    const on = { ...config, detections: { b: { mode: "fix" as const } } };
    expect(excessOf(on, catalogue, wide)).to.have.length(1);
    expect(excessOf(on, catalogue, wide)[0]).to.match(
      /^\d{5} characters in one statement, where a policy may have 6144, for b$/,
    );
  });

  it("do not exceed IAM's limits with every fix of the catalogue on", () => {
    const all = Object.fromEntries(detections.map(({ id }) => [id, { mode: "fix" as const }]));
    const names = namesOf("t".repeat(32), {});
    expect(excessOf({ mode: "fix", detections: all, exceptions: [], names })).to.deep.equal([]);
  });

  it("belong to detections that exist", () => {
    const ids = detections.map(({ id }) => id);
    expect(remediations.map(({ id }) => id).filter((id) => !ids.includes(id))).to.deep.equal([]);
  });
});
