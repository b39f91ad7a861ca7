import { createHash, randomUUID } from "node:crypto";
import type { SNSEvent } from "aws-lambda";
import { createPublisher } from "./alerts/publish";
import type { ReportUnproven, Unproven } from "./alerts/summaries";
import { contentOf } from "./aws/object-content";
import type { Invocation, Platform } from "./aws/platform";
import { createTable } from "./aws/table";
import { baselineKeyOf } from "./baselines/baseline";
import { type BaselineName, baselineKinds } from "./baselines/kinds/index";
import type { KeepBaselinesOf, Kept, Noticed } from "./baselines/keep";
import { settingEventNames } from "./baselines/setting-events";
import { actorOf } from "./cloudtrail/actor";
import { eventTimeOf } from "./cloudtrail/event-time";
import { createReadLogFile } from "./cloudtrail/reader/index";
import {
  accountOfKey,
  type Notification,
  type ObjectKey,
  parseNotification,
} from "./cloudtrail/notification";
import { nameInArn } from "./cloudtrail/parameters";
import type { CloudTrailRecord } from "./cloudtrail/record";
import { forEachAtMost } from "./concurrency";
import type { DetectionFailure } from "./detections/detect";
import type { Detection } from "./detections/detection";
import { type Finding, type Path, pathOf } from "./detections/finding";
import { wantedOf } from "./detections/wanted";
import { factEventNames } from "./detections/seen-state";
import { type Backlog, createBacklogs } from "./findings/backlog";
import { type Batches, createBatches } from "./findings/batches";
import { createBreakers } from "./findings/breaker";
import { createFloods } from "./findings/floods";
import { inGroups } from "./findings/groups";
import { createHandle, type Handled } from "./findings/handle";
import { answerEventNames, type ChatCall, chatCallIn, type HandleAnswer } from "./findings/chat-answer";
import type { HandleRecord } from "./findings/handle-record";
import { createModeSwitch } from "./findings/mode-switch";
import type { OncePerHour } from "./findings/once-per-hour";
import { createOwnPlans } from "./findings/own-plans";
import { createRemediationLoops } from "./findings/remediation-loops";
import { createResourceLocks } from "./findings/resource-locks";
import { createSourceProof } from "./findings/source-proof";
import { createFindingsStore, leaseMs } from "./findings/store";
import { unprovenEvent } from "./findings/unproven";
import { fieldsOf, plainTextOf, shownJson, textOf } from "./json";
import type { Log } from "./log";
import { createProblems, cutBytes, type Problems, problemOf } from "./problem";
import type { Remediation } from "./remediations/remediation";
import type { Settings } from "./settings";
import type { Delays } from "./findings/delays";
import type { Waiting } from "./findings/waiting";
import { createReadFiles } from "./watch/read-files";
import type { SelfCheck } from "./watch/self-check";
import { createSharedCheck } from "./watch/shared-check";

/** What handling notifications needs. */
export interface OnNotificationDependencies {
  settings: Settings;
  platform: Platform;
  log: Log;
  /** The detections that are not off. */
  active: Detection[];
  remediations: Remediation[];
  baselines: Pick<KeepBaselinesOf, "notice">;
  selfCheck: Pick<SelfCheck, "check">;
  waiting: Pick<Waiting, "note">;
  delays: Pick<Delays, "note">;
  oncePerHour: OncePerHour;
  handleAnswer: HandleAnswer;
  reportUnproven: ReportUnproven;
  /** The kinds of resources that baselines are kept of. */
  kinds: BaselineName[];
}

/** Handles what CloudTrail notifies of, and what it failed to. */
export interface NotificationHandling {
  onNotification(event: SNSEvent, invocation: Invocation): Promise<void>;
  /** Handles log files of which no notification came, as if it had. @throws Error with what could not be done */
  processLogFiles(keys: string[], invocation: Invocation): Promise<void>;
  handleRecord: HandleRecord;
}

/** What brings records, and what to do with it. */
interface Bringing {
  /** Reads the records, no faster than `wait` allows. */
  readInto(backlog: Backlog, wait: Batches["wait"]): Promise<void>;
  /** The findings to handle, of those that were found. */
  sorted?(findings: Finding[]): Finding[];
  /** Whether the records are old, or from somebody else than AWS: none of them is an answer. */
  bringsNoAnswers?: boolean;
  /** Whether a log file brings the records as well. */
  isFollowed?: boolean;
  /** Records what was read and handled. */
  noteRead?(): Promise<void>;
}

