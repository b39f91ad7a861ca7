import { expect } from "chai";
import { tryRules } from "../../../cli/rules/try-rules";
import { loadRules } from "../../../infra/rules/load";
import { aRule, anOwnFolder, type RuleText } from "../../support/own-folder";

/** What the examples of one rule come to: `PASS hit 1`, or `FAIL hit 1` and its differences with their lines. */
async function tried(text: RuleText, files: Record<string, string> = {}): Promise<string[]> {
  const loaded = loadRules(anOwnFolder({ "ec2-env-tagged.ts": aRule(text), ...files }));
  expect(loaded.problems).to.deep.equal([]);
  const { results, problems } = await tryRules(loaded.rules);
  return [
    ...results.map(({ name, differences }) =>
      [
        `${differences.length === 0 ? "PASS" : "FAIL"} ${name}`,
        ...differences.map(({ line, message }) => `${line}: ${message}`),
      ].join("\n"),
    ),
    ...problems.map(({ line, message }) => `${line}: ${message}`),
  ];
}

const hit = (more: string) => `[{ name: "tagged", record: record("env"), ${more} }]`;

describe("the examples of a rule", () => {
  it("pass on the source and on what is deployed", async () => {
    expect(await tried({})).to.deep.equal(["PASS hit 1", "PASS miss 1"]);
  });

  it("fail for a hit that is not found, and a miss that is", async () => {
    const swapped = {
      hits: '[{ record: record("Name") }]',
      misses: '[{ name: "env", record: record("env") }]',
    };
    expect(await tried(swapped)).to.deep.equal([
      "FAIL hit 1\n24: examples.hits[0].record: expected the rule to find this record, found no match",
      'FAIL miss 1: env\n25: examples.misses[0].record: expected no match, found one: requestParameters.tagSet = {"items":[{"key":"env","value":"prod"}]}',
    ]);
  });

  it("fail for another severity, title, resource or evidence", async () => {
    const hits = hit('severity: "high", title: "T", resources: ["i-1"], evidence: ["requestParameters.x"]');
    expect((await tried({ hits }))[0]?.split("\n")).to.deep.equal([
      "FAIL hit 1: tagged",
      '24: examples.hits[0].severity: expected "high", found "low"',
      '24: examples.hits[0].title: expected "T", found "Environment tagged"',
      '24: examples.hits[0].resources: expected "i-1", found ""',
      "24: examples.hits[0].evidence[0]: expected evidence at requestParameters.x, found requestParameters.tagSet",
    ]);
    expect(
      (await tried({ hits: hit('severity: "low", evidence: ["requestParameters.tagSet"]') }))[0],
    ).to.equal("PASS hit 1: tagged");
  });

  it("fail for a record of an event that the rule never sees", async () => {
    const misses = '[{ record: { eventSource: "ec2.amazonaws.com", eventName: "DeleteTags" } }]';
    expect((await tried({ misses }))[1]).to.contain(
      "expected a record of ec2:CreateTags, found one of ec2:DeleteTags: the rule never sees it",
    );
  });

  it("fail for a match that throws, with its line", async () => {
    const match = "return (record.requestParameters as any).tagSet.nothing.here;";
    expect((await tried({ match }))[0]).to.match(
      /^FAIL hit 1\n23: examples\.hits\[0\]\.record: match threw TypeError: Cannot read .* \(line 10\)$/,
    );
  });

  it("fail for what is no match", async () => {
    const match = "return record === null ? undefined : ({ resources: [] } as never);";
    expect((await tried({ match }))[0]).to.match(
      /^FAIL hit 1\n23: examples\.hits\[0\]\.record: expected a match \{"evidence":\[…\],"resources":\[…\]\} or nothing, found \{"resources":\[\]\}$/,
    );
  });

  it("fail for a match without evidence", async () => {
    const match = "return record === null ? undefined : { evidence: [], resources: [] };";
    expect((await tried({ match }))[0]).to.contain("expected a match with some evidence, found none");
  });

  it("are looked at with what the configuration says", async () => {
    const text: RuleText = {
      match: "return record === null ? undefined : undefined;",
      members: "outcome: 'any' as const,",
    };
    const trusting =
      'match: (record, { trustedAccounts }) => trustedAccounts.includes("999988887777") ? { evidence: evidenceAt(record), resources: [] } : undefined,';
    const hits = '[{ record: record("env"), context: { trustedAccounts: ["999988887777"] } }]';
    const rule = aRule({ ...text, hits }).replace(/ {2}match\(record\) \{[^}]*\},\n/, `  ${trusting}\n`);
    const { rules, problems } = loadRules(anOwnFolder({ "ec2-env-tagged.ts": rule }));
    expect(problems).to.deep.equal([]);
    const { results } = await tryRules(rules);
    expect(results.map(({ differences }) => differences)).to.deep.equal([[], []]);
  });

  it("may be records that were saved", async () => {
    const saved = {
      eventSource: "ec2.amazonaws.com",
      eventName: "CreateTags",
      requestParameters: { a: "env" },
    };
    const files = { "records/CreateTags-1.json": JSON.stringify(saved), "records/none.json": "[1]" };
    const hits =
      '[{ record: "records/CreateTags-1.json" }, { record: "records/none.json" }, { record: "no.json" }]';
    expect((await tried({ hits }, files)).slice(0, 3)).to.deep.equal([
      "PASS hit 1",
      "FAIL hit 2\n24: examples.hits[1].record: expected a record in records/none.json, from the rule's folder, found no eventName",
      "FAIL hit 3\n24: examples.hits[2].record: expected a record in no.json, from the rule's folder, found no such file",
    ]);
  });

  it("count bursts", async () => {
    const members =
      "burst: { windowMinutes: 5, threshold: 3, countedBy: ({ userIdentity }) => userIdentity?.arn },";
    const records = (count: number) => `[${Array.from({ length: count }, () => 'record("env")').join()}]`;
    const bursts = (many: number) =>
      `bursts: [{ records: ${records(many)}, findings: 1 }, { records: ${records(2)}, findings: 0 }],`;
    expect(await tried({ members, moreExamples: bursts(3) })).to.deep.equal([
      "PASS hit 1",
      "PASS miss 1",
      "PASS burst 1",
      "PASS burst 2",
    ]);
    expect((await tried({ members, moreExamples: bursts(2) }))[2]).to.equal(
      "FAIL burst 1\n26: examples.bursts[0].findings: expected 1 findings, found 0",
    );
  });
});

