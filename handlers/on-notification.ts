import { randomUUID } from "node:crypto";
import type { SNSEvent } from "aws-lambda";
import { createPublisher } from "./alerts/publish";
import type { Difference } from "./alerts/summaries";
import type { Invocation, Platform } from "./aws/platform";
import { createTable } from "./aws/table";
import { baselineKeyOf } from "./baselines/baseline";
import { type BaselineName, baselineKinds } from "./baselines/kinds/index";
import type { KeepBaselinesOf, Kept, Noticed } from "./baselines/keep";
import { settingEventNames } from "./baselines/setting-events";
import { actorOf } from "./cloudtrail/actor";
import { eventTimeOf } from "./cloudtrail/event-time";
import { createReadLogFile } from "./cloudtrail/reader/index";
import { type ObjectKey, parseNotification } from "./cloudtrail/notification";
import { isOwnAction } from "./cloudtrail/own-actions";
import { nameInArn } from "./cloudtrail/parameters";
import type { CloudTrailRecord } from "./cloudtrail/record";
import { forEachAtMost } from "./concurrency";
import { type Asked, createAsking } from "./detections/asking";
import { type BurstBatch, createBurstBatches } from "./detections/bursts";
import { createNovelties, type NoveltyBatch } from "./detections/novelty";
import { createDetect, type DetectionFailure } from "./detections/detect";
import type { Detection } from "./detections/detection";
import { type Finding, findingOf } from "./detections/finding";
import { wantedOf } from "./detections/wanted";
import { createSeenState, factEventNames, factOf, type SeenState } from "./detections/seen-state";
import { type AnswerTo, createAnswers, decideAll } from "./findings/answers";
import { createBreakers } from "./findings/breaker";
import { createBurstStore } from "./findings/burst-store";
import { createFloods } from "./findings/floods";
import { inGroups } from "./findings/groups";
import { createHandle, type Handled } from "./findings/handle";
import { createModeSwitch } from "./findings/mode-switch";
import { createNoveltyStore } from "./findings/novelty-store";
import { createOwnPlans } from "./findings/own-plans";
import { createRemediationLoops } from "./findings/remediation-loops";
import { createResourceLocks } from "./findings/resource-locks";
import { createFindingsStore, leaseMs } from "./findings/store";
import { fieldsOf, plainTextOf, textOf } from "./json";
import type { Log, Metrics } from "./log";
import { problemOf } from "./problem";
import type { Remediation } from "./remediations/remediation";
import type { Settings } from "./settings";
import type { SelfCheck } from "./watch/self-check";

/** What notifications are handled with. */
export interface OnNotificationDependencies {
  settings: Settings;
  platform: Platform;
  log: Log;
  /** The detections that are not off. */
  active: Detection[];
  remediations: Remediation[];
  baselines: Pick<KeepBaselinesOf, "notice">;
  selfCheck: Pick<SelfCheck, "check">;
  /** The kinds of things that baselines are kept of. */
  kinds: BaselineName[];
}

/** What reading one log file brought. */
interface ReadFile {
  key: string;
  records: number;
  parsed: number;
  bytes: number;
  /** Hits left alone since the detector itself made the calls. */
  own: number;
  findings: Finding[];
  /** Records about which detections ask before they can tell. */
  asked: Asked[];
  /** Hits that count towards bursts. */
  bursts: BurstBatch;
  /** Hits that are grave only where they are new. */
  novelties: NoveltyBatch;
  /** Detections that threw. */
  failures: DetectionFailure[];
  /** Epoch ms of the oldest record that was parsed; NaN when none was. */
  oldest: number;
  /** Whether CloudTrail wrote it within the last hour. One that somebody hands in again is no sign of life. */
  isNew: boolean;
}

/** What happened to one notification, for its entry in the log. */
interface Handling {
  files: ReadFile[];
  passedOver: { key: string; what: string }[];
  handled: Handled[];
  kept?: Kept;
  /** Detections that threw: trying again would not help. */
  failures: string[];
  errors: string[];
}

/** Log files read, and groups of findings handled, at a time. */
const atATime = 4;

/** Above AWS's own limits (50 MB of gzip a file, 256 KB a record), so that only what is broken or hostile meets them. */
const limits = { maxInflatedBytes: 2 * 1024 ** 3, maxRecordBytes: 4 * 1024 ** 2 };

/** Findings, and errors, that an entry of the log has: with more it would not fit into one line of CloudWatch Logs. */
const maxLogged = 200;
const maxLoggedErrors = 50;

/** Detections that threw, of which note is taken for one file. */
const maxFailures = 100;

const hourMs = 3_600_000;

/** Lambda keeps of an error what fits into the failure queue's message beside the event. Characters. */
const maxThrown = 8_000;

