import { type Call, type CallAws, callsTo, unlessGone } from "../aws/call";
import type { CloudTrailRecord } from "../cloudtrail/record";
import { picked } from "../json";

/** The state of one resource: AWS's own answers to the calls that read it, by operation: `{ GetTrail: { Trail: … } }`. */
export type Baseline = Record<string, Record<string, unknown> | undefined>;

/** A resource in a list. */
export interface Listed {
  id: string;
  /** Its region, if the list is account-wide. */
  region?: string;
  /** What the calls that read it would answer, if the list contains that. */
  answers?: Baseline;
}

/** How to find all resources of a kind: every hour, and at deployment. */
export interface Listing {
  /** IAM actions that it needs in addition to those for reading one. */
  actions: string[];
  /** Whether there is one list for the account or one per region. */
  of: "account" | "region";
  /** The resources, one page at a time. @param region of the list; the stack's for an account-wide one */
  pages(aws: CallAws, region: string): AsyncGenerator<Listed[]>;
}

/** The ids of the resources that a call set, from its record; undefined for one that the record does not name. */
export type SetIds = (record: CloudTrailRecord) => (string | undefined)[];

/** A kind of resource whose states are worth keeping. Each has its own file in `kinds/`. */
export interface BaselineKind {
  /** CloudFormation's name of the type, or what it would be. Part of the key, so it must never change. */
  type: string;
  /** The service whose operations read it; key of the table in handlers/aws/services.ts. */
  service: string;
  /** IAM actions that reading one needs. */
  actions: string[];
  /**
   * By operation, its input for an id, given the answers of the operations before it. `keep` says which parts of its answer
   * are kept in the {@link Baseline}. Account-wide resources have the id `account`.
   */
  read: Record<string, (id: string, answers: Baseline) => Record<string, unknown>>;
  /** AWS's error codes for "there is none", which is a state, too. */
  absent: string[];
  /**
   * By operation and member of its answer, what is kept: all of it, or the named members of an object or of each item of a
   * list. Whatever changes by itself (times, counters, health) is omitted, or every snapshot would be a new state.
   */
  keep: Record<string, Record<string, "all" | string[]>>;
  list: Listing;
  /**
   * By event, the resources that it sets: they are read after it. Calls that only remove are not listed, because baselines
   * exist to keep the state before those; unless a resource can be created again under the same id, whose state before
   * its removal must not be taken for the state before its creation.
   */
  setBy: Record<string, SetIds>;
}

/** The first call that reads a resource of a kind. */
export function readingCall(kind: BaselineKind, region: string, id: string): Call {
  const [[operation, inputOf] = ["", () => ({})]] = Object.entries(kind.read);
  return callsTo(kind.service, region)(operation, inputOf(id, {}));
}

/**
 * The state of a resource now; `{}` if there is none.
 *
 * @throws the SDK's error if it cannot be read
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
    // A resource that does not exist answers no other call.
    if (answer === undefined) break;
    answers[operation] = answer;
  }
  return keptOf(kind, answers);
}

/** The parts of the answers that are kept, as JSON. Also for answers of list calls, in the form of those that read one. */
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

/** The key of a baseline in the findings table: `baseline#AWS::CloudTrail::Trail#eu-west-1/main`. */
export function baselineKeyOf(kind: Pick<BaselineKind, "type">, region: string, id: string): string {
  return `baseline#${kind.type}#${region}/${id}`;
}

/** The state of a resource before the finding's event; undefined if unknown. */
export async function baselineFor(
  context: { baselineOf(key: string): Promise<unknown> } | undefined,
  kind: Pick<BaselineKind, "type">,
  region: string,
  id: string,
): Promise<Baseline | undefined> {
  const kept = await context?.baselineOf(baselineKeyOf(kind, region, id));
  return typeof kept === "object" && kept !== null ? (kept as Baseline) : undefined;
}
