import type { CallAws } from "../aws/call";
import { createTable } from "../aws/table";
import type { Noticed } from "../baselines/keep";
import { actorOf } from "../cloudtrail/actor";
import { eventTimeOf } from "../cloudtrail/event-time";
import { isOwnAction } from "../cloudtrail/own-actions";
import type { CloudTrailRecord } from "../cloudtrail/record";
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
import { createNoveltyStore } from "./novelty-store";
import type { OwnPlans } from "./own-plans";

/** What a backlog is made with, for the life of the execution environment. */
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

/** What a backlog works with in one notification. */
export interface OfNotification {
  noticed: Pick<Noticed, "note">;
  /** How a trail was just before a record, as `GetTrail` has it; undefined when that is not known. */
  trailBefore(record: CloudTrailRecord, name: string): Promise<unknown>;
  /** Is told of a detection that throws. @param source the log file */
  onFailure(failure: DetectionFailure, source: string): void;
  /** Is told of what could not be looked at, and has to be tried again. */
  onProblem(problem: string): void;
}

/** One log file, as it is being read. */
export interface ReadingOf {
  /**
   * Looks at a record. Never throws.
   *
   * @param hinted what the reader says about hints @param bytes of its JSON
   */
  note(record: CloudTrailRecord, hinted: number, bytes: number): void;
  /** Hits left alone since the detector itself made the calls. */
  own(): number;
}

/** What was found in the log files of a notification, and waits to be handled. */
export interface Backlog {
  /** @param source `s3://bucket/key` */
  begin(source: string): ReadingOf;
  /** Whether so much waits that it should be handled before more is read. */
  isFull(): boolean;
  /**
   * Takes all that waits, as findings: what more than one record makes (bursts, what is new), and what detections had to ask
   * about, is found out now.
   */
  take(): Promise<Finding[]>;
  /** Epoch ms of the oldest record that was looked at; NaN when none was. */
  oldest(): number;
}

/**
 * Bytes of records, as JSON, that wait at most: hundreds of findings. Parsed, and with what was found in them, they are some
 * times as large; and what waits for long costs the collection of garbage more than what does not.
 */
const maxWaiting = 1024 ** 2;

/** What a hit weighs besides its record, bytes. */
const weightOfHit = 2_000;

/** Bytes of records of which is kept what they say about policies, groups and trails. */
const maxSeen = 8 * 1024 ** 2;

/** What waits of one log file. */
interface Waiting {
  source: string;
  findings: Finding[];
  /** By this system's own role: a finding only when no plan of this system has the call. */
  byRole: Finding[];
  /** Records about which detections ask before they can tell. */
  asked: Asked[];
  /** Hits that count towards bursts. */
  bursts: BurstBatch;
  /** Hits that are grave only where they are new. */
  novelties: NoveltyBatch;
  /** Counts hits that are left alone. */
  leaveAlone(): void;
}

/**
 * Makes backlogs, one for each notification. What waits in one is bounded: who reads handles it, and then goes on. The
 * findings of small log files so come all together, in whatever file they are, and those of a large one in parts.
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

  return function createBacklog({ noticed, trailBefore, onFailure, onProblem }) {
    const seen = createSeenState(maxSeen);
    let waiting: Waiting[] = [];
    let weight = 0;
    /** How often all that waits was taken. */
    let taken = 0;
    let oldest = Number.NaN;

    /** @returns about how many bytes more are held now */
    const put = (hit: Hit, record: CloudTrailRecord, bytes: number, into: Waiting): number => {
      const byOwnRole = isOwnAction(record, settings);
      const isCounted = hit.counted !== undefined;
      const isNovel = hit.detection.novel !== undefined;
      // The function reads a lot every hour, so reads by its role are neither a burst nor new.
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

    /** Those that are nobody's but this system's are left out: made by its role, and in a plan that it wrote down. */
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

    /** The bursts of a file, and what is new in it. */
    const counted = async ({ source, bursts, novelties: batch }: Waiting): Promise<Finding[]> => {
      const found = await bursts.count();
      for (const { hit, record, eventID } of found) batch.add(hit, record, eventID);
      const bursting = found.filter(({ hit }) => hit.detection.novel === undefined);
      return [...bursting, ...(await batch.judge())].map(({ hit, record, eventID }) =>
        findingOf(hit, record, actorOf(record), source, eventID),
      );
    };

    /** What detections asked about: one finding for each hit, and one for each record of which nobody can tell. */
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

    /** What may fail without touching the rest. */
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
        onProblem(`unable to look at event ${event} of ${source}: ${problemOf(error)}`);
      }
    };

    /** With the first records, whatever they are, begins what is known of principals. */
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
            unlessThrown(record, source, () => learnFrom(record, bytes));
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
        const answerTo = createAnswers({ aws, account: settings.account, seen, trailBefore });
        const found: Finding[] = [];
        for (const ofFile of all) found.push(...(await foundIn(ofFile, answerTo)));
        return found;
      },
      oldest: () => oldest,
    };
  };
}
