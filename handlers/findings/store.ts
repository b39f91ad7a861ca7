import type { CallAws } from "../aws/call";
import { type Attributes, createTable, ifUnchanged, nextVersion } from "../aws/table";
import type { Resource } from "../detections/detection";
import type { Finding } from "../detections/finding";
import type { Plan } from "../remediations/remediation";
import { picked } from "../json";
import type { Severity } from "../settings";
import { type Approval, approvalIn } from "./approval";
import type { Identity } from "./identity";
import { type About, withPath } from "./paths";
import type { Outcome, Result } from "./result";
import { permitOf, rollbackKey, type RollbackPermit } from "./rollback-permit";

/**
 * The progress of a finding. `claimed`: an invocation works on it. `fixing`: the plan is decided and its calls may have
 * been made. `decided`: the outcome is known and its alert may be out. `done`: the alert is out.
 */
export type State = "claimed" | "fixing" | "decided" | "done";

/** What the table keeps of a finding besides its key, owner and lease. */
export interface Progress extends Partial<Result> {
  state: State;
  /** What `rollback` needs to check that the state is still as the fix left it, and `findings` to show all of a finding. */
  basis?: FindingBasis;
  /** A person's yes, which takes a finding that waits for it up again. */
  approval?: Approval;
}

/** With the key, enough to recreate the finding. */
export type FindingBasis = Pick<Finding, "record" | "match" | "source">;

/** The result of trying to claim a finding. */
export type Claim = (
  | { held: "by-us"; progress: Progress }
  /** Another invocation holds it until then (epoch ms), or longer if it makes progress. */
  | { held: "by-another"; until: number }
  | { held: "done" }
) & {
  /** Identity of the record for which the finding was first claimed. */
  identity?: Identity;
};

/**
 * The findings table, as the handler uses it. Every write is conditional: an invocation that lost the claim cannot
 * write.
 */
export interface FindingsStore {
  /** Tries to claim a finding, and notes in any case the path on which it came. */
  claim(id: string, about: About, identity: Identity): Promise<Claim>;
  /** Records progress and extends the lease. @throws Error if the claim was lost to another invocation */
  save(id: string, progress: Progress): Promise<void>;
  /**
   * Extends the lease and writes nothing else: a read that is still under way when the finding is done must not take it back.
   *
   * @throws Error when the claim was lost to another invocation, or is over
   */
  extend(id: string): Promise<void>;
  /** Ends the lease, so that a retry need not wait for it. Does nothing if the claim was lost. */
  release(id: string): Promise<void>;
  /**
   * Counts a fix against a breaker (a detection's id, or `account`). Asking again for the same finding gives the same answer
   * and is not counted.
   *
   * @returns whether fewer than `max` were let through within the last hour
   */
  mayFix(breaker: string, findingId: string, max: number): Promise<boolean>;
  /** The permit for a token in a call's user agent; undefined if there is none or it has expired. */
  rollbackPermit(token: string): Promise<RollbackPermit | undefined>;
}

/** The state of a finding of old log files that a person has put there: nobody handles it, and whoever claims it begins anew. */
export const importedState = "imported";

/** Attributes of an imported finding that a claimed one does not have. */
const ofImport = ["outcome", "reason", "severity", "evidence", "updatedAt"];

/**
 * How long a claim holds without progress, in ms: longer than any single step of handling a finding, and shorter than the
 * minute that Lambda waits before a retry.
 */
export const leaseMs = 45_000;

/** What a store needs. */
export interface StoreOptions {
  table: string;
  region: string;
  /** Identifies this invocation's claims; unique per attempt. */
  owner: string;
  /** How long a claim holds without progress, in ms. Longer than any step, shorter than Lambda's wait before a retry. */
  leaseMs: number;
  /** How long the table keeps a finding, in days. */
  keepDays: number;
  /** Epoch ms. */
  now(): number;
}

/**
 * Findings in the table.
 *
 * A claim is one conditional update: it succeeds if nobody holds the finding or the holder's lease has expired. DynamoDB
 * alone decides which invocation wins, so duplicates from SNS, Lambda, overlapping trails or two paths cannot both continue.
 */
