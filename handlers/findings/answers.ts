import { isMember } from "../accounts";
import { inAccount } from "../aws/members";
import { iamRegionOf } from "../aws/regions";
import { type CallAws, callsTo } from "../aws/call";
import { isPassing } from "../aws/retries";
import { accountOf, type CloudTrailRecord } from "../cloudtrail/record";
import type { Answer, Ask, HeldPolicy } from "../detections/ask";
import type { Asked, Asking } from "../detections/asking";
import type { Hit } from "../detections/detect";
import type { SeenState } from "../detections/seen-state";
import { loadersIn } from "../detections/readers/loaders";
import { forEachAtMost } from "../concurrency";
import { fieldsOf, listOf, textOf } from "../json";
import { problemOf, problemOfCall } from "../problem";
import type { AccountSettings } from "../settings";

/** What answering needs. */
export interface AnswersDependencies {
  /** Reads the live state. */
  aws: CallAws;
  /** The account whose state can be read, and members. */
  account: string;
  accounts?: Record<string, AccountSettings>;
  /** What the records of this notification say. */
  seen: Pick<SeenState, "answer">;
  /** A trail just before a record, as `GetTrail` returns it; undefined if unknown. */
  trailBefore(record: CloudTrailRecord, name: string): Promise<unknown>;
}

/** Answers what a detection asks about a record. */
export type AnswerTo = (ask: Ask, record: CloudTrailRecord) => Promise<Answer>;

/**
 * Creates the answering of detections' questions: from earlier records, which show the state at the time of the call, or
 * else from the live state or a baseline. If something cannot be read, the answer says why.
 *
 * @throws passing errors of AWS, which are not an answer
 */
export function createAnswers(dependencies: AnswersDependencies): AnswerTo {
  const { account, accounts = {}, seen, trailBefore } = dependencies;
  const awsOf = (record: CloudTrailRecord): CallAws => {
    const of = accountOf(record);
    return isMember({ account, accounts }, of) ? inAccount(dependencies.aws, of) : dependencies.aws;
  };
  const documents = new Map<string, Promise<unknown>>();

  const readDocument = async (record: CloudTrailRecord, PolicyArn: string, version?: string) => {
    const aws = awsOf(record);
    const call = callsTo("iam", iamRegionOf(textOf(record.awsRegion) ?? ""));
    const VersionId =
      version ?? textOf(fieldsOf((await aws(call("GetPolicy", { PolicyArn }))).Policy).DefaultVersionId);
    const answer = await aws(call("GetPolicyVersion", { PolicyArn, VersionId }));
    return fieldsOf(answer.PolicyVersion).Document;
  };

  /** The document of a policy's version, or of its default version; each is read once. */
  const documentOf = (record: CloudTrailRecord, arn: string, version?: string): Promise<unknown> => {
    const key = `${arn}#${version ?? ""}`;
    const known = documents.get(key) ?? readDocument(record, arn, version);
    documents.set(key, known);
    return known;
  };

  const policiesOf = async (record: CloudTrailRecord, GroupName: string): Promise<HeldPolicy[]> => {
    const aws = awsOf(record);
    const call = callsTo("iam", iamRegionOf(textOf(record.awsRegion) ?? ""));
    // More than IAM allows a group, so one page is enough.
    const input = { GroupName, MaxItems: 1000 };
    const attached = listOf((await aws(call("ListAttachedGroupPolicies", input))).AttachedPolicies);
    const names = listOf((await aws(call("ListGroupPolicies", input))).PolicyNames);
    const held: HeldPolicy[] = [];
    for (const arn of attached.map((policy) => textOf(fieldsOf(policy).PolicyArn) ?? ""))
      held.push(
        arn.includes(":iam::aws:policy/") ? { arn } : { arn, document: await documentOf(record, arn) },
      );
    for (const PolicyName of names)
      held.push({ document: (await aws(call("GetGroupPolicy", { GroupName, PolicyName }))).PolicyDocument });
    return held;
  };

  /** Only these variables: others may be secrets. */
  const loadersOf = async (record: CloudTrailRecord, FunctionName: string) => {
    const call = callsTo("lambda", textOf(record.awsRegion) ?? "");
    const answer = await awsOf(record)(call("GetFunctionConfiguration", { FunctionName }));
    return loadersIn(fieldsOf(answer.Environment).Variables);
  };

  const live = (ask: Ask, record: CloudTrailRecord): Promise<unknown> => {
    switch (ask.kind) {
      case "managedPolicy":
        return documentOf(record, ask.arn, ask.version);
      case "groupPolicies":
        return policiesOf(record, ask.group);
      case "functionLoaders":
        return loadersOf(record, ask.function);
      case "trail":
        return trailBefore(record, ask.name);
    }
  };

  return async (ask, record) => {
    const before = seen.answer(ask, record);
    if (before !== undefined && !("isPartial" in before)) return before;
    const of = accountOf(record);
    if (of !== account && !isMember({ account, accounts }, of))
      return { unknown: `it is in account ${of}, and only account ${account} can be read` };
    try {
      const value = await live(ask, record);
      return value === undefined || value === null ? { unknown: "there is no baseline of it" } : { value };
    } catch (error) {
      if (isPassing(error)) throw error;
      return { unknown: `it could not be read: ${problemOfCall(error)}` };
    }
  };
}

/** Questions asked concurrently. */
const atATime = 4;

/**
 * Answers all questions and decides by the answers: returns the hits, and one hit for each record that could not be
 * decided. Questions that AWS could not answer at the moment are in `problems` and do not stop the others.
 */
export async function decideAll<One extends Asked>(
  asked: One[],
  { decide, undecided }: Pick<Asking, "decide" | "undecided">,
  answerTo: AnswerTo,
): Promise<{ decided: (One & { hit: Hit })[]; problems: string[] }> {
  const results = await forEachAtMost(atATime, asked, async (one) => {
    const answers: Answer[] = [];
    for (const ask of one.asks) answers.push(await answerTo(ask, one.record));
    return decide(one, answers);
  });
  const decided: (One & { hit: Hit })[] = [];
  const problems: string[] = [];
  const unknown = new Set<CloudTrailRecord>();
  for (const [index, result] of results.entries()) {
    const one = asked[index];
    if (one === undefined) continue;
    if (result.status === "rejected")
      problems.push(
        `unable to answer ${one.detection.id} about ${textOf(one.record.eventID)}: ${problemOf(result.reason)}`,
      );
    else if (result.value !== undefined && !("open" in result.value))
      decided.push({ ...one, hit: result.value });
    else if (result.value !== undefined && !unknown.has(one.record)) {
      unknown.add(one.record);
      decided.push({ ...one, hit: undecided(one, result.value.open) });
    }
  }
  return { decided, problems };
}
