import { join } from "node:path";
import { expect } from "chai";
import { detections } from "../../../handlers/detections/index";
import { loadRules } from "../../../infra/rules/load";
import { aRule, anOwnFolder, type RuleText } from "../../support/own-folder";

/** The problems of one file, as `line: message`. */
function problemsOf(text: string, name = "ec2-env-tagged.ts"): string[] {
  return loadRules(anOwnFolder({ [name]: text })).problems.map(({ line, message }) => `${line}: ${message}`);
}

const problemsWith = (text: RuleText) => problemsOf(aRule(text));

const fix = (reads: string, writes: string) => `remediation: {
    reads: ${reads},
    writes: ${writes},
    plan: async () => ({ outcome: "refused" as const, reason: "no" }),
  },`;

const hitWithCalls = '[{ record: record("env"), live: {}, calls: [] }]';

describe("the rules in a folder", () => {
  it("are found by their place alone, in the order of their ids", () => {
    const folder = anOwnFolder({
      "ec2-env-tagged.ts": aRule(),
      "a-first.ts": aRule({ id: "a-first" }),
      "README.md": "about them",
      "records/CreateTags.json": "{}",
      "shared/tags.ts": "export const env = 'env';",
    });
    const { rules, problems } = loadRules(folder);
    expect(problems).to.deep.equal([]);
    expect(rules.map(({ rule, file }) => [rule.id, file])).to.deep.equal([
      ["a-first", join(folder, "a-first.ts")],
      ["ec2-env-tagged", join(folder, "ec2-env-tagged.ts")],
    ]);
    expect(rules[0]?.examples.hits).to.have.length(1);
  });

  it("are none where there is no folder", () => {
    expect(loadRules(join(__dirname, "nowhere"))).to.deep.include({ rules: [], problems: [] });
  });

  it("may use files beside them, which are looked at too", () => {
    const imports = 'import { isEnv } from "./shared/tags";';
    const match = "return isEnv(record) ? undefined : undefined;";
    const files = (shared: string) =>
      anOwnFolder({ "ec2-env-tagged.ts": aRule({ imports, match }), "shared/tags.ts": shared });
    const sound = "export const isEnv = (record: unknown) => record === null;\n";
    expect(loadRules(files(sound)).problems).to.deep.equal([]);
    const { problems } = loadRules(files(`${sound}export let count = 0;\n`));
    expect(problems.map(({ file, line }) => [file.split("/").slice(-2).join("/"), line])).to.deep.equal([
      ["shared/tags.ts", 2],
    ]);
  });

  it("are on every event in such numbers as the reader of log files has room for", () => {
    const ids = Array.from(
      { length: 30 },
      (_, index) => `every-rule${String.fromCharCode(97 + (index % 26))}${index}`,
    );
    const files = ids.map((id) => [`${id}.ts`, aRule({ id, events: '["*"]' })]);
    const { rules, problems } = loadRules(anOwnFolder(Object.fromEntries(files) as Record<string, string>));
    const onEvery = detections.filter(({ events }) => events.includes("*")).length;
    expect(rules).to.have.length(31 - onEvery);
    expect(problems).to.have.length(30 - rules.length);
    expect(problems[0]?.message).to.contain("name its events");
  });

  it("leave out a rule with a problem, and nothing else", () => {
    const folder = anOwnFolder({
      "ec2-env-tagged.ts": aRule(),
      "a-wrong.ts": aRule({ id: "a-wrong", severity: '"grave"' }),
    });
    const { rules, problems } = loadRules(folder);
    expect(rules.map(({ rule }) => rule.id)).to.deep.equal(["ec2-env-tagged"]);
    expect(problems[0]?.file).to.match(/^\.local\/own-\w+\/a-wrong\.ts$/);
  });
});

describe("a rule's file", () => {
  it("is called by the id", () => {
    expect(problemsOf(aRule(), "ec2-other.ts")).to.deep.equal([
      '5: rule.id: expected "ec2-other", the file\'s name; found "ec2-env-tagged"',
    ]);
    expect(problemsOf(aRule({ id: "Tagged" }), "Tagged.ts")[0]).to.match(
      /^7?1?: ?id: expected words of small/,
    );
  });

  it("does not take the place of what guards the system itself", () => {
    const text = aRule({ id: "own-part-changed" });
    expect(problemsOf(text, "own-part-changed.ts")[0]).to.contain("guards the system itself");
  });

  it("is TypeScript", () => {
    expect(problemsOf("", "ec2-env-tagged.js")).to.deep.equal(["1: expected a rule as ec2-env-tagged.ts"]);
  });

  it("exports a rule and examples", () => {
    expect(problemsOf("export const other = 1;")).to.deep.equal([
      "1: rule: expected `export const rule: Rule = …`; found other",
    ]);
    const alone = aRule().slice(0, aRule().indexOf("export const examples"));
    expect(problemsOf(alone)).to.deep.equal([
      "1: examples: expected `export const examples: Examples = …`; found rule",
    ]);
  });

  it("that is broken is named with the line, and no stack trace", () => {
    expect(problemsWith({ severity: '"low" "high"' })).to.deep.equal(["7: ',' expected."]);
    expect(problemsWith({ imports: 'import { a } from "./nowhere";\nvoid a;' })).to.deep.equal([
      "2: it cannot be loaded: Cannot find module './nowhere'",
    ]);
    expect(problemsWith({ above: "\nconst none: any = undefined;\nvoid none.x;" })).to.deep.equal([
      "5: it cannot be loaded: Cannot read properties of undefined (reading 'x')",
    ]);
  });
});