export function createFindingsStore(aws: CallAws, options: StoreOptions): FindingsStore {
  const { owner, leaseMs, keepDays, now } = options;
  const table = createTable(aws, options);
  const number = (value: number) => ({ N: String(value) });
  const inSeconds = (ms: number) => number(Math.floor((now() + ms) / 1000));
  const expiresAt = () => inSeconds(keepDays * 86_400_000);
  const timestamp = () => ({ S: new Date(now()).toISOString() });
  const ours = { expression: "owner = :owner", values: { ":owner": { S: owner } } };

  /** The other path has brought the finding before: this one completes what is known of it. */
  const complete = async (id: string, item: Attributes, about: About): Promise<void> => {
    const before = item.about;
    const completed = before?.S === undefined ? undefined : withPath(before.S, about);
    if (before === undefined || completed === undefined) return;
    // If it was changed meanwhile, the same path has just been noted by another delivery.
    await table.update(id, {
      set: { about: { S: completed } },
      condition: { expression: "about = :about", values: { ":about": before } },
    });
  };

  /** An imported finding hides nothing: whoever has claimed it begins as if it had not been there. */
  const begun = async (
    id: string,
    item: Attributes,
    about: About,
    identity: Identity,
  ): Promise<Attributes> => {
    const taken = await table.update(id, {
      set: {
        state: { S: "claimed" },
        about: { S: JSON.stringify({ ...about, ...saidOfImported(item.about?.S) }) },
        identity: { S: JSON.stringify(identity) },
        [findingsByDay.hashKey]: { S: dayOf(now()) },
        [findingsByDay.rangeKey]: timestamp(),
      },
      remove: ofImport,
      condition: {
        expression: "owner = :owner AND state = :imported",
        values: { ...ours.values, ":imported": { S: importedState } },
      },
    });
    return taken.changed ? taken.item : await table.get(id);
  };

  const claim = async (id: string, about: About, identity: Identity): Promise<Claim> => {
    const claimed = await table.update(id, {
      set: { owner: { S: owner }, leaseUntil: number(now() + leaseMs), expiresAt: expiresAt() },
      setIfMissing: {
        state: { S: "claimed" },
        about: { S: JSON.stringify(about) },
        identity: { S: JSON.stringify(identity) },
        [findingsByDay.hashKey]: { S: dayOf(now()) },
        [findingsByDay.rangeKey]: timestamp(),
      },
      condition: {
        expression: "attribute_not_exists(id) OR (state <> :done AND leaseUntil < :at)",
        values: { ":done": { S: "done" }, ":at": number(now()) },
      },
    });
    const before = claimed.changed ? claimed.item : await table.get(id);
    const item = before.state?.S === importedState ? await begun(id, before, about, identity) : before;
    await complete(id, item, about);
    // Not changed, and ours: the claim succeeded but its answer was lost, and the SDK's retry found its own write.
    const isOurs = item.owner?.S === owner && item.state?.S !== "done";
    return claimIn(item, (claimed.changed && item === before) || isOurs);
  };

  const save = async (id: string, progress: Progress): Promise<void> => {
    const saved = await table.update(id, {
      set: {
        ...attributesOf(progress),
        leaseUntil: number(now() + leaseMs),
        updatedAt: timestamp(),
        ...(progress.state === "decided" ? { decidedAt: timestamp() } : {}),
        expiresAt: expiresAt(),
      },
      condition: ours,
    });
    if (!saved.changed)
      throw new Error(
        `expected to hold finding ${id}, found it taken over by another invocation, which continues it`,
      );
  };

  const extend = async (id: string): Promise<void> => {
    const extended = await table.update(id, {
      set: { leaseUntil: number(now() + leaseMs) },
      condition: {
        expression: "owner = :owner AND state <> :done AND leaseUntil > :released",
        values: { ...ours.values, ":done": { S: "done" }, ":released": number(0) },
      },
    });
    if (!extended.changed)
      throw new Error(`expected to hold finding ${id}, found it taken over by another invocation, or done`);
  };

  const release = async (id: string): Promise<void> => {
    await table.update(id, { set: { leaseUntil: number(0) }, condition: ours });
  };

  const mayFix = async (breaker: string, findingId: string, max: number): Promise<boolean> => {
    // Terminates: a write is refused only if another fix was counted in the meantime, and nobody writes once `max` are.
    for (;;) {
      const { fixes, version } = await table.get(breakerKey(breaker));
      const recent = (fixes?.SS ?? []).filter((fix) => now() - fixOf(fix).at < breakerMs);
      if (recent.some((fix) => fixOf(fix).finding === findingId)) return true;
      if (recent.length >= max) return false;
      const counted = await table.update(breakerKey(breaker), {
        set: {
          fixes: { SS: [...recent, `${now()}|${findingId}`] },
          version: nextVersion(version),
          expiresAt: inSeconds(2 * breakerMs),
        },
        condition: ifUnchanged(version),
      });
      if (counted.changed) return true;
    }
  };

  const rollbackPermit = async (token: string): Promise<RollbackPermit | undefined> =>
    permitOf(await table.get(rollbackKey(token)), now());

  return { claim, save, extend, release, mayFix, rollbackPermit };
}