/** What was read of one log file. */
interface ReadFile {
  key: string;
  records: number;
  parsed: number;
  bytes: number;
  /** Hits ignored because the detector itself made the calls. */
  own(): number;
  /** Whether CloudTrail wrote it within the last hour: an old one that somebody submits again is no sign of life. */
  isNew: boolean;
  /** What it was when it was read, for the check of the digest that lists it. */
  hash: string;
  tag: string;
}

/** What happened to one notification, for its entry in the log. */
interface Handling {
  files: ReadFile[];
  passedOver: { key: string; what: string }[];
  /** The first findings, as in the log entry. */
  findings: Record<string, unknown>[];
  /** IDs of the first findings that are in the table now. */
  ids: string[];
  /** Number of findings by outcome. */
  outcomes: Record<string, number>;
  kept?: Kept;
  /** Detections that threw, each with its first failure: a retry would not help. */
  broken: Map<string, string>;
  /** The first record of another account that no detection matches, for people. */
  misplaced?: string;
  failures: Problems;
  errors: Problems;
  /** Epoch ms of the oldest record examined; NaN if there was none. */
  oldest: number;
  /** Hits of a single record that were ignored because the detector itself made the call. */
  own(): number;
}

/** Log files read, or groups of findings handled, concurrently. */
const atATime = 4;

/** Above AWS's own limits (50 MB of gzip per file, 256 KB per record), so only broken or hostile input exceeds them. */
const limits = { maxInflatedBytes: 2 * 1024 ** 3, maxRecordBytes: 4 * 1024 ** 2 };

/** Maximum findings, log files and errors in a log entry: more would not fit into one event of CloudWatch Logs. */
const maxLogged = 200;
const maxLoggedErrors = 50;

/** Maximum findings that wait for a summary: they are done only when it is out. */
const maxGathered = 1_000;

const hourMs = 3_600_000;

/** The bits of all hints. */
const everyHint = -1;

/** Time reserved in an invocation for the summaries and the log entry, in ms; if its timeout is short, a fifth of that. */
const toEndMs = 20_000;

/** Lambda keeps as much of an error as fits into the failure queue's message beside the event. In bytes. */
const maxThrown = 8_000;

/**
 * Creates the handler of notifications: read, detect, claim, plan, fix, alert, and keep baselines of what was set.
 *
 * An error in one log file or finding does not stop the others. All errors are thrown together at the end, so that Lambda
 * retries the notification (nothing is done twice) and finally sends it to the failure queue.
 */
