import { type ChildProcess, spawn } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import { eventually } from "../../local/eventually";

const program = join(__dirname, "..", "..", "cli", "cloudtrailer.js");

describe("cloudtrailer local", () => {
  const children: ChildProcess[] = [];
  // A test that fails must not leave its stack running.
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  /** Starts the verb and gathers what it prints. */
  function start(...args: string[]) {
    const child: ChildProcess = spawn(process.execPath, [program, "local", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.push(child);
    const printed = { out: "", err: "" };
    child.stdout?.on("data", (chunk: Buffer) => (printed.out += chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => (printed.err += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    return { child, printed, ended };
  }

  it("prints one line with all that a client needs, and ends cleanly on Ctrl-C", async () => {
    const { child, printed, ended } = start("--team", "verb");
    const line = await eventually(
      "the line ready {…}",
      async () => {
        if (child.exitCode !== null) throw new Error(printed.err);
        return printed.out.split("\n").find((one) => one.startsWith("ready {"));
      },
      { moved: () => printed.out.length + printed.err.length },
    );
    const ready = JSON.parse(line.slice("ready ".length)) as Record<string, string>;
    expect(ready).to.include({
      region: "us-west-2",
      accessKeyId: "test",
      secretAccessKey: "test",
      team: "verb",
      mode: "fix",
      bucket: "lambdasharp-verb-cloudtrail",
    });
    child.kill("SIGINT");
    expect(await ended).to.equal(0);
    const { hostname, port } = new URL(String(ready.endpoint));
    const refused = await new Promise((resolve) => {
      connect(Number(port), hostname)
        .once("connect", () => resolve(false))
        .once("error", () => resolve(true));
    });
    expect(refused, "nothing listens any more").to.equal(true);
  });

  for (const [args, message] of [
    [["--port", "http"], /expected --port to be a number from 0 to 65535, found "http"/],
    [["--config", "records"], /expected --config KEY=VALUE, found "records"/],
    [["--prot", "1"], /Unknown option '--prot'/],
  ] as const)
    it(`says what is wrong with ${args.join(" ")}`, async () => {
      const { printed, ended } = start(...args);
      expect(await ended).to.equal(2);
      expect(printed.err).to.match(message);
    });

  it("says every wrong key of the configuration at once, and leaves nothing running", async () => {
    const { printed, ended } = start("--mode", "repair", "--config", "records=some", "--config", "tema=x");
    expect(await ended).to.equal(1);
    expect(printed.err).to.match(/mode: expected .* found "repair"/);
    expect(printed.err).to.match(/records: expected .* found "some"/);
    expect(printed.err).to.match(/tema/);
  });
});
