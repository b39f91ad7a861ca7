import type { CallAws } from "../aws/call";
import { createTable } from "../aws/table";
import type { Noticed } from "../baselines/keep";
import { actorOf } from "../cloudtrail/actor";
import { eventTimeOf } from "../cloudtrail/event-time";
import { isOwnAction } from "../cloudtrail/own-actions";
import { accountOfKey } from "../cloudtrail/notification";
import { type CloudTrailRecord, isOfAnotherAccount } from "../cloudtrail/record";
import { forEachAtMost } from "../concurrency";
import { type Asked, createAsking } from "../detections/asking";
import { type BurstBatch, createBurstBatches } from "../detections/bursts";
import { createDetect, type DetectionFailure, type Hit } from "../detections/detect";
import type { Detection } from "../detections/detection";
import { type Finding, findingOf } from "../detections/finding";
import { createNovelties, type NoveltyBatch } from "../detections/novelty";
import { createSeenState, factOf } from "../detections/seen-state";
import { plainTextOf } from "../json";
import type { Log } from "../log";
import { problemOf } from "../problem";
import type { Settings } from "../settings";
import { type AnswerTo, createAnswers, decideAll } from "./answers";
import { createBurstStore } from "./burst-store";
import { misplacedOf } from "./identity";
import { createNoveltyStore } from "./novelty-store";
import type { OwnPlans } from "./own-plans";

/** What backlogs need, for the life of the execution environment. */
export interface BacklogDependencies {
  settings: Settings;
  aws: CallAws;
  log: Pick<Log, "record">;
  /** The detections that are not off. */
  active: Detection[];
  ownPlans: Pick<OwnPlans, "has">;
  /** Epoch ms. */
  now(): number;
}

/** What a backlog needs for one notification. */
export interface OfNotification {
  noticed: Pick<Noticed, "note">;
  /** A trail's settings just before a record, as in GetTrail's answer; undefined if unknown. */
  trailBefore(record: CloudTrailRecord, name: string): Promise<unknown>;
  /** Called for a detection that throws. @param source the log file */
  onFailure(failure: DetectionFailure, source: string): void;
  /** Called for a record of another account than the log file's that no detection matches. @param source the log file */
  onMisplaced(record: CloudTrailRecord, source: string): void;
  /** Called for each record that is what it says, whatever detections make of it. @param source the log file, or event */
  onRecord?(record: CloudTrailRecord, source: string): void;
  /** Called for what could not be examined and must be retried. */
  onProblem(problem: string): void;
}

/** A log file that is being read. */
export interface ReadingOf {
  /**
   * Examines a record. Never throws.
   *
   * @param hinted what the reader says about hints @param bytes of its JSON
   */
  note(record: CloudTrailRecord, hinted: number, bytes: number): void;
  /** Hits ignored because the detector itself made the calls. */
  own(): number;
}

/** What was found in the log files of a notification and waits to be handled. */
export interface Backlog {
  /** @param source `s3://bucket/key` */
  begin(source: string): ReadingOf;
  /** Whether so much waits that it should be handled before more is read. */
  isFull(): boolean;
  /**
   * Takes everything that waits, as findings. Only now are findings determined that need more than one record (bursts, new
   * things) or an answer from AWS.
   */
  take(): Promise<Finding[]>;
  /** Epoch ms of the oldest record examined; NaN if there was none. */
  oldest(): number;
}

/**
 * Maximum bytes of waiting records, as JSON: hundreds of findings. Parsed, and with what was found in them, they are several
 * times as large, and objects that wait for long cost more garbage collection.
 */
const maxWaiting = 1024 ** 2;

/** Bytes of a hit besides its record. */
const weightOfHit = 2_000;

/** Maximum bytes of records whose statements about policies, groups and trails are kept. */
const maxSeen = 8 * 1024 ** 2;

/** What waits of one log file. */
interface Waiting {
  source: string;
  findings: Finding[];
  /** Calls by this system's role: findings unless a plan of this system contains the call. */
  byRole: Finding[];
  /** Records that detections ask AWS about before they decide. */
  asked: Asked[];
  /** Hits that count towards bursts. */
  bursts: BurstBatch;
  /** Hits that matter only if they are new. */
  novelties: NoveltyBatch;
  /** Counts ignored hits. */
  leaveAlone(): void;
}