export function createOnNotification(dependencies: OnNotificationDependencies): NotificationHandling {
  const { settings, platform, log, active, remediations, baselines, kinds, selfCheck } = dependencies;
  const { waiting, delays, oncePerHour, handleAnswer, reportUnproven } = dependencies;
  const { aws, now, pause } = platform;
  const { table, region } = settings;
  const bucketRegion = settings.source?.region ?? region;
  const wanted = wantedOf(active, settings.context, [
    ...settingEventNames(kinds),
    ...(active.some(({ asks }) => asks !== undefined) ? factEventNames : []),
    ...((settings.chat?.buttons ?? []).length > 0 ? answerEventNames : []),
  ]);
  const readLogFile = createReadLogFile(wanted, limits);
  const publisher = createPublisher(aws, settings, pause);
  const ownPlans = createOwnPlans(aws, { table, region, account: settings.account, now });
  // For the life of the execution environment, because what it reads stays valid for a while.
  const ceilingOf = createModeSwitch(aws, { table, region, now });
  const readFiles = createReadFiles(createTable(aws, settings), { days: settings.findingsDays, now });
  const newBacklog = createBacklogs({ settings, aws, log, active, ownPlans, now });

  /** Reads a log file, no faster than its findings are handled. */
  const read = async (
    { bucket, key }: ObjectKey,
    backlog: Backlog,
    wait: Batches["wait"],
  ): Promise<ReadFile> => {
    const source = `s3://${bucket}/${key}`;
    try {
      await wait();
      const { note, own } = backlog.begin(source);
      const sha256 = createHash("sha256");
      const sink = {
        record: note,
        wait,
        inflated: (chunk: Uint8Array) => void sha256.update(chunk),
        ...(settings.records === "all" ? { raw: log.raw } : {}),
      };
      // By the bucket's policy, only the trail writes there, and S3 itself gives the time.
      let isNew = false;
      let tag = "";
      const written = (at: number, as: string) => {
        isNew = now() - at < hourMs;
        tag = as;
      };
      const counts = await readLogFile(
        source,
        contentOf(aws, { region: bucketRegion, bucket, key, written }),
        sink,
      );
      return { key, ...counts, own, isNew, hash: sha256.digest("hex"), tag };
    } catch (error) {
      const problem = problemOf(error);
      throw new Error(problem.includes(key) ? problem : `unable to read ${source}: ${problem}`, {
        cause: error,
      });
    }
  };

  /** What handling the findings of one notification needs. */
  const handlingOf = (
    invocation: Invocation,
    noticed: Noticed,
    { isTimeUp, isFollowed }: { isTimeUp: () => boolean; isFollowed: boolean },
    handling: Handling,
  ) => {
    const remaining = () => invocation.getRemainingTimeInMillis();
    // Lambda keeps the request id when it retries, and may run a request twice; a claim belongs to a single attempt.
    const owner = `${invocation.awsRequestId}/${randomUUID()}`;
    const store = createFindingsStore(aws, {
      table,
      region,
      owner,
      leaseMs,
      keepDays: settings.findingsDays,
      now,
    });
    const floods = createFloods({
      settings,
      aws,
      // Of many records, the log file need not bring the same one. What waits for people must not wait for it.
      isFollowed: ({ finding: { isOfMany }, result: { outcome } }) =>
        isFollowed && !isOfMany && outcome !== "delayed" && outcome !== "awaiting-approval",
      now,
    });
    const ownParts = createSharedCheck(selfCheck, now());
    const handle = createHandle({
      settings,
      remediations,
      aws,
      store,
      breakers: createBreakers({ settings, aws, store, alertOpened: publisher.alertOpened, now, pause }),
      baselineBefore: (finding, key) => noticed.before(finding, key),
      noteReverted: (finding, keys) => noticed.reverted(finding, keys),
      ceilingOf,
      // Anew for each notification: what an earlier one saw may have changed.
      whyUnproven: createSourceProof(aws, settings, now),
      checkOwnParts: ownParts.check,
      loops: createRemediationLoops(aws, { table, region, now }),
      locks: createResourceLocks(aws, { table, region, owner, leaseMs, now, pause, remaining }),
      ownPlans,
      waiting,
      delays,
      alert: async (alertable) => {
        if (!(await floods.admits(alertable))) return "gathered";
        await publisher.alert(alertable);
        return "published";
      },
      now,
      pause,
      remaining,
    });

    /** Publishes what was gathered; only then are those findings done. */
    const summarize = async (): Promise<void> => {
      noteErrors(await forEachAtMost(atATime, floods.left(), (id) => store.release(id)), handling);
      const published = await forEachAtMost(1, floods.summaries(), async ({ flood, ids }) => {
        const publish = () => publisher.alertFlood(flood);
        // Anybody who may invoke the function can send as many as they like, each by itself.
        if (flood.detection === unprovenEvent.id)
          await oncePerHour(`watch#flood#${flood.detection}`, publish);
        else await publish();
        const saved = await forEachAtMost(atATime, ids, (id) => store.save(id, { state: "done" }));
        noteErrors(saved, handling);
      });
      noteErrors(published, handling);
    };

    const handleInTime = async (finding: Finding): Promise<Handled> => {
      if (isTimeUp())
        throw new Error(`finding ${finding.id} is left for the next attempt: time is almost up`);
      return handle(finding);
    };

    /** Groups findings that may be about the same thing, in the order of their calls. */
    const handleAll = async (findings: Finding[]): Promise<void> => {
      ownParts.noteCalls(findings);
      const groups = await forEachAtMost(atATime, inGroups(findings), (group) =>
        forEachAtMost(1, group, handleInTime),
      );
      for (const one of noteErrors(noteErrors(groups, handling).flat(), handling))
        noteOutcome(one, handling, now());
      if (floods.gathered() >= maxGathered) await summarize();
    };
    return { handleAll, summarize };
  };

  /** A detection that throws affects only its own findings: it is named in the log entry, and alerted once an hour. */
  const reportFailures = async ({ broken }: Handling): Promise<void> => {
    for (const [detection, problem] of broken)
      await oncePerHour(`watch#failed#${detection}`, () => publisher.alertBroken({ detection, problem }));
  };

  /** What is not this system's is alerted, and left alone. */
  const refuse = async (what: Unproven["what"], problem: string, { errors }: Handling): Promise<void> => {
    errors.add(problem);
    try {
      await reportUnproven({ what, reason: problem });
    } catch (error) {
      errors.add(`unable to alert it: ${problemOf(error)}`);
    }
  };

  /** What a notification asks for; nothing if it is none. */
  const parsedOrRefused = async (message: string, handling: Handling): Promise<Notification> => {
    try {
      return parseNotification(message, settings);
    } catch (error) {
      await refuse("event", problemOf(error), handling);
      return { logFiles: [], passedOver: [], refused: [] };
    }
  };

  const reportMisplaced = async ({ misplaced }: Handling): Promise<void> => {
    if (misplaced !== undefined) await reportUnproven({ what: "record", reason: misplaced });
  };

  /** The steps of handling records, in order. */
  const steps = async (bringing: Bringing, invocation: Invocation, handling: Handling): Promise<void> => {
    const { readInto, sorted = (findings) => findings, noteRead = async () => {} } = bringing;
    const noticed = baselines.notice();
    const answers: { call: ChatCall; path: Path }[] = [];
    const backlog = newBacklog({
      noticed,
      trailBefore: (record, name) => trailBefore(noticed, record, name),
      onFailure: (failure, source) => noteFailure(failure, source, handling),
      onMisplaced: (record, source) => noteMisplaced(record, source, handling),
      onProblem: handling.errors.add,
      onRecord: (record, source) => {
        const call = bringing.bringsNoAnswers ? undefined : chatCallIn(record, settings);
        if (call !== undefined) answers.push({ call, path: pathOf({ source }) });
      },
    });
    const isTimeUp = timeOf(invocation);
    const { handleAll, summarize } = handlingOf(
      invocation,
      noticed,
      { isTimeUp, isFollowed: bringing.isFollowed === true },
      handling,
    );
    const attempt = async (work: () => Promise<void>) => {
      noteErrors(await forEachAtMost(1, [work], (one) => one()), handling);
    };

    // Findings wait until all log files are read, unless there are too many to hold: then reading waits for them.
    const batches = createBatches(backlog.isFull, () =>
      attempt(async () => handleAll(sorted(await backlog.take()))),
    );
    const wait = () => {
      if (isTimeUp()) throw new Error("time is almost up: the rest is left for the next attempt");
      return batches.wait();
    };
    await readInto(backlog, wait);
    await batches.end();
    // After the findings that they are about.
    for (const { call, path } of answers)
      await attempt(async () => {
        if (isTimeUp()) throw new Error("time is almost up: an answer is left for the next attempt");
        await handleAnswer(call, path, invocation);
      });
    handling.oldest = backlog.oldest();
    await attempt(summarize);
    await attempt(() => reportFailures(handling));
    await attempt(() => reportMisplaced(handling));
    await attempt(noteRead);
    // After the findings, which are urgent, and whose plans need the state before.
    handling.kept = await noticed.look(() => invocation.getRemainingTimeInMillis());
  };

  const stepsOfNotification = async (
    message: string,
    invocation: Invocation,
    handling: Handling,
  ): Promise<void> => {
    const notification = await parsedOrRefused(message, handling);
    handling.passedOver = notification.passedOver;
    for (const { what, problem } of notification.refused) await refuse(what, problem, handling);
    const readInto = async (backlog: Backlog, wait: Batches["wait"]) => {
      const files = await forEachAtMost(atATime, notification.logFiles, (file) => read(file, backlog, wait));
      handling.files = noteErrors(files, handling);
    };
    const noteRead = async () => {
      // What could not be handled is found by the digest that lists it, unless a retry is faster.
      const unread = notification.refused.length + notification.logFiles.length - handling.files.length;
      if (handling.errors.all() === unread) await readFiles.note(handling.files);
    };
    await steps({ readInto, noteRead }, invocation, handling);
  };

  const handleRecord: HandleRecord = async (what, invocation) => {
    const handling = newHandling();
    const readInto = async (backlog: Backlog) => {
      if (!("record" in what)) return;
      const { note, own } = backlog.begin(what.source);
      // Whether a hint holds is known only of a log file's bytes: every detection looks.
      note(what.record, everyHint, what.bytes);
      handling.own = own;
    };
    const sorted = (findings: Finding[]): Finding[] => {
      if ("finding" in what) return [what.finding];
      if ("findings" in what) return what.findings;
      const { findingOf = (finding) => finding, waits = () => undefined } = what;
      return findings.map(findingOf).filter((finding) => {
        const reason = waits(finding);
        if (reason !== undefined) noteOutcome({ finding, outcome: "waits", reason }, handling, now());
        return reason === undefined;
      });
    };
    try {
      const bringsNoAnswers = "record" in what && what.findingOf !== undefined;
      const isFollowed = "record" in what && what.isFollowed === true;
      await steps({ readInto, sorted, bringsNoAnswers, isFollowed }, invocation, handling);
    } catch (error) {
      handling.errors.add(problemOf(error));
    }
    return {
      entry: { ...entryOfFindings(handling), own: handling.own() },
      kept: handling.ids,
      errors: handling.errors,
      failures: handling.failures,
    };
  };

  /**
   * Handles one notification, writes its log entry, and returns what went wrong.
   *
   * @param messageId undefined when none came, and a digest lists the log files
   */
  const handleNotification = async (
    message: string,
    messageId: string | undefined,
    invocation: Invocation,
  ): Promise<Problems> => {
    const startedAt = now();
    const handling = newHandling();
    const { failures, errors } = handling;
    try {
      await stepsOfNotification(message, invocation, handling);
    } catch (error) {
      errors.add(`notification ${messageId ?? "by a digest"}: ${problemOf(error)}`);
    }
    const entry = {
      team: settings.team,
      requestId: invocation.awsRequestId,
      ...(messageId === undefined ? { by: "digest" } : { messageId }),
      ...entryOf(handling),
      // From the oldest call that was examined until now.
      delaySeconds: Number.isNaN(handling.oldest) ? null : Math.round((now() - handling.oldest) / 1000),
      durationMs: now() - startedAt,
    };
    // What a digest brings is no sign that notifications come.
    const fresh = messageId === undefined ? 0 : handling.files.filter(({ isNew }) => isNew).length;
    log.entry(errors.all() + failures.all() === 0 ? "info" : "error", "notification", entry, {
      team: settings.team,
      at: now(),
      values: { LogFiles: fresh },
    });
    return errors;
  };

  const processLogFiles = async (keys: string[], invocation: Invocation): Promise<void> => {
    const message = JSON.stringify({ s3Bucket: settings.bucket, s3ObjectKey: keys });
    const errors = await handleNotification(message, undefined, invocation);
    if (errors.all() > 0) throw new Error(errors.first.join("; ").slice(0, maxThrown));
  };

  /** An entry that proves nothing. @returns what is wrong with it */
  const refusedEntry = async (what: Unproven["what"], reason: string): Promise<string> => {
    log.entry("error", "unproven", { team: settings.team, what, reason });
    try {
      await reportUnproven({ what, reason });
      return reason;
    } catch (error) {
      return `${reason}; and it could not be alerted: ${problemOf(error)}`;
    }
  };

  const onNotification = async ({ Records }: SNSEvent, invocation: Invocation): Promise<void> => {
    const errors = createProblems(maxLoggedErrors);
    let failed = 0;
    for (const [index, entry] of Records.entries()) {
      const { Message, MessageId, TopicArn } = fieldsOf(fieldsOf(entry).Sns);
      const message = textOf(Message);
      const place = `entry ${index + 1} of ${Records.length} of the SNS event`;
      // One bad entry does not stop the others.
      if (message === undefined) {
        failed++;
        const reason = `expected {"Sns":{"Message":…}} as ${place}, found ${shownJson(entry)}`;
        errors.add(await refusedEntry("event", reason));
      } else if (isOfAnotherTopic(TopicArn, settings)) {
        failed++;
        const reason = `expected the topic ${settings.logTopicArn} in ${place}, found ${shownJson(TopicArn)}: ${shownJson(message)}`;
        errors.add(await refusedEntry("topic", reason));
      } else {
        const problems = await handleNotification(message, textOf(MessageId) ?? "", invocation);
        failed += problems.all();
        problems.first.forEach(errors.add);
      }
    }
    if (failed > 0)
      throw new Error(
        cutBytes(
          `unable to process the whole notification (${failed} errors): ${errors.first.join("; ")}`,
          maxThrown,
        ),
      );
  };
  return { onNotification, processLogFiles, handleRecord };
}

