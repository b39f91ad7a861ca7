import type { CallAws } from "../aws/call";
import type { Severity } from "../settings";
import type { Fields } from "../json";
import type { Resource } from "../detections/detection";
import type { Finding } from "../detections/finding";
import type { Outcome, Plan } from "../remediations/remediation";
import { permitOf, rollbackKey, type RollbackPermit } from "./rollback-permit";

/**
 * How far a finding has come. `claimed`: somebody works on it. `fixing`: the plan is decided and its calls may have
 * been made. `settled`: the outcome is known. `told`: the alert is out; nothing is left to do.
 */
export type State = "claimed" | "fixing" | "settled" | "told";

/** What the table keeps of a finding, besides its key, owner and lease. */
export interface Progress {
  state: State;
  plan?: Plan;
  outcome?: Outcome;
  reason?: string;
  /** Of the alert, where it differs from the finding's. */
  severity?: Severity;
  /** What `rollback` needs to see whether things are still as the fix left them. Kept with a plan. */
  basis?: FindingBasis;
}

/** What a finding can be made anew from, together with its key. */
export type FindingBasis = Pick<Finding, "record" | "match" | "source">;

/** What came of trying to claim a finding. */
export type Claim =
  | { held: "by-us"; progress: Progress }
  /** Another invocation works on it, and holds it until then (epoch ms) unless it goes on. */
  | { held: "by-another"; until: number }
  | { held: "done" };

/** The findings table, as the handler uses it. Every write is conditional: who lost the claim cannot write. */
export interface FindingsStore {
  claim(id: string, about: Fields): Promise<Claim>;
  /** Writes progress and extends the lease. @throws Error when the claim was lost to another invocation. */
  save(id: string, progress: Progress): Promise<void>;
  /**
   * Counts a fix against a breaker (a detection's id, or `account`): whether fewer than `most` were let through within the
   * hour up to now. Asking again for the same finding gives the same answer and counts nothing.
   */
  mayFix(breaker: string, findingId: string, most: number): Promise<boolean>;
  /** The permit of a token that stands in a call's user agent; undefined when there is none, or it has run out. */
  rollbackPermit(token: string): Promise<RollbackPermit | undefined>;
  /** True for the first that asks when a breaker has opened, and again after an hour in which it was open. */
  firstToSummarize(breaker: string): Promise<boolean>;
}

/** What a store works with. */
export interface StoreOptions {
  table: string;
  region: string;
  /** Names this invocation's claims; unique per attempt. */
  owner: string;
  /** How long a claim holds without progress, ms. Longer than any step, shorter than Lambda's wait before a retry. */
  leaseMs: number;
  /** How long the table keeps a finding, days. */
  keepDays: number;
  /** Epoch ms. */
  now(): number;
}

/**
 * The findings table in DynamoDB: key `id` (S), TTL attribute `expiresAt` (N, epoch s).
 *
 * A claim is one conditional update: nobody holds the finding, or the holder's lease has run out. Which invocation
 * wins is DynamoDB's decision alone, so duplicates by SNS, Lambda, overlapping trails or two paths cannot both go on.
 */
