import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commonOptions } from "../../cli/arguments";
import type { Options } from "../../cli/verb";
import { verbs } from "../../cli/verbs";
import { called } from "./called";

const folder = join(__dirname, "..", "..", "cli");

describe("cloudtrailer", () => {
  it("lists its verbs with their summaries", async () => {
    const { code, out } = await called(["--help"]);
    expect(code).to.equal(0);
    for (const [name, load] of Object.entries(verbs)) {
      const { usage, summary } = await load();
      expect(usage.split(" ")[0]).to.equal(name);
      expect(out.join("\n").replace(/\s+/g, " "))
        .to.include(usage.replace(" [options]", ""))
        .and.include(summary);
    }
  });

  it("does so when called without a verb, too, and fails", async () => {
    const { code, out } = await called([]);
    expect(code).to.equal(2);
    expect(out).to.deep.equal((await called(["help"])).out);
  });

  for (const [name, load] of Object.entries(verbs)) {
    it(`describes ${name}: usage, summary, and every option with its default, in 80 columns`, async () => {
      const { usage, summary, options } = await load();
      const { code, out, err } = await called([name, "--help"]);
      expect({ code, err }).to.deep.equal({ code: 0, err: [] });
      expect(out[0]).to.equal(`Usage: cloudtrailer ${usage}`);
      const text = out.join("\n").replace(/\s+/g, " ");
      expect(text).to.include(`${summary}.`);
      const all: Options = { ...options, ...commonOptions };
      for (const [option, { description, default: byDefault }] of Object.entries(all)) {
        expect(text).to.match(new RegExp(`--${option}\\b`));
        expect(text).to.include(description.replace(/\s+/g, " "));
        if (byDefault !== undefined) expect(text).to.include(`default: ${byDefault}`);
      }
      for (const line of out) expect(line.length, line).to.be.at.most(80);
      expect((await called([name, "-h"])).out).to.deep.equal(out);
      expect((await called(["help", name])).out).to.deep.equal(out);
    });

    it(`names no option in the usage of ${name} that it does not have`, async () => {
      const { usage, summary, options } = await load();
      for (const [, option = ""] of usage.matchAll(/--([a-z-]+)/g)) expect(options).to.have.property(option);
      expect(usage.includes("[options]")).to.equal(Object.keys(options).length > 0);
      expect(summary).to.match(/^[A-Z].*[^.]$/);
    });
  }

  it("suggests the verb that may have been meant", async () => {
    const { code, err } = await called(["repaly", "x"]);
    expect({ code, err }).to.deep.equal({
      code: 2,
      err: ['cloudtrailer: unknown verb "repaly" (did you mean replay?). See cloudtrailer --help'],
    });
  });

  it("does not take a property of Object.prototype for a verb", async () => {
    for (const name of ["constructor", "__proto__", "toString"])
      expect((await called([name])).err).to.deep.equal([
        `cloudtrailer: unknown verb "${name}". See cloudtrailer --help`,
      ]);
  });

  it("says in one line that undo is now rollback, and exits with 2", async () => {
    const { code, out, err } = await called(["undo", "some-finding", "--why", "x"]);
    expect({ code, out, err }).to.deep.equal({
      code: 2,
      out: [],
      err: ["cloudtrailer: undo is now rollback: npx cloudtrailer rollback FINDING --why TEXT [options]"],
    });
  });

  const wrong: [args: string[], message: RegExp][] = [
    [["replay"], /^cloudtrailer replay: expected a PATH, found none\. See cloudtrailer replay --help$/],
    [["replay", "--cofnig", "x"], /unknown option --cofnig \(did you mean --config\?\)/],
    [["replay", "--format", "xml", "."], /expected --format table, .*, found "xml"/],
    [["detections", "a", "b"], /expected one ID, found a b/],
    [["report", "--since", "soon", "--table", "t"], /expected --since like 7d/],
    [["report", "7d"], /expected options only, found 7d/],
    [["redrive", "--queue", "x"], /expected the failure queue's URL \(https:\/\/sqs…\), found "x"/],
    [["rollback"], /expected one FINDING, found none/],
    [["rollback", "f", "--table", "t"], /expected --why TEXT with the reason/],
    [["rollback", "f", "--why", "x", "--table", "t", "--region", "r"], /expected --yes/],
    [["bench", "--fast"], /unknown option --fast/],
    [["bench", "no-such-file.json.gz"], /no-such-file\.json\.gz/],
    [["verify", "--format", "xml"], /expected --format table or json, found "xml"/],
    [["verify", "now"], /expected options only/],
    [["story", "now"], /expected options only/],
    [["local", "--port", "http"], /expected --port to be a number from 0 to 65535, found "http"/],
  ];
  for (const [args, message] of wrong)
    it(`says in one line what is wrong with ${args.join(" ")}`, async () => {
      const { code, out, err } = await called(args);
      expect({ code, out }).to.deep.equal({ code: 2, out: [] });
      expect(err).to.have.length(1);
      expect(err[0]).to.match(message);
    });

  it("says in one line what was in the way, and where in the program only with --debug", async () => {
    const args = ["mode", "--table", "t", "--region", "us-west-2", "--endpoint", "http://127.0.0.1:9"];
    const keys = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "x", AWS_MAX_ATTEMPTS: "1" };
    const run = (...more: string[]) =>
      spawnSync(process.execPath, [join(folder, "cloudtrailer.js"), ...args, ...more], {
        encoding: "utf8",
        env: { ...process.env, ...keys },
      });
    const { status, stdout, stderr } = run();
    expect({ status, stdout }).to.deep.equal({ status: 1, stdout: "" });
    expect(stderr).to.match(/^cloudtrailer mode: unable to reach AWS: .*ECONNREFUSED.*\n$/);
    expect(run("--debug").stderr).to.match(/^cloudtrailer mode: .*ECONNREFUSED[^]*^ +at /m);
  });

  it("runs as a program", () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(folder, "cloudtrailer.js"), "replay", "--help"],
      {
        encoding: "utf8",
      },
    );
    expect(status).to.equal(0);
    expect(stdout).to.include("Usage: cloudtrailer replay PATH…");
  });

  it("says in one line what to do if npm install has not run", () => {
    const clone = mkdtempSync(join(tmpdir(), "cloudtrailer-clone-"));
    try {
      mkdirSync(join(clone, "cli"));
      for (const file of ["cloudtrailer.js", "typescript.js"])
        copyFileSync(join(folder, file), join(clone, "cli", file));
      copyFileSync(join(folder, "..", "tsconfig.json"), join(clone, "tsconfig.json"));
      const { status, stderr } = spawnSync(
        process.execPath,
        [join(clone, "cli", "cloudtrailer.js"), "local"],
        {
          encoding: "utf8",
        },
      );
      expect(status).to.equal(1);
      expect(stderr).to.match(
        /^cloudtrailer: the npm packages are not installed: run "npm install" in .+ first\n$/,
      );
    } finally {
      rmSync(clone, { recursive: true });
    }
  });
});
