import { expect } from "chai";
import { gzipSync } from "node:zlib";
import type { DigestProblem } from "../../../handlers/cloudtrail/digest-chain";
import { createTable } from "../../../handlers/aws/table";
import type { ListedFile } from "../../../handlers/cloudtrail/digest";
import { createDigestFiles } from "../../../handlers/watch/digest-files";
import { createDigestCheck } from "../../../handlers/watch/digests";
import { createReadFiles } from "../../../handlers/watch/read-files";
import { aDigestBucket, aSigningKey, bucket, trail, type WrittenDigest } from "../../support/digests";
import { account, type Answers, awsError, someSettings } from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

const key = aSigningKey();
const hour = 3_600_000;
/** When the stack was deployed. */
const deployed = new Date("2026-05-04T09:55:00Z");
/** An hour of that day, with its minutes. */
const at = (time: string) => new Date(`2026-05-04T${time}:00Z`);

describe("the check of digests", () => {
  interface Prepared {
    answers?: Answers;
    /** What processing a log file throws. */
    failure?: Error;
    remaining?: number;
    /** When the check began. */
    begun?: Date;
  }

  /** A deployed stack, and its first digest of an empty hour. */
  async function prepare(options: Prepared = {}) {
    const table = aTable();
    const there = aDigestBucket(key, { ...table.answers, ...options.answers });
    let clock = (options.begun ?? deployed).getTime();
    const now = () => clock;
    const settings = someSettings();
    const { aws } = there;
    const alerts: DigestProblem[][] = [];
    const processed: string[] = [];
    const readFiles = createReadFiles(createTable(aws, settings), { days: 90, now });
    const files = createDigestFiles(
      aws,
      { bucket, region: "us-west-2", prefix: settings.prefix, trail },
      now,
    );
    const tagOf = async (file: string) => {
      const all = await files.logFiles(file.split("/")[3] ?? "", file, file);
      return all.get(file)?.tag ?? "";
    };
    /** Reads log files as the function does when it is notified of them. */
    const read = async (...keys: string[]) => {
      for (const one of keys) {
        const hash = (await files.hashOf(one)) ?? "";
        await readFiles.note([{ key: one, hash, tag: await tagOf(one) }]);
      }
    };
    const current = { failure: options.failure, remaining: options.remaining ?? 300_000 };
    const digests = createDigestCheck({
      settings,
      trail,
      aws,
      processLogFiles: async (keys) => {
        if (current.failure !== undefined) throw current.failure;
        processed.push(...keys);
        await read(...keys);
      },
      alertDigests: async (problems) => void alerts.push(problems),
      now,
    });
    await digests.begin();
    /** Checks at a time of the day. */
    const check = async (time: Date) => {
      clock = time.getTime();
      alerts.length = 0;
      processed.length = 0;
      const report = await digests.check({
        awsRequestId: "r",
        getRemainingTimeInMillis: () => current.remaining,
      });
      return {
        report,
        alerted: alerts.map((problems) => problems.map(({ kind }) => kind)),
        alerts: [...alerts],
        processed: [...processed],
      };
    };
    const first = there.digest({ end: at("10:00") });
    return { there, table, check, read, first, current, settings };
  }

  /** The same, with a log file of the second hour and the digest that lists it. */
  async function withLogFile(options: Prepared = {}) {
    const prepared = await prepare(options);
    const file = prepared.there.logFile(at("10:20"), [{ eventID: "1" }]);
    const second = prepared.there.digest({ end: at("11:00"), files: [file], previous: prepared.first });
    return { ...prepared, file, second };
  }

  it("verifies what is in order, once, and says nothing", async () => {
    const { there, check, read, file } = await withLogFile();
    await read(file.key);
    const { report, alerted, processed } = await check(at("11:20"));
    expect(report).to.deep.equal({
      regions: ["us-west-2"],
      digests: 2,
      logFiles: 1,
      processed: 0,
      waiting: 0,
      problems: [],
      errors: [],
    });
    expect([alerted, processed]).to.deep.equal([[], []]);
    there.calls.length = 0;
    const again = await check(at("11:40"));
    expect(again.report).to.deep.include({ digests: 0, problems: [] });
    expect(there.calls.filter(({ operation }) => operation === "GetObject")).to.deep.equal([]);
  });

  it("counts from the deployment on, also where there was a trail long before", async () => {
    const { there, check } = await prepare();
    const old = there.logFile(at("08:20"), [{ eventID: "old" }]);
    const before = there.digest({ end: at("09:00"), files: [old] });
    // It ends after the deployment, and lists what was delivered before it as well.
    const young = there.logFile(at("09:50"), [{ eventID: "before" }]);
    there.digest({ end: at("10:00"), files: [young], previous: before });
    const { report, alerted, processed } = await check(at("10:20"));
    expect(report).to.deep.include({ digests: 1, logFiles: 1, waiting: 0 });
    expect([alerted, processed]).to.deep.equal([[], []]);
  });

  it("processes what came in the minute of the deployment: names of log files show no seconds", async () => {
    const begun = new Date(deployed.getTime() + 30_000);
    const { there, check, first } = await prepare({ begun });
    const same = there.logFile(deployed, [{ eventID: "same minute" }]);
    const earlier = there.logFile(new Date(deployed.getTime() - 60_000), [{ eventID: "minute before" }]);
    there.digest({ end: at("11:00"), files: [earlier, same], previous: first });
    const { processed } = await check(at("11:20"));
    expect(processed).to.deep.equal([same.key]);
  });

  it("processes a log file of which nobody was notified, and reports what was lost", async () => {
    const { check, file } = await withLogFile();
    const { report, alerts, processed } = await check(at("11:20"));
    expect(processed).to.deep.equal([file.key]);
    expect(report).to.deep.include({ processed: 1, waiting: 0 });
    expect(alerts).to.deep.equal([
      [
        {
          kind: "log-file-unnotified",
          region: "us-west-2",
          key: file.key,
          text: "the function was not notified of this log file, and has processed it now",
        },
      ],
    ]);
    const again = await check(at("11:40"));
    expect([again.alerted, again.processed]).to.deep.equal([[], []]);
  });

  it("calls nothing lost of which the notification may still come", async () => {
    const { there, check, first } = await prepare();
    const file = there.logFile(at("10:58"), [{ eventID: "1" }]);
    there.digest({ end: at("11:00"), files: [file], previous: first, modified: at("11:01") });
    const { alerted, processed } = await check(at("11:02"));
    expect([alerted, processed]).to.deep.equal([[], [file.key]]);
  });

  it("leaves for the next hour what could not be processed, and says so once", async () => {
    const { check, file, current } = await withLogFile({ failure: new Error("AWS is ill") });
    const { report, alerts } = await check(at("11:20"));
    expect(report).to.deep.include({ processed: 0, waiting: 1 });
    expect(alerts.flat()).to.deep.equal([
      {
        kind: "log-file-unprocessed",
        region: "us-west-2",
        key: file.key,
        text: "this log file could not be processed: AWS is ill",
      },
    ]);
    expect((await check(at("11:40"))).alerted).to.deep.equal([]);
    current.failure = undefined;
    const better = await check(at("12:20"));
    expect(better.processed).to.deep.equal([file.key]);
    expect(better.report.waiting).to.equal(0);
    expect(better.alerted).to.deep.equal([["log-file-unnotified"]]);
  });

  it("processes nothing when the time is up, and goes on in the next hour", async () => {
    const { check, file, current } = await withLogFile({ remaining: 30_000 });
    const { report, processed, alerted } = await check(at("11:20"));
    expect([report.waiting, processed, alerted]).to.deep.equal([1, [], []]);
    current.remaining = 300_000;
    expect((await check(at("11:40"))).processed).to.deep.equal([file.key]);
  });

  const altered = gzipSync(JSON.stringify({ Records: [{ eventID: "forged" }] }));

  it("reports a log file that was not CloudTrail's when it was read", async () => {
    const { there, check, read, file } = await withLogFile();
    const body = there.objects.get(file.key)?.body as Buffer;
    there.put(file.key, altered);
    await read(file.key);
    there.put(file.key, body);
    const { alerted } = await check(at("11:20"));
    expect(alerted).to.deep.equal([["log-file-altered"]]);
    expect((await check(at("11:40"))).alerted).to.deep.equal([]);
  });

  it("reports a log file that was changed or deleted after it was read", async () => {
    const { there, check, read, file } = await withLogFile();
    await read(file.key);
    there.put(file.key, altered);
    const { alerts } = await check(at("11:20"));
    expect(alerts.flat()).to.deep.equal([
      {
        kind: "log-file-altered",
        region: "us-west-2",
        key: file.key,
        text: "this log file was changed after it was read",
      },
    ]);
    const other = await withLogFile();
    await other.read(other.file.key);
    other.there.objects.delete(other.file.key);
    expect((await other.check(at("11:20"))).alerted).to.deep.equal([["log-file-missing"]]);
  });

  it("does not mind a log file that was written anew with the same content", async () => {
    const { there, check, read, file } = await withLogFile();
    await read(file.key);
    there.put(file.key, gzipSync(JSON.stringify({ Records: [{ eventID: "1" }] }), { level: 0 }));
    expect((await check(at("11:20"))).alerted).to.deep.equal([]);
  });

  it("reports a log file that was changed or deleted before it was read, and believes nothing of it", async () => {
    for (const [change, kind] of [
      [altered, "log-file-altered"],
      [Buffer.from("no gzip"), "log-file-altered"],
      [
        Buffer.concat([gzipSync(JSON.stringify({ Records: [{ eventID: "1" }] })), Buffer.alloc(8)]),
        "log-file-altered",
      ],
      [undefined, "log-file-missing"],
    ] as const) {
      const { there, check, file } = await withLogFile();
      if (change === undefined) there.objects.delete(file.key);
      else there.put(file.key, change);
      const { alerted, processed, report } = await check(at("11:20"));
      expect([alerted, processed, report.waiting]).to.deep.equal([[[kind]], [], 0]);
      expect((await check(at("11:40"))).alerted).to.deep.equal([]);
    }
  });

  it("reports a digest that was changed, once, and goes on with the next one", async () => {
    const { there, check, read, file, second } = await withLogFile();
    await read(file.key);
    there.put(second.key, gzipSync(JSON.stringify({ ...second.content, logFiles: [] })));
    const { alerts } = await check(at("11:20"));
    expect(alerts.flat()).to.deep.equal([
      {
        kind: "digest-invalid",
        region: "us-west-2",
        key: second.key,
        text: "this digest proves nothing: its signature is not CloudTrail's",
      },
    ]);
    there.digest({ end: at("12:00"), previous: second });
    const next = await check(at("12:20"));
    expect(next.alerted).to.deep.equal([]);
    expect(next.report.digests).to.equal(1);
  });

  it("reports a digest that another key signed", async () => {
    const { there, check, first } = await prepare();
    there.digest({ end: at("11:00"), previous: first, key: aSigningKey() });
    const { alerts } = await check(at("11:20"));
    expect(alerts.flat()[0]?.text).to.match(/which is not CloudTrail's in this region/);
  });

  it("knows each region by its own keys", async () => {
    const { there, check } = await prepare();
    const theirs = aSigningKey();
    there.publicKeys["us-east-1"] = [theirs];
    const first = there.digest({ region: "us-east-1", end: at("10:01"), key: theirs });
    expect((await check(at("10:20"))).report).to.deep.include({
      regions: ["us-west-2", "us-east-1"],
      digests: 2,
      problems: [],
    });
    there.digest({ region: "us-east-1", end: at("11:01"), previous: first });
    expect((await check(at("11:20"))).alerted).to.deep.equal([["digest-invalid"]]);
  });

  it("is not led astray by a digest of the future, or by a huge one", async () => {
    const { there, check, first } = await prepare();
    there.digest({ end: at("23:00"), previous: first, key: aSigningKey(), modified: at("11:00") });
    const second = there.digest({ end: at("11:00"), previous: first });
    expect((await check(at("11:20"))).alerted).to.deep.equal([["digest-invalid"]]);
    const huge = there.digest({ end: at("11:30"), previous: second });
    there.put(huge.key, Buffer.alloc(9 * 1024 ** 2));
    there.digest({ end: at("12:00"), previous: second });
    const { alerted, report } = await check(at("12:20"));
    expect(alerted).to.deep.equal([["digest-invalid"]]);
    expect(report.digests).to.equal(1);
  });

  it("reports a digest that is not there, and verifies it when it comes after all", async () => {
    const { there, check, read, file, second } = await withLogFile();
    const kept = there.objects.get(second.key) as { body: Buffer; metadata: Record<string, string> };
    there.objects.delete(second.key);
    const third = there.digest({ end: at("12:00"), previous: second });
    const { alerts } = await check(at("12:20"));
    expect(alerts.flat().map(({ kind, key: about }) => [kind, about])).to.deep.equal([
      ["digest-missing", second.key],
    ]);
    expect((await check(at("12:40"))).alerted).to.deep.equal([]);
    await read(file.key);
    there.put(second.key, kept.body, kept.metadata);
    there.digest({ end: at("13:00"), previous: third });
    const { report, alerted } = await check(at("13:20"));
    expect(alerted).to.deep.equal([]);
    expect(report).to.deep.include({ digests: 2, logFiles: 1 });
  });

  it("reports another digest in the place of a missing one", async () => {
    const { there, check, first, second } = await withLogFile();
    there.objects.delete(second.key);
    there.digest({ end: at("12:00"), previous: second });
    await check(at("12:20"));
    there.digest({ end: at("11:00"), previous: first });
    expect((await check(at("12:40"))).alerted).to.deep.equal([["digest-altered"]]);
  });

  it("reports a fork", async () => {
    const { there, check, read, file, first, second } = await withLogFile();
    await read(file.key);
    const fork = there.digest({ end: at("11:30"), previous: first });
    const { alerts } = await check(at("11:40"));
    expect(alerts.flat().map(({ kind, key: about }) => [kind, about])).to.deep.equal([
      ["chain-forked", fork.key],
    ]);
    expect(second.key < fork.key).to.equal(true);
  });

  it("reports that a chain begins anew after logging was stopped", async () => {
    const { there, check } = await prepare();
    await check(at("10:20"));
    there.digest({ end: at("11:40"), start: at("11:10") });
    const { alerts } = await check(at("11:50"));
    expect(alerts.flat()[0]).to.deep.include({ kind: "chain-restarted" });
    expect(alerts.flat()[0]?.text).to.include("between 2026-05-04T10:00:00Z and 2026-05-04T11:10:00Z");
  });

  it("takes what backfilled digests list, and follows their chain apart", async () => {
    const { there, check, first } = await prepare();
    await check(at("10:20"));
    const late = there.logFile(at("09:58"), [{ eventID: "late" }]);
    const backfill = there.digest({
      end: at("10:00"),
      files: [late],
      isBackfill: true,
      modified: at("11:05"),
    });
    there.digest({ end: at("11:00"), previous: first });
    const { processed, report } = await check(at("11:20"));
    expect(processed).to.deep.equal([late.key]);
    expect(report.digests).to.equal(2);
    expect((await check(at("11:40"))).report).to.deep.include({ digests: 0, problems: [] });
    there.put(backfill.key.replace("T100000Z", "T101500Z"), Buffer.from("forged"));
    expect((await check(at("11:50"))).alerted).to.deep.equal([["digest-invalid"]]);
    expect((await check(at("11:55"))).alerted).to.deep.equal([]);
  });

  it("reports once that no digest comes for two periods, and that they come again", async () => {
    const { there, check, first } = await prepare();
    await check(at("10:20"));
    expect((await check(at("12:00"))).alerted).to.deep.equal([]);
    const { alerts } = await check(at("12:20"));
    expect(alerts.flat().map(({ kind, region }) => [kind, region])).to.deep.equal([
      ["digest-overdue", "us-west-2"],
    ]);
    expect((await check(at("13:20"))).alerted).to.deep.equal([]);
    there.digest({ end: at("13:30"), previous: first });
    expect((await check(at("14:20"))).alerted).to.deep.equal([[]]);
    expect((await check(at("14:25"))).alerted).to.deep.equal([]);
  });

  it("reports that digests never came", async () => {
    const { there, check, first } = await prepare();
    there.objects.delete(first.key);
    expect((await check(new Date(deployed.getTime() + 3 * hour))).alerted).to.deep.equal([]);
    expect((await check(new Date(deployed.getTime() + 3 * hour + 1))).alerted).to.deep.equal([
      ["digest-overdue"],
    ]);
  });

  it("takes a forged digest for no sign of life", async () => {
    const { there, check, first } = await prepare();
    await check(at("10:20"));
    there.digest({ end: at("12:00"), previous: first, key: aSigningKey() });
    expect((await check(at("12:20"))).alerted).to.deep.equal([["digest-invalid", "digest-overdue"]]);
  });

  it("misses a region that had digests, also when all of them were deleted", async () => {
    const { there, check, first } = await prepare();
    const other = there.digest({ region: "us-east-1", end: at("10:00") });
    await check(at("10:20"));
    there.objects.delete(other.key);
    let previous: WrittenDigest = first;
    for (const time of ["11:00", "12:00"]) previous = there.digest({ end: at(time), previous });
    const { alerts } = await check(at("12:30"));
    expect(alerts.flat().map(({ kind, region }) => [kind, region])).to.deep.equal([
      ["digest-overdue", "us-east-1"],
    ]);
  });

  it("passes over the digests of other trails", async () => {
    const { there, check } = await prepare();
    there.digest({ end: at("10:30"), trailName: "theirs" });
    there.digest({ region: "eu-west-1", end: at("10:30"), trailName: "theirs" });
    expect((await check(at("11:30"))).report).to.deep.include({ digests: 1, problems: [] });
  });

  it("says once that validation is off, and not of each region that no digest comes", async () => {
    const { there, check } = await prepare({
      answers: { "cloudtrail:GetTrail": { Trail: { LogFileValidationEnabled: false } } },
    });
    expect((await check(at("20:00"))).alerted).to.deep.equal([["unverifiable"]]);
    expect((await check(at("21:00"))).alerted).to.deep.equal([]);
    delete there.answers["cloudtrail:GetTrail"];
    expect((await check(at("21:10"))).alerted).to.deep.equal([["digest-overdue"]]);
  });

  it("says once what AWS does not let it see", async () => {
    for (const operation of [
      "s3:ListObjectsV2",
      "s3:GetObject",
      "cloudtrail:ListPublicKeys",
      "cloudtrail:GetTrail",
    ]) {
      const { there, check } = await prepare();
      there.answers[operation] = () => {
        throw awsError("AccessDenied");
      };
      const { alerted, report } = await check(at("10:20"));
      expect(new Set(alerted.flat()), operation).to.deep.equal(new Set(["unverifiable"]));
      expect(report.errors).to.deep.equal([]);
      expect((await check(at("10:40"))).alerted, operation).to.deep.equal([]);
      delete there.answers[operation];
      const again = await check(at("10:50"));
      expect(again.alerted, operation).to.deep.equal([[]]);
      expect(report.digests + again.report.digests, operation).to.equal(1);
    }
  });

  it("tries again in the next hour what AWS could not answer", async () => {
    const { there, check, file } = await withLogFile();
    there.answers["s3:GetObject"] = () => {
      throw awsError("SlowDown");
    };
    const { alerted, report } = await check(at("11:20"));
    expect(alerted).to.deep.equal([]);
    expect(report.errors).to.deep.equal(["us-west-2: SlowDown: SlowDown"]);
    delete there.answers["s3:GetObject"];
    expect((await check(at("11:40"))).processed).to.deep.equal([file.key]);
  });

  it("writes nothing down when the alert does not get out", async () => {
    const { there, check, second } = await withLogFile();
    there.put(second.key, Buffer.from("forged"));
    const settings = someSettings();
    const failing = createDigestCheck({
      settings,
      trail,
      aws: there.aws,
      processLogFiles: async () => {},
      alertDigests: () => Promise.reject(new Error("SNS is ill")),
      now: () => at("11:20").getTime(),
    });
    const invocation = { awsRequestId: "r", getRemainingTimeInMillis: () => 300_000 };
    expect(
      await failing.check(invocation).then(
        () => "none",
        (error: Error) => error.message,
      ),
    ).to.equal("SNS is ill");
    expect((await check(at("11:30"))).alerted).to.deep.equal([["digest-invalid"]]);
  });

  it("does not believe a digest that lists files elsewhere", async () => {
    const { there, check, first } = await prepare();
    const elsewhere: ListedFile = { bucket: "theirs", key: "AWSLogs/x.json.gz", hash: "00" };
    there.digest({ end: at("11:00"), files: [elsewhere], previous: first });
    const { alerts, processed } = await check(at("11:20"));
    expect(alerts.flat()[0]?.text).to.include(`not below s3://${bucket}/AWSLogs/${account}/CloudTrail/`);
    expect(processed).to.deep.equal([]);
  });

  it("begins anew with another trail", async () => {
    const { there, check, settings, table } = await prepare();
    await check(at("10:20"));
    const state = JSON.parse(String(table.items[`digest#${account}#us-west-2`]?.state?.S));
    expect(state.trail).to.equal(trail.arn);
    const other = { name: "theirs", arn: trail.arn.replace("/ours", "/theirs") };
    there.digest({ end: at("11:00"), trailName: "theirs" });
    const alerts: DigestProblem[][] = [];
    const digests = createDigestCheck({
      settings,
      trail: other,
      aws: there.aws,
      processLogFiles: async () => {},
      alertDigests: async (problems) => void alerts.push(problems),
      now: () => at("11:20").getTime(),
    });
    const report = await digests.check({ awsRequestId: "r", getRemainingTimeInMillis: () => 300_000 });
    expect(report).to.deep.include({ digests: 1, problems: [] });
    expect(alerts).to.deep.equal([]);
  });
});
