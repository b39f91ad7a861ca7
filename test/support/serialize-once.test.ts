import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";

const root = join(__dirname, "..", "..");

/** Serializes a module's callback repeatedly, while more and more changes. */
const program = `
  const { writeFileSync } = require("node:fs");
  const pulumi = require("@pulumi/pulumi");
  const module = process.argv[1];
  const texts = [];
  const serialize = async (config, factory = false) => {
    pulumi.runtime.setAllConfig(config);
    const { callback } = require(module);
    texts.push((await pulumi.runtime.serializeFunction(callback, { isFactoryFunction: factory })).text);
  };
  (async () => {
    await serialize({ "cloudtrailer:team": "blue" });
    await serialize({ "cloudtrailer:team": "green" });
    await serialize({ "cloudtrailer:team": "green", "cloudtrailer:rules": "[]" });
    await serialize({ "cloudtrailer:team": "green" }, true);
    writeFileSync(module, "const one = 2;\\nexports.callback = () => one;\\n");
    delete require.cache[module];
    await serialize({ "cloudtrailer:team": "green" });
    console.log(JSON.stringify(texts));
  })();
`;

describe("serializing once in a run", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(root, ".local", "serialize-once-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  async function run(environment: NodeJS.ProcessEnv): Promise<string[]> {
    const module = join(folder, "callback.js");
    writeFileSync(module, "const one = 1;\nexports.callback = () => one;\n");
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--require", join(__dirname, "serialize-once.cjs"), "--eval", program, module],
      { cwd: root, env: { ...process.env, ...environment } },
    );
    return JSON.parse(stdout) as string[];
  }

  it("gives the text that Pulumi creates, and recreates it when anything in it may differ", async () => {
    const kept = mkdtempSync(join(tmpdir(), "cloudtrailer-kept-"));
    try {
      const pulumis = await run({ CLOUDTRAILER_SERIALIZED: undefined });
      expect(new Set(pulumis).size).to.equal(3);
      expect(await run({ CLOUDTRAILER_SERIALIZED: kept })).to.deep.equal(pulumis);
      // Two teams share one text; rules, the kind of callback and the source make three more.
      expect(readdirSync(kept)).to.have.length(4);
    } finally {
      rmSync(kept, { recursive: true });
    }
  });
});