function newHandling(): Handling {
  return {
    files: [],
    passedOver: [],
    findings: [],
    ids: [],
    outcomes: {},
    broken: new Map(),
    failures: createProblems(maxLoggedErrors),
    errors: createProblems(maxLoggedErrors),
    oldest: Number.NaN,
    own: () => 0,
  };
}

/** Whether an invocation's time is almost up: what has begun must be finished. */
function timeOf(invocation: Invocation): () => boolean {
  const kept = Math.min(toEndMs, invocation.getRemainingTimeInMillis() / 5);
  return () => invocation.getRemainingTimeInMillis() < kept;
}

/** The values of what succeeded; the rest are errors of the notification. */
function noteErrors<Value>(results: PromiseSettledResult<Value>[], { errors }: Handling): Value[] {
  return results.flatMap((result) => {
    if (result.status === "fulfilled") return [result.value];
    errors.add(problemOf(result.reason));
    return [];
  });
}

function noteOutcome(handled: Handled, { findings, ids, outcomes }: Handling, now: number): void {
  outcomes[handled.outcome] = (outcomes[handled.outcome] ?? 0) + 1;
  if (findings.length >= maxLogged) return;
  findings.push(entryOfFinding(handled, now));
  if (handled.outcome !== "waits") ids.push(handled.finding.id);
}

