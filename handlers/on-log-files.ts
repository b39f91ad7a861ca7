import { randomUUID } from "node:crypto";
import type { Context, SNSEvent } from "aws-lambda";
import { createPublisher } from "./alerts/publish";
import { createCallAws } from "./aws";
import { actorOf } from "./cloudtrail/actor";
import { eventTimeOf } from "./cloudtrail/event-time";
import { createReadLogFile } from "./cloudtrail/log-file";
import { type ObjectKey, parseNotification } from "./cloudtrail/notification";
import type { CloudTrailRecord } from "./cloudtrail/record";
import { forEachAtMost } from "./concurrency";
import { type CountedHit, createCountBursts } from "./detections/bursts";
import { createDetect, wantedOf } from "./detections/detect";
import type { Detection } from "./detections/detection";
import { detections } from "./detections/index";
import { createBurstStore } from "./findings/burst-store";
import { createFights } from "./findings/fights";
import { type Finding, findingOf } from "./findings/finding";
import { modeOf } from "./findings/mode";
import { createModeSwitch } from "./findings/mode-switch";
import { isOwnAction } from "./findings/own-actions";
import { createSettle, type Settled } from "./findings/settle";
import { createFindingsStore } from "./findings/store";
import { createLog } from "./log";
import { problemOf } from "./problem";
import { remediations } from "./remediations/index";
import type { CallAws } from "./remediations/remediation";
import { type Settings, decodeSettings } from "./settings";

/** What the handler works with besides its settings: everything that has an effect or a clock. */
export interface Platform {
  aws: CallAws;
  /** Writes one line to CloudWatch Logs. */
  write(line: string): void;
  /** Epoch ms. */
  now(): number;
  pause(ms: number): Promise<void>;
}

/** What the handler uses of Lambda's context. */
export type Invocation = Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">;

/** What the reading of one log file brought. */
interface ReadFile {
  key: string;
  records: number;
  parsed: number;
  bytes: number;
  /** Records left alone since the detector itself made the calls. */
  own: number;
  findings: Finding[];
  /** Hits that count towards bursts. */
  counted: CountedHit[];
  /** Epoch ms of the oldest record that was parsed; NaN when none was. */
  oldest: number;
}

/** Log files read, and findings handled, at a time. */
const atATime = 4;

/** Above AWS's own limits (50 MB of gzip a file, 256 KB a record), so that only what is broken or hostile meets them. */
const limits = { maxInflatedBytes: 2 * 1024 ** 3, maxRecordBytes: 4 * 1024 ** 2 };

/** Longer than any one step of a finding's way, shorter than the minute that Lambda waits before a retry. */
const leaseMs = 45_000;

/**
 * The callback factory of the function `cloudtrailer`: Pulumi serializes it with all that it uses, and it runs once in
 * each execution environment.
 */
