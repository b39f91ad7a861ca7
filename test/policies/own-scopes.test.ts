import { expect } from "chai";
import { detectorPolicies, limits } from "../../policies/detector-role";
import { statementsForGrants } from "../../policies/own-scopes";
import { decide } from "./evaluate";
import { ownParts } from "./own-parts";

const place = { partition: "aws-cn", region: "cn-north-1", account: "111122223333" };

describe("what fixes of a team's own are granted", () => {
  it("is what they declare, on the resources of the stack's place, and no condition besides", () => {
    const resources = ["arn:${Partition}:ec2:*:${Account}:*"];
    expect(statementsForGrants([{ action: "ec2:CreateTags", resources }], place)).to.deep.equal([
      {
        Sid: "OwnRules1",
        Effect: "Allow",
        Action: ["ec2:CreateTags"],
        Resource: ["arn:aws-cn:ec2:*:111122223333:*"],
      },
    ]);
  });

  it("is one statement for all actions of the same scope, each action once", () => {
    const grant = (action: string, resources: string[], condition?: object) =>
      ({ action, resources, ...(condition === undefined ? {} : { condition }) }) as Parameters<
        typeof statementsForGrants
      >[0][number];
    const condition = { StringEquals: { "aws:ResourceTag/team": "web" } };
    const statements = statementsForGrants(
      [
        grant("ec2:StopInstances", ["*"]),
        grant("ec2:CreateTags", ["*"]),
        grant("ec2:CreateTags", ["*"]),
        grant("ec2:CreateTags", ["*"], condition),
      ],
      place,
    );
    expect(statements.map(({ Sid, Action, Condition }) => [Sid, Action, Condition])).to.deep.equal([
      ["OwnRules1", ["ec2:CreateTags", "ec2:StopInstances"], undefined],
      ["OwnRules2", ["ec2:CreateTags"], condition],
    ]);
  });

  const named = { ...ownParts, actions: [] };

  it("never ends the system, whatever they declare", () => {
    const actions = [
      "cloudtrail:StopLogging",
      "iam:AttachRolePolicy",
      "s3:DeleteObject",
      "lambda:DeleteFunction",
    ];
    const ownGrants = actions.map((action) => ({ action, resources: ["*"] }));
    const { inline } = detectorPolicies({ ...named, ownGrants });
    const decided = (action: string, resource: string) => decide(inline, { action, resource });
    const account = "111122223333";
    for (const [action, own, other] of [
      ["cloudtrail:StopLogging", `arn:aws:cloudtrail:us-west-2:${account}:trail/ours`, "trail/x"],
      ["iam:AttachRolePolicy", `arn:aws:iam::${account}:role/detector-role`, "role/x"],
      ["s3:DeleteObject", "arn:aws:s3:::logs/AWSLogs/x.gz", "x"],
      ["lambda:DeleteFunction", `arn:aws:lambda:us-west-2:${account}:function:detector`, "function:x"],
    ] as const) {
      expect(decided(action, own), own).to.equal("deny");
      expect(decided(action, own.replace(/[^:]*$/, other)), action).to.equal("allow");
    }
  });

  it("is in managed policies where the inline one has no room, and in no larger one than IAM takes", () => {
    const ownGrants = Array.from({ length: 60 }, (_, index) => ({
      action: `ec2:Action${index}`,
      resources: [`arn:\${Partition}:ec2:*:\${Account}:instance/${"i".repeat(300)}${index}`],
    }));
    const { inline, managed } = detectorPolicies({ ...named, ownGrants });
    const statements = [inline, ...managed].flatMap(({ Statement }) => Statement);
    expect(statements.filter(({ Sid }) => Sid.startsWith("OwnRules"))).to.have.length(60);
    expect(JSON.stringify(inline).length).to.be.at.most(limits.inline);
    for (const policy of managed) expect(JSON.stringify(policy).length).to.be.at.most(limits.managed);
  });
});