/**
 * Creates backlogs, one per notification. A backlog is bounded: when it is full, its findings are handled before reading
 * continues. So the findings of several small log files are handled together, and those of a large one in parts.
 */
export function createBacklogs(dependencies: BacklogDependencies): (of: OfNotification) => Backlog {
  const { settings, aws, log, active, ownPlans, now } = dependencies;
  const detect = createDetect(settings, active);
  const asking = createAsking(settings, active);
  const newBursts = createBurstBatches({
    store: createBurstStore(aws, settings),
    thresholds: settings.context.thresholds,
    now,
  });
  const novelties = createNovelties({ store: createNoveltyStore(createTable(aws, settings)), now });
  const asksWhatIsNew = active.some(({ novel }) => novel !== undefined);

  return function createBacklog({ noticed, trailBefore, onFailure, onMisplaced, onRecord, onProblem }) {
    const seen = createSeenState(maxSeen);
    let waiting: Waiting[] = [];
    let weight = 0;
    /** How often everything that waits was taken. */
    let taken = 0;
    let oldest = Number.NaN;

    /** @returns about how many more bytes are held now */
    const put = (hit: Hit, record: CloudTrailRecord, bytes: number, into: Waiting): number => {
      const byOwnRole = isOwnAction(record, settings);
      const isCounted = hit.counted !== undefined;
      const isNovel = hit.detection.novel !== undefined;
      // The function reads a lot every hour, so reads by its role count neither as bursts nor as new.
      if (byOwnRole && (isCounted || isNovel) && record.readOnly === true) {
        into.leaveAlone();
        return 0;
      }
      if (isCounted) return into.bursts.add(hit, record, bytes);
      if (isNovel && !byOwnRole) return into.novelties.add(hit, record) ? bytes + weightOfHit : 0;
      const finding = findingOf(hit, record, actorOf(record), into.source);
      (byOwnRole ? into.byRole : into.findings).push(finding);
      return bytes + weightOfHit;
    };

    const learnFrom = (record: CloudTrailRecord, bytes: number): void => {
      const at = eventTimeOf(record);
      if (!(at >= oldest)) oldest = at;
      noticed.note(record);
      const fact = factOf(record);
      if (fact !== undefined) seen.note(fact, bytes);
    };

    const look = (record: CloudTrailRecord, hinted: number, bytes: number, into: Waiting): void => {
      const failed = (failure: DetectionFailure) => onFailure(failure, into.source);
      const hits = detect(record, hinted, failed);
      const asked = asking.askedAbout(record, failed);
      if (hits.length === 0 && asked.length === 0) return;
      into.asked.push(...asked);
      weight += asked.length * (bytes + weightOfHit);
      for (const hit of hits) weight += put(hit, record, bytes, into);
      if (settings.records === "matched") log.record(record);
    };

    /** A forged record teaches nothing: it is a finding, not a fact. */
    const suspect = (
      record: CloudTrailRecord,
      { hinted, bytes, account }: { hinted: number; bytes: number; account: string },
      into: Waiting,
    ): void => {
      const hits = detect(record, hinted, (failure) => onFailure(failure, into.source));
      for (const hit of hits)
        into.findings.push(misplacedOf(findingOf(hit, record, actorOf(record), into.source), account));
      weight += hits.length * (bytes + weightOfHit);
      if (hits.length === 0) onMisplaced(record, into.source);
    };

    /** Removes the system's own calls: made by its role, and in a plan that it recorded. */
    const notOurs = async (
      byRole: Finding[],
      { leaveAlone }: Pick<Waiting, "leaveAlone">,
    ): Promise<Finding[]> => {
      const results = await forEachAtMost(1, byRole, (finding) => ownPlans.has(finding));
      return byRole.filter((finding, index) => {
        const result = results[index];
        if (result?.status === "rejected") onProblem(`finding ${finding.id}: ${problemOf(result.reason)}`);
        if (result?.status !== "fulfilled") return false;
        if (result.value) leaveAlone();
        return !result.value;
      });
    };

    /** The bursts of a file, and new things in it. */
    const counted = async ({ source, bursts, novelties: batch }: Waiting): Promise<Finding[]> => {
      const found = await bursts.count();
      for (const { hit, record, eventID } of found) batch.add(hit, record, eventID);
      const bursting = found.filter(({ hit }) => hit.detection.novel === undefined);
      return [...bursting, ...(await batch.judge())].map(({ hit, record, eventID }) =>
        findingOf(hit, record, actorOf(record), source, eventID),
      );
    };

    /** What detections asked about: one finding per hit, and one per record that remains undecided. */
    const answered = async (
      { source, asked, leaveAlone }: Waiting,
      answerTo: AnswerTo,
    ): Promise<Finding[]> => {
      const { decided, problems } = await decideAll(asked, asking, answerTo);
      problems.forEach(onProblem);
      const all = decided.map(({ hit, record }) => ({
        finding: findingOf(hit, record, actorOf(record), source),
        byRole: isOwnAction(record, settings),
      }));
      const byOthers = all.filter(({ byRole }) => !byRole).map(({ finding }) => finding);
      const byRole = all.filter((one) => one.byRole).map(({ finding }) => finding);
      return [...byOthers, ...(await notOurs(byRole, { leaveAlone }))];
    };

    /** Work that may fail without affecting the rest. */
    const unlessFailed = async <Value>(source: string, find: () => Promise<Value[]>): Promise<Value[]> => {
      try {
        return await find();
      } catch (error) {
        onProblem(`${source}: ${problemOf(error)}`);
        return [];
      }
    };

    const unlessThrown = (record: CloudTrailRecord, source: string, act: () => void): void => {
      try {
        act();
      } catch (error) {
        const event = plainTextOf(record.eventID).slice(0, 100);
        onProblem(`unable to examine event ${event} of ${source}: ${problemOf(error)}`);
      }
    };

    /** The first records, whatever they are, start the knowledge of principals. */
    const begin = async (): Promise<never[]> => {
      if (asksWhatIsNew && !Number.isNaN(oldest)) await novelties.begin(Math.floor(oldest / 1000));
      return [];
    };

    const foundIn = async (ofFile: Waiting, answerTo: AnswerTo): Promise<Finding[]> => {
      const { findings, byRole, source } = ofFile;
      return [
        ...findings,
        ...(await notOurs(byRole, ofFile)),
        ...(await unlessFailed(source, () => answered(ofFile, answerTo))),
        ...(await unlessFailed(source, () => counted(ofFile))),
      ];
    };

    return {
      begin(source) {
        const account = accountOfKey(source);
        let own = 0;
        let into: Waiting | undefined;
        let begunIn = 0;
        const begun = (): Waiting => ({
          source,
          findings: [],
          byRole: [],
          asked: [],
          bursts: newBursts(),
          novelties: novelties.newBatch(),
          leaveAlone: () => void own++,
        });
        return {
          note(record, hinted, bytes) {
            if (into === undefined || begunIn !== taken) {
              waiting.push((into = begun()));
              begunIn = taken;
            }
            const ofFile = into;
            if (account !== undefined && isOfAnotherAccount(record, account))
              return unlessThrown(record, source, () => suspect(record, { hinted, bytes, account }, ofFile));
            unlessThrown(record, source, () => learnFrom(record, bytes));
            unlessThrown(record, source, () => onRecord?.(record, source));
            unlessThrown(record, source, () => look(record, hinted, bytes, ofFile));
          },
          own: () => own,
        };
      },
      isFull: () => weight > maxWaiting,
      async take() {
        const all = waiting;
        waiting = [];
        weight = 0;
        taken++;
        await unlessFailed("what is new", begin);
        const answerTo = createAnswers({
          aws,
          account: settings.account,
          ...(settings.accounts === undefined ? {} : { accounts: settings.accounts }),
          seen,
          trailBefore,
        });
        const found: Finding[] = [];
        for (const ofFile of all) found.push(...(await foundIn(ofFile, answerTo)));
        return found;
      },
      oldest: () => oldest,
    };
  };
}
