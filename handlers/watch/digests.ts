import { logFolderIn } from "../accounts";
import type { CallAws } from "../aws/call";
import type { Invocation } from "../aws/platform";
import { isPassing } from "../aws/retries";
import { type Attribute, createTable, ifUnchanged, nextVersion } from "../aws/table";
import type { DigestProblem } from "../cloudtrail/digest-chain";
import { forEachAtMost } from "../concurrency";
import { fieldsOf, sameJson } from "../json";
import { problemOf } from "../problem";
import type { Settings } from "../settings";
import { createDigestFiles } from "./digest-files";
import { processMissed } from "./missed-files";
import { createReadFiles } from "./read-files";
import { lookAtRegion, type RegionLook, type RegionState, unknownRegion } from "./region-digests";

/** What the check of digests needs to know of the stack. */
export type DigestSettings = Pick<
  Settings,
  "account" | "region" | "bucket" | "prefix" | "source" | "table" | "findingsDays"
>;

/** What the check is made with. */
export interface DigestCheckDependencies {
  settings: DigestSettings;
  trail: { name: string; arn: string };
  /**
   * The account whose digests they are, if it is not the stack's own: an organization trail has a chain of digests for each
   * account and region.
   */
  member?: string;
  aws: CallAws;
  /** Has log files read and their findings handled, as a notification about them would. @throws what could not be */
  processLogFiles(keys: string[], invocation: Invocation): Promise<void>;
  /** Publishes what is wrong; without problems: that what was reported is over. */
  alertDigests(problems: DigestProblem[]): Promise<void>;
  /** Epoch ms. */
  now(): number;
}

/** What came of a check, for the log. */
export interface DigestReport {
  regions: string[];
  /** Digests that were verified, and the log files that they list. */
  digests: number;
  logFiles: number;
  /** Log files that nobody had processed, and that were processed now. */
  processed: number;
  /** Log files that are still to be processed. */
  waiting: number;
  problems: DigestProblem[];
  /** What could not be looked at this time. */
  errors: string[];
}

/** Verifies CloudTrail's digests, and that every log file that they list was processed. */
export interface DigestCheck {
  /** Notes that log files are this system's to process from now on, unless that was noted before. */
  begin(): Promise<unknown>;
  check(invocation: Invocation): Promise<DigestReport>;
  /** Until when the digests of a region are verified, epoch ms; undefined if there are none. */
  comeTo(region: string): Promise<number | undefined>;
}

const hourMs = 3_600_000;

/** A digest comes every hour. The first one ends an hour after the trail began, and comes some time later. ms */
const overdueMs = 2 * hourMs;
const firstOverdueMs = 3 * hourMs;

/** Regions that are looked at concurrently. */
const atATime = 4;

/** The key of the item that has since when this goes on, the regions, and what was reported. @param member see above */
export function digestsKeyOf(member?: string): string {
  return member === undefined ? "watch#digests" : `watch#digests@${member}`;
}

/** What lasts until somebody changes it: alerted once. All else happens once. */
const lasting: DigestProblem["kind"][] = ["digest-overdue", "log-file-unprocessed", "unverifiable"];

interface Own {
  /** Epoch ms. */
  since: number;
  regions: string[];
  /** Problems that last, and were reported. */
  reported: string[];
}

/** A region, and which writing of its state was read. */
interface Kept extends RegionLook {
  version: Attribute | undefined;
}

