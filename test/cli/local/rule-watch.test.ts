import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { createRuleWatch, type RuleWatchOptions } from "../../../cli/local/rule-watch";
import { recordOfExample } from "../../../cli/rules/example-record";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import type { Rule } from "../../../handlers/rules/rule";
import { eventually } from "../../../local/eventually";
import type { Grant } from "../../../policies/own-scopes";
import { aRule, anOwnFolder } from "../../support/own-folder";

const tagged = (key: string, eventID: string): CloudTrailRecord =>
  recordOfExample(
    {
      eventSource: "ec2.amazonaws.com",
      eventName: "CreateTags",
      eventID,
      requestParameters: { tagSet: { items: [{ key, value: "prod" }] } },
    },
    "",
  );

const fix = `remediation: {
    reads: ["ec2:DescribeTags"],
    writes: ["ec2:DeleteTags"],
    plan: async () => ({ outcome: "refused" as const, reason: "no" }),
  },`;
const fixHits = '[{ record: record("env"), live: {}, calls: [] }]';

/** A watch over a folder, and everything that it does. */
function watchOf(files: Record<string, string>, more: Partial<RuleWatchOptions> = {}) {
  const folder = anOwnFolder(files);
  const said: string[] = [];
  const puts: { ids: string[]; grants: Grant[] }[] = [];
  const sent: string[] = [];
  const rules = createRuleWatch({
    folder,
    config: { mode: "fix", detections: {}, rules: [] },
    own: { account: "111122223333", roleName: "detector" },
    function: {
      put: (put: Rule[], grants) => {
        puts.push({ ids: put.map(({ id }) => id), grants });
        return Promise.resolve();
      },
    },
    send: ({ eventID }) => sent.push(String(eventID)),
    say: (line) => said.push(line),
    now: () => 0,
    ...more,
  });
  const save = (name: string, text: string) => {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  return { folder, said, puts, sent, rules, save };
}

describe("a rule that is saved while local watches", () => {
  it("is put into the function, tested, and tried on the last call that it matches", async () => {
    const { said, puts, sent, rules, save } = watchOf({});
    for (const record of [tagged("env", "1"), tagged("env", "2"), tagged("Name", "3")]) rules.note(record);
    save("ec2-env-tagged.ts", aRule({ members: fix, hits: fixHits }));
    await rules.look();
    expect(puts.map(({ ids, grants }) => [ids, grants.map(({ action }) => action)])).to.deep.equal([
      [["ec2-env-tagged"], ["ec2:DescribeTags", "ec2:DeleteTags"]],
    ]);
    expect(sent).to.deep.equal(["2"]);
    expect(said[0]).to.equal("in the function after 0.0 s");
    expect(said[1]).to.match(/^own rule \S+\/ec2-env-tagged\.ts \(mode fix\): the role may ec2:DescribeTags/);
    expect(said).to.include("PASS ec2-env-tagged  miss 1");
    expect(said.at(-1)).to.equal("ec2-env-tagged: matches ec2:CreateTags by alice, which is sent again");
  });

  it("is read again each time, and only if it has changed", async () => {
    const { puts, sent, rules, save, said } = watchOf({ "ec2-env-tagged.ts": aRule() });
    rules.note(tagged("other", "1"));
    await rules.look();
    expect(puts).to.deep.equal([]);
    save("ec2-env-tagged.ts", aRule().replaceAll('"env"', '"other"'));
    await rules.look();
    await rules.look();
    expect(puts).to.have.length(1);
    expect(sent).to.deep.equal(["1"]);
    expect(said.filter((line) => line.startsWith("FAIL"))).to.deep.equal([]);
  });

  it("is read again with the files that it imports", async () => {
    const { sent, rules, save } = watchOf({
      "ec2-env-tagged.ts": aRule({
        imports: 'import { wanted } from "./lib/wanted";',
        match:
          'return JSON.stringify(record).includes(wanted) ? { evidence: evidenceAt(record, "requestParameters.tagSet"), resources: [] } : undefined;',
      }),
      "lib/wanted.ts": "export const wanted = '\"env\"';",
    });
    rules.note(tagged("Name", "1"));
    save("lib/wanted.ts", "export const wanted = '\"Name\"';");
    await rules.look();
    expect(sent).to.deep.equal(["1"]);
  });

  it("says what it was tried on when nothing matches", async () => {
    const { said, sent, rules, save } = watchOf({});
    save("ec2-env-tagged.ts", aRule());
    await rules.look();
    expect(said.at(-1)).to.match(/^ec2-env-tagged: no call of ec2:CreateTags yet; make one, or send/);
    rules.note(tagged("Name", "1"));
    save("ec2-env-tagged.ts", `${aRule()}\n`);
    await rules.look();
    expect(said.at(-1)).to.equal("ec2-env-tagged: matches none of the last 1 calls of ec2:CreateTags");
    expect(sent).to.deep.equal([]);
  });

  it("stays as it was in the function while it has problems", async () => {
    const { said, puts, rules, save } = watchOf({
      "ec2-env-tagged.ts": aRule(),
      "a-other.ts": aRule({ id: "a-other" }),
    });
    save("ec2-env-tagged.ts", aRule({ events: '["ec2:CraeteTags"]' }));
    await rules.look();
    expect(puts).to.deep.equal([]);
    expect(said).to.have.length(1);
    expect(said[0]).to.match(/^FAIL \S+\/ec2-env-tagged\.ts:\d+:\d+: rule\.events\[0\]: /);
    save("a-other.ts", `${aRule({ id: "a-other" })}\n`);
    await rules.look();
    expect(puts.map(({ ids }) => ids)).to.deep.equal([["a-other", "ec2-env-tagged"]]);
  });

  it("is gone from the function when its file is", async () => {
    const { folder, puts, rules } = watchOf({
      "ec2-env-tagged.ts": aRule(),
      "a-other.ts": aRule({ id: "a-other" }),
    });
    rmSync(join(folder, "a-other.ts"));
    await rules.look();
    expect(puts.map(({ ids }) => ids)).to.deep.equal([["ec2-env-tagged"]]);
  });

  it("is named with its place when the function cannot have it", async () => {
    const { said, sent, rules, save } = watchOf(
      {},
      {
        function: { put: () => Promise.reject(new Error("no\nmore")) },
      },
    );
    rules.note(tagged("env", "1"));
    save("ec2-env-tagged.ts", aRule());
    await rules.look();
    expect(said[0]).to.equal("not in the function, which keeps its rules: no");
    expect(said).to.include("PASS ec2-env-tagged  miss 1");
    expect(sent).to.deep.equal([]);
  });

  it("is noticed when it is saved; the gallery and saved records are not", async () => {
    const { folder, puts, rules, save } = watchOf({});
    rules.start();
    try {
      save("examples/b-third.ts", aRule({ id: "b-third" }));
      save("records/x.json", "{}");
      save("ec2-env-tagged.ts", aRule());
      await eventually("the rule in the function", async () => puts[0], { moved: () => puts.length });
      expect(puts.map(({ ids }) => ids)).to.deep.equal([["ec2-env-tagged"]]);
      expect(readFileSync(join(folder, "ec2-env-tagged.ts"), "utf8")).to.equal(aRule());
    } finally {
      rules.close();
    }
  });
});

describe("calls that rules are tried on", () => {
  it("are neither reads nor the function's own", async () => {
    const { sent, rules, save } = watchOf({});
    rules.note({ ...tagged("env", "1"), readOnly: true });
    const arn = "arn:aws:sts::111122223333:assumed-role/detector/detector";
    rules.note({
      ...tagged("env", "2"),
      userIdentity: {
        type: "AssumedRole",
        arn,
        accountId: "111122223333",
        sessionContext: {
          sessionIssuer: {
            type: "Role",
            arn: "arn:aws:iam::111122223333:role/detector",
            accountId: "111122223333",
            userName: "detector",
          },
        },
      },
    });
    save("ec2-env-tagged.ts", aRule());
    await rules.look();
    expect(sent).to.deep.equal([]);
  });
});
