import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { folderVariable } from "../../infra/rules/load";
import { aRule, anOwnFolder } from "../support/own-folder";
import { called } from "./called";

describe("cloudtrailer test", () => {
  const usual = process.env[folderVariable];
  const inFolder = (files: Record<string, string>) => {
    process.env[folderVariable] = anOwnFolder(files);
  };

  afterEach(() => {
    if (usual === undefined) delete process.env[folderVariable];
    else process.env[folderVariable] = usual;
  });

  it("prints a line for each example, and what came of all", async () => {
    inFolder({ "ec2-env-tagged.ts": aRule({ hits: '[{ name: "env", record: record("env") }]' }) });
    expect(await called(["test"])).to.deep.equal({
      code: 0,
      out: ["PASS ec2-env-tagged  hit 1: env", "PASS ec2-env-tagged  miss 1", "", "2 passed, 0 failed"],
      err: [],
    });
  });

  it("fails with what differs, by file and line", async () => {
    inFolder({ "ec2-env-tagged.ts": aRule({ hits: '[{ record: record("Name") }]' }) });
    const { code, out } = await called(["test"]);
    expect(code).to.equal(1);
    expect(out[0]).to.equal("FAIL ec2-env-tagged  hit 1");
    expect(out[1]).to.match(
      /^ {5}\.local\/own-\w+\/ec2-env-tagged\.ts:24:20: examples\.hits\[0\]\.record: expected the rule to find/,
    );
    expect(out.at(-1)).to.equal("1 passed, 1 failed");
  });

  it("names what is wrong with a rule, and tests the others", async () => {
    inFolder({
      "ec2-env-tagged.ts": aRule(),
      "a-wrong.ts": aRule({ id: "a-wrong", events: '["ec2:CraeteTags"]' }),
    });
    const { code, out } = await called(["test"]);
    expect(code).to.equal(1);
    expect(out[0]).to.match(/^FAIL \.local\/own-\w+\/a-wrong\.ts:8:12: rule\.events\[0\]: expected an event/);
    expect(out.at(-1)).to.equal("2 passed, 1 failed");
    expect(out.join("\n")).not.to.match(/\n\s+at /);
  });

  it("names the line of the source that throws, as a program", () => {
    inFolder({
      "ec2-env-tagged.ts": aRule({
        match:
          "const tags = record.requestParameters as unknown as string[][];\n    return tags[0].length as never;",
      }),
    });
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(__dirname, "../../cli/cloudtrailer.js"), "test"],
      {
        encoding: "utf8",
      },
    );
    expect(status).to.equal(1);
    expect(stdout).to.match(/match threw TypeError: .* \(line 11\)$/m);
  });

  it("names what TypeScript says, by file and line", async () => {
    inFolder({
      "ec2-env-tagged.ts": aRule({
        match: "return shown(record, 1);",
        imports: 'import { shown } from "cloudtrailer/rule";',
      }),
    });
    const { code, out } = await called(["test"]);
    expect(code).to.equal(1);
    expect(out.filter((line) => line.startsWith("FAIL .local"))).to.satisfy((lines: string[]) =>
      lines.some((line) =>
        /ec2-env-tagged\.ts:10:26: Argument of type 'number' is not assignable/.test(line),
      ),
    );
  });

  it("tests the rules that are named, also those of the gallery", async () => {
    inFolder({
      "ec2-env-tagged.ts": aRule(),
      "a-other.ts": aRule({ id: "a-other" }),
      "examples/b-third.ts": aRule({ id: "b-third" }),
    });
    const tested = async (...ids: string[]) => {
      const { out } = await called(["test", ...ids]);
      return out.filter((line) => line.startsWith("PASS")).map((line) => line.split(/\s+/)[1]);
    };
    expect(await tested("a-other")).to.deep.equal(["a-other", "a-other"]);
    expect(await tested("b-third", "ec2-env-tagged")).to.have.members([
      "b-third",
      "b-third",
      "ec2-env-tagged",
      "ec2-env-tagged",
    ]);
  });

  it("refuses an id that is no rule's, with the nearest", async () => {
    inFolder({ "ec2-env-tagged.ts": aRule() });
    const { code, err } = await called(["test", "ec2-env-taged"]);
    expect(code).to.equal(2);
    expect(err[0]).to.contain('found "ec2-env-taged" (did you mean ec2-env-tagged?)');
  });

  it("says how to begin where there are no rules", async () => {
    inFolder({});
    const { code, out } = await called(["test"]);
    expect(code).to.equal(0);
    expect(out[0]).to.contain("npx cloudtrailer new ID --event EVENT");
  });
});
