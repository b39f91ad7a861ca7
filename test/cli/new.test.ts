import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { recordOfExample } from "../../cli/rules/example-record";
import { folderVariable } from "../../infra/rules/load";
import { aRule, anOwnFolder } from "../support/own-folder";
import { called } from "./called";

const group = recordOfExample(
  {
    eventSource: "ec2.amazonaws.com",
    eventName: "CreateSecurityGroup",
    eventID: "0a0b0c0d-1",
    requestParameters: { groupName: "web", groupDescription: "for the web", vpcId: "vpc-1" },
    responseElements: { groupId: "sg-0a1b2c3d4e5f60718" },
  },
  "",
);

describe("cloudtrailer new", () => {
  const usual = process.env[folderVariable];
  let folder: string;
  const inFolder = (files: Record<string, string>) => {
    process.env[folderVariable] = folder = anOwnFolder(files);
  };
  const written = (id: string) => readFileSync(join(folder, `${id}.ts`), "utf8");

  beforeEach(() => inFolder({}));
  afterEach(() => {
    if (usual === undefined) delete process.env[folderVariable];
    else process.env[folderVariable] = usual;
  });

  it("writes a rule that passes its own examples", async () => {
    const { code, out, err } = await called(["new", "ec2-web-tagged", "--event", "ec2:CreateTags"]);
    expect(code).to.equal(0);
    expect(out[0]).to.match(/\/ec2-web-tagged\.ts$/);
    expect(err).to.deep.equal(["next: npx cloudtrailer test ec2-web-tagged"]);
    const tested = await called(["test"]);
    expect(tested.out.at(-1)).to.equal("2 passed, 0 failed");
  });

  it("has the title and the severity that are asked for", async () => {
    await called(["new", "a-rule", "--event", "ec2:CreateTags", "--title", 'A "tag"', "--severity", "high"]);
    expect(written("a-rule")).to.contain(`title: 'A "tag"'`).and.to.contain('severity: "high"');
  });

  it("takes its hit, and its event, from a record", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "new-")), "log.json");
    writeFileSync(file, JSON.stringify({ Records: [group] }));
    const { code } = await called(["new", "ec2-group-made", "--from", file, "--fix"]);
    expect(code).to.equal(0);
    const text = written("ec2-group-made");
    expect(text).to.contain('record: "records/CreateSecurityGroup-0a0b0c0d.json"');
    expect(text).to.contain('events: ["ec2:CreateSecurityGroup"]');
    expect(text).to.contain('writes: ["ec2:DeleteSecurityGroup"]');
  });

  it("drafts a fix whose TODO is named with its place by test", async () => {
    await called(["new", "sns-topic-made", "--event", "sns:CreateTopic", "--fix"]);
    const { code, out } = await called(["test"]);
    expect(code).to.equal(1);
    expect(out.join("\n")).to.match(/sns-topic-made\.ts:\d+:\d+: examples\.hits\[0\].*TODO/);
    expect(out.join("\n")).not.to.match(/\n\s+at /);
  });

  it("copies a rule of the gallery by its ID", async () => {
    inFolder({ "examples/b-third.ts": aRule({ id: "b-third" }) });
    const { code } = await called(["new", "b-third"]);
    expect(code).to.equal(0);
    expect(written("b-third")).to.equal(aRule({ id: "b-third" }));
    expect((await called(["test", "b-third"])).code).to.equal(0);
  });

  for (const [args, message] of [
    [["ec2-x", "--event", "ec2:CraeteTags"], "did you mean ec2:CreateTags"],
    [["ec2-x", "--event", "CreateTags"], 'found "CreateTags"'],
    [["ec2-x"], "expected --event EVENT, such as ec2:CreateTags, or --from FILE"],
    [["Ec2_X", "--event", "ec2:CreateTags"], 'found "Ec2_X"'],
    [["ec2-sg-open-to-world", "--event", "ec2:CreateTags"], "in the catalogue"],
    [["ec2-x", "--event", "ec2:CreateTags", "--severity", "hgih"], "did you mean high?"],
    [[], "expected one ID, found none"],
  ] as const)
    it(`refuses ${args.join(" ")}`, async () => {
      const { code, err } = await called(["new", ...args]);
      expect(code).to.equal(2);
      expect(err.join("\n")).to.contain(message);
    });

  it("refuses an ID that is taken", async () => {
    inFolder({ "ec2-env-tagged.ts": aRule() });
    const { code, err } = await called(["new", "ec2-env-tagged", "--event", "ec2:CreateTags"]);
    expect(code).to.equal(2);
    expect(err[0]).to.contain("expected an ID that is free");
  });
});
