import type { CallAws } from "./aws/call";
import { fieldsOf } from "./json";
import { randomUUID } from "node:crypto";
import type { Context, SNSEvent } from "aws-lambda";
import { createPublisher } from "./alerts/publish";
import { createCallAws } from "./aws/clients";
import { asksToKeepBaselines, type KeepBaselines } from "./baselines/event";
import { createKeepBaselines, type Kept, type Noticed } from "./baselines/keep";
import { createKeepAll } from "./baselines/keep-all";
import { keptKinds } from "./baselines/kept-kinds";
import { settingEventNames } from "./baselines/setting-events";
import { actorOf } from "./cloudtrail/actor";
import { eventTimeOf } from "./cloudtrail/event-time";
import { createReadLogFile } from "./cloudtrail/reader/index";
import { type ObjectKey, parseNotification } from "./cloudtrail/notification";
import { type CloudTrailRecord } from "./cloudtrail/record";
import { forEachAtMost } from "./concurrency";
import { type BurstBatch, createBurstBatches } from "./detections/bursts";
import { createDetect } from "./detections/detect";
import type { Detection } from "./detections/detection";
import { detections } from "./detections/index";
import { createBurstStore } from "./findings/burst-store";
import { createRemediationLoops } from "./findings/remediation-loops";
import { type Finding, findingOf } from "./detections/finding";
import { wantedOf } from "./detections/wanted";
import { inGroups } from "./findings/groups";
import { modeOf } from "./mode";
import { createModeSwitch } from "./findings/mode-switch";
import { isOwnAction } from "./cloudtrail/own-actions";
import { createHandle, type Handled } from "./findings/handle";
import { createFindingsStore } from "./findings/store";
import { createLog } from "./log";
import { problemOf } from "./problem";
import { remediations } from "./remediations/index";
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
  bursts: BurstBatch;
  /** Epoch ms of the oldest record that was parsed; NaN when none was. */
  oldest: number;
}

/** Log files read, and groups of findings handled, at a time. */
const atATime = 4;

/** Above AWS's own limits (50 MB of gzip a file, 256 KB a record), so that only what is broken or hostile meets them. */
const limits = { maxInflatedBytes: 2 * 1024 ** 3, maxRecordBytes: 4 * 1024 ** 2 };

/** Longer than any one step of a finding's way, shorter than the minute that Lambda waits before a retry. */
const leaseMs = 45_000;

/**
 * The callback factory of the function `cloudtrailer`: Pulumi serializes it with all that it uses, and it runs once in
 * each execution environment.
 */