export function createFindingsStore(aws: CallAws, options: StoreOptions): FindingsStore {
  const { table, region, owner, leaseMs, keepDays, now } = options;
  const update = (id: string, rest: Fields) =>
    aws({
      service: "dynamodb",
      operation: "UpdateItem",
      region,
      input: { TableName: table, Key: { id: { S: id } }, ...rest },
    });
  const breakerExpires = () => ({ N: String(Math.floor((now() + 2 * breakerMs) / 1000)) });
  const expiresAt = () => ({ N: String(Math.floor(now() / 1000) + keepDays * 86_400) });

  const read = async (id: string): Promise<Attributes> => {
    const answer = await aws({
      service: "dynamodb",
      operation: "GetItem",
      region,
      input: { TableName: table, Key: { id: { S: id } }, ConsistentRead: true },
    });
    return (answer.Item ?? {}) as Attributes;
  };

  const claim = async (id: string, about: Fields): Promise<Claim> => {
    try {
      const answer = await update(id, {
        UpdateExpression:
          "SET #owner = :owner, leaseUntil = :until, #state = if_not_exists(#state, :claimed), " +
          "about = if_not_exists(about, :about), claimedAt = if_not_exists(claimedAt, :now), expiresAt = :expires",
        ConditionExpression: "attribute_not_exists(id) OR (#state <> :told AND leaseUntil < :at)",
        ExpressionAttributeNames: { "#owner": "owner", "#state": "state" },
        ExpressionAttributeValues: {
          ":owner": { S: owner },
          ":until": { N: String(now() + leaseMs) },
          ":claimed": { S: "claimed" },
          ":told": { S: "told" },
          ":about": { S: JSON.stringify(about) },
          ":now": { S: new Date(now()).toISOString() },
          ":at": { N: String(now()) },
          ":expires": expiresAt(),
        },
        ReturnValues: "ALL_NEW",
      });
      return { held: "by-us", progress: progressOf(answer.Attributes) };
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
    }
    const item = await read(id);
    if (item.state?.S === "told") return { held: "done" };
    return { held: "by-another", until: Number(item.leaseUntil?.N ?? 0) };
  };

  const save = async (id: string, progress: Progress): Promise<void> => {
    const sets = ["#state = :state", "leaseUntil = :until", "updatedAt = :now", "expiresAt = :expires"];
    const values: Attributes = {
      ":state": { S: progress.state },
      ":until": { N: String(now() + leaseMs) },
      ":now": { S: new Date(now()).toISOString() },
      ":expires": expiresAt(),
      ":owner": { S: owner },
    };
    const names: Record<string, string> = { "#state": "state", "#owner": "owner" };
    for (const [field, text] of Object.entries(textsOf(progress))) {
      sets.push(`#${field} = :${field}`);
      names[`#${field}`] = field;
      values[`:${field}`] = { S: text };
    }
    try {
      await update(id, {
        UpdateExpression: `SET ${sets.join(", ")}`,
        ConditionExpression: "#owner = :owner",
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      });
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      throw new Error(
        `expected to hold finding ${id}, found it taken over by another invocation: it goes on there`,
        {
          cause: error,
        },
      );
    }
  };

  const mayFix = async (breaker: string, findingId: string, most: number): Promise<boolean> => {
    // Comes to an end: a write is refused when another fix was counted meanwhile, and nobody writes when `most` are.
    for (;;) {
      const { fixes, changes } = await read(breakerKey(breaker));
      const recent = (fixes?.SS ?? []).filter((fix) => now() - fixOf(fix).at < breakerMs);
      if (recent.some((fix) => fixOf(fix).finding === findingId)) return true;
      if (recent.length >= most) return false;
      try {
        await update(breakerKey(breaker), {
          UpdateExpression: "SET fixes = :fixes, changes = :next, expiresAt = :expires",
          ConditionExpression: changes === undefined ? "attribute_not_exists(changes)" : "changes = :changes",
          ExpressionAttributeValues: {
            ":fixes": { SS: [...recent, `${now()}|${findingId}`] },
            ":next": { N: String(Number(changes?.N ?? 0) + 1) },
            ":expires": breakerExpires(),
            ...(changes === undefined ? {} : { ":changes": changes }),
          },
        });
        return true;
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
      }
    }
  };

  const rollbackPermit = async (token: string): Promise<RollbackPermit | undefined> =>
    permitOf(await read(rollbackKey(token)), now());

  const firstToSummarize = async (breaker: string): Promise<boolean> => {
    try {
      await update(breakerKey(breaker), {
        UpdateExpression: "SET openedAt = :now, expiresAt = :expires",
        ConditionExpression: "attribute_not_exists(openedAt) OR openedAt <= :before",
        ExpressionAttributeValues: {
          ":now": { N: String(now()) },
          ":before": { N: String(now() - breakerMs) },
          ":expires": breakerExpires(),
        },
      });
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      throw error;
    }
  };

  return { claim, save, mayFix, rollbackPermit, firstToSummarize };
}

/** The time over which a breaker counts, up to each moment: an hour, ms. */
export const breakerMs = 3_600_000;

/** The item of a breaker: `breaker#iam-inline-admin-policy`. */
export function breakerKey(breaker: string): string {
  return `breaker#${breaker}`;
}

/** When a fix that a breaker has counted was let through, epoch ms, and of which finding. */
export function fixOf(member: string): { at: number; finding: string } {
  const bar = member.indexOf("|");
  return { at: Number(member.slice(0, bar)), finding: member.slice(bar + 1) };
}

/** DynamoDB takes 400 KB for an item. Bytes of what is kept of a plan, of its basis, and of the resources. */
export const maxPlan = 120_000;
const maxBasis = 180_000;
const maxResources = 60_000;

/** As many of the resources as the table has room for. */
export function keptResources(resources: Resource[]): Resource[] {
  let left = maxResources;
  return resources.filter((one) => (left -= bytesOf(JSON.stringify(one)) + 1) >= 0);
}

/** Not its characters: one of them may be three bytes. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/** The attributes that hold texts, those that are given. */
function textsOf({ plan, outcome, reason, severity, basis }: Progress): Record<string, string> {
  const texts: Record<string, string> = {};
  if (plan !== undefined) texts.plan = JSON.stringify(plan);
  if (outcome !== undefined) texts.outcome = outcome;
  if (reason !== undefined) texts.reason = reason;
  if (severity !== undefined) texts.severity = severity;
  const kept = basis === undefined ? undefined : JSON.stringify(basis);
  if (kept !== undefined && bytesOf(kept) <= maxBasis) texts.basis = kept;
  return texts;
}

/** DynamoDB's attributes, as far as the table uses them. */
interface Attributes {
  [name: string]: { S?: string; N?: string; SS?: string[] };
}

function progressOf(attributes: unknown): Progress {
  const item = (attributes ?? {}) as Attributes;
  const progress: Progress = { state: (item.state?.S ?? "claimed") as State };
  if (item.plan?.S !== undefined) progress.plan = JSON.parse(item.plan.S) as Plan;
  if (item.outcome?.S !== undefined) progress.outcome = item.outcome.S as Outcome;
  if (item.reason?.S !== undefined) progress.reason = item.reason.S;
  if (item.severity?.S !== undefined) progress.severity = item.severity.S as Severity;
  return progress;
}

function isConditionFailed(error: unknown): boolean {
  return (error as { name?: unknown } | undefined)?.name === "ConditionalCheckFailedException";
}