/** Makes the check of digests. */
export function createDigestCheck(dependencies: DigestCheckDependencies): DigestCheck {
  const { settings, trail, member, aws, alertDigests, now } = dependencies;
  const { bucket, region: home } = settings;
  const account = member ?? settings.account;
  const prefix = logFolderIn(settings, account);
  const digestsKey = digestsKeyOf(member);
  const table = createTable(aws, settings);
  const readFiles = createReadFiles(table, { days: settings.findingsDays, now });
  const files = createDigestFiles(
    aws,
    { bucket, region: settings.source?.region ?? home, prefix, trail },
    now,
  );
  const stateKey = (region: string) => `digest#${account}#${region}`;

  const begin = async (): Promise<Own> => {
    const kept = await table.get(digestsKey);
    const since = kept.since ?? { N: String(now()) };
    if (kept.since === undefined) await table.update(digestsKey, { setIfMissing: { since } });
    return {
      since: Number(since.N),
      regions: kept.regions?.SS ?? [],
      reported: JSON.parse(kept.reported?.S ?? "[]") as string[],
    };
  };

  /** What AWS answers; when it refuses, that it is so, as a problem. @throws a passing error */
  const unlessRefused = async <Answer>(
    what: string,
    region: string,
    ask: () => Promise<Answer>,
  ): Promise<Answer | DigestProblem> => {
    try {
      return await ask();
    } catch (error) {
      if (isPassing(error)) throw error;
      return { kind: "unverifiable", region, text: `${what}: ${problemOf(error)}` };
    }
  };

  /** Whether the trail writes digests at all. */
  const validation = async (): Promise<DigestProblem[]> => {
    const answer = await unlessRefused("the trail cannot be read", home, () =>
      aws({
        service: "cloudtrail",
        operation: "GetTrail",
        region: trail.arn.split(":")[3] ?? home,
        input: { Name: trail.arn },
      }),
    );
    if (isProblem(answer)) return [answer];
    if (fieldsOf(answer.Trail).LogFileValidationEnabled === true) return [];
    const text = "log file validation of the trail is off: nothing vouches for its log files";
    return [{ kind: "unverifiable", region: home, text }];
  };

  const load = async (region: string): Promise<Kept> => {
    const { state, version } = await table.get(stateKey(region));
    const kept = state?.S === undefined ? undefined : (JSON.parse(state.S) as RegionState);
    const known = kept?.trail === trail.arn ? kept : unknownRegion(trail.arn);
    return { region, state: known, version, problems: [], digests: 0, logFiles: 0 };
  };

  /** Should another check have been faster, its state stays. */
  const save = async ({ region, state, version }: Kept): Promise<void> => {
    await table.update(stateKey(region), {
      set: { state: { S: JSON.stringify(state) }, version: nextVersion(version) },
      condition: ifUnchanged(version),
    });
  };

  /** CloudTrail stopped writing digests, or somebody keeps them from coming. */
  const overdue = ({ region, state: { arrived } }: RegionLook, since: number): DigestProblem[] => {
    // Other trails have digests there as well.
    if (arrived === undefined && region !== home) return [];
    if (now() - (arrived ?? since) <= (arrived === undefined ? firstOverdueMs : overdueMs)) return [];
    const last = new Date(arrived ?? since).toISOString();
    const text = `no digest has come since ${last}, and one is due every hour: the trail may be stopped, or its bucket closed to CloudTrail`;
    return [{ kind: "digest-overdue", region, text }];
  };

  const lookAt = async (region: string, since: number): Promise<Kept> => {
    const look = await load(region);
    const refused = await unlessRefused(`the digests of ${region} cannot be verified`, region, () =>
      lookAtRegion(look, { files, readFiles, place: { bucket, prefix }, since, now }),
    );
    // What is half looked at is looked at again.
    return isProblem(refused) ? { ...(await load(region)), problems: [refused] } : look;
  };

  /** Looks at all regions; then has processed what nobody did, one region after the other. */
  const lookAtAll = async (
    regions: string[],
    since: number,
    invocation: Invocation,
    result: DigestReport,
  ) => {
    const taken = await forEachAtMost(atATime, regions, (region) => lookAt(region, since));
    const looks: Kept[] = [];
    for (const [index, one] of taken.entries()) {
      try {
        if (one.status === "rejected") throw one.reason;
        result.processed += await processMissed(one.value, invocation, { ...dependencies, files, readFiles });
        looks.push(one.value);
      } catch (error) {
        result.errors.push(`${regions[index]}: ${problemOf(error)}`);
      }
    }
    return looks;
  };

  /** Publishes what is new; what lasts, once. Then writes down where everything has come to. */
  const report = async (looks: Kept[], problems: DigestProblem[], own: Own): Promise<void> => {
    const fresh = problems.filter((one) => !isLasting(one) || !own.reported.includes(idOf(one)));
    const reported = [...new Set(problems.filter(isLasting).map(idOf))].sort();
    if (fresh.length > 0) await alertDigests(fresh);
    else if (own.reported.length > 0 && reported.length === 0) await alertDigests([]);
    // Written down after the alert is out: one that failed is tried again by the next check.
    for (const one of looks) await save(one);
    const regions = [...new Set([...own.regions, ...looks.map(({ region }) => region)])].sort();
    if (sameJson(regions, own.regions) && sameJson(reported, own.reported)) return;
    // A set is never empty.
    const seen = regions.length === 0 ? {} : { regions: { SS: regions } };
    await table.update(digestsKey, { set: { ...seen, reported: { S: JSON.stringify(reported) } } });
  };

  return {
    begin,
    comeTo: async (region) => (await load(region)).state.head?.end,
    async check(invocation) {
      const result: DigestReport = {
        regions: [],
        digests: 0,
        logFiles: 0,
        processed: 0,
        waiting: 0,
        problems: [],
        errors: [],
      };
      const own = await begin();
      const off = await validation();
      const there = await unlessRefused("the digests cannot be listed", home, () => files.regions());
      const regions = [...new Set([home, ...own.regions, ...(isProblem(there) ? [] : there)])];
      const looks = await lookAtAll(regions, own.since, invocation, result);
      const late = off.length > 0 ? [] : looks.flatMap((one) => overdue(one, own.since));
      result.problems = [
        // There is one trail: that it writes none is reported once.
        ...(member === undefined ? off : []),
        ...(isProblem(there) ? [there] : []),
        ...looks.flatMap(({ problems }) => problems),
        ...late,
      ];
      await report(looks, result.problems, own);
      result.regions = looks.map(({ region }) => region);
      for (const { digests, logFiles, state } of looks) {
        result.digests += digests;
        result.logFiles += logFiles;
        result.waiting += state.waiting.length;
      }
      return result;
    },
  };
}

function isProblem(answer: unknown): answer is DigestProblem {
  return fieldsOf(answer).kind === "unverifiable";
}

function isLasting({ kind }: DigestProblem): boolean {
  return lasting.includes(kind);
}

function idOf({ kind, region, key = "" }: DigestProblem): string {
  return `${kind} ${region} ${key}`.trim();
}