/**
 * Makes the handler of notifications: read, detect, claim, plan, fix, alert, and keep baselines of what was set.
 *
 * An error in one log file or finding does not stop the others. All of them are thrown together at the end, so that
 * Lambda tries the notification again (what was done is not done again) and at last hands it to the failure queue.
 */
export function createOnNotification(dependencies: OnNotificationDependencies) {
  const { settings, platform, log, active, remediations, baselines, kinds, selfCheck } = dependencies;
  const { aws, now, pause } = platform;
  const { table, region } = settings;
  // Where what throws is noted: of the file whose record is looked at. Detections take no time off in between.
  let failed: DetectionFailure[] = [];
  const detect = createDetect(settings, active, (failure) => {
    if (failed.length < maxFailures) failed.push(failure);
  });
  const asking = createAsking(settings, active);
  const wanted = wantedOf(active, settings.context, [
    ...settingEventNames(kinds),
    ...(active.some(({ asks }) => asks !== undefined) ? factEventNames : []),
  ]);
  const readLogFile = createReadLogFile(wanted, limits);
  const newBatch = createBurstBatches({
    store: createBurstStore(aws, settings),
    thresholds: settings.context.thresholds,
    now,
  });
  const novelties = createNovelties({ store: createNoveltyStore(createTable(aws, settings)), now });
  const asksWhatIsNew = active.some(({ novel }) => novel !== undefined);
  const publisher = createPublisher(aws, settings);
  const ownPlans = createOwnPlans(aws, { table, region, now });
  // For the life of the execution environment: what it has read holds for a while.
  const ceilingOf = createModeSwitch(aws, { table, region, now });

  const read = async (
    { bucket, key }: ObjectKey,
    noticed: Noticed,
    seen: Pick<SeenState, "note">,
  ): Promise<ReadFile> => {
    const source = `s3://${bucket}/${key}`;
    const findings: Finding[] = [];
    const asked: Asked[] = [];
    const byRole: Finding[] = [];
    const bursts = newBatch();
    const ofFile = novelties.newBatch();
    const failures: DetectionFailure[] = [];
    let oldest = Number.NaN;
    let own = 0;
    const record = (one: CloudTrailRecord, hinted: number) => {
      const at = eventTimeOf(one);
      if (!(at >= oldest)) oldest = at;
      noticed.note(one);
      const fact = factOf(one);
      if (fact !== undefined) seen.note(fact);
      failed = failures;
      const hits = detect(one, hinted);
      const open = asking.askedAbout(one);
      if (hits.length === 0 && open.length === 0) return;
      asked.push(...open);
      const byOwnRole = isOwnAction(one, settings);
      if (settings.records === "matched") log.record(one);
      const actor = actorOf(one);
      for (const hit of hits) {
        const counts = hit.counted !== undefined;
        // The function looks at much every hour: many reads by its role are no burst.
        if (byOwnRole && counts && one.readOnly === true) own++;
        else if (counts) bursts.add(hit, one);
        else if (hit.detection.novel !== undefined && !byOwnRole) ofFile.add(hit, one);
        else (byOwnRole ? byRole : findings).push(findingOf(hit, one, actor, source));
      }
    };
    try {
      const answer = await aws({
        service: "s3",
        operation: "GetObject",
        region,
        input: { Bucket: bucket, Key: key },
      });
      const sink = settings.records === "all" ? { record, raw: log.raw } : { record };
      const counts = await readLogFile(source, answer.Body as AsyncIterable<Uint8Array>, sink);
      // Of what its own role did, this system did what a plan has.
      for (const finding of byRole) {
        if (await ownPlans.has(finding)) own++;
        else findings.push(finding);
      }
      // By the bucket's policy nobody but the trail writes there, and S3 itself says when.
      const age = now() - new Date(answer.LastModified as string | Date).getTime();
      const isNew = age < hourMs;
      return { key, ...counts, own, findings, asked, bursts, novelties: ofFile, failures, oldest, isNew };
    } catch (error) {
      const problem = problemOf(error);
      throw new Error(problem.includes(key) ? problem : `unable to read ${source}: ${problem}`, {
        cause: error,
      });
    }
  };

  /** The findings of what detections asked about: one for each hit, and one for each record of which nobody can tell. */
  const decidedOf = async (files: ReadFile[], answerTo: AnswerTo, errors: string[]): Promise<Finding[]> => {
    const asked = files.flatMap(({ key, asked: ofFile }) =>
      ofFile.map((one) => ({ ...one, source: `s3://${settings.bucket}/${key}` })),
    );
    const { decided, problems } = await decideAll(asked, asking, answerTo);
    errors.push(...problems);
    const findings: Finding[] = [];
    for (const { hit, record, source } of decided) {
      const finding = findingOf(hit, record, actorOf(record), source);
      if (!isOwnAction(record, settings) || !(await ownPlans.has(finding))) findings.push(finding);
    }
    return findings;
  };

  /** The bursts of each file, and what is new in it, as findings. A file's own may fail without touching another's. */
  const countedOf = (files: ReadFile[]) => {
    const oldest = Math.floor(oldestOf(files) / 1000);
    return forEachAtMost(1, files, async ({ key, bursts, novelties: ofFile }) => {
      if (asksWhatIsNew && Number.isFinite(oldest)) await novelties.begin(oldest);
      const found = await bursts.count();
      for (const { hit, record, eventID } of found) ofFile.add(hit, record, eventID);
      return [...found.filter(({ hit }) => hit.detection.novel === undefined), ...(await ofFile.judge())].map(
        ({ hit, record, eventID }) =>
          findingOf(hit, record, actorOf(record), `s3://${settings.bucket}/${key}`, eventID),
      );
    });
  };

  const handleFor = (invocation: Invocation, noticed: Noticed) => {
    const remaining = () => invocation.getRemainingTimeInMillis();
    // Lambda keeps the request's id when it tries again, and may run one request twice; a claim belongs to one attempt.
    const owner = `${invocation.awsRequestId}/${randomUUID()}`;
    const store = createFindingsStore(aws, {
      table,
      region,
      owner,
      leaseMs,
      keepDays: settings.findingsDays,
      now,
    });
    const floods = createFloods({ settings, aws, now });
    // All calls of a notification were made before it: one look tells what came of them.
    let checking: Promise<Difference[]> | undefined;
    const ownPartsDiffer = async (): Promise<string[]> => {
      checking ??= selfCheck.check();
      const differences = await checking;
      return differences.map(({ part, by, found, means }) => `${part} (${by}: ${found}): ${means}`);
    };
    const handle = createHandle({
      settings,
      remediations,
      aws,
      store,
      breakers: createBreakers({ settings, aws, store, alertOpened: publisher.alertOpened, now }),
      baselineBefore: (finding, key) => noticed.before(finding, key),
      ceilingOf,
      ownPartsDiffer,
      loops: createRemediationLoops(aws, { table, region, now }),
      locks: createResourceLocks(aws, { table, region, owner, leaseMs, now, pause, remaining }),
      ownPlans,
      alert: async (alertable) => {
        if (!(await floods.admits(alertable))) return "gathered";
        await publisher.alert(alertable);
        return "published";
      },
      now,
      pause,
      remaining,
    });

    /** Publishes what was gathered; only then are its findings done. */
    const summarize = async (): Promise<void> => {
      for (const { flood, ids } of floods.summaries()) {
        await publisher.alertFlood(flood);
        await forEachAtMost(atATime, ids, (id) => store.save(id, { state: "done" }));
      }
    };
    return { handle, summarize };
  };

  /** Written down after it is done: what failed is tried again by the next notification. */
  const oncePerHour = async (key: string, act: () => Promise<void>): Promise<void> => {
    const door = createTable(aws, settings);
    const { at } = await door.get(key);
    if (at !== undefined && now() - Number(at.N) < hourMs) return;
    await act();
    const expiresAt = { N: String(Math.floor((now() + 2 * hourMs) / 1000)) };
    await door.update(key, { set: { at: { N: String(now()) }, expiresAt } });
  };

  /** A detection that throws hides nothing but its own findings: it is named in the entry, and alerted once an hour. */
  const reportFailures = async (handling: Handling): Promise<void> => {
    for (const { key, failures } of handling.files)
      for (const { detection, record, error } of failures)
        handling.failures.push(
          `detection ${detection.id} failed on event ${plainTextOf(record.eventID)} of ${key}: ${problemOf(error)}`,
        );
    const ids = new Set(
      handling.files.flatMap(({ failures }) => failures.map(({ detection }) => detection.id)),
    );
    for (const id of ids) {
      const problem = handling.failures.find((text) => text.startsWith(`detection ${id} `)) ?? id;
      await oncePerHour(`watch#failed#${id}`, () => publisher.alertBroken({ detection: id, problem }));
    }
  };

  /** The steps of one notification, in order. */
  const steps = async (message: string, invocation: Invocation, handling: Handling): Promise<void> => {
    const noticed = baselines.notice();
    const seen = createSeenState();
    const answerTo = createAnswers({
      aws,
      account: settings.account,
      seen,
      trailBefore: (record, name) => trailBefore(noticed, record, name),
    });
    const { handle, summarize } = handleFor(invocation, noticed);
    const valuesOf = <Value>(results: PromiseSettledResult<Value>[]): Value[] =>
      results.flatMap((result) => {
        if (result.status === "fulfilled") return [result.value];
        handling.errors.push(problemOf(result.reason));
        return [];
      });

    const notification = parseNotification(message, settings);
    handling.errors.push(...notification.refused);
    handling.passedOver = notification.passedOver;
    handling.files = valuesOf(
      await forEachAtMost(atATime, notification.logFiles, (file) => read(file, noticed, seen)),
    );
    const counted = valuesOf(await countedOf(handling.files)).flat();
    const findings = [
      ...handling.files.flatMap((file) => file.findings),
      ...(await decidedOf(handling.files, answerTo, handling.errors)),
      ...counted,
    ];
    const groups = await forEachAtMost(atATime, inGroups(findings), (group) =>
      forEachAtMost(1, group, handle),
    );
    handling.handled = valuesOf(valuesOf(groups).flat());
    await summarize();
    await reportFailures(handling);
    // After the findings: these are urgent, and their plans start from how things were before.
    handling.kept = await noticed.look(() => invocation.getRemainingTimeInMillis());
  };

  /** Handles one notification, writes its entry, and returns what went wrong. */
  const handleNotification = async (
    message: string,
    messageId: string,
    invocation: Invocation,
  ): Promise<string[]> => {
    const startedAt = now();
    const handling: Handling = { files: [], passedOver: [], handled: [], failures: [], errors: [] };
    try {
      await steps(message, invocation, handling);
    } catch (error) {
      handling.errors.push(`notification ${messageId}: ${problemOf(error)}`);
    }
    const { files, passedOver, handled, kept, failures, errors } = handling;
    const oldest = oldestOf(files);
    const metrics: Metrics = { LogFiles: files.filter(({ isNew }) => isNew).length };
    const entry = {
      team: settings.team,
      requestId: invocation.awsRequestId,
      messageId,
      logFiles: files.map(({ key, records, parsed, bytes, own }) => ({ key, records, parsed, bytes, own })),
      passedOver: passedOver.slice(0, maxLogged),
      findings: handled.slice(0, maxLogged).map(entryOf),
      ...(handled.length > maxLogged ? { findingsInAll: handled.length } : {}),
      ...(kept === undefined ? {} : { baselines: kept }),
      ...(failures.length === 0 ? {} : { failures: failures.slice(0, maxLoggedErrors) }),
      errors: errors.slice(0, maxLoggedErrors),
      ...(errors.length > maxLoggedErrors ? { errorsInAll: errors.length } : {}),
      // From the oldest call that was looked at to now.
      delaySeconds: Number.isFinite(oldest) ? Math.round((now() - oldest) / 1000) : null,
      durationMs: now() - startedAt,
    };
    log.entry(errors.length + failures.length === 0 ? "info" : "error", "notification", entry, {
      team: settings.team,
      at: now(),
      values: metrics,
    });
    return errors;
  };

  return async (event: SNSEvent, invocation: Invocation): Promise<void> => {
    const { Records } = fieldsOf(event);
    if (!Array.isArray(Records))
      throw new Error(
        'expected an event of SNS {"Records":[{"Sns":…}]} or {"cloudtrailer":"keep-baselines","at":"schedule"}, found ' +
          (JSON.stringify(event) ?? "nothing").slice(0, 200),
      );
    const errors: string[] = [];
    for (const [index, entry] of Records.entries()) {
      const { Message, MessageId } = fieldsOf(fieldsOf(entry).Sns);
      const message = textOf(Message);
      // One bad entry does not stop the others.
      if (message === undefined)
        errors.push(
          `expected {"Sns":{"Message":…}} as entry ${index + 1} of ${Records.length} of the SNS event, found ${(JSON.stringify(entry) ?? "nothing").slice(0, 200)}`,
        );
      else errors.push(...(await handleNotification(message, textOf(MessageId) ?? "", invocation)));
    }
    if (errors.length > 0)
      throw new Error(
        `unable to process all of the notification (${errors.length} errors): ${errors.join("; ")}`.slice(
          0,
          maxThrown,
        ),
      );
  };
}

/** A trail's settings just before a record, from its baseline. */
async function trailBefore(noticed: Noticed, record: CloudTrailRecord, name: string): Promise<unknown> {
  const key = baselineKeyOf(baselineKinds.trail, textOf(record.awsRegion) ?? "", nameInArn(name));
  const baseline = fieldsOf(await noticed.before({ record, actor: actorOf(record) }, key));
  return fieldsOf(baseline.GetTrail).Trail;
}

/** Epoch ms of the oldest record that was parsed; infinite when none was. */
function oldestOf(files: ReadFile[]): number {
  return Math.min(...files.map((file) => file.oldest).filter((at) => !Number.isNaN(at)));
}

function entryOf({ finding, outcome, reason }: Handled): Record<string, unknown> {
  return {
    id: finding.id,
    severity: finding.severity,
    title: finding.title,
    actor: finding.actor.arn ?? finding.actor.name,
    region: finding.region,
    outcome,
    reason: reason?.slice(0, 300),
  };
}