describe("a rule", () => {
  it("has a severity that exists, and no member that does not", () => {
    expect(problemsWith({ severity: '"hihg"' })).to.deep.equal([
      '7: rule.severity: expected one of critical, high, medium, low, info; found "hihg" (did you mean high?)',
    ]);
    expect(problemsWith({ members: "remedation: {}," })[0]).to.match(
      /^14: rule\.remedation: expected only .*; found \{\} \(did you mean remediation\?\)$/,
    );
  });

  it("names events that AWS has", () => {
    expect(problemsWith({ events: '["ec2:CreateTags", "ec2:CraeteTags"]' })).to.deep.equal([
      "8: rule.events[1]: expected an event that AWS has (or, when it is newer than this project, in `newEvents` too); " +
        'found "ec2:CraeteTags" (did you mean ec2:CreateTags, ec2:DeleteTags?)',
    ]);
    expect(problemsWith({ events: '["CreateTags"]' })[0]).to.contain("expected `<service>:<event name>`");
    expect(problemsWith({ events: "[]" })[0]).to.contain("expected a list with the events");
    expect(problemsWith({ events: '["ec2:CreateTags", "*"]' })[0]).to.contain(
      "expected `*` alone, or events",
    );
    const newer = { events: '["ec2:CreateTags", "ec2:BrandNew"]', members: 'newEvents: ["ec2:BrandNew"],' };
    expect(problemsWith(newer)).to.deep.equal([]);
  });

  it("declares actions that IAM has, one by one", () => {
    const wrong = (reads: string, writes = '["ec2:CreateTags"]') =>
      problemsWith({ members: fix(reads, writes), hits: hitWithCalls });
    expect(wrong("[]")).to.deep.equal([]);
    expect(wrong('["ec2:DescribeTagz"]')[0]).to.contain(
      'expected an action that IAM has; found "ec2:DescribeTagz" (did you mean ec2:DescribeTags',
    );
    expect(wrong("[]", '["ec2:*"]')[0]).to.match(
      /^16: rule\.remediation\.writes\[0\]: expected one IAM action, without `\*`; found "ec2:\*"$/,
    );
    expect(wrong("[]", "[]")[0]).to.contain("expected a list with the IAM actions of the plan's calls");
    expect(wrong("[]", '["iam:PassRole"]')[0]).to.contain("iam:PassRole config.amazonaws.com");
    expect(wrong("[]", '["iam:PassRole config.amazonaws.com"]')).to.deep.equal([]);
    const narrow = '{ action: "ec2:CreateTags", resources: ["arn:aws:ec2:*:*:instance/*"] }';
    expect(wrong("[]", `[${narrow}]`)).to.deep.equal([]);
    expect(wrong("[]", '[{ action: "ec2:CreateTags", resources: ["instance/*"] }]')[0]).to.contain(
      "expected an ARN",
    );
  });

  it("holds nothing that the function cannot: in the words of the lint, with the line", () => {
    const lines = (above: string) => problemsWith({ above });
    expect(lines("\nlet count = 0;")).to.deep.equal([
      "4: Module-level state is reinitialized on every call of a serialized callback: keep it inside a factory.",
    ]);
    expect(lines("\nexport const seen = new Map();")[0]).to.contain(
      "Native objects (Map, Set, Date, clients)",
    );
    expect(lines("\nclass Tag {}")[0]).to.contain("use plain objects and functions");
    expect(lines("\nconst performance = 1;")[0]).to.contain("takes performance for the global");
    expect(lines("\nexport function fetch() {}")[0]).to.contain("takes fetch for the global");
    expect(lines("\nexport const all = [examples];")[0]).to.contain("Examples stay here");
    expect(problemsWith({ imports: 'import { map } from "lodash";' })).to.deep.equal([
      '2: expected an import of "cloudtrailer/rule", of Node\'s own modules, or of a file in own/; found "lodash"',
    ]);
    expect(problemsWith({ imports: 'import { join } from "node:path";\nvoid join;' })).to.deep.equal([]);
    expect(problemsWith({ imports: 'import { x } from "../../handlers/json";' })[0]).to.contain("in own/");
  });
});

describe("examples", () => {
  it("have a hit and a miss", () => {
    expect(problemsWith({ hits: "[]" })[0]).to.match(
      /^\d+: examples\.hits: expected a list with at least one/,
    );
    expect(problemsWith({ misses: "[]" })[0]).to.match(
      /^\d+: examples\.misses: expected a list with at least/,
    );
  });

  it("of a fix have the live answers and the calls", () => {
    const members = fix("[]", '["ec2:CreateTags"]');
    expect(problemsWith({ members })).to.deep.equal([
      "28: examples.hits: expected a hit with `live` and `calls`: what AWS answers, and the calls that the fix makes; found none",
    ]);
    expect(problemsWith({ hits: hitWithCalls })[0]).to.contain("no calls, since the rule has no remediation");
  });

  it("of a burst have one, and none", () => {
    const members = "burst: { windowMinutes: 5, threshold: 2, countedBy: () => 'all' },";
    expect(problemsWith({ members })[0]).to.contain("examples.bursts: expected records that are a burst");
    const bursts = [0, 1].map((findings) => `{ records: [record("env")], findings: ${findings} }`).join();
    expect(problemsWith({ members, moreExamples: `bursts: [${bursts}],` })).to.deep.equal([]);
  });
});