export function createOnLogFiles(): (event: SNSEvent, context: Context) => Promise<void> {
  return createHandler(decodeSettings(process.env.CLOUDTRAILER_SETTINGS), {
    aws: createCallAws(),
    write: (line) => console.log(line),
    now: () => Date.now(),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

/**
 * Makes the handler of notifications: read, detect, claim, plan, fix, alert.
 *
 * An error in one log file or finding does not stop the others. All of them are thrown together at the end, so that
 * Lambda tries the notification again (what was done is not done again) and at last hands it to the failure queue.
 */
export function createHandler(
  settings: Settings,
  platform: Platform,
  catalogue: Detection[] = detections,
): (event: SNSEvent, invocation: Invocation) => Promise<void> {
  const { aws, now } = platform;
  const active = catalogue.filter((detection) => modeOf(detection, settings) !== "off");
  const detect = createDetect(settings, active);
  const readLogFile = createReadLogFile(wantedOf(active, settings.context), limits);
  const countBursts = createCountBursts({
    store: createBurstStore(aws, settings),
    thresholds: settings.context.thresholds,
    now,
  });
  const { table, region } = settings;
  // For the life of the execution environment: what it has read holds for a while.
  const ceilingOf = createModeSwitch(aws, { table, region, now });
  const log = createLog(platform.write);

  const read = async ({ bucket, key }: ObjectKey): Promise<ReadFile> => {
    const source = `s3://${bucket}/${key}`;
    const findings: Finding[] = [];
    const counted: CountedHit[] = [];
    let oldest = Number.NaN;
    let own = 0;
    const record = (one: CloudTrailRecord, hinted: string) => {
      const at = eventTimeOf(one);
      if (!(at >= oldest)) oldest = at;
      const hits = detect(one, hinted);
      if (hits.length === 0) return;
      if (isOwnAction(one, settings)) {
        own++;
        return;
      }
      if (settings.records === "matched") log.record(one);
      const actor = actorOf(one);
      for (const hit of hits) {
        if (hit.counted === undefined) findings.push(findingOf(hit, one, actor, source));
        else counted.push({ hit, record: one });
      }
    };
    const answer = await aws({
      service: "s3",
      operation: "GetObject",
      region: settings.region,
      input: { Bucket: bucket, Key: key },
    });
    const sink = settings.records === "all" ? { record, raw: log.raw } : { record };
    const counts = await readLogFile(source, answer.Body as AsyncIterable<Uint8Array>, sink);
    return { key, ...counts, own, findings, counted, oldest };
  };

  /** The bursts of each file, as findings. A file's own counting may fail without touching another's. */
  const burstsOf = (files: ReadFile[]) =>
    forEachAtMost(1, files, async ({ key, counted }) => {
      const bursts = counted.length === 0 ? [] : await countBursts(counted);
      return bursts.map(({ hit, record, eventID }) =>
        findingOf(hit, record, actorOf(record), `s3://${settings.bucket}/${key}`, eventID),
      );
    });

  const settler = (invocation: Invocation) => {
    const store = createFindingsStore(aws, {
      table,
      region,
      // Lambda keeps the request's id when it tries again, and may run one request twice; a claim belongs to one attempt.
      owner: `${invocation.awsRequestId}/${randomUUID()}`,
      leaseMs,
      keepDays: settings.findingsDays,
      now,
    });
    const { tell, tellOpened } = createPublisher(aws, settings);
    const remaining = () => invocation.getRemainingTimeInMillis();
    return createSettle({
      settings,
      remediations,
      aws,
      store,
      ceilingOf,
      fights: createFights(aws, { table, region, now }),
      tell,
      tellOpened,
      now,
      pause: platform.pause,
      remaining,
    });
  };

  /** Processes one notification, writes its entry, and returns what went wrong. */
  const handleNotification = async (
    message: string,
    messageId: string,
    invocation: Invocation,
  ): Promise<string[]> => {
    const startedAt = now();
    const errors: string[] = [];
    const valuesOf = <Value>(results: PromiseSettledResult<Value>[]): Value[] =>
      results.flatMap((result) => {
        if (result.status === "fulfilled") return [result.value];
        errors.push(problemOf(result.reason));
        return [];
      });
    let files: ReadFile[] = [];
    let settled: Settled[] = [];
    let passedOver: { key: string; what: string }[] = [];
    try {
      const notification = parseNotification(message, settings);
      errors.push(...notification.refused);
      passedOver = notification.passedOver;
      files = valuesOf(await forEachAtMost(atATime, notification.logFiles, read));
      const findings = [...files.flatMap((file) => file.findings), ...valuesOf(await burstsOf(files)).flat()];
      settled = valuesOf(await forEachAtMost(atATime, findings, settler(invocation)));
    } catch (error) {
      errors.push(problemOf(error));
    }
    const oldest = Math.min(...files.map((file) => file.oldest).filter((at) => !Number.isNaN(at)));
    log.entry(errors.length === 0 ? "info" : "error", "notification", {
      team: settings.team,
      requestId: invocation.awsRequestId,
      messageId,
      logFiles: files.map(({ key, records, parsed, bytes, own }) => ({ key, records, parsed, bytes, own })),
      passedOver,
      findings: settled.map(entryOf),
      errors,
      // From the oldest call that was looked at to now.
      delaySeconds: Number.isFinite(oldest) ? Math.round((now() - oldest) / 1000) : null,
      durationMs: now() - startedAt,
    });
    return errors;
  };

  return async (event, invocation) => {
    const errors: string[] = [];
    for (const { Sns } of event.Records)
      errors.push(...(await handleNotification(Sns.Message, Sns.MessageId, invocation)));
    if (errors.length > 0)
      throw new Error(
        `unable to process all of the notification (${errors.length} errors): ${errors.join("; ")}`,
      );
  };
}

function entryOf({ finding, outcome, reason }: Settled): Record<string, unknown> {
  return {
    id: finding.id,
    severity: finding.severity,
    title: finding.title,
    actor: finding.actor.arn ?? finding.actor.name,
    region: finding.region,
    outcome,
    reason,
  };
}
