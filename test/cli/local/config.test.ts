import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Asked, localConfig } from "../../../cli/local/config";
import { called } from "../called";

const now = Date.parse("2026-06-15T12:00:00Z");

describe("the configuration of a stack on this machine", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "cloudtrailer-local-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const put = (text: string) => {
    const file = join(folder, "Pulumi.red.yaml");
    writeFileSync(file, text);
    return file;
  };
  /** Without what the program makes of it, which is the same. */
  const configOf = async (own: Partial<Asked> = {}) => {
    const { checked, ...given } = await localConfig(
      { team: undefined, mode: undefined, config: [], ...own },
      now,
    );
    expect({ team: checked.team, mode: checked.mode }).to.deep.equal({ team: given.team, mode: given.mode });
    return given;
  };

  it("has its own default team and mode", async () => {
    expect(await configOf()).to.deep.equal({
      team: "local",
      mode: "fix",
      region: undefined,
      config: { team: "local", mode: "fix" },
      leftOut: [],
    });
  });

  it("may be a team's file, without its secrets", async () => {
    const file = put(`
config:
  aws:region: eu-west-1
  cloudtrailer:team: red
  cloudtrailer:mode: plan
  cloudtrailer:subscribers:
    - { protocol: sms, endpoint: { secure: v1:xyz } }
  cloudtrailer:detections: { root-activity: { mode: alert } }
`);
    expect(await configOf({ config: [file] })).to.deep.equal({
      team: "red",
      mode: "plan",
      region: "eu-west-1",
      config: {
        team: "red",
        mode: "plan",
        subscribers: "[]",
        detections: '{"root-activity":{"mode":"alert"}}',
      },
      leftOut: ["cloudtrailer:subscribers[0]"],
    });
  });

  it("lets later keys override earlier ones, and options both", async () => {
    const file = put("config: { cloudtrailer:team: red, cloudtrailer:records: none }\n");
    const { team, mode, config } = await configOf({
      config: [file, "records=all", 'subscribers=[{"protocol":"sms","endpoint":{"secure":"v1:xyz"}}]'],
      team: "blue",
    });
    expect({ team, mode }).to.deep.equal({ team: "blue", mode: "fix" });
    expect(config).to.include({ team: "blue", records: "all", subscribers: "[]" });
  });

  it("is checked before anything starts, and every error names the option or the file's key", async () => {
    const file = put("config:\n  cloudtrailer:exceptions: [{ detection: root-activity }]\n");
    const args = ["--mode", "repair", "--config", file, "--config", "records=some", "--config", "tema=x"];
    const { code, out, err } = await called(["local", ...args, "--config", "aws:region=Mars"]);
    expect({ code, out }).to.deep.equal({ code: 2, out: [] });
    const lines = err.join("\n").split("\n");
    expect(lines[0]).to.equal("cloudtrailer local: the configuration has 7 errors:");
    const text = lines.join("\n");
    expect(text).to.match(/^ {2}--mode: expected one of alert, plan, approve, fix; found "repair"$/m);
    expect(text).to.match(/^ {2}--config records: expected one of all, matched, none; found "some"$/m);
    expect(text).to.match(/^ {2}--config tema: expected a key .*did you mean team\?\)$/m);
    expect(text).to.match(/^ {2}--config aws:region: expected a region: us-west-2; found "Mars"$/m);
    expect(text).to.include(`  ${file}, cloudtrailer:exceptions[0].until: expected `);
    expect(text).not.to.match(/Pulumi\.(?:local|repair)|\.yaml\.yaml|starting embedded AWS/);
  });

  it("says when the file does not exist", async () => {
    const { code, err } = await called(["local", "--config", "records"]);
    expect(code).to.equal(2);
    expect(err.join("\n")).to.match(/--config records: .*there is no such file/);
  });
});
