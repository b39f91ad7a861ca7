import { expect } from "chai";
import type { Permission, Rule } from "../../../handlers/rules/rule";
import { grantsOf } from "../../../infra/rules/grants";

function rule(reads: Permission[], writes: Permission[], more: Partial<Rule["remediation"]> = {}): Rule {
  const plan = () => Promise.resolve({ outcome: "refused" as const, reason: "" });
  return {
    id: "a-b",
    title: "A",
    severity: "low",
    events: ["ec2:CreateTags"],
    match: () => undefined,
    remediation: { reads, writes, plan, ...more },
    runbook: ["Ask."],
  };
}

const actions = (config: Parameters<typeof grantsOf>[0], rules: Rule[]) =>
  grantsOf(config, rules).map(({ action }) => action);

describe("the permissions of own rules", () => {
  const tags = rule(["ec2:DescribeTags"], ["ec2:CreateTags"]);

  it("are to look from mode plan on, and to change something in fix alone", () => {
    expect(actions({ mode: "alert", detections: {} }, [tags])).to.deep.equal([]);
    expect(actions({ mode: "plan", detections: {} }, [tags])).to.deep.equal(["ec2:DescribeTags"]);
    expect(actions({ mode: "fix", detections: {} }, [tags])).to.deep.equal([
      "ec2:DescribeTags",
      "ec2:CreateTags",
    ]);
    expect(actions({ mode: "fix", detections: { "a-b": { mode: "off" } } }, [tags])).to.deep.equal([]);
  });

  it("are to contain only where the rule is named", () => {
    const containing = rule([], ["iam:UpdateAccessKey"], { class: "contain" });
    expect(actions({ mode: "fix", detections: {} }, [containing])).to.deep.equal([]);
    const named = { "a-b": { mode: "fix" as const } };
    expect(actions({ mode: "plan", detections: named }, [containing])).to.deep.equal(["iam:UpdateAccessKey"]);
  });

  const granted = (permission: Permission) =>
    grantsOf({ mode: "fix", detections: {} }, [rule([], [permission])])[0];

  it("are on what this account has, and on what belongs to no account", () => {
    expect(granted("ec2:CreateTags")?.resources).to.include.members([
      "arn:${Partition}:ec2:*:${Account}:*",
      "arn:${Partition}:ec2:*::image/*",
    ]);
    expect(granted("iam:DeleteUser")?.resources).to.deep.equal(["arn:${Partition}:iam::${Account}:*"]);
    expect(granted("s3:PutBucketTagging")?.resources).to.deep.equal(["arn:${Partition}:s3:::*"]);
    expect(granted("ec2:DescribeTags")?.resources).to.deep.equal(["*"]);
  });

  it("have no condition but a rule's own", () => {
    expect(granted("ec2:CreateTags")).not.to.have.property("condition");
    const own = {
      action: "ec2:CreateTags",
      resources: ["arn:aws:ec2:*:*:instance/*"],
      condition: { StringEquals: { "aws:ResourceTag/team": "web" } },
    };
    expect(granted(own)).to.deep.equal(own);
  });

  it("pass a role to the service that is named", () => {
    expect(granted("iam:PassRole config.amazonaws.com")).to.deep.equal({
      action: "iam:PassRole",
      resources: ["arn:${Partition}:iam::${Account}:*"],
      condition: { StringEquals: { "iam:PassedToService": "config.amazonaws.com" } },
    });
  });
});
