import { type Fields, fieldsOf, plainTextOf, textOf } from "../json";

/**
 * A record as CloudTrail writes it, with CloudTrail's own field names.
 *
 * Everything here comes from outside: any field may be missing, `null`, redacted (a string instead of an object) or hostile.
 * Nothing downstream may trust a type that it has not checked.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface CloudTrailRecord {
  eventVersion?: string;
  eventID: string;
  /** ISO 8601, UTC, whole seconds; one service writes a space instead of the `T`. */
  eventTime: string;
  /** `iam.amazonaws.com` */
  eventSource: string;
  /** `AttachUserPolicy`; Lambda and CloudFront append an API date, see {@link eventOf}. */
  eventName: string;
  eventType?: string;
  eventCategory?: string;
  awsRegion: string;
  sourceIPAddress?: string;
  userAgent?: string;
  userIdentity?: UserIdentity;
  errorCode?: string;
  errorMessage?: string;
  requestParameters?: unknown;
  responseElements?: unknown;
  additionalEventData?: unknown;
  requestID?: string;
  readOnly?: boolean;
  managementEvent?: boolean;
  recipientAccountId?: string;
  sharedEventID?: string;
  vpcEndpointId?: string;
  resources?: unknown;
  serviceEventDetails?: unknown;
  addendum?: {
    reason?: string;
    updatedFields?: string;
    originalRequestID?: string;
    originalEventID?: string;
  };
  [field: string]: unknown;
}

/** Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
export interface UserIdentity {
  type?: string;
  principalId?: string;
  arn?: string;
  accountId?: string;
  accessKeyId?: string;
  userName?: string;
  invokedBy?: string;
  identityProvider?: string;
  sessionContext?: {
    attributes?: { mfaAuthenticated?: string; creationDate?: string };
    sessionIssuer?: {
      type?: string;
      principalId?: string;
      arn?: string;
      accountId?: string;
      userName?: string;
    };
    assumedRoot?: string | boolean;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** The service prefix of an event source: `iam` of `iam.amazonaws.com`. */
export function serviceOf(record: CloudTrailRecord): string {
  const source = typeof record.eventSource === "string" ? record.eventSource : "";
  const dot = source.indexOf(".");
  return dot < 0 ? source : source.slice(0, dot);
}

/** The event name without the API date that Lambda and CloudFront append (`AddPermission20150331v2`). */
export function nameOf(record: CloudTrailRecord): string {
  const name = typeof record.eventName === "string" ? record.eventName : "";
  return name.replace(/20\d\d_?\d\d_?\d\d(?:v\d+)?(?:_\d+)?$/, "");
}

/** The key of the catalogue's index: `iam:AttachUserPolicy`. */
export function eventOf(record: CloudTrailRecord): string {
  return `${serviceOf(record)}:${nameOf(record)}`;
}

/**
 * Whether the call succeeded: neither `errorCode` nor `errorMessage`. The sign-in service uses `responseElements` instead: a
 * failed `ConsoleLogin` often has no `errorCode`, and only `Success` is a login.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
 */
export function succeeded(record: CloudTrailRecord): boolean {
  const { errorCode, errorMessage, eventSource } = record as Fields;
  if (errorCode !== undefined && errorCode !== null && errorCode !== "") return false;
  if (errorMessage !== undefined && errorMessage !== null && errorMessage !== "") return false;
  if (typeof eventSource !== "string" || !/^signin(?:\.|$)/.test(eventSource)) return true;
  const name = nameOf(record);
  const answer = fieldsOf(record.responseElements)[name];
  return name === "ConsoleLogin" ? answer === "Success" : answer !== "Failure";
}

/**
 * Whether the call was denied for lack of permission: `AccessDenied`, `AccessDeniedException`,
 * `Client.UnauthorizedOperation`, `UnauthorizedOperation`, `VpceAccessDenied`, … Throttling, wrong input and missing
 * resources are failures of another kind.
 */
export function wasRefused(record: CloudTrailRecord): boolean {
  const code = textOf(record.errorCode) ?? "";
  return /AccessDenied|UnauthorizedOperation|UnauthorizedAccess|NotAuthorized|AuthorizationError/i.test(code);
}

/** The account that the record belongs to or, if the record does not say, the caller's. "" if it says neither. */
export function accountOf(record: CloudTrailRecord): string {
  return textOf(record.recipientAccountId) ?? textOf(fieldsOf(record.userIdentity).accountId) ?? "";
}

/**
 * Whether a record says that it was delivered to another account than the one whose log file it stands in. CloudTrail writes
 * `recipientAccountId` for that; who called may well be of another account, and older versions say nothing.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function isOfAnotherAccount(
  { recipientAccountId }: CloudTrailRecord,
  account: string | undefined,
): boolean {
  const recipient: unknown = recipientAccountId;
  if (account === undefined || recipient === undefined || recipient === null || recipient === "")
    return false;
  return plainTextOf(recipient) !== account;
}
