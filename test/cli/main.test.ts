import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { main } from "../../cli/main";

async function called(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

describe("cloudtrailer", () => {
  it("tells its verbs", async () => {
    const { code, out } = await called("--help");
    expect(code).equal(0);
    for (const verb of ["local", "replay", "detections", "bench"])
      expect(out).include(`cloudtrailer ${verb}`);
  });

  it("guesses what verb was meant", async () => {
    const { code, err } = await called("repaly", "x");
    expect(code).equal(2);
    expect(err).match(/found "repaly".*did you mean replay/);
  });

  it("does not take a property of all objects for a verb", async () => {
    expect((await called("constructor")).code).equal(2);
  });

  for (const args of [
    ["replay"],
    ["replay", "--format", "xml", "."],
    ["replay", "--colour"],
    ["bench", "--fast"],
  ])
    it(`refuses ${args.join(" ")}, with the usage`, async () => {
      const { code, err } = await called(...args);
      expect(code).equal(2);
      expect(err).match(/Usage: cloudtrailer (?:replay|bench) /);
    });

  for (const verb of ["undo", "mode", "report", "redrive", "detections"])
    it(`tells how ${verb} is called when asked`, async () => {
      const { code, out, err } = await called(verb, "--help");
      expect({ code, err }).to.deep.equal({ code: 0, err: "" });
      expect(out).match(new RegExp(`^cloudtrailer ${verb}.*\\n {4}\\S`));
    });

  it("tells what stood in the way, and not where in the program", async () => {
    const { code, err } = await called("replay", join(__dirname, "no-such-file.json"));
    expect(code).to.be.oneOf([1, 2]);
    expect(err).match(/no-such-file/);
    expect(err).not.match(/^ +at /m);
  });

  it("runs as a program", () => {
    const program = join(__dirname, "..", "..", "cli", "cloudtrailer.js");
    const { status, stdout } = spawnSync(process.execPath, [program, "replay", "--help"], {
      encoding: "utf8",
    });
    expect(status).equal(0);
    expect(stdout).include("cloudtrailer replay [--summary] [--format table|jsonl]");
  });
});