describe("what only the text that is deployed shows", () => {
  it("is a native object in a constant", async () => {
    const text = {
      above: "const known = { keys: new Set(['\"env\"']) };",
      match: `return known.keys.has('"env"') && JSON.stringify(record).includes('"env"') ? { evidence: evidenceAt(record), resources: [] } : undefined;`,
    };
    const lines = await tried(text);
    expect(lines.slice(0, 2)).to.deep.equal(["PASS hit 1", "PASS miss 1"]);
    expect(lines[2]).to.match(/^FAIL hit 1, in the text that is deployed\n23: .* incompatible receiver/);
  });

  it("is what cannot be serialized, by the name and line of what captured it", async () => {
    const text = {
      imports: 'import { promisify } from "node:util";\nimport { gunzip } from "node:zlib";',
      above: "const inflate = promisify(gunzip);",
      match: `return inflate !== undefined && JSON.stringify(record).includes('"env"') ? { evidence: evidenceAt(record), resources: [] } : undefined;`,
    };
    expect((await tried(text)).at(-1)).to.match(
      /^4: match captures inflate captures .*, which cannot be serialized: a native code function$/,
    );
  });
});

describe("permissions that IAM could not hold", () => {
  it("are a problem of the rule", async () => {
    const resources = `Array.from({ length: 200 }, (_, i) => \`arn:aws:ec2:*:*:instance/\${i}-0123456789abcdef\`)`;
    const members = `remediation: {
    reads: [],
    writes: [{ action: "ec2:CreateTags", resources: ${resources} }],
    plan: async () => ({ outcome: "already-ok" as const, reason: "no" }),
  },`;
    const hits =
      '[{ record: record("env"), live: {}, outcome: "already-ok" }, { record: record("env"), calls: [] }]';
    expect((await tried({ members, hits })).at(-1)).to.match(
      /^16: rule\.remediation\.writes: expected permissions that IAM can hold, found \d+ characters in one statement, where a policy may have 6144, for ec2-env-tagged$/,
    );
  });
});
