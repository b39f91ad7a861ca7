import { answerKey, type ChatSettings, chatPartsOf, nameOfPart } from "../chat-parts";
import type { Invocation } from "../aws/platform";
import { eventTimeOf } from "../cloudtrail/event-time";
import { accountOf, type CloudTrailRecord, eventOf, succeeded } from "../cloudtrail/record";
import type { Path } from "../detections/finding";
import { fieldsOf, listOf, shownJson, textOf } from "../json";
import type { Settings } from "../settings";

/** What a button says. */
export interface ChatAnswer {
  verb: "approve" | "deny";
  /** Hash of the calls that the room has seen. */
  plan: string;
  finding: string;
}

/** A call with which a room answered, by its record. */
export interface ChatCall {
  eventID: string;
  /** Epoch ms, whole seconds. */
  at: number;
  /** ARN of the session of the room's role. */
  by: string;
  /** The room. */
  room: string;
  /** What it said; or what is wrong with that. */
  said: ChatAnswer | { problem: string };
}

/** The names of events by which answers come. */
export const answerEventNames = ["TagResource"];

/** AWS's limit of a tag's value. https://docs.aws.amazon.com/sns/latest/api/API_Tag.html */
const maxValue = 256;

/** IDs of findings, in which tags allow all but `#`. No ID has a `+`. */
const findingForm = /^[\w#.:/-]{3,600}$/;

/**
 * The value of the tag that says so: `approve:<hash>:<event ID>+<detection>`. Undefined if the ID is not one that a tag can hold as it
 * is: then there is no button.
 */
export function answerOf({ verb, plan, finding }: ChatAnswer): string | undefined {
  if (!findingForm.test(finding)) return undefined;
  const value = `${verb}:${plan}:${finding.replaceAll("#", "+")}`;
  return value.length <= maxValue ? value : undefined;
}

/** What the value of a tag says: the inverse of {@link answerOf}; undefined if it is none of its values. */
export function answerIn(value: string): ChatAnswer | undefined {
  const [, verb, plan = "", named = ""] = /^(approve|deny):([0-9a-f]{64}):([^#]+)$/.exec(value) ?? [];
  if (verb === undefined) return undefined;
  const answer: ChatAnswer = {
    verb: verb === "approve" ? "approve" : "deny",
    plan,
    finding: named.replaceAll("+", "#"),
  };
  return answerOf(answer) === value ? answer : undefined;
}

/**
 * The answer that a record is: a successful call of `sns:TagResource` in this account and region, on the topic of a room that has
 * buttons, by a session of that room's own role. CloudTrail writes each of these, and nobody can choose them. Undefined if any of
 * it differs. Whether the record itself is to be believed is for the caller to know.
 */
export function chatCallIn(
  record: CloudTrailRecord,
  { chat, account, region, alertTopicArn }: Pick<Settings, "chat" | "account" | "region" | "alertTopicArn">,
): ChatCall | undefined {
  if (chat === undefined || eventOf(record) !== "sns:TagResource" || !succeeded(record)) return undefined;
  const { eventID, eventSource, awsRegion, requestParameters } = record;
  if (eventSource !== "sns.amazonaws.com" || awsRegion !== region || accountOf(record) !== account)
    return undefined;
  const { resourceArn, tags } = fieldsOf(requestParameters);
  const room = roomOf(chat, textOf(resourceArn), alertTopicArn);
  const by = room && sessionIn(record, room);
  const at = eventTimeOf(record);
  if (room === undefined || by === undefined || !isUuid(eventID) || Number.isNaN(at)) return undefined;
  return { eventID, at, by, room: room.part, said: saidIn(tags) };
}

/** The ARN of a session of the room's role that made the call; undefined if anybody else did. */
function sessionIn({ userIdentity }: CloudTrailRecord, { roleArn }: { roleArn: string }): string | undefined {
  const { type, arn, accountId, sessionContext } = fieldsOf(userIdentity);
  const issuer = fieldsOf(fieldsOf(sessionContext).sessionIssuer);
  const [, partition, , , account, role = ""] = roleArn.split(":");
  if (type !== "AssumedRole" || accountId !== account) return undefined;
  if (issuer.type !== "Role" || issuer.arn !== roleArn) return undefined;
  const sessions = `arn:${partition}:sts::${account}:assumed-role/${role.slice("role/".length)}/`;
  const session = textOf(arn);
  return session?.startsWith(sessions) ? session : undefined;
}

function isUuid(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}

/** The room with buttons whose topic it is. */
function roomOf({ base, buttons }: ChatSettings, topicArn: string | undefined, near: string) {
  return buttons
    .map((part) => ({ part, name: nameOfPart(base, part) }))
    .map((one) => ({ ...one, ...chatPartsOf(one.name, near) }))
    .find((one) => one.topicArn === topicArn);
}

/** The role may set one tag in a call. */
function saidIn(tags: unknown): ChatCall["said"] {
  const given = listOf(tags).map(fieldsOf);
  const [tag = {}] = given;
  const answer = tag.key === answerKey ? answerIn(textOf(tag.value) ?? "") : undefined;
  if (given.length === 1 && answer !== undefined) return answer;
  return { problem: `expected one tag ${answerKey} with an answer as its value, found ${shownJson(tags)}` };
}

/** Decides about an answer and carries it out, once. @throws what must be tried again @param path on which its record came */
export type HandleAnswer = (call: ChatCall, path: Path, invocation: Invocation) => Promise<void>;