/**
 * The index for listing findings. Nothing else in the table has its keys, so it contains only findings. The plan and the basis,
 * which are large, are read by the finding's id.
 */
export const findingsByDay = {
  name: "findings-by-day",
  /** The day on which it was claimed, UTC: `2026-05-04`. */
  hashKey: "day",
  /** ISO, UTC. */
  rangeKey: "claimedAt",
  projected: [
    "about",
    "state",
    "outcome",
    "reason",
    "severity",
    "summary",
    "decidedAt",
    "rolledBackAt",
    "rolledBackBy",
    "rolledBackWhy",
  ],
} as const;

/** The result of trying to claim the finding of an item. */
function claimIn(item: Attributes, isOurs: boolean): Claim {
  const known = item.identity?.S === undefined ? {} : { identity: JSON.parse(item.identity.S) as Identity };
  if (isOurs) return { held: "by-us", progress: progressOf(item), ...known };
  if (item.state?.S === "done") return { held: "done", ...known };
  return { held: "by-another", until: Number(item.leaseUntil?.N ?? 0), ...known };
}

/** What a live finding keeps of one that was imported: what people have said about it. */
function saidOfImported(about: string | undefined): Record<string, unknown> {
  return picked(JSON.parse(about ?? "{}"), ["verdict"]);
}

/** The UTC day of a time. @param at epoch ms */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The sliding window of a breaker: an hour, in ms. */
export const breakerMs = 3_600_000;

/** The item of a breaker: `breaker#iam-inline-admin-policy`. */
export function breakerKey(breaker: string): string {
  return `breaker#${breaker}`;
}

/** When a counted fix was let through, epoch ms, and for which finding. */
export function fixOf(member: string): { at: number; finding: string } {
  const bar = member.indexOf("|");
  return { at: Number(member.slice(0, bar)), finding: member.slice(bar + 1) };
}

/** DynamoDB limits an item to 400 KB. Bytes kept of a plan, of its basis, and of the resources. */
export const maxPlan = 120_000;
const maxBasis = 180_000;
const maxResources = 60_000;

/** Whether the basis of a finding is small enough to be kept, so that it can be handled anew. */
export function isKept(basis: FindingBasis): boolean {
  return bytesOf(JSON.stringify(basis)) <= maxBasis;
}

/** Characters of a plan's summary for lists. */
const maxSummary = 500;

/** As many of the resources as fit. */
export function keptResources(resources: Resource[]): Resource[] {
  let left = maxResources;
  return resources.filter((one) => (left -= bytesOf(JSON.stringify(one)) + 1) >= 0);
}

/** In bytes, because a character may take three. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/** The given attributes of progress. */
function attributesOf({ state, plan, outcome, reason, severity, fixAt, basis }: Progress): Attributes {
  const texts: Record<string, string> = { state };
  if (plan !== undefined) {
    texts.plan = JSON.stringify(plan);
    texts.summary = plan.summary.slice(0, maxSummary);
  }
  if (outcome !== undefined) texts.outcome = outcome;
  if (reason !== undefined) texts.reason = reason;
  if (severity !== undefined) texts.severity = severity;
  if (fixAt !== undefined) texts.fixAt = fixAt;
  const kept = basis === undefined ? undefined : JSON.stringify(basis);
  if (kept !== undefined && bytesOf(kept) <= maxBasis) texts.basis = kept;
  return Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }]));
}

/** How far a finding is, from its item. */
export function progressOf(item: Attributes): Progress {
  const progress: Progress = { state: (item.state?.S ?? "claimed") as State };
  if (item.plan?.S !== undefined) progress.plan = JSON.parse(item.plan.S) as Plan;
  if (item.outcome?.S !== undefined) progress.outcome = item.outcome.S as Outcome;
  if (item.reason?.S !== undefined) progress.reason = item.reason.S;
  if (item.severity?.S !== undefined) progress.severity = item.severity.S as Severity;
  if (item.fixAt?.S !== undefined) progress.fixAt = item.fixAt.S;
  const approval = approvalIn(item);
  if (approval !== undefined) progress.approval = approval;
  return progress;
}

/** The result of a finding that has an outcome, without undefined members. */
export function resultOfProgress({
  outcome,
  reason,
  plan,
  severity,
  fixAt,
}: Progress & { outcome: Outcome }): Result {
  const result: Result = { outcome };
  if (reason !== undefined) result.reason = reason;
  if (plan !== undefined) result.plan = plan;
  if (severity !== undefined) result.severity = severity;
  if (outcome === "delayed" && fixAt !== undefined) result.fixAt = fixAt;
  return result;
}
