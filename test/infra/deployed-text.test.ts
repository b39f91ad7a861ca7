import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { settingsVariable } from "../../handlers/settings";
import { deployedText } from "./deployed-text";

const run = promisify(execFile);
const root = join(__dirname, "../..");

const settings = {
  team: "blue",
  account: "111122223333",
  region: "us-west-2",
  bucket: "logs",
  prefix: "AWSLogs/111122223333/",
  table: "findings",
  alertTopicArn: "arn:aws:sns:us-west-2:111122223333:alerts",
  roleName: "detector",
};

describe("the deployed text", () => {
  let text: string;
  let folder: string;

  before(async () => {
    text = await deployedText();
    folder = mkdtempSync(join(tmpdir(), "cloudtrailer-text-"));
    writeFileSync(join(folder, "__index.js"), text);
  });

  after(() => rmSync(folder, { recursive: true }));

  /** Loads the text in its own folder, where no package is reachable. */
  function load(environment: Record<string, string>) {
    const script = "const { handler } = require('./__index.js'); console.log(typeof handler, handler.length)";
    return run(process.execPath, ["-e", script], { cwd: folder, env: environment });
  }

  it("requires only what the Lambda runtime has", () => {
    const required = [...text.matchAll(/\brequire\((["'])([^"']+)\1\)/g)].map(([, , name = ""]) => name);
    expect(required).not.to.deep.equal([]);
    for (const name of new Set(required))
      expect(
        builtinModules.includes(name.replace(/^node:/, "")) || /^@aws-sdk\/client-[a-z0-9-]+$/.test(name),
        name,
      ).to.equal(true);
  });

  it("contains nothing of Pulumi or of the machine that built it", () => {
    expect(text).not.to.contain("@pulumi");
    expect(text).not.to.contain("node_modules");
    expect(text).not.to.contain(root);
  });

  it("loads without the AWS SDK: clients are created when they are needed", async () => {
    const { stdout } = await load({ [settingsVariable]: JSON.stringify(settings) });
    // From Node 24 on, Lambda refuses a third parameter, the old callback.
    expect(stdout).to.equal("function 2\n");
  });

  it("says what is missing when it has no settings", async () => {
    let stderr = "";
    try {
      await load({});
    } catch (error) {
      ({ stderr } = error as { stderr: string });
    }
    expect(stderr).to.contain(
      `expected settings in the environment variable ${settingsVariable}, found nothing`,
    );
  });

  it("is the same from another process", async () => {
    const { stdout } = await run(
      process.execPath,
      ["--require", "./cli/register.js", join(__dirname, "deployed-text.ts")],
      // Not the cached text (test/support/serialize-once.cjs).
      { cwd: root, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, CLOUDTRAILER_SERIALIZED: undefined } },
    );
    expect(stdout === text).to.equal(true);
  });

  it("is small", () => {
    expect(gzipSync(text).length).to.be.below(500_000);
  });
});
