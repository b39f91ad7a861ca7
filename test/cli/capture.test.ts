import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { recordOfExample } from "../../cli/rules/example-record";
import { folderVariable } from "../../infra/rules/load";
import { anOwnFolder } from "../support/own-folder";
import { called } from "./called";

const record = (eventID: string, eventName: string, second: number) =>
  recordOfExample({ eventSource: "ec2.amazonaws.com", eventName, eventID }, "", second);

describe("cloudtrailer capture", () => {
  const usual = process.env[folderVariable];
  let folder: string;
  let file: string;

  beforeEach(() => {
    process.env[folderVariable] = folder = anOwnFolder({});
    file = join(mkdtempSync(join(tmpdir(), "capture-")), "log.json");
    const Records = [
      record("aaaaaaaa-1", "CreateTags", 0),
      record("bbbbbbbb-2", "CreateTags", 1),
      record("cccccccc-3", "RunInstances", 2),
    ];
    writeFileSync(file, JSON.stringify({ Records }));
  });

  afterEach(() => {
    if (usual === undefined) delete process.env[folderVariable];
    else process.env[folderVariable] = usual;
  });

  it("saves the newest record of an event, without its secrets, and prints where", async () => {
    const { code, out, err } = await called(["capture", file, "--event", "ec2:CreateTags"]);
    expect({ code, err }).to.deep.equal({ code: 0, err: [] });
    expect(out).to.have.length(1);
    expect(out[0]).to.match(/^\.local\/own-\w+\/records\/CreateTags-bbbbbbbb\.json$/);
    const saved = JSON.parse(
      readFileSync(join(folder, "records", "CreateTags-bbbbbbbb.json"), "utf8"),
    ) as object;
    expect(saved).to.have.nested.property("userIdentity.accessKeyId", "AKIAEXAMPLE000000000");
  });

  it("saves several, or the one with an ID", async () => {
    await called(["capture", file, "--last", "2"]);
    expect(readdirSync(join(folder, "records"))).to.have.members([
      "CreateTags-bbbbbbbb.json",
      "RunInstances-cccccccc.json",
    ]);
    await called(["capture", file, "--event-id", "aaaaaaaa-1"]);
    expect(existsSync(join(folder, "records", "CreateTags-aaaaaaaa.json"))).to.equal(true);
  });

  it("saves into another folder", async () => {
    const out = mkdtempSync(join(tmpdir(), "captured-"));
    await called(["capture", file, "--out", out]);
    expect(readdirSync(out)).to.deep.equal(["RunInstances-cccccccc.json"]);
  });

  it("does not let a record's own text choose the path", async () => {
    const hostile = record("../../x", "../../../etc/passwd", 3);
    writeFileSync(file, JSON.stringify({ Records: [hostile] }));
    await called(["capture", file]);
    expect(readdirSync(join(folder, "records"))).to.deep.equal(["etcpasswd-x.json"]);
  });

  it("fails if there is no such record", async () => {
    const { code, err } = await called(["capture", file, "--event", "ec2:DeleteTags"]);
    expect(code).to.equal(1);
    expect(err[0]).to.contain("no such record");
  });

  for (const [args, message] of [
    [["--event", "ec2:CraeteTags"], '"ec2:CraeteTags" (did you mean ec2:CreateTags'],
    [["--last", "many"], 'expected --last to be a number from 1 to 9999, found "many"'],
    [["no-such-file.json"], "no-such-file.json"],
  ] as const)
    it(`refuses ${args.join(" ")}`, async () => {
      const { code, err } = await called(["capture", ...args]);
      expect(code).to.equal(2);
      expect(err.join("\n")).to.contain(message);
    });
});
