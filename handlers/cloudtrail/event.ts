import { type AccountsOf, isMember, membersOf } from "../accounts";
import { type Fields, fieldsOf, textOf } from "../json";
import { accountOf, type CloudTrailRecord } from "./record";

/** A record as EventBridge delivers it. */
export interface RecordEvent {
  record: CloudTrailRecord;
  /** `eventbridge:us-east-1/<the envelope's id>` */
  source: string;
  /** Why the event cannot be what it looks like; undefined if all of it agrees. */
  problem?: string;
  /** The replay that brought it: an old event, sent again by somebody. */
  replay?: string;
  /** It is one of CloudTrail's insights, which are no records of calls. */
  isInsight?: true;
}

/** How the detail types of CloudTrail's events end. */
export const recordDetailType = " via CloudTrail";

const insights = "AWS Insight via CloudTrail";

/** Whether a message's text claims to be an event of CloudTrail's, whoever sent it. Events of S3's are notifications. */
export function isRecordEvent(message: string): boolean {
  const { detail, "detail-type": type } = parsed(message);
  return textOf(type)?.endsWith(recordDetailType) === true && detail !== undefined;
}

/**
 * Reads an event of EventBridge that claims to be CloudTrail's.
 *
 * @param accounts the stack's, and members
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function recordEventOf(message: string, accounts: AccountsOf): RecordEvent {
  const event = parsed(message);
  const record = fieldsOf(event.detail) as unknown as CloudTrailRecord;
  const source = `eventbridge:${shown(event.region)}/${shown(event.id)}`;
  const problem = disagreement(event, record, accounts);
  const replay = textOf(event["replay-name"]);
  return {
    record,
    source,
    ...(problem === undefined ? {} : { problem }),
    ...(replay === undefined ? {} : { replay }),
    ...(event["detail-type"] === insights ? { isInsight: true } : {}),
  };
}

/** PutEvents refuses a source that begins with `aws.`, so only AWS itself sends one. */
function disagreement(event: Fields, record: CloudTrailRecord, accounts: AccountsOf): string | undefined {
  const source = textOf(event.source) ?? "";
  if (!source.startsWith("aws.")) return `its source is ${JSON.stringify(source.slice(0, 100))}, not AWS`;
  const account = textOf(event.account) ?? "";
  if (account !== accounts.account && !isMember(accounts, account))
    return `it is of the account ${shown(event.account)}, not of ${accounts.account}${withMembers(accounts)}`;
  if (accountOf(record) !== account)
    return `its record is of the account ${shown(accountOf(record))}, the event of ${account}`;
  if (textOf(event.region) === undefined || event.region !== record.awsRegion)
    return `its record is of the region ${shown(record.awsRegion)}, the event of ${shown(event.region)}`;
  return undefined;
}

function withMembers(accounts: AccountsOf): string {
  return membersOf(accounts).length === 0 ? "" : " or a member";
}

/** Parts of a source, which is shown to people and part of log entries. */
function shown(value: unknown): string {
  const text = textOf(value) ?? "";
  return /^[A-Za-z0-9-]{1,64}$/.test(text) ? text : "(unknown)";
}

function parsed(message: string): Fields {
  try {
    return fieldsOf(JSON.parse(message));
  } catch {
    return {}; // the notifications of CloudTrail and S3 are JSON, its test message is not
  }
}