export function createOnLogFiles(): (event: SNSEvent | KeepBaselines, context: Context) => Promise<void> {
  return createHandler(decodeSettings(process.env.CLOUDTRAILER_SETTINGS), {
    aws: createCallAws(),
    write: (line) => console.log(line),
    now: () => Date.now(),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

/**
 * Makes the handler of notifications: read, detect, claim, plan, fix, alert, and keep baselines of what was set. The
 * event `{"cloudtrailer":"keep-baselines"}` makes it look at everything instead that baselines are kept of.
 *
 * An error in one log file or finding does not stop the others. All of them are thrown together at the end, so that
 * Lambda tries the notification again (what was done is not done again) and at last hands it to the failure queue.
 */
export function createHandler(
  settings: Settings,
  platform: Platform,
  catalogue: Detection[] = detections,
): (event: SNSEvent | KeepBaselines, invocation: Invocation) => Promise<void> {
  const { aws, now, pause } = platform;
  const active = catalogue.filter((detection) => modeOf(detection, settings) !== "off");
  const detect = createDetect(settings, active);
  const kinds = keptKinds(settings, catalogue, remediations);
  const baselines = createKeepBaselines({ settings, kinds, aws, now });
  const keepAll = createKeepAll({ settings, kinds, aws, lookAt: baselines.lookAt, now, pause });
  const wanted = wantedOf(active, settings.context, settingEventNames(kinds));
  const readLogFile = createReadLogFile(wanted, limits);
  const newBatch = createBurstBatches({
    store: createBurstStore(aws, settings),
    thresholds: settings.context.thresholds,
    now,
  });
  const { table, region } = settings;
  // For the life of the execution environment: what it has read holds for a while.
  const ceilingOf = createModeSwitch(aws, { table, region, now });
  const log = createLog(platform.write);

  const read = async ({ bucket, key }: ObjectKey, noticed: Noticed): Promise<ReadFile> => {
    const source = `s3://${bucket}/${key}`;
    const findings: Finding[] = [];
    const bursts = newBatch();
    let oldest = Number.NaN;
    let own = 0;
    const record = (one: CloudTrailRecord, hinted: number) => {
      const at = eventTimeOf(one);
      if (!(at >= oldest)) oldest = at;
      noticed.note(one);
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
        else bursts.add(hit, one);
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
    return { key, ...counts, own, findings, bursts, oldest };
  };

  /** The bursts of each file, as findings. A file's own counting may fail without touching another's. */
  const burstsOf = (files: ReadFile[]) =>
    forEachAtMost(1, files, async ({ key, bursts }) =>
      (await bursts.count()).map(({ hit, record, eventID }) =>
        findingOf(hit, record, actorOf(record), `s3://${settings.bucket}/${key}`, eventID),
      ),
    );

  const handlerOf = (invocation: Invocation, noticed: Noticed) => {
    const store = createFindingsStore(aws, {
      table,
      region,
      // Lambda keeps the request's id when it tries again, and may run one request twice; a claim belongs to one attempt.
      owner: `${invocation.awsRequestId}/${randomUUID()}`,
      leaseMs,
      keepDays: settings.findingsDays,
      now,
    });
    const { tell, alertOpened } = createPublisher(aws, settings);
    const remaining = () => invocation.getRemainingTimeInMillis();
    return createHandle({
      settings,
      remediations,
      aws,
      store,
      baselineBefore: (finding, key) => noticed.before(finding, key),
      ceilingOf,
      loops: createRemediationLoops(aws, { table, region, now }),
      tell,
      alertOpened,
      now,
      pause,
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
    const noticed = baselines.notice();
    let files: ReadFile[] = [];
    let settled: Handled[] = [];
    let passedOver: { key: string; what: string }[] = [];
    let kept: Kept | undefined;
    try {
      const notification = parseNotification(message, settings);
      errors.push(...notification.refused);
      passedOver = notification.passedOver;
      files = valuesOf(await forEachAtMost(atATime, notification.logFiles, (file) => read(file, noticed)));
      const findings = [...files.flatMap((file) => file.findings), ...valuesOf(await burstsOf(files)).flat()];
      const settle = handlerOf(invocation, noticed);
      const groups = await forEachAtMost(atATime, inGroups(findings), (group) =>
        forEachAtMost(1, group, settle),
      );
      settled = valuesOf(valuesOf(groups).flat());
      // After the findings: these are urgent, and their plans start from how things were before.
      kept = await noticed.look(() => invocation.getRemainingTimeInMillis());
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
      ...(kept === undefined ? {} : { baselines: kept }),
      errors,
      // From the oldest call that was looked at to now.
      delaySeconds: Number.isFinite(oldest) ? Math.round((now() - oldest) / 1000) : null,
      durationMs: now() - startedAt,
    });
    return errors;
  };

  /** Looks at everything that baselines are kept of. What it could not do is in its entry, and not thrown: it comes again. */
  const handleBaselines = async (event: KeepBaselines, invocation: Invocation): Promise<void> => {
    const startedAt = now();
    const kept = await keepAll(event, () => invocation.getRemainingTimeInMillis());
    log.entry(kept.problems.length === 0 ? "info" : "error", "baselines", {
      team: settings.team,
      requestId: invocation.awsRequestId,
      at: event.at,
      ...kept,
      durationMs: now() - startedAt,
    });
  };

  return async (event, invocation) => {
    if (asksToKeepBaselines(event)) return handleBaselines(event, invocation);
    if (!Array.isArray(fieldsOf(event).Records))
      throw new Error(
        'expected an event of SNS {"Records":[{"Sns":…}]} or {"cloudtrailer":"keep-baselines","at":"schedule"}, found ' +
          (JSON.stringify(event) ?? "nothing").slice(0, 200),
      );
    const errors: string[] = [];
    for (const { Sns } of event.Records)
      errors.push(...(await handleNotification(Sns.Message, Sns.MessageId, invocation)));
    if (errors.length > 0)
      throw new Error(
        `unable to process all of the notification (${errors.length} errors): ${errors.join("; ")}`,
      );
  };
}

function entryOf({ finding, outcome, reason }: Handled): Record<string, unknown> {
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
