import { isIP } from "node:net";
import { tagFrom } from "../handlers/findings/tags";
import { fieldsOf } from "../handlers/json";
import { matchesPattern } from "../handlers/pattern";
import { defaultSettings, type Settings, type Severity } from "../handlers/settings";
import {
  type Check,
  didYouMean,
  flag,
  form,
  integer,
  listOf,
  mapOf,
  minutes,
  numberOf,
  oneOf,
  optional,
  record,
  shown,
  text,
} from "./checks";
import { checkDataEvents } from "./data-events";
import { checkException } from "./exceptions";
import { checkExistingTrail, checkKmsKey } from "./existing-trail";
import { type Names, namings } from "./names";
import { checkPatternRules } from "./rules/check-pattern";
import { checkSubscribers, severities } from "./subscribers";

/** How a key is declared in Pulumi.yaml. */
export type ConfigType = "string" | "integer" | "boolean" | "array" | "object";

/** One key of the stack's configuration. */
export interface ConfigKey<T> {
  type: ConfigType;
  /** Type of the items of an array. */
  items?: "string" | "object";
  /** A key without a default is required. */
  default?: unknown;
  /** For Pulumi.yaml and docs/configuration.md. */
  description: string;
  /** Whether the value may be a secret: the values of all other keys are visible in AWS. */
  secret?: true;
  check: Check<T>;
}

function key<T>(declared: ConfigKey<T>): ConfigKey<T> {
  return declared;
}

/**
 * Retention times that CloudWatch Logs knows, days.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** How long the function may be silent by default: its own hourly calls cause a log file. */
export const defaultSilenceHours = 2;

const stackModes = ["alert", "plan", "approve", "fix"] as const;
const modes = ["off", ...stackModes] as const;

/** The oldest record whose finding can be fixed, in minutes: a week. */
const maxAge = 10_080;

/** What is expected instead of turning all detections off. */
export const notSilent =
  "a mode from alert on, because a silenced system looks like one with nothing to report (turn off single detections)";

function neverOff<T>(check: Check<T>): Check<T> {
  return (value, at, report) => {
    if (value !== "off") return check(value, at, report);
    report({ key: at, expected: notSilent, found: shown(value) });
    return undefined;
  };
}

const nonEmpty = text("a non-empty text", (value) => value !== "");
const accounts = listOf(
  form(
    'a 12-digit account ID in quotes: "111122223333", or a canonical user ID',
    /^(?:\d{12}|[0-9a-f]{64})$/,
  ),
);
const accountId = form('a 12-digit account ID in quotes: "111122223333"', /^\d{12}$/);
const checkOnly = record({
  resource: optional(nonEmpty),
  region: optional(nonEmpty),
  principal: optional(nonEmpty),
  tag: optional(
    text(
      "`key=value`, where the value is a pattern",
      (value) => tagFrom(value) !== undefined && !/^aws:/i.test(value),
    ),
  ),
});
const checkFixFields = record({
  after: optional(minutes(maxAge)),
  immediately: optional(listOf(oneOf(severities))),
});

/** How fixes wait. `after` in minutes. */
const checkFix: Check<{ after?: number; immediately?: Severity[] }> = (value, at, report) => {
  const checked = checkFixFields(value, at, report);
  if (checked?.immediately === undefined || Object.hasOwn(fieldsOf(value), "after")) return checked;
  report({ key: `${at}.after`, expected: "how long the other fixes wait, like 30m", found: "nothing" });
  return undefined;
};
const regions = listOf(form("a region: us-west-2", /^[a-z]{2,}(?:-[a-z0-9]+)+-\d$/));
const networks = listOf(text("an address range: 203.0.113.0/24", isCidr));

/** A list of patterns that detections consult. */
function patterns(name: keyof typeof defaultSettings.context, description: string): ConfigKey<string[]> {
  return key({
    type: "array",
    items: "string",
    default: defaultSettings.context[name],
    description,
    check: listOf(nonEmpty),
  });
}

/** What the checks use besides the value. */
export interface ConfigContext {
  /** Epoch ms; an exception that ended earlier is refused. */
  now: number;
  /** IDs of all detections; any other is refused. */
  ids: string[];
}

/**
 * Every key of the stack's configuration. The checks, the `config` section of Pulumi.yaml and docs/configuration.md are
 * generated from this table.
 */
