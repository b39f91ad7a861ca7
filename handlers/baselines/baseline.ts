import { type Call, type CallAws, callsTo, unlessGone } from "../aws/call";
import type { CloudTrailRecord } from "../cloudtrail/record";
import { picked } from "../json";

/** The state of one thing, as AWS's own answers to the calls that read it, by operation: `{ GetTrail: { Trail: … } }`. */
export type Baseline = Record<string, Record<string, unknown> | undefined>;

/** A thing that a list names. */
export interface Listed {
  id: string;
  /** Where it is, when the list is of the whole account. */
  region?: string;
  /** What the calls that read it would answer, when the list says that too. */
  answers?: Baseline;
}

/** How all things of a kind are found: once an hour, and when the stack is deployed. */
export interface Listing {
  /** IAM actions that it needs, besides those that reading one does. */
  actions: string[];
  /** Whether one list has the account's, or each region has its own. */
  of: "account" | "region";
  /** The things, a page at a time. @param region of the list: the stack's for one of the account */
  pages(aws: CallAws, region: string): AsyncGenerator<Listed[]>;
}

/** The ids of the things that a call set, by its record; undefined for one that the record does not name. */
export type SetIds = (record: CloudTrailRecord) => (string | undefined)[];

/** Something whose states are worth keeping: all of it in a file of `kinds/`. */
export interface BaselineKind {
  /** CloudFormation's name of the type, or what it would be called there. Part of the key: it never changes. */
  type: string;
  /** The service whose operations read it; key of the table in handlers/aws/services.ts. */
  service: string;
  /** IAM actions that reading one needs. */
  actions: string[];
  /**
   * By operation, its input for an id, and the answers of the operations before it. Its answer is part of the
   * {@link Baseline} as far as `keep` says so. Account-wide things have the id `account`.
   */
  read: Record<string, (id: string, answers: Baseline) => Record<string, unknown>>;
  /** AWS's error codes for: there is none. That is a state too. */
  absent: string[];
  /**
   * By operation and member of its answer, what is kept: all of it, or the members named, of an object or of each item
   * of a list. What changes by itself (times, counters, health) is left out, or every look would be a new state.
   */
  keep: Record<string, Record<string, "all" | string[]>>;
  list: Listing;
  /**
   * By event, the things that it sets: they are looked at after it. Calls that only take away are not here, since how
   * things were before those is what baselines are for; unless the same thing can be made again under its id, when how
   * it was before it was taken away must not stand for how it was before it was made again.
   */
  setBy: Record<string, SetIds>;
}

/** The first call that reads one thing of a kind. */
export function readingCall(kind: BaselineKind, region: string, id: string): Call {
  const [[operation, inputOf] = ["", () => ({})]] = Object.entries(kind.read);
  return callsTo(kind.service, region)(operation, inputOf(id, {}));
}

/**
 * How a thing is now; `{}` when there is none.
 *
 * @throws what the SDK throws when it cannot be read
 */
export async function readBaseline(
  aws: CallAws,
  kind: BaselineKind,
  region: string,
  id: string,
): Promise<Baseline> {
  const call = callsTo(kind.service, region);
  const answers: Baseline = {};
  for (const [operation, inputOf] of Object.entries(kind.read)) {
    const answer = await unlessGone(aws(call(operation, inputOf(id, answers))), kind.absent);
    // What is not there answers nothing else.
    if (answer === undefined) break;
    answers[operation] = answer;
  }
  return keptOf(kind, answers);
}

/** What of the answers is kept, as JSON. Also for answers of calls that list, brought into the form of those that read. */
export function keptOf(kind: Pick<BaselineKind, "keep">, answers: Baseline): Baseline {
  const kept: Baseline = {};
  for (const [operation, members] of Object.entries(kind.keep)) {
    const answer = answers[operation];
    if (answer === undefined) continue;
    const json = JSON.parse(JSON.stringify(picked(answer, Object.keys(members)))) as Record<string, unknown>;
    for (const [member, names] of Object.entries(members)) {
      const value = json[member];
      if (value === undefined || names === "all") continue;
      json[member] = Array.isArray(value) ? value.map((one) => picked(one, names)) : picked(value, names);
    }
    kept[operation] = json;
  }
  return kept;
}

/** The id under which a baseline stands in the table of findings: `baseline#AWS::CloudTrail::Trail#eu-west-1/main`. */
export function baselineKeyOf(kind: Pick<BaselineKind, "type">, region: string, id: string): string {
  return `baseline#${kind.type}#${region}/${id}`;
}

/** How one thing was before the finding's event; undefined when that is not known. */
export async function baselineFor(
  context: { baselineOf(key: string): Promise<unknown> } | undefined,
  kind: Pick<BaselineKind, "type">,
  region: string,
  id: string,
): Promise<Baseline | undefined> {
  const kept = await context?.baselineOf(baselineKeyOf(kind, region, id));
  return typeof kept === "object" && kept !== null ? (kept as Baseline) : undefined;
}
