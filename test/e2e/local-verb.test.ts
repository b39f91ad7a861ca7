import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import { createCallAws } from "../../handlers/aws/clients";
import { eventually } from "../../local/eventually";

const program = join(__dirname, "..", "..", "cli", "cloudtrailer.js");

describe("cloudtrailer local", () => {
  const children: ChildProcess[] = [];
  // A failing test must not leave its stack running.
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

  it("prints a user's keys and the outputs of the stack, shows what happens, and ends cleanly on Ctrl-C", async () => {
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
      user: "admin",
      team: "verb",
      mode: "fix",
      bucket: "lambdasharp-verb-cloudtrail",
    });

    // The lines to paste have the same, and the keys are a user's, not root's.
    const exported = await eventually("the export lines", async () =>
      printed.err.includes(`CLOUDTRAILER_BUCKET=${ready.bucket}`) ? environmentIn(printed.err) : undefined,
    );
    expect(exported).to.deep.equal({
      AWS_ENDPOINT_URL: ready.endpoint,
      AWS_ACCESS_KEY_ID: ready.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ready.secretAccessKey,
      AWS_REGION: "us-west-2",
      AWS_DEFAULT_REGION: "us-west-2",
      CLOUDTRAILER_TABLE: ready.tableName,
      CLOUDTRAILER_FUNCTION: ready.functionName,
      CLOUDTRAILER_QUEUE: ready.failureQueueUrl,
      CLOUDTRAILER_TRAIL: ready.trailArn,
      CLOUDTRAILER_BUCKET: ready.bucket,
    });
    const credentials = {
      accessKeyId: String(ready.accessKeyId),
      secretAccessKey: String(ready.secretAccessKey),
    };
    const aws = createCallAws({ endpoint: String(ready.endpoint), credentials });
    const iam = (operation: string, input: Record<string, unknown>) =>
      aws({ service: "iam", operation, region: "us-east-1", input });
    const shown = await (await fetch(String(ready.page))).text();
    expect(shown).to.include("Team verb, mode fix, us-west-2");
    await iam("CreateUser", { UserName: "bob" });
    await iam("AttachUserPolicy", {
      UserName: "bob",
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
    await eventually("the line about the fix", async () =>
      /alert {4}CRITICAL FIXED: .* on bob by admin/.test(printed.out) ? true : undefined,
    );
    const { AccessKeyMetadata } = await iam("ListAccessKeys", { UserName: "admin" });
    expect(AccessKeyMetadata).to.have.length(1);
    expect((AccessKeyMetadata as object[])[0]).to.include({ UserName: "admin", Status: "Active" });
    expect(printed.out, "nobody acts as root").not.to.include("Root user used");

    // What looks at the stack here is no difference of it from what was deployed.
    await aws({
      service: "lambda",
      operation: "DeleteFunctionConcurrency",
      region: "us-west-2",
      input: { FunctionName: String(ready.functionName) },
    });
    await eventually("what a call that leaves everything as it was is", async () =>
      /alert {4}INFO ALERT ONLY: .*DeleteFunctionConcurrency.*as the last deployment left it/.test(
        printed.out,
      )
        ? true
        : undefined,
    );
    expect(printed.out.match(/.*alert {4}CRITICAL.*not as the last deployment left it.*/g)).to.equal(null);

    // Another verb finds the stack by these lines alone.
    const report = spawnSync(process.execPath, [program, "report"], {
      encoding: "utf8",
      env: { ...process.env, ...exported },
    });
    expect(report.stderr).to.equal("");
    expect(report.stdout).to.match(/^iam-admin-policy-attached-user +1$/m);

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

  it("reports every wrong key of the configuration at once, before anything is started", async () => {
    const { printed, ended } = start("--mode", "repair", "--config", "records=some", "--config", "tema=x");
    expect(await ended).to.equal(2);
    expect(printed.err).to.match(/^cloudtrailer local: the configuration has 3 errors:$/m);
    expect(printed.err).to.match(/^ {2}--mode: expected .* found "repair"/m);
    expect(printed.err).to.match(/^ {2}--config records: expected .* found "some"$/m);
    expect(printed.err).to.match(/^ {2}--config tema: /m);
    expect(printed.err).not.to.include("starting embedded AWS");
  });
});

/** What the lines starting with `export` set. */
function environmentIn(text: string): Record<string, string> {
  const exported = text.split("\n").filter((line) => line.startsWith("  export "));
  const pairs = exported.flatMap((line) => line.trim().split(" ").slice(1));
  return Object.fromEntries(pairs.map((pair) => [pair.split("=")[0], pair.slice(pair.indexOf("=") + 1)]));
}
