import { expect } from "chai";
import { remediations } from "../../handlers/remediations/index";
import { limits } from "../../policies/detector-role";
import type { PolicyDocument } from "../../policies/document";
import { eventsBusPolicy } from "../../policies/events-bus";
import { memberPolicies, memberRulesTemplate, memberTemplate, memberTrust } from "../../policies/member-role";
import { decide } from "./evaluate";

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

  describe("that forwards records", () => {
    const forwarding = { name: "cloudtrailer-events-red", home: { ...place, account: "111122223333" } };
    const bus = "arn:aws:events:us-west-2:111122223333:event-bus/cloudtrailer-events-red";

    it("is EventBridge's alone, for that account's rules, and puts events on the bus at home", () => {
      const { Resources } = memberTemplate({ ...args, forwarding }) as {
        Resources: Record<string, { Properties: Record<string, unknown> }>;
      };
      const { RoleName, AssumeRolePolicyDocument, Policies } = Resources.Forwarder?.Properties ?? {};
      expect(RoleName).to.equal("cloudtrailer-events-red");
      const [trust, ...others] = (AssumeRolePolicyDocument as PolicyDocument).Statement;
      expect(others).to.deep.equal([]);
      expect(trust?.Principal).to.deep.equal({ Service: "events.amazonaws.com" });
      expect(trust?.Condition).to.deep.equal({
        StringEquals: { "aws:SourceAccount": { "Fn::Sub": "${AWS::AccountId}" } },
      });
      const [policy] = Policies as { PolicyDocument: PolicyDocument }[];
      expect(
        policy?.PolicyDocument.Statement.map(({ Action, Resource }) => [Action, Resource]),
      ).to.deep.equal([[["events:PutEvents"], [bus]]]);
      expect(memberTemplate(args)).to.have.property("Resources").that.does.not.have.property("Forwarder");
    });

    it("is what rules of a member forward with", () => {
      const rule = {
        name: "cloudtrailer-events-red.x",
        description: "x",
        pattern: { a: [1] },
        state: "ENABLED",
      };
      const { Resources } = memberRulesTemplate(forwarding, [rule]) as {
        Resources: Record<string, { Properties: object }>;
      };
      expect(Resources.Rule1?.Properties).to.deep.equal({
        Name: rule.name,
        Description: "x",
        EventPattern: rule.pattern,
        State: "ENABLED",
        Targets: [
          {
            Id: "home",
            Arn: bus,
            RoleArn: {
              "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cloudtrailer-events-red",
            },
          },
        ],
      });
    });

    it("is admitted by the bus in each account of the organization, and nobody else is", () => {
      const policy = eventsBusPolicy(forwarding.home, forwarding.name, forwarding.name, "o-abcde12345");
      const put = (principal: string, organization: string | undefined) =>
        decide(policy, {
          action: "events:PutEvents",
          resource: bus,
          principal,
          context: {
            "aws:PrincipalArn": principal,
            ...(organization === undefined ? {} : { "aws:PrincipalOrgID": organization }),
          },
        });
      const role = (account: string, name = "cloudtrailer-events-red") =>
        `arn:aws:iam::${account}:role/${name}`;
      expect(put(role("111122223333"), "o-abcde12345")).to.equal("allow");
      expect(put(role("222233334444"), "o-abcde12345")).to.equal("allow");
      expect(put(role("222233334444"), "o-zzzzz99999")).to.equal("deny");
      expect(put(role("222233334444"), undefined)).to.equal("deny");
      expect(put(role("222233334444", "admin"), "o-abcde12345")).to.equal("deny");
      expect(put(role("222233334444", "x/cloudtrailer-events-red-2"), "o-abcde12345")).to.equal("deny");
      expect(put("arn:aws:iam::111122223333:user/mallory", "o-abcde12345")).to.equal("deny");
    });
  });
});
