import { expect } from "chai";
import { remediations } from "../../handlers/remediations/index";
import { limits } from "../../policies/detector-role";
import { memberPolicies, memberTemplate, memberTrust } from "../../policies/member-role";

const args = {
  name: "cloudtrailer-member-red",
  detectorRole: "arn:aws:iam::111122223333:role/cloudtrailer-lambda-role-red",
  organizationId: "o-abcde12345",
  actions: ["iam:DetachUserPolicy", "iam:ListAttachedUserPolicies"],
};
const place = { partition: "aws", region: "us-west-2", account: "222233334444" };

describe("the role in members", () => {
  it("is assumed by the detector alone, and only within the organization", () => {
    expect(memberTrust(args).Statement).to.deep.equal([
      {
        Sid: "TheDetectorAssumes",
        Effect: "Allow",
        Principal: { AWS: args.detectorRole },
        Action: ["sts:AssumeRole"],
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcde12345" } },
      },
    ]);
  });

  it("may do what remediations need, in its own account, and neither change itself nor assume another role", () => {
    const { Statement } = memberPolicies(place, args).inline;
    const allowed = Statement.filter(({ Effect }) => Effect === "Allow");
    expect(allowed.flatMap(({ Action }) => Action)).to.have.members(args.actions);
    for (const { Resource = [] } of allowed)
      for (const arn of Resource) expect(arn).to.match(/^arn:aws:iam::222233334444:/);
    const denied = Object.fromEntries(
      Statement.filter(({ Effect }) => Effect === "Deny").map(({ Sid, Resource }) => [Sid, Resource]),
    );
    expect(denied.NeverChangeItself).to.include("arn:aws:iam::222233334444:role/cloudtrailer-member-red");
    expect(denied.NeverIntoAnotherAccount).to.deep.equal(["*"]);
  });

  it("fits into IAM's limits with every remediation on, in a template without a placeholder left", () => {
    const actions = remediations.flatMap(({ reads, writes }) => [...reads, ...writes]);
    const template = memberTemplate({ ...args, actions });
    const text = JSON.stringify(template);
    expect(text.length).to.be.lessThan(1_000_000);
    const { inline, managed } = memberPolicies(place, { ...args, actions });
    expect(JSON.stringify(inline).length).to.be.at.most(limits.inline);
    for (const policy of managed) expect(JSON.stringify(policy).length).to.be.at.most(limits.managed);
    expect(managed.length).to.be.at.most(limits.attached);
    // Each placeholder is in a substitution.
    const plain = text.replace(/\{"Fn::Sub":"[^"]*"\}/g, "");
    expect(plain).not.to.include("${");
  });
});