function noteFailure(
  { detection, record, error }: DetectionFailure,
  source: string,
  { broken, failures }: Handling,
): void {
  const event = plainTextOf(record.eventID);
  const problem = `detection ${detection.id} failed on event ${event} of ${source}: ${problemOf(error)}`;
  failures.add(problem);
  if (!broken.has(detection.id)) broken.set(detection.id, problem);
}

function noteMisplaced(record: CloudTrailRecord, source: string, handling: Handling): void {
  const found = `the event ${plainTextOf(record.eventID)} of ${plainTextOf(record.recipientAccountId)}`;
  const problem = `expected records of ${accountOfKey(source) ?? "one account"} in ${source}, found ${found}`;
  handling.failures.add(problem);
  handling.misplaced ??= problem;
}

/**
 * Whether a notification says that it comes from another topic than the trail's. One that names none proves no less: what
 * proves a log file is its bucket, which only CloudTrail may write to.
 */
function isOfAnotherTopic(topicArn: unknown, { logTopicArn }: Pick<Settings, "logTopicArn">): boolean {
  return logTopicArn !== undefined && topicArn !== undefined && topicArn !== logTopicArn;
}

/** A trail's settings just before a record, from its baseline. */
async function trailBefore(noticed: Noticed, record: CloudTrailRecord, name: string): Promise<unknown> {
  const key = baselineKeyOf(baselineKinds.trail, textOf(record.awsRegion) ?? "", nameInArn(name));
  const baseline = fieldsOf(await noticed.before({ record, actor: actorOf(record) }, key));
  return fieldsOf(baseline.GetTrail).Trail;
}

