// Generated from infra/config-keys.ts by `npm run docs`.

import type { Exception, Mode, Only, Severity } from "../handlers/settings";
import type { DataEvents } from "./data-events";
import type { ExistingTrail } from "./existing-trail";
import type { Names } from "./names";
import type { SubscriberArgs } from "./subscribers";

/** The arguments of {@link Cloudtrailer}: the keys of docs/configuration.md. */
export interface CloudtrailerArgs {
  /**
   * The team that owns the stack. Part of every name, so several teams can share an account.
   *
   * Required.
   * @example "red"
   */
  team: string;
  /**
   * What to do about a finding: `alert` alerts, `plan` adds the calls that would fix it, `approve` makes them
   * after one of `approvers` has said yes (docs/safety.md), `fix` makes them at once.
   *
   * @default "plan"
   * @example "plan"
   */
  mode?: "alert" | "plan" | "fix";
  /**
   * How mode `fix` waits: with `after` (like 30m or 2h) a fix is announced and made after that time, unless
   * somebody denies it; findings of the severities in `immediately` are fixed at once (docs/safety.md). Without
   * `after`, all are.
   *
   * @default {}
   * @example { after: "30m" }
   */
  fix?: { after?: string; immediately?: Severity[] };
  /**
   * Overrides `mode` and the catalogue, by detection ID or pattern of IDs: `mode` (off, alert, plan, approve,
   * fix), `severity`, `threshold`, `only` (fix only what matches all of its patterns `resource`, `region`,
   * `principal` and `tag`, and plan the rest; tags the caller could set are ignored). An ID overrides a pattern, a
   * longer pattern a shorter one. Detections that are off by default, and containment fixes, must be named by ID.
   *
   * @default {}
   * @example { "ec2-sg-open-to-world": { mode: "fix" } }
   */
  detections?: Record<string, { mode?: Mode; severity?: Severity; threshold?: number; only?: Only }>;
  /**
   * Your own alert-only rules: `id`, `title`, `severity`, and `pattern`, in EventBridge's pattern language over
   * the record; optionally `unless` (a pattern of what to ignore), `message` with `${requestParameters.…}`, and
   * `runbook` (docs/own-rules.md).
   *
   * @default []
   * @example [{ … }]
   */
  rules?: Record<string, unknown>[];
  /**
   * Who gets alerts: `protocol` (email, email-json, sms, https, sqs, lambda), `endpoint`, `minimumSeverity`
   * (default info), `summary` (hourly or daily: one summary of what is less severe), `name` (keeps the
   * subscription when the list is reordered). Queues and functions of this account only. Or `protocol` slack,
   * teams, jira, pagerduty or webhook, with the fields of docs/subscribers.md, or chat (Amazon Q Developer). May
   * be a secret; those with a token must.
   *
   * @default []
   * @example [{ protocol: "email", endpoint: "you@example.com" }]
   */
  subscribers?: SubscriberArgs[];
  /**
   * Findings not to fix: `detection`, and any of `principal`, `account`, `region`, `resource` (patterns) and `tag`
   * (`key=value`; tags the caller could set are ignored), with `reason`, `owner` and `until` (ISO date; after it
   * the stack is refused).
   *
   * @default []
   * @example [{ detection: "ec2-sg-open-to-world", region: "eu-*", reason: "…", owner: "…", until: "2030-01-31" }]
   */
  exceptions?: Exception[];
  /**
   * Which CloudTrail records are written to CloudWatch Logs: all, matched or none.
   *
   * @default "matched"
   * @example "all"
   */
  records?: "all" | "matched" | "none";
  /**
   * Accounts, besides this one, that may be given access: account IDs, or canonical user IDs of S3.
   *
   * @default []
   * @example ["…"]
   */
  trustedAccounts?: string[];
  /**
   * This account's organization: `id` (`o-…`), and the `paths` of units that may be given access
   * (`o-…/r-…/ou-…/*`; none: all). If unset, any organization that a policy names is taken for this account's.
   * `accounts` (IDs) or `units` (IDs of units or the root), without those in `exclude`, are members: accounts that
   * the stack looks after, too (docs/organization.md).
   *
   * @default {}
   * @example { id: "o-abcde12345", units: ["ou-ab12-11111111"] }
   */
  organization?: { id?: string; paths?: string[]; accounts?: string[]; units?: string[]; exclude?: string[] };
  /**
   * Settings of single accounts, this one or members, by ID or by pattern of IDs and names; an ID overrides a
   * pattern: `mode` (alert, plan, approve, fix: takes the place of the stack's there, and no detection exceeds it)
   * and `name` (for alerts).
   *
   * @default {}
   * @example { "222233334444": { name: "payments", mode: "fix" } }
   */
  accounts?: Record<string, { mode?: "alert" | "plan" | "fix"; name?: string }>;
  /**
   * ARN patterns of principals that are automation: infrastructure as code, deploy pipelines.
   *
   * @default []
   * @example ["…"]
   */
  automation?: string[];
  /**
   * ARN patterns or address ranges of known security scanners.
   *
   * @default []
   * @example ["…"]
   */
  scanners?: string[];
  /**
   * Regions in use. None: all.
   *
   * @default []
   * @example ["…"]
   */
  allowedRegions?: string[];
  /**
   * IAM groups (name patterns) whose members are privileged.
   *
   * @default ["*admin*","*Admin*","*ADMIN*"]
   * @example ["…"]
   */
  privilegedGroups?: string[];
  /**
   * Managed policies (ARN patterns), besides AdministratorAccess, that count as administrator.
   *
   * @default []
   * @example ["…"]
   */
  privilegedPolicies?: string[];
  /**
   * Your address ranges (CIDR): offices, NAT gateways.
   *
   * @default []
   * @example ["…"]
   */
  ownNetworks?: string[];
  /**
   * Buckets with log files, besides the stack's own.
   *
   * @default []
   * @example ["…"]
   */
  logBuckets?: string[];
  /**
   * Log groups (name patterns) that must keep their retention.
   *
   * @default []
   * @example ["…"]
   */
  protectedLogGroups?: string[];
  /**
   * Route tables (IDs) that must not get a route to the internet.
   *
   * @default []
   * @example ["…"]
   */
  protectedRouteTables?: string[];
  /**
   * URLs (patterns) of OIDC providers that may be created.
   *
   * @default []
   * @example ["…"]
   */
  allowedIdentityProviders?: string[];
  /**
   * ARNs (patterns) of permissions boundaries that may be set.
   *
   * @default []
   * @example ["…"]
   */
  allowedBoundaries?: string[];
  /**
   * Numbers by `<detection ID>` or `<detection ID>.<name>`; docs/detections.md has the defaults.
   *
   * @default {}
   * @example { "s3-bulk-delete": 500 }
   */
  thresholds?: Record<string, number>;
  /**
   * Findings in records older than this are alerted, not fixed. CloudTrail takes 3 to 15 minutes.
   *
   * @default 60
   * @example 10
   */
  maxAgeMinutes?: number;
  /**
   * Maximum number of fixes per detection and hour; after that, alert only.
   *
   * @default 10
   * @example 10
   */
  maxFixesPerHour?: number;
  /**
   * Maximum number of fixes per hour for all detections together; after that, alert only.
   *
   * @default 30
   * @example 10
   */
  maxFixesPerHourOfAccount?: number;
  /**
   * ARN patterns of those who may use `mode` and `rollback`, as `aws sts get-caller-identity` prints them; empty:
   * everybody in this account who may invoke the function.
   *
   * @default []
   * @example ["…"]
   */
  operators?: string[];
  /**
   * ARN patterns of those who may `approve` and `deny` fixes in mode `approve`, and delayed ones (without any,
   * `operators` may), as `aws sts get-caller-identity` prints them. Whoever caused a finding cannot approve its
   * fix.
   *
   * @default []
   * @example ["…"]
   */
  approvers?: string[];
  /**
   * Hours in which a fix can be approved or denied; after that it has expired.
   *
   * @default 24
   * @example 10
   */
  approvalHours?: number;
  /**
   * Whether to fix changes made by CloudFormation and the principals in `automation`. They repeat a change until
   * their source is fixed.
   *
   * @default false
   * @example true
   */
  fixAutomation?: boolean;
  /**
   * How long findings stay in the table, in days.
   *
   * @default 90
   * @example 10
   */
  findingsDays?: number;
  /**
   * How long log files stay in the bucket, in days. 0: forever.
   *
   * @default 90
   * @example 10
   */
  logFileDays?: number;
  /**
   * How long the function's log stays in CloudWatch, in days: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400,
   * 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, or 0: forever.
   *
   * @default 30
   * @example 10
   */
  logGroupDays?: number;
  /**
   * `own`: the stack creates a trail with its bucket. `existing`: it reads the log files of the trail in
   * `existingTrail` (docs/trails.md), and changes neither the trail nor its bucket.
   *
   * @default "own"
   * @example "existing"
   */
  trail?: "own" | "existing";
  /**
   * With `trail: existing`: `arn` and `bucket` of the trail, and if they apply `bucketAccount` and `bucketRegion`
   * (default: the stack's), `prefix`, `topic` (an ARN; CloudTrail or S3 publishes there), `bucketEvents` (true:
   * notifications from S3 through EventBridge), `organizationId` (of an organization trail), `policyReader` (a
   * role in another account with which the function reads the bucket's policy). With neither `topic` nor
   * `bucketEvents`, the stack creates a topic for you to add to the trail.
   *
   * @default {}
   * @example { arn: "arn:aws:cloudtrail:…", bucket: "company-cloudtrail" }
   */
  existingTrail?: ExistingTrail;
  /**
   * ARN of the KMS key that encrypts the log files. An own trail encrypts with it; the function may decrypt with
   * it. `npx cloudtrailer doctor` prints the statement that the key's policy needs.
   *
   * @default ""
   * @example "red"
   */
  kmsKey?: string;
  /**
   * Data events that an own trail records, too, at 0.10 USD per 100,000: `resources` (s3, lambda, dynamodb),
   * `arns` (beginnings of ARNs; none: all), `writeOnly`.
   *
   * @default []
   * @example [{ resources: "s3", writeOnly: true }]
   */
  dataEvents?: DataEvents[];
  /**
   * Whether the trail records all regions or only the stack's own. IAM calls are recorded in us-east-1; if this is
   * false, a stack elsewhere misses them.
   *
   * @default true
   * @example true
   */
  multiRegion?: boolean;
  /**
   * Memory of the function, in MB. CPU is proportional: 1769 MB is one core.
   *
   * @default 1024
   * @example 10
   */
  memoryMegabytes?: number;
  /**
   * How long one notification may take, in seconds.
   *
   * @default 300
   * @example 10
   */
  timeoutSeconds?: number;
  /**
   * Concurrency reserved for the function, which is also its maximum. -1: whatever the account allows. 0 stops the
   * function; notifications then go to the failure queue, from which `npx cloudtrailer redrive` retries them
   * later.
   *
   * @default -1
   * @example 10
   */
  reservedConcurrency?: number;
  /**
   * Whether changes to the stack's own parts, and its silence, are also reported without the function: by
   * EventBridge rules and CloudWatch alarms, for about 1.50 USD a month (docs/watch.md).
   *
   * @default true
   * @example true
   */
  watch?: boolean;
  /**
   * Where EventBridge sends records within seconds, besides the log files that come after minutes (docs/fast.md):
   * `home`, the stack's region and that of IAM's events; `all`, every region that the account has enabled; `none`.
   * Log files bring the rest.
   *
   * @default "home"
   * @example "red"
   */
  fast?: string;
  /**
   * Hours without a new log file, or without a passing self-check, after which an alarm goes off. The function
   * makes calls every hour, so a healthy stack is never silent for longer.
   *
   * @default 2
   * @example 10
   */
  silenceHours?: number;
  /**
   * Whether to create a CloudWatch dashboard: findings, fixes, delays, errors and own health, for about 3 USD a
   * month after the first three of an account, and what CloudWatch Logs Insights charges while somebody looks.
   *
   * @default false
   * @example true
   */
  dashboard?: boolean;
  /**
   * Whether to import each finding into Security Hub, which must be enabled in the stack's account and region, and
   * to archive it there when it is fixed (docs/subscribers.md).
   *
   * @default false
   * @example true
   */
  securityHub?: boolean;
  /**
   * Whether to declare what `npx cloudtrailer hunt` needs to search a year of old log files: a second, read-only
   * function, a state machine, and a bucket for results (docs/hunt.md). They cost nothing until a hunt runs.
   *
   * @default false
   * @example true
   */
  history?: boolean;
  /**
   * Whether to declare a table of the log files for Athena, a work group that limits what a query reads, and saved
   * queries for what a finding makes people ask (docs/athena.md).
   *
   * @default false
   * @example true
   */
  athena?: boolean;
  /**
   * How much a query may read, in GB, before Athena stops it: 100 GB cost about 0.50 USD.
   *
   * @default 100
   * @example 10
   */
  athenaScanGigabytes?: number;
  /**
   * Appended to the buckets' default names if that is taken: bucket names are unique across all of AWS. Changing
   * it later replaces the bucket and deletes its log files.
   *
   * @default ""
   * @example "red"
   */
  bucketSuffix?: string;
  /**
   * Names in AWS, if the default does not suit: `bucket` (the bucket for log files:
   * `lambdasharp-<team>-cloudtrail`), `trail` (the trail: `cloudtrailer-<team>`), `logTopic` (the topic for
   * CloudTrail's notifications: `cloudtrail-logs-<team>`), `alertTopic` (the topic for alerts:
   * `security-alerts-<team>`), `role` (the function's role: `cloudtrailer-lambda-role-<team>`), `executionPolicy`
   * (the role's inline policy: `execution-policy`), `function` (the function; its log group is
   * `/aws/lambda/<function>`: `cloudtrailer-<team>`), `table` (the findings table: `findings-<team>`),
   * `failureQueue` (the queue for notifications that could not be processed: `cloudtrailer-failures-<team>`),
   * `schedule` (the rule that triggers the hourly run: `cloudtrailer-baselines-<team>`), `dueFixes` (the rule that
   * triggers delayed fixes, if there are any: `cloudtrailer-due-fixes-<team>`), `watch` (the second path: its
   * topic, bus and role, and the beginning of the names of its rules and alarms: `cloudtrailer-watch-<team>`),
   * `findingsBus` (the bus that gets every finding, and what passes findings on from it:
   * `cloudtrailer-findings-<team>`), `chat` (the beginning of the names of what belongs to a chat room: its topic,
   * role, policy and CloudFormation stack: `cloudtrailer-chat-<team>`), `events` (the fast path: its topic, bus
   * and role, and the beginning of the names of its rules: `cloudtrailer-events-<team>`), `dashboard` (the
   * dashboard, if there is one: `cloudtrailer-<team>`), `history` (hunts in old log files: their function, state
   * machine and roles: `cloudtrailer-history-<team>`), `reports` (the bucket for the results of hunts and queries:
   * `cloudtrailer-reports-<team>`), `athena` (Athena's work group, and with underscores its database:
   * `cloudtrailer-<team>`).
   *
   * @default {}
   * @example { table: "findings" }
   */
  names?: Partial<Names>;
}