export function configKeys({ now, ids }: ConfigContext) {
  const idOrPattern = checkDetection(ids);
  return {
    team: key({
      type: "string",
      description: "The team that owns the stack. Part of every name, so several teams can share an account.",
      check: form(
        "1 to 32 lower-case letters and digits, with single hyphens between them",
        /^(?=.{1,32}$)[a-z0-9]+(?:-[a-z0-9]+)*$/,
      ),
    }),
    mode: key({
      type: "string",
      default: defaultSettings.mode,
      description:
        "What to do about a finding: `alert` alerts, `plan` adds the calls that would fix it, `approve` makes them after one of `approvers` has said yes (docs/safety.md), `fix` makes them at once.",
      check: neverOff(oneOf(stackModes)),
    }),
    fix: key({
      type: "object",
      default: {},
      description:
        "How mode `fix` waits: with `after` (like 30m or 2h) a fix is announced and made after that time, unless somebody denies it; findings of the severities in `immediately` are fixed at once (docs/safety.md). Without `after`, all are.",
      check: checkFix,
    }),
    detections: key({
      type: "object",
      default: defaultSettings.detections,
      description:
        "Overrides `mode` and the catalogue, by detection ID or pattern of IDs: `mode` (off, alert, plan, approve, fix), `severity`, `threshold`, `only` (fix only what matches all of its patterns `resource`, `region`, `principal` and `tag`, and plan the rest; tags the caller could set are ignored). An ID overrides a pattern, a longer pattern a shorter one. Detections that are off by default, and containment fixes, must be named by ID.",
      check: mapOf(
        idOrPattern,
        record({
          mode: optional(oneOf(modes)),
          severity: optional(oneOf(severities)),
          threshold: optional(integer(1, 1_000_000)),
          only: optional(checkOnly),
        }),
      ),
    }),
    rules: key({
      type: "array",
      items: "object",
      default: [],
      description:
        "Your own alert-only rules: `id`, `title`, `severity`, and `pattern`, in EventBridge's pattern language over the record; optionally `unless` (a pattern of what to ignore), `message` with `${requestParameters.…}`, and `runbook` (docs/own-rules.md).",
      check: checkPatternRules,
    }),
    subscribers: key({
      type: "array",
      items: "object",
      default: [],
      description:
        "Who gets alerts: `protocol` (email, email-json, sms, https, sqs, lambda), `endpoint`, `minimumSeverity` (default info), `summary` (hourly or daily: one summary of what is less severe), `name` (keeps the subscription when the list is reordered). Queues and functions of this account only. Or `protocol` slack, teams, jira, pagerduty or webhook, with the fields of docs/subscribers.md, or chat (Amazon Q Developer). May be a secret; those with a token must.",
      secret: true,
      check: checkSubscribers,
    }),
    exceptions: key({
      type: "array",
      items: "object",
      default: defaultSettings.exceptions,
      description:
        "Findings not to fix: `detection`, and any of `principal`, `account`, `region`, `resource` (patterns) and `tag` (`key=value`; tags the caller could set are ignored), with `reason`, `owner` and `until` (ISO date; after it the stack is refused).",
      check: listOf(checkException(now, idOrPattern)),
    }),
    records: key({
      type: "string",
      default: defaultSettings.records,
      description: "Which CloudTrail records are written to CloudWatch Logs: all, matched or none.",
      check: oneOf(["all", "matched", "none"] as const),
    }),
    trustedAccounts: key({
      type: "array",
      items: "string",
      default: defaultSettings.context.trustedAccounts,
      description:
        "Accounts, besides this one, that may be given access: account IDs, or canonical user IDs of S3.",
      check: accounts,
    }),
    organization: key({
      type: "object",
      default: {},
      description:
        "This account's organization: `id` (`o-…`), and the `paths` of units that may be given access (`o-…/r-…/ou-…/*`; none: all). If unset, any organization that a policy names is taken for this account's. `accounts` (IDs) or `units` (IDs of units or the root), without those in `exclude`, are members: accounts that the stack looks after, too (docs/organization.md).",
      check: checkOrganization,
    }),
    accounts: key({
      type: "object",
      default: {},
      description:
        "Settings of single accounts, this one or members, by ID or by pattern of IDs and names; an ID overrides a pattern: `mode` (alert, plan, approve, fix: takes the place of the stack's there, and no detection exceeds it) and `name` (for alerts).",
      check: mapOf(
        text("an account ID in quotes, or a pattern of IDs and names", (value) => value !== ""),
        record({ mode: optional(oneOf(stackModes)), name: optional(nonEmpty) }),
      ),
    }),
    automation: patterns(
      "automation",
      "ARN patterns of principals that are automation: infrastructure as code, deploy pipelines.",
    ),
    scanners: patterns("scanners", "ARN patterns or address ranges of known security scanners."),
    allowedRegions: key({
      type: "array",
      items: "string",
      default: defaultSettings.context.allowedRegions,
      description: "Regions in use. None: all.",
      check: regions,
    }),
    privilegedGroups: patterns(
      "privilegedGroups",
      "IAM groups (name patterns) whose members are privileged.",
    ),
    privilegedPolicies: patterns(
      "privilegedPolicies",
      "Managed policies (ARN patterns), besides AdministratorAccess, that count as administrator.",
    ),
    ownNetworks: key({
      type: "array",
      items: "string",
      default: defaultSettings.context.ownNetworks,
      description: "Your address ranges (CIDR): offices, NAT gateways.",
      check: networks,
    }),
    logBuckets: patterns("logBuckets", "Buckets with log files, besides the stack's own."),
    protectedLogGroups: patterns(
      "protectedLogGroups",
      "Log groups (name patterns) that must keep their retention.",
    ),
    protectedRouteTables: patterns(
      "protectedRouteTables",
      "Route tables (IDs) that must not get a route to the internet.",
    ),
    allowedIdentityProviders: patterns(
      "allowedIdentityProviders",
      "URLs (patterns) of OIDC providers that may be created.",
    ),
    allowedBoundaries: patterns(
      "allowedBoundaries",
      "ARNs (patterns) of permissions boundaries that may be set.",
    ),
    thresholds: key({
      type: "object",
      default: defaultSettings.context.thresholds,
      description:
        "Numbers by `<detection ID>` or `<detection ID>.<name>`; docs/detections.md has the defaults.",
      check: mapOf(checkThresholdName(ids), integer(0, 1_000_000)),
    }),
    maxAgeMinutes: key({
      type: "integer",
      default: defaultSettings.maxAgeMinutes,
      description:
        "Findings in records older than this are alerted, not fixed. CloudTrail takes 3 to 15 minutes.",
      check: integer(1, maxAge),
    }),
    maxFixesPerHour: key({
      type: "integer",
      default: defaultSettings.maxFixesPerHour,
      description: "Maximum number of fixes per detection and hour; after that, alert only.",
      check: integer(0, 1_000),
    }),
    maxFixesPerHourOfAccount: key({
      type: "integer",
      default: defaultSettings.maxFixesPerHourOfAccount,
      description: "Maximum number of fixes per hour for all detections together; after that, alert only.",
      check: integer(0, 1_000),
    }),
    operators: key({
      type: "array",
      items: "string",
      default: defaultSettings.operators,
      description:
        "ARN patterns of those who may use `mode` and `rollback`, as `aws sts get-caller-identity` prints them; empty: everybody in this account who may invoke the function.",
      check: listOf(nonEmpty),
    }),
    approvers: key({
      type: "array",
      items: "string",
      default: defaultSettings.approvers,
      description:
        "ARN patterns of those who may `approve` and `deny` fixes in mode `approve`, and delayed ones (without any, `operators` may), as `aws sts get-caller-identity` prints them. Whoever caused a finding cannot approve its fix.",
      check: listOf(nonEmpty),
    }),
    approvalHours: key({
      type: "integer",
      default: defaultSettings.approvalHours,
      description: "Hours in which a fix can be approved or denied; after that it has expired.",
      check: integer(1, 168),
    }),
    fixAutomation: key({
      type: "boolean",
      default: defaultSettings.fixAutomation,
      description:
        "Whether to fix changes made by CloudFormation and the principals in `automation`. They repeat a change until their source is fixed.",
      check: flag(),
    }),
    findingsDays: key({
      type: "integer",
      default: defaultSettings.findingsDays,
      description: "How long findings stay in the table, in days.",
      check: integer(1, 3650),
    }),
    logFileDays: key({
      type: "integer",
      default: 90,
      description: "How long log files stay in the bucket, in days. 0: forever.",
      check: integer(0, 36_500),
    }),
    logGroupDays: key({
      type: "integer",
      default: 30,
      description: `How long the function's log stays in CloudWatch, in days: ${retentions.join(", ")}, or 0: forever.`,
      check: numberOf([0, ...retentions]),
    }),
    trail: key({
      type: "string",
      default: "own",
      description:
        "`own`: the stack creates a trail with its bucket. `existing`: it reads the log files of the trail in `existingTrail` (docs/trails.md), and changes neither the trail nor its bucket.",
      check: oneOf(["own", "existing"] as const),
    }),
    existingTrail: key({
      type: "object",
      default: {},
      description:
        "With `trail: existing`: `arn` and `bucket` of the trail, and if they apply `bucketAccount` and `bucketRegion` (default: the stack's), `prefix`, `topic` (an ARN; CloudTrail or S3 publishes there), `bucketEvents` (true: notifications from S3 through EventBridge), `organizationId` (of an organization trail), `policyReader` (a role in another account with which the function reads the bucket's policy). With neither `topic` nor `bucketEvents`, the stack creates a topic for you to add to the trail.",
      check: checkExistingTrail,
    }),
    kmsKey: key({
      type: "string",
      default: "",
      description:
        "ARN of the KMS key that encrypts the log files. An own trail encrypts with it; the function may decrypt with it. `npx cloudtrailer doctor` prints the statement that the key's policy needs.",
      check: either("", checkKmsKey),
    }),
    dataEvents: key({
      type: "array",
      items: "object",
      default: [],
      description:
        "Data events that an own trail records, too, at 0.10 USD per 100,000: `resources` (s3, lambda, dynamodb), `arns` (beginnings of ARNs; none: all), `writeOnly`.",
      check: checkDataEvents,
    }),
    multiRegion: key({
      type: "boolean",
      default: true,
      description:
        "Whether the trail records all regions or only the stack's own. IAM calls are recorded in us-east-1; if this is false, a stack elsewhere misses them.",
      check: flag(),
    }),
    memoryMegabytes: key({
      type: "integer",
      default: 1024,
      description: "Memory of the function, in MB. CPU is proportional: 1769 MB is one core.",
      check: integer(256, 10_240),
    }),
    timeoutSeconds: key({
      type: "integer",
      default: 300,
      description: "How long one notification may take, in seconds.",
      check: integer(10, 900),
    }),
    reservedConcurrency: key({
      type: "integer",
      default: -1,
      description:
        "Concurrency reserved for the function, which is also its maximum. -1: whatever the account allows. 0 stops the function; notifications then go to the failure queue, from which `npx cloudtrailer redrive` retries them later.",
      check: integer(-1, 1000),
    }),
    watch: key({
      type: "boolean",
      default: true,
      description:
        "Whether changes to the stack's own parts, and its silence, are also reported without the function: by EventBridge rules and CloudWatch alarms, for about 1.50 USD a month (docs/watch.md).",
      check: flag(),
    }),
    fast: key({
      type: "string",
      default: "home",
      description:
        "Where EventBridge sends records within seconds, besides the log files that come after minutes (docs/fast.md): `home`, the stack's region and that of IAM's events; `all`, every region that the account has enabled; `none`. Log files bring the rest.",
      check: oneOf(["none", "home", "all"] as const),
    }),
    silenceHours: key({
      type: "integer",
      default: defaultSilenceHours,
      description:
        "Hours without a new log file, or without a passing self-check, after which an alarm goes off. The function makes calls every hour, so a healthy stack is never silent for longer.",
      check: integer(2, 168),
    }),
    dashboard: key({
      type: "boolean",
      default: false,
      description:
        "Whether to create a CloudWatch dashboard: findings, fixes, delays, errors and own health, for about 3 USD a month after the first three of an account, and what CloudWatch Logs Insights charges while somebody looks.",
      check: flag(),
    }),
    securityHub: key({
      type: "boolean",
      default: defaultSettings.securityHub,
      description:
        "Whether to import each finding into Security Hub, which must be enabled in the stack's account and region, and to archive it there when it is fixed (docs/subscribers.md).",
      check: flag(),
    }),
    history: key({
      type: "boolean",
      default: false,
      description:
        "Whether to declare what `npx cloudtrailer hunt` needs to search a year of old log files: a second, read-only function, a state machine, and a bucket for results (docs/hunt.md). They cost nothing until a hunt runs.",
      check: flag(),
    }),
    athena: key({
      type: "boolean",
      default: false,
      description:
        "Whether to declare a table of the log files for Athena, a work group that limits what a query reads, and saved queries for what a finding makes people ask (docs/athena.md).",
      check: flag(),
    }),
    athenaScanGigabytes: key({
      type: "integer",
      default: 100,
      description: "How much a query may read, in GB, before Athena stops it: 100 GB cost about 0.50 USD.",
      check: integer(1, 1_000_000),
    }),
    bucketSuffix: key({
      type: "string",
      default: "",
      description:
        "Appended to the buckets' default names if that is taken: bucket names are unique across all of AWS. Changing it later replaces the bucket and deletes its log files.",
      check: form(
        "lower-case letters and digits, with single hyphens between them",
        /^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/,
      ),
    }),
    names: key({
      type: "object",
      default: {},
      description: `Names in AWS, if the default does not suit: ${Object.entries(namings)
        .map(([kind, naming]) => `\`${kind}\` (${naming.what}: \`${naming.byDefault("<team>")}\`)`)
        .join(", ")}.`,
      check: checkNames,
    }),
  };
}

type Keys = ReturnType<typeof configKeys>;

/** The checked values, by key. */
export type Given = { [Name in keyof Keys]: Keys[Name] extends ConfigKey<infer T> ? T : never };

/** The stack's configuration, every key checked and with its default. */
export type Config = Omit<Given, "names" | "detections"> & {
  names: Names;
  /** By detection id; patterns are resolved. */
  detections: Settings["detections"];
};

/** The ID of a detection, or a pattern of IDs. One that matches none would silently do nothing. */
function checkDetection(ids: string[]): Check<string> {
  return (value, at, report) => {
    if (typeof value === "string" && ids.some((id) => matchesPattern(value, id))) return value;
    const meant = typeof value === "string" ? didYouMean(value, ids) : "";
    report({
      key: at,
      expected: "the ID of a detection, or a pattern that matches one (docs/detections.md)",
      found: `${shown(value)}${meant}`,
    });
    return undefined;
  };
}

function checkThresholdName(ids: string[]): Check<string> {
  return (value, at, report) => {
    const [id = "", ...what] = String(value).split(".");
    if (ids.includes(id) && what.length <= 1) return String(value);
    report({
      key: at,
      expected: "`<detection ID>` or `<detection ID>.<name>` (docs/detections.md)",
      found: `${shown(value)}${didYouMean(id, ids)}`,
    });
    return undefined;
  };
}

const checkOrganizationFields = record({
  accounts: optional(listOf(accountId)),
  exclude: optional(listOf(accountId)),
  units: optional(
    listOf(
      form(
        "the ID of a unit or root: ou-ab12-11111111",
        /^(?:ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/,
      ),
    ),
  ),
  id: optional(form("an organization ID: o-abcde12345", /^o-[a-z0-9]{10,32}$/)),
  paths: optional(
    listOf(
      form("the path of a unit: o-abcde12345/r-ab12/ou-ab12-11111111/*", /^o-[a-z0-9]{10,32}\/[\w*/-]+$/),
    ),
  ),
});

/** The organization, and which of its accounts the stack looks after. */
interface Organization {
  id?: string;
  paths?: string[];
  accounts?: string[];
  exclude?: string[];
  units?: string[];
}

/** An organization, or an empty object for none. */
const checkOrganization: Check<Organization> = (value, at, report) => {
  const checked = checkOrganizationFields(value, at, report);
  const { paths = [], accounts = [], units = [] } = checked ?? {};
  if (checked?.id !== undefined || paths.length + accounts.length + units.length === 0) return checked;
  report({
    key: `${at}.id`,
    expected: "the organization's ID along with its paths, accounts or units",
    found: "nothing",
  });
  return undefined;
};

const checkNames = record({
  bucket: optional(namings.bucket.check),
  trail: optional(namings.trail.check),
  logTopic: optional(namings.logTopic.check),
  alertTopic: optional(namings.alertTopic.check),
  role: optional(namings.role.check),
  executionPolicy: optional(namings.executionPolicy.check),
  function: optional(namings.function.check),
  table: optional(namings.table.check),
  failureQueue: optional(namings.failureQueue.check),
  schedule: optional(namings.schedule.check),
  dueFixes: optional(namings.dueFixes.check),
  watch: optional(namings.watch.check),
  events: optional(namings.events.check),
  dashboard: optional(namings.dashboard.check),
  findingsBus: optional(namings.findingsBus.check),
  chat: optional(namings.chat.check),
  history: optional(namings.history.check),
  reports: optional(namings.reports.check),
  athena: optional(namings.athena.check),
});

/** A value that stands for none, or one that passes `check`. */
function either<T extends string>(none: T, check: Check<string>): Check<string> {
  return (value, at, report) => (value === none ? none : check(value, at, report));
}

function isCidr(value: string): boolean {
  const [address = "", bits = "", ...more] = value.split("/");
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  return longest !== undefined && /^\d{1,3}$/.test(bits) && Number(bits) <= longest && more.length === 0;
}