/** The log entry: the first few of everything, and how many there were. */
function entryOf(handling: Handling): Record<string, unknown> {
  const { files, passedOver } = handling;
  return {
    logFiles: files
      .slice(0, maxLogged)
      .map(({ key, records, parsed, bytes, own }) => ({ key, records, parsed, bytes, own: own() })),
    ...(files.length > maxLogged ? { logFilesInAll: files.length } : {}),
    passedOver: passedOver.slice(0, maxLogged),
    ...entryOfFindings(handling),
  };
}

function entryOfFindings({ findings, outcomes, kept, failures, errors }: Handling): Record<string, unknown> {
  const inAll = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return {
    findings,
    // The dashboard sums them.
    ...(inAll === 0 ? {} : { outcomes }),
    ...(inAll > findings.length ? { findingsInAll: inAll } : {}),
    ...(kept === undefined ? {} : { baselines: kept }),
    ...(failures.all() === 0 ? {} : { failures: failures.first }),
    errors: errors.first,
    ...(errors.all() > errors.first.length ? { errorsInAll: errors.all() } : {}),
  };
}

function entryOfFinding({ finding, outcome, reason }: Handled, now: number): Record<string, unknown> {
  const at = eventTimeOf(finding.record);
  return {
    id: finding.id,
    severity: finding.severity,
    title: finding.title,
    actor: finding.actor.arn ?? finding.actor.name,
    region: finding.region,
    path: pathOf(finding),
    // From the call until now.
    ...(Number.isNaN(at) ? {} : { seconds: Math.max(0, Math.round((now - at) / 100) / 10) }),
    outcome,
    reason: reason?.slice(0, 300),
  };
}
