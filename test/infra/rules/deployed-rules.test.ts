import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { readRules } from "../../../infra/rules/deployed-rules";
import { folderVariable } from "../../../infra/rules/load";
import type { PolicyDocument } from "../../../policies/document";
import { aRule, anOwnFolder } from "../../support/own-folder";
import { archiveOf, stack, type Stack } from "../stack";

const fix = `remediation: {
    reads: ["ec2:DescribeTags"],
    writes: ["ec2:DeleteTags"],
    plan: async () => ({ outcome: "refused" as const, reason: "own-plan-of-the-team" }),
  },`;
const hits = '[{ name: "only-in-the-example", record: record("env"), live: {}, calls: [] }]';

describe("own rules in a deployment", () => {
  const usual = process.env[folderVariable];
  let deployed: Stack;

  before(async () => {
    process.env[folderVariable] = anOwnFolder({
      "ec2-env-tagged.ts": aRule({ members: fix, hits }),
      "iam-user-created.ts": aRule({ id: "iam-user-created", above: "const note = 'own-iam-user-created';" }),
    });
    deployed = await stack({ team: "own", mode: "alert", detections: '{"ec2-env-tagged":{"mode":"fix"}}' });
  });

  after(() => {
    if (usual === undefined) delete process.env[folderVariable];
    else process.env[folderVariable] = usual;
  });

  it("are in the text of the function, without their examples", async () => {
    const { files, text } = await archiveOf(deployed.the("aws:lambda/function:Function").inputs);
    expect(files).to.deep.equal(["__index.js"]);
    expect(text).to.contain("own-plan-of-the-team");
    expect(text).not.to.contain("only-in-the-example");
    expect(text).not.to.contain("cloudtrailer/rule");
  });

  it("have their permissions in the role, as they declare them", () => {
    const { policy } = deployed.the("aws:iam/rolePolicy:RolePolicy", "detector-execution-policy").inputs;
    const { Statement } = JSON.parse(String(policy)) as PolicyDocument;
    const own = Statement.filter(({ Sid }) => Sid.startsWith("OwnRules"));
    expect(own.map(({ Action, Condition }) => [Action, Condition])).to.deep.equal([
      [["ec2:DeleteTags"], undefined],
      [["ec2:DescribeTags"], undefined],
    ]);
    expect(Statement.filter(({ Effect }) => Effect === "Deny").map(({ Sid }) => Sid)).to.include(
      "NeverChangeItself",
    );
  });

  it("are configured by their id", async () => {
    const configured = JSON.stringify({
      "ec2-env-tagged": { severity: "high" },
      "ec2-env-*": { mode: "plan" },
    });
    const { resources } = await stack({ team: "own", detections: configured });
    expect(resources).not.to.deep.equal([]);
  });

  it("are refused with all their problems", () => {
    process.env[folderVariable] = anOwnFolder({
      "ec2-env-tagged.ts": aRule({ events: '["ec2:CraeteTags"]' }),
      "a-wrong.ts": aRule({ id: "a-wrong", severity: '"grave"', above: "let count = 0;" }),
    });
    expect(readRules).to.throw(
      pulumi.RunError,
      /^The rules have 2 errors:\n {2}\S+a-wrong\.ts:3:1: .*\n {2}\S+ec2-env-tagged\.ts:8:12: rule\.events\[0\]/,
    );
  });
});
