import { expect } from "chai";
import type { Rule } from "../../../handlers/rules/rule";
import { announcements, lineOf, ownRulesOf } from "../../../infra/rules/own-rules";
import { loadRules } from "../../../infra/rules/load";
import { aRule, anOwnFolder } from "../../support/own-folder";

const plan = () => Promise.resolve({ outcome: "refused" as const, reason: "" });
const rule: Rule = {
  id: "ec2-env-tagged",
  title: "T",
  severity: "low",
  events: ["ec2:CreateTags"],
  match: () => undefined,
  remediation: { reads: ["ec2:DescribeTags"], writes: ["iam:PassRole config.amazonaws.com"], plan },
  runbook: ["Ask."],
};

describe("own rules", () => {
  it("join the catalogue", () => {
    const folder = anOwnFolder({ "ec2-env-tagged.ts": aRule() });
    const { rules, catalogue, folder: shown } = ownRulesOf(loadRules(folder));
    expect(rules.map(({ id }) => id)).to.deep.equal(["ec2-env-tagged"]);
    expect(catalogue.detections.at(-1)).to.deep.include({ id: "ec2-env-tagged", tier: "own" });
    expect(shown).to.match(/^\.local\/own-/);
  });

  it("say in a preview what they add", () => {
    const config = {
      mode: "plan" as const,
      detections: { "ec2-env-tagged": { mode: "fix" as const } },
      rules: [],
    };
    expect(announcements([rule], "own", config)).to.deep.equal([
      "own rule own/ec2-env-tagged.ts (mode fix): the role may ec2:DescribeTags on *; iam:PassRole on " +
        'arn:${Partition}:iam::${Account}:* if {"StringEquals":{"iam:PassedToService":"config.amazonaws.com"}}',
    ]);
    expect(announcements([rule], "own", { mode: "alert", detections: {}, rules: [] })).to.deep.equal([
      "own rule own/ec2-env-tagged.ts (mode alert)",
    ]);
  });

  it("say which detection of the catalogue they take the place of", () => {
    const config = { mode: "alert" as const, detections: {}, rules: [] };
    expect(announcements([{ ...rule, id: "s3-bucket-policy-public" }], "own", config)).to.deep.equal([
      "own rule own/s3-bucket-policy-public.ts (mode alert): takes the place of the catalogue's s3-bucket-policy-public, with its fix",
    ]);
  });

  it("of the configuration say when they look at every record", () => {
    const pattern = { eventName: ["RunInstances"] };
    const named = { ...pattern, eventSource: ["ec2.amazonaws.com"] };
    const rules = [pattern, named].map((one, index) => ({
      id: `a-rule${index}`,
      title: "T",
      severity: "low" as const,
      pattern: one,
    }));
    expect(announcements([], "own", { mode: "alert", detections: {}, rules })).to.deep.equal([
      "rule a-rule0 of the configuration (mode alert): it looks at every record, since its pattern does not name source and event",
      "rule a-rule1 of the configuration (mode alert)",
    ]);
  });

  it("name problems by file and line", () => {
    const problem = { file: "own/a-b.ts", line: 3, message: "expected x; found y" };
    expect(lineOf(problem)).to.equal("own/a-b.ts:3: expected x; found y");
    expect(lineOf({ ...problem, column: 5 })).to.equal("own/a-b.ts:3:5: expected x; found y");
  });
});
