import type { DetectionContext, Severity } from "../../../../handlers/settings";
import type { CloudTrailRecord, UserIdentity } from "../../../../handlers/cloudtrail/record";

/** A record and the expected result of a detection. */
export interface Case {
  /** What is special about it: `nested rules, IPv6`. */
  name: string;
  record: CloudTrailRecord;
  /** Configuration that differs from {@link emptyContext}. */
  context?: Partial<DetectionContext>;
  /** The answers to the detection's questions; if omitted, nobody answers. */
  answers?: unknown[];
  /** Hits only: the severity, if it is not the detection's own. */
  severity?: Severity;
  /** Hits only: a path that must be among the evidence. */
  evidence?: string;
  /** Hits only: ids that must be among the resources. */
  resources?: string[];
  /** Hits only: the parameters are not visible, and the match must say so. */
  couldNotInspect?: true;
}

/**
 * The cases of one detection: `<first word of the id>/<id>.cases.ts` exports them as `cases`. Each event of the detection has at
 * least one hit, and one benign call of the same event among the quiet ones, unless `everyCall` says why there is none.
 * The runner derives the failed call from each hit, unless the detection also sees failed calls: then a hit or a quiet case
 * of that event has an `errorCode`.
 */
export interface Cases {
  /** Hits; for a burst, records that count towards it. */
  hits: Case[];
  /** Records of the detection's events, or close to them, that must not match. */
  quiet: Case[];
  /** Why there is no benign call of (some of) the events: `a trail has no harmless stop`. */
  everyCall?: string;
  /** Bursts only: lists of records, and how many findings the burst makes of them. */
  bursts?: {
    name: string;
    records: CloudTrailRecord[];
    findings: number;
    context?: Partial<DetectionContext>;
  }[];
}

/** The account of all fixtures. */
export const account = "111122223333";

/** Another account that nobody trusts. */
export const otherAccount = "444455556666";

/** The context of an account without any configuration. */
export const emptyContext: Omit<DetectionContext, "account"> = {
  trustedAccounts: [],
  logBuckets: [],
  ownResources: [],
  automation: [],
  scanners: [],
  allowedRegions: [],
  privilegedGroups: [],
  ownNetworks: [],
  protectedLogGroups: [],
  allowedIdentityProviders: [],
  protectedRouteTables: [],
  allowedBoundaries: [],
  privilegedPolicies: [],
  thresholds: {},
};

/** An IAM user with a key of their own. */
export function user(name: string): UserIdentity {
  return {
    type: "IAMUser",
    principalId: "AIDAEXAMPLEUSER000001",
    arn: `arn:aws:iam::${account}:user/${name}`,
    accountId: account,
    accessKeyId: "AKIAEXAMPLEKEY000001",
    userName: name,
  };
}

/** A session of a role. @param path of the role: `aws-service-role/ssm.amazonaws.com/` */
export function role(name: string, session = "session", path = ""): UserIdentity {
  return {
    type: "AssumedRole",
    principalId: `AROAEXAMPLEROLE000001:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    accountId: account,
    accessKeyId: "ASIAEXAMPLEKEY000001",
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: "AROAEXAMPLEROLE000001",
        arn: `arn:aws:iam::${account}:role/${path}${name}`,
        accountId: account,
        userName: name,
      },
      attributes: { creationDate: "2025-03-04T08:00:00Z", mfaAuthenticated: "false" },
    },
  };
}

/** The root user. */
export function root(): UserIdentity {
  return {
    type: "Root",
    principalId: account,
    arn: `arn:aws:iam::${account}:root`,
    accountId: account,
    accessKeyId: "",
    sessionContext: { attributes: { creationDate: "2025-03-04T08:00:00Z", mfaAuthenticated: "true" } },
  };
}

/** An AWS service that calls on its own: `backup.amazonaws.com`. */
export function service(name: string): UserIdentity {
  return { type: "AWSService", invokedBy: name };
}

/**
 * A successful call, by the user `alice` unless `fields` says otherwise.
 *
 * @param event `iam:AttachUserPolicy`; the source is `<service>.amazonaws.com`.
 */
export function call(
  event: string,
  requestParameters: unknown,
  fields: Partial<CloudTrailRecord> = {},
): CloudTrailRecord {
  const [source = "", name = ""] = event.split(":");
  return {
    eventVersion: "1.09",
    userIdentity: user("alice"),
    eventTime: "2025-03-04T09:15:27Z",
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    awsRegion: "eu-west-1",
    sourceIPAddress: "203.0.113.24",
    userAgent: "aws-cli/2.15.30 Python/3.11.8 Linux/6.1.0 exe/x86_64.debian.12",
    requestParameters,
    responseElements: null,
    requestID: "6f1c2d9e-3a54-4b0e-9d61-0f5f3c1f7a10",
    eventID: "0b9f7a52-6c1d-4c7e-8b4e-2f6d1c3a9e01",
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: "Management",
    ...fields,
  };
}

/** The same call, denied. */
export function refused(record: CloudTrailRecord, errorCode = "AccessDenied"): CloudTrailRecord {
  return {
    ...record,
    errorCode,
    errorMessage: "User is not authorized to perform this action",
    responseElements: null,
  };
}

/** The same call `count` times, `seconds` apart, each with its own event ID and the fields from `change`. */
export function repeated(
  record: CloudTrailRecord,
  count: number,
  seconds: number,
  change: (index: number) => Partial<CloudTrailRecord> = () => ({}),
): CloudTrailRecord[] {
  const start = Date.parse(record.eventTime);
  return Array.from({ length: count }, (_, index) => ({
    ...record,
    eventID: `${record.eventID.slice(0, 24)}${String(index).padStart(12, "0")}`,
    eventTime: new Date(start + index * seconds * 1000).toISOString().replace(".000Z", "Z"),
    ...change(index),
  }));
}

/** The same calls by a role that the configuration names as automation. */
export function byAutomation(hits: Case[]): Case[] {
  return hits.map(({ record, context }) => ({
    name: `${record.eventName} by automation`,
    record: { ...record, userIdentity: role("deploy") },
    context: { ...context, automation: ["arn:aws:iam::*:role/deploy"] },
  }));
}

/** The same calls by an AWS service for somebody. */
export function byService(hits: Case[], name = "cloudformation.amazonaws.com"): Case[] {
  return hits.map(({ record, context = {} }) => ({
    name: `${record.eventName} by ${name}`,
    record: { ...record, userIdentity: { ...record.userIdentity, invokedBy: name }, sourceIPAddress: name },
    context,
  }));
}
