import { expect } from "chai";
import { keepEnvironment } from "../../support/environment";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytesText } from "../../../cli/hunt/estimate";
import { called } from "../../cli/called";
import { deployForSuite } from "../../e2e/stage";
import { eventually } from "../../e2e/support";
import { report, times } from "../share";
import { deliver, logFileSet } from "./log-file-set";

const root = join(__dirname, "..", "..", "..");

/** The result of a verb. */
interface Called {
  code: number | null;
  out: string[];
  err: string[];
}

describe("a hunt in old log files", () => {
  const files = times(10_000, 400);
  const config = { history: "true", mode: "alert" };
  const stage = deployForSuite("hunt", { config });
  const brokenFiles = Math.floor((files - 6) / 97) + 1;
  const between = ["--from", "2026-05-01", "--to", "2026-05-11"];
  const restoreEnvironment = keepEnvironment();
  let folder: string | undefined;
  /** What replay prints for the same files. */
  let expected: Called;

  before(async () => {
    const { stack, keys } = stage;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: stack.endpoint,
      AWS_REGION: stack.region,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      CLOUDTRAILER_BUCKET: stack.outputs.bucket,
      CLOUDTRAILER_REPORTS: stack.outputs.reportsBucket,
      CLOUDTRAILER_HUNTS: stack.outputs.huntsArn,
      CLOUDTRAILER_TABLE: stack.outputs.tableName,
      CLOUDTRAILER_FUNCTION: stack.outputs.functionName,
    });
    expect(await deliver(stack, logFileSet(files))).to.equal(files);
    folder = mkdtempSync(join(tmpdir(), "cloudtrailer-hunt-test-"));
    const stackFile = join(folder, "stack.json");
    writeFileSync(stackFile, JSON.stringify({ team: "hunt", ...config }));
    const prefixes = ["2026/05/"].flatMap((month) =>
      ["111122223333", "444455556666", "777788889999"].flatMap((account) =>
        ["us-east-1", "us-west-2"].map(
          (region) => `s3://${stack.outputs.bucket}/AWSLogs/${account}/CloudTrail/${region}/${month}`,
        ),
      ),
    );
    expected = await called(["replay", "--format", "jsonl", "--config", stackFile, ...prefixes]);
    expect(expected.out.length).to.be.greaterThan(files / 10);
  });
  after(() => {
    restoreEnvironment();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const hunt = (...args: string[]): Promise<Called> =>
    called(["hunt", "--format", "jsonl", "--concurrency", "4", ...args]);

  /** The ID of the latest hunt. */
  const latest = async (): Promise<string> => {
    const { out } = await called(["hunt", "--status"]);
    return /^hunt ([\w-]+):/.exec(out[0] ?? "")?.[1] ?? "";
  };

  const expectSame = ({ code, out, err }: Called) => {
    expect(out).to.deep.equal(expected.out);
    expect(code).to.equal(expected.code);
    const lossesIn = (lines: string[]) =>
      lines
        .filter((line) => line.includes("unable to read"))
        .map((line) => line.replace(/^cloudtrailer \w+: /, ""));
    expect(lossesIn(err)).to.deep.equal(lossesIn(expected.err));
  };

  it("finds what replay finds, and counts before it starts what it then does", async () => {
    const result = await hunt(...between, "--yes");
    expectSame(result);
    const [read = "", done = ""] = result.err;
    const bytes = [...logFileSet(files)].reduce((sum, { content }) => sum + content.length, 0);
    expect(read).to.match(
      new RegExp(`^${files.toLocaleString("en")} log files, ${bytesText(bytes)}, of 3 accounts in `),
    );
    const [, batches, transitions] = /^([\d,]+) batches, .*; ([\d,]+) state transitions$/.exec(done) ?? [];
    expect(await transitionsOf(await latest())).to.equal(Number(transitions?.replaceAll(",", "")));
    report("a hunt", { files, findings: result.out.length, batches: String(batches) });
  });

  it("finds the same by an inventory of S3, without listing the bucket", async () => {
    const { stack } = stage;
    const [bucket, reports] = [String(stack.outputs.bucket), String(stack.outputs.reportsBucket)];
    const rows: string[] = [];
    for (const key of ["AWSLogs/111122223333/CloudTrail-Digest/x.json.gz", "notes.txt"])
      rows.push(`"${bucket}","${key}","7","2026-05-12T00:00:00.000Z"\n`);
    for (const { key, content } of logFileSet(files))
      rows.unshift(
        `"${bucket}","${encodeURIComponent(key).replaceAll("%2F", "/")}","${content.length}","2026-05-12T00:00:00.000Z"\n`,
      );
    const halves = [rows.slice(0, rows.length / 2), rows.slice(rows.length / 2)].map((half) =>
      gzipSync(half.join("")),
    );
    for (const [index, Body] of halves.entries())
      await s3("PutObject", { Bucket: reports, Key: `inventory/${index}.csv.gz`, Body });
    const manifest = {
      sourceBucket: bucket,
      destinationBucket: `arn:aws:s3:::${reports}`,
      version: "2016-11-30",
      creationTimestamp: String(Date.parse("2026-05-12T00:00:00Z")),
      fileFormat: "CSV",
      fileSchema: "Bucket, Key, Size, LastModifiedDate",
      files: halves.map((half, index) => ({
        key: `inventory/${index}.csv.gz`,
        size: half.length,
        MD5checksum: createHash("md5").update(half).digest("hex"),
      })),
    };
    await s3("PutObject", {
      Bucket: reports,
      Key: "inventory/manifest.json",
      Body: JSON.stringify(manifest),
    });
    const result = await hunt(...between, "--inventory", `s3://${reports}/inventory/manifest.json`, "--yes");
    expect(result.err[0]).to.equal(
      `inventory of 2026-05-12T00:00:00.000Z: ${(files + 2).toLocaleString("en")} objects, ${files.toLocaleString("en")} of them to read; left out: 2 other than log files below the prefix`,
    );
    expectSame({ ...result, err: result.err.slice(1) });
  });

  it("takes only the accounts, regions, days and detections that it is asked for", async () => {
    const { out } = await hunt(
      ...["--from", "2026-05-02", "--to", "2026-05-03", "--account", "444455556666", "--region", "us-west-2"],
      ...["--detection", "iam-*", "--yes"],
    );
    const asked = expected.out.filter((line) => {
      const { source, detection } = JSON.parse(line) as { source: string; detection: string };
      return (
        /\/444455556666\/CloudTrail\/us-west-2\/2026\/05\/0[23]\//.test(source) &&
        detection.startsWith("iam-admin")
      );
    });
    expect(out.filter((line) => line.includes('"detection":"iam-admin'))).to.deep.equal(asked);
    expect(asked).to.not.deep.equal([]);
    expect(
      out.every((line) => (JSON.parse(line) as { detection: string }).detection.startsWith("iam-")),
    ).to.equal(true);
  });

  it("goes on after a tenth of its batches failed, as if none had", async () => {
    const bucket = String(stage.stack.outputs.reportsBucket);
    const { Policy } = await s3("GetBucketPolicy", { Bucket: bucket });
    const { Statement } = JSON.parse(String(Policy)) as { Statement: unknown[] };
    const refused = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${bucket}/hunts/*/results/*3.jsonl.gz`,
    };
    const policy = { Version: "2012-10-17", Statement: [...Statement, refused] };
    await s3("PutBucketPolicy", { Bucket: bucket, Policy: JSON.stringify(policy) });
    const failed = await hunt(...between, "--yes");
    expect(failed.code).to.equal(1);
    expect(failed.out).to.deep.equal([]);
    expect(failed.err.join("\n")).to.match(/ended \(FAILED: .*threshold.*\) without \d+ of \d+ batches/);
    await s3("PutBucketPolicy", { Bucket: bucket, Policy: String(Policy) });
    expect(failed.err.join("\n")).to.match(/(once|times) .*not authorized to perform: s3:PutObject/);
    expectSame(await hunt("--resume", await latest()));
  });

  it("is the same when it was killed, stopped and resumed", async () => {
    const before = await latest();
    const args = ["hunt", ...between, "--yes", "--concurrency", "1"];
    // Its batches wait for the function, so that the hunt is running when it is stopped.
    const FunctionName = "cloudtrailer-history-hunt";
    const lambda = (operation: string, input: object) =>
      stage.call(stage.root, "lambda", operation, { FunctionName, ...input });
    await lambda("PutFunctionConcurrency", { ReservedConcurrentExecutions: 0 });
    const killed = spawn(process.execPath, [join(root, "cli", "cloudtrailer.js"), ...args], {
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => killed.on("exit", resolve));
    const id = await eventually("another hunt", async () => {
      const now = await latest();
      // A hunt that is about to start has no status yet.
      return now === before || now === "" ? undefined : now;
    });
    await eventually("it to run", async () => {
      const { out } = await called(["hunt", "--status", id]);
      return out[0]?.includes(": running") ? true : undefined;
    });
    killed.kill("SIGKILL");
    await ended;
    const { out: stopped } = await called(["hunt", "--stop", id]);
    expect(stopped.join()).to.include("is stopped");
    await lambda("DeleteFunctionConcurrency", {});
    const { out: status } = await called(["hunt", "--status", id]);
    expect(status[0]).to.match(/ended without all batches \(ABORTED\)/);
    await eventually("the hunt to end", async () => {
      const { redriveStatus } = await states("DescribeExecution", { executionArn: executionOf(id) });
      return redriveStatus === "REDRIVABLE" ? true : undefined;
    });
    expectSame(await hunt("--resume", id));
    // Nothing is left to run again: the same results.
    expectSame(await hunt("--resume", id));
  });

  it("does not hold up live alerts", async () => {
    const { mallory } = stage;
    let isAlerted = false;
    let running = hunt(...between, "--yes", "--concurrency", "1");
    await eventually("a hunt to run", async () => {
      const { executions } = await states("ListExecutions", {
        stateMachineArn: stage.stack.outputs.huntsArn,
        statusFilter: "RUNNING",
      });
      return (executions as unknown[]).length > 0 ? true : undefined;
    });
    const user = "bob-of-the-hunt";
    await stage.call(mallory, "iam", "CreateUser", { UserName: user });
    await stage.call(mallory, "iam", "AttachUserPolicy", {
      UserName: user,
      PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
    const alerted = stage.alertOf("iam-admin-policy-attached-user", user).finally(() => {
      isAlerted = true;
    });
    // However fast this machine hunts, there is a hunt until the alert comes.
    for (;;) {
      expectSame(await running);
      if (isAlerted) break;
      running = hunt(...between, "--yes", "--concurrency", "1");
    }
    await alerted;
  });

  it("puts its findings into the table when an operator asks for it, once, marked, and nobody is alerted of them", async () => {
    const id = await latest();
    const importing = () => called(["hunt", "--import", id, "--why", "an incident", "--yes"]);
    const isOfBroken = (line: string) => {
      const { source } = JSON.parse(line) as { source: string };
      return expected.err.some((problem) => problem.includes(source));
    };
    // What can still be read of a broken file, only hunt reads.
    const whole = expected.out.filter((line) => !isOfBroken(line));
    const ids = [...new Set(whole.map((line) => (JSON.parse(line) as { id: string }).id))].sort();
    const { code, out, err } = await importing();
    expect(out, err.join("\n")).to.deep.equal([
      `${ids.length.toLocaleString("en")} findings imported, 0 already there, ${brokenFiles} refused`,
    ]);
    expect(code).to.equal(2);
    expect(err.join("\n")).to.include(`${brokenFiles} a log file that the function could not read`);
    expect((await importing()).out).to.deep.equal([
      `0 findings imported, ${ids.length.toLocaleString("en")} already there, ${brokenFiles} refused`,
    ]);
    const listed = await called([
      ...["findings", "--since", "2026-05-01", "--until", "2026-05-12", "--format", "jsonl"],
      ...["--outcome", "imported"],
    ]);
    const imported = listed.out.map(
      (line) => JSON.parse(line) as { id: string; imported: { hunt: string; why: string } },
    );
    expect(imported.map((finding) => finding.id).sort()).to.deep.equal(ids);
    expect(new Set(imported.map((finding) => finding.imported.hunt))).to.deep.equal(new Set([id]));
    const requests = (await stage.readAlerts()).filter((alert) => "verb" in alert && alert.verb === "import");
    expect(requests).to.have.length(1);
  });

  it("has results that nobody but its function writes", async () => {
    const put = (Key: string) =>
      stage
        .call(stage.mallory, "s3", "PutObject", {
          Bucket: String(stage.stack.outputs.reportsBucket),
          Key,
          Body: "forged",
        })
        .then(
          () => "written",
          ({ name }: Error) => name,
        );
    expect(await put("hunts/of-mallory/map/1.json")).to.equal("written");
    expect(await put("hunts/of-mallory/results/00000000.jsonl.gz")).to.equal("AccessDenied");
  });

  it("has parts that the self-check has looked at since the deployment, all of them", async () => {
    const { Item } = await stage.call(stage.root, "dynamodb", "GetItem", {
      TableName: stage.stack.outputs.tableName,
      Key: { id: { S: "watch#declared" } },
    });
    const { states } = Item as { states: { S: string } };
    const declared = JSON.parse(states.S) as Record<string, object>;
    const name = "cloudtrailer-history-hunt";
    for (const part of [
      `bucket ${String(stage.stack.outputs.reportsBucket)}`,
      `function ${name}`,
      `state machine ${name}`,
      `role ${name}`,
      `role ${name}-states`,
      `log group /aws/lambda/${name}`,
    ]) {
      expect(declared, part).to.include.keys(part);
      expect(JSON.stringify(declared[part]), part).not.to.include("(not readable");
    }
  });

  it("fixes nothing and alerts nobody", async () => {
    const alerts = await stage.readAlerts();
    const alerted = alerts.flatMap((alert) =>
      "what" in alert ? alert.what.resources.map(({ id }) => id) : [],
    );
    expect(alerted).to.not.include("bob");
    const { Items } = await stage.call(stage.root, "dynamodb", "Scan", {
      TableName: stage.stack.outputs.tableName,
    });
    const handled = (Items as { id: { S: string }; outcome?: { S: string }; plan?: unknown }[]).filter(
      ({ id, outcome, plan }) =>
        id.S.includes("-0000-4000-8000-") && (outcome?.S !== "imported" || plan !== undefined),
    );
    expect(handled).to.deep.equal([]);
  });

  it("leaves nothing behind when the stack is destroyed", async () => {
    expect((await stage.stack.destroy()).left).to.deep.equal([]);
  });

  const s3 = (operation: string, input: Record<string, unknown>) =>
    stage.call(stage.root, "s3", operation, input);
  const states = (operation: string, input: Record<string, unknown>) =>
    stage.call(stage.root, "stepfunctions", operation, input);
  const executionOf = (id: string) =>
    `${String(stage.stack.outputs.huntsArn).replace(":stateMachine:", ":execution:")}:${id}`;

  /** The states that an execution and its children entered, as Step Functions bills them. */
  const transitionsOf = async (id: string): Promise<number> => {
    const entered = async (executionArn: unknown) => {
      const { events } = await states("GetExecutionHistory", { executionArn, maxResults: 1000 });
      return (events as { type: string }[]).filter(({ type }) => type.endsWith("StateEntered")).length;
    };
    const { mapRuns } = await states("ListMapRuns", { executionArn: executionOf(id) });
    const [run] = mapRuns as { mapRunArn: string }[];
    const { executions } = await states("ListExecutions", { mapRunArn: run?.mapRunArn, maxResults: 1000 });
    let all = await entered(executionOf(id));
    for (const { executionArn } of executions as { executionArn: string }[])
      all += await entered(executionArn);
    return all;
  };
});
