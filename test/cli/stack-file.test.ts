import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configProblems, readStackFile, stackConfigOf } from "../../cli/stack-file";
import { isUsageError } from "../../cli/verb";

describe("a stack's file", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "cloudtrailer-stack-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = (text: string, name = "Pulumi.red.yaml") => {
    writeFileSync(join(folder, name), text);
    return readStackFile(join(folder, name));
  };
  const problemOf = async (reading: Promise<unknown>) => {
    const error = await reading.catch((one: unknown) => one);
    expect(isUsageError(error), String(error)).to.equal(true);
    return (error as Error).message;
  };

  it("is read as Pulumi passes it: strings, and JSON for lists and objects", async () => {
    const text = `
encryptionsalt: v1:abc
config:
  aws:region: us-east-2
  cloudtrailer:team: red
  cloudtrailer:maxAgeMinutes: 30
  cloudtrailer:exceptions: [{ detection: root-activity, until: 2027-03-31 }]
`;
    expect(await read(text)).to.deep.equal({
      values: {
        "aws:region": "us-east-2",
        "cloudtrailer:team": "red",
        "cloudtrailer:maxAgeMinutes": "30",
        "cloudtrailer:exceptions": '[{"detection":"root-activity","until":"2027-03-31"}]',
      },
      leftOut: [],
    });
  });

  it("may be JSON, and have keys without a namespace", async () => {
    expect((await read('{ "team": "red", "mode": "plan" }', "red.json")).values).to.deep.equal({
      "cloudtrailer:team": "red",
      "cloudtrailer:mode": "plan",
    });
    expect((await read("encryptionsalt: v1:abc\n")).values).to.deep.equal({});
  });

  it("is read without its secrets, and says what was omitted", async () => {
    const text = `
config:
  cloudtrailer:team: { secure: v1:xyz }
  cloudtrailer:subscribers:
    - { protocol: email, endpoint: a@example.com }
    - { protocol: sms, endpoint: { secure: v1:xyz } }
  cloudtrailer:names: { table: findings, bucket: { secure: v1:xyz } }
`;
    expect(await read(text)).to.deep.equal({
      values: {
        "cloudtrailer:subscribers": '[{"protocol":"email","endpoint":"a@example.com"}]',
        "cloudtrailer:names": '{"table":"findings"}',
      },
      leftOut: ["cloudtrailer:team", "cloudtrailer:subscribers[1]", "cloudtrailer:names.bucket"],
    });
  });

  it("says what is wrong with it, by its name", async () => {
    const missing = join(folder, "Pulumi.nope.yaml");
    expect(await problemOf(readStackFile(missing))).to.equal(`--config ${missing}: there is no such file`);
    expect(await problemOf(read("a: [", "bad.yaml"))).to.match(/^--config .*bad\.yaml: /);
    expect(await problemOf(read("just text"))).to.match(
      /expected a stack's file \(config: \{…\}\), found no map/,
    );
    expect(await problemOf(read("config: [a]"))).to.match(/expected a map below config:/);
  });
});

describe("the configuration's problems", () => {
  it("are named by their origin", () => {
    const problem = { expected: "one of a, b", found: '"c"' };
    const places: Record<string, string> = {
      "cloudtrailer:mode": "--mode",
      "cloudtrailer:exceptions": "red.yaml, cloudtrailer:exceptions",
    };
    const problems = ["cloudtrailer:mode", "cloudtrailer:exceptions[0].until", "cloudtrailer:team"].map(
      (key) => ({
        key,
        ...problem,
      }),
    );
    expect(configProblems(problems, (key) => places[key]).split("\n")).to.deep.equal([
      "the configuration has 3 errors:",
      '  --mode: expected one of a, b; found "c"',
      '  red.yaml, cloudtrailer:exceptions[0].until: expected one of a, b; found "c"',
      '  cloudtrailer:team: expected one of a, b; found "c"',
      "docs/configuration.md describes every key",
    ]);
    expect(configProblems(problems.slice(0, 1), () => undefined)).to.match(/^the configuration has 1 error:/);
  });

  it("come from values that keep their type", () => {
    expect(stackConfigOf({ a: null, "aws:b": 1, c: [] }).values).to.deep.equal({
      "cloudtrailer:a": "null",
      "aws:b": "1",
      "cloudtrailer:c": "[]",
    });
  });
});
