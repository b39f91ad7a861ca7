import { writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createFind, type ReplaySettings } from "../../../cli/replay/findings";
import { createPlanning, linesOfPlan } from "../../../cli/replay/planning";
import { usualSettings } from "../../../cli/replay/config";
import type { CallAws } from "../../../handlers/aws/call";
import { folderVariable } from "../../../infra/rules/load";
import { aRecord } from "../../support/factories";
import { aRule, anOwnFolder } from "../../support/own-folder";
import { called } from "../called";

const now = Date.parse("2027-01-01T00:00:00Z");
const settings: ReplaySettings = { ...usualSettings, withBasis: true };

/** What the fix of the only finding of a record would do. */
async function planned(record: ReturnType<typeof aRecord>, aws: CallAws, given = settings) {
  const [finding] = createFind(given, now).find(record, "log.json").findings;
  if (finding === undefined) throw new Error("expected a finding");
  return createPlanning(given, aws, now)(finding);
}

const attached: CallAws = ({ operation }) =>
  Promise.resolve(
    operation === "ListAttachedUserPolicies"
      ? { AttachedPolicies: [{ PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }] }
      : {},
  );

describe("what a fix would do about a finding", () => {
  it("is read from the live state, however old the record is", async () => {
    const asked: string[] = [];
    const plan = await planned(aRecord(), (call) => {
      asked.push(call.operation);
      return attached(call);
    });
    if ("outcome" in plan) throw new Error(plan.reason);
    expect(plan.calls.map(({ operation }) => operation)).to.deep.equal(["DetachUserPolicy"]);
    expect(asked).to.deep.equal(["ListAttachedUserPolicies"]);
    expect(linesOfPlan(plan)[1]).to.match(
      /^ {4}would call {2}aws iam detach-user-policy --region us-east-1 /,
    );
    expect(linesOfPlan(plan)[2]).to.match(/^ {4}rollback {4}aws iam attach-user-policy /);
  });

  it("is an outcome with its reason if there is nothing to do", async () => {
    const plan = await planned(aRecord(), () => Promise.resolve({ AttachedPolicies: [] }));
    expect(plan).to.include({ outcome: "already-ok" });
    expect(linesOfPlan(plan)[0]).to.match(/^ {2}already-ok: /);
  });

  it("says what could not be read", async () => {
    const denied = Object.assign(new Error("no"), { name: "AccessDenied" });
    const plan = await planned(aRecord(), () => Promise.reject(denied));
    expect(plan).to.include({ outcome: "failed" });
  });

  it("is nothing under an exception", async () => {
    const exceptions = [
      { detection: "iam-*", principal: "*", reason: "a drill", owner: "sec", until: "2027-02-01T00:00:00Z" },
    ];
    const plan = await planned(aRecord(), attached, { ...settings, exceptions });
    expect(plan).to.deep.include({ outcome: "refused" });
    expect("reason" in plan && plan.reason).to.contain("a drill");
  });

  it("never changes anything, even if a rule's plan tries to", async () => {
    const before = process.env[folderVariable];
    process.env[folderVariable] = anOwnFolder({
      "ec2-env-tagged.ts": aRule({
        members: `remediation: {
          reads: ["ec2:DescribeTags"],
          writes: ["ec2:DeleteTags"],
          async plan(finding, aws) {
            await aws({ service: "ec2", operation: "DeleteTags", region: finding.region, input: {} });
            throw new Error("it was called");
          },
        },`,
        hits: '[{ record: record("env"), live: {}, calls: [] }]',
      }),
    });
    try {
      const record = aRecord({
        eventSource: "ec2.amazonaws.com",
        eventName: "CreateTags",
        requestParameters: { tagSet: { items: [{ key: "env" }] } },
      });
      const made: string[] = [];
      const plan = await planned(record, ({ operation }) => {
        made.push(operation);
        return Promise.resolve({});
      });
      expect(made).to.deep.equal([]);
      expect("reason" in plan && plan.reason).to.contain("only calls that read, found ec2:DeleteTags");
    } finally {
      if (before === undefined) delete process.env[folderVariable];
      else process.env[folderVariable] = before;
    }
  });
});

describe("cloudtrailer replay --plan", () => {
  const variables = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
  const usual = variables.map((name) => [name, process.env[name]] as const);
  // Otherwise the SDK would look for keys on the network.
  before(() => variables.forEach((name) => (process.env[name] = "example")));
  after(() => {
    for (const [name, value] of usual)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  });

  it("prints each plan with its finding, and nothing that only the plan needed", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "plan-")), "log.json");
    writeFileSync(file, JSON.stringify({ Records: [aRecord()] }));
    // Nothing listens there.
    const args = ["replay", file, "--plan", "--endpoint", "http://127.0.0.1:1"];
    const table = await called(args);
    expect(table.out[2]).to.match(/^ {2}failed: unable to read the live state: /);
    const { out } = await called([...args, "--format", "jsonl"]);
    const finding = JSON.parse(out[0] ?? "{}") as Record<string, unknown>;
    expect(finding.plan).to.include({ outcome: "failed" });
    expect(finding).not.to.have.property("basis");
  });

  it("is not for a summary", async () => {
    const { code, err } = await called(["replay", ".", "--plan", "--summary"]);
    expect(code).to.equal(2);
    expect(err[0]).to.contain("expected --plan or --summary, found both");
  });
});
