import { expect } from "chai";
import { detections } from "../../handlers/detections/index";
import { remediations } from "../../handlers/remediations/index";
import { exceptionActions, remediationActions } from "../../infra/permissions";

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

  it("are to look in mode plan", () => {
    expect(remediationActions({ mode: "plan", detections: {} }, catalogue, known)).to.deep.equal([
      "iam:GetUser",
    ]);
  });

  it("are to change in mode fix, save what only contains or is off by default", () => {
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

  it("are to see tags, and who may set them, when there is an exception by tag", () => {
    const exception = { detection: "*", reason: "r", owner: "o", until: "2027-01-01" };
    expect(exceptionActions({ exceptions: [exception] })).to.deep.equal([]);
    const actions = exceptionActions({ exceptions: [exception, { ...exception, tag: "team=web" }] });
    expect(actions).to.include.members(["iam:SimulatePrincipalPolicy", "ec2:DescribeTags"]);
    expect(actions.filter((action) => !/:(?:Describe|Get|List|Simulate)/.test(action))).to.deep.equal([]);
  });

  it("belong to detections that exist", () => {
    const ids = detections.map(({ id }) => id);
    expect(remediations.map(({ id }) => id).filter((id) => !ids.includes(id))).to.deep.equal([]);
  });
});
