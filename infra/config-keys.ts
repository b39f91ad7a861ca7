import { isIP } from "node:net";
import { matchesPattern } from "../handlers/pattern";
import { defaultSettings, type Settings } from "../handlers/settings";
import {
  type Check,
  didYouMean,
  flag,
  form,
  integer,
  listOf,
  mapOf,
  numberOf,
  oneOf,
  optional,
  record,
  shown,
  text,
} from "./checks";
import { checkException } from "./exceptions";
import { type Names, namings } from "./names";
import { checkSubscribers, severities } from "./subscribers";

/** How a key is declared in Pulumi.yaml. */
export type ConfigType = "string" | "integer" | "boolean" | "array" | "object";

/** One key of the stack's configuration. */
export interface ConfigKey<T> {
  type: ConfigType;
  /** Type of the items of an array. */
  items?: "string" | "object";
  /** The key must be set when there is none. */
  default?: unknown;
  /** For Pulumi.yaml and docs/configuration.md. */
  description: string;
  /** Whether its value may be a secret: no other key's value stays unseen in AWS. */
  secret?: true;
  check: Check<T>;
}

function key<T>(declared: ConfigKey<T>): ConfigKey<T> {
  return declared;
}

/** Retention times that CloudWatch Logs knows, days. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const modes = ["off", "alert", "plan", "fix"] as const;
const nonEmpty = text("a text that is not empty", (value) => value !== "");
const accounts = listOf(
  form(
    'a 12-digit account id in quotes: "111122223333", or a canonical user id',
    /^(?:\d{12}|[0-9a-f]{64})$/,
  ),
);
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

/** What the checks go by, besides the value. */
export interface ConfigContext {
  /** Epoch ms; an exception that ended before is refused. */
  now: number;
  /** Ids of the detections that exist; any other one is refused. */
  ids: string[];
}

/**
 * Every key of the stack's configuration. The checks, the `config` section of Pulumi.yaml and docs/configuration.md
 * come from this table.
 */
export function configKeys({ now, ids }: ConfigContext) {
  const idOrPattern = checkDetection(ids);
  return {
    team: key({
      type: "string",
      description:
        "The team whose stack this is. Part of every name, so that several teams share an account.",
      check: form(
        "1 to 32 lower-case letters, digits, single hyphens between them",
        /^(?=.{1,32}$)[a-z0-9]+(?:-[a-z0-9]+)*$/,
      ),
    }),
    mode: key({
      type: "string",
      default: defaultSettings.mode,
      description:
        "What is done about a finding: `alert` reports it, `plan` adds the calls that would fix it, `fix` makes them.",
      check: oneOf(["alert", "plan", "fix"] as const),
    }),
    detections: key({
      type: "object",
      default: defaultSettings.detections,
      description:
        "Exceptions from `mode` and from the catalogue, by detection id or pattern of ids: `mode` (off, alert, plan, fix), `severity`, `threshold`. An id is stronger than a pattern, a longer pattern than a shorter one. What is off by default, and fixes that only contain, want the id.",
      check: mapOf(
        idOrPattern,
        record({
          mode: optional(oneOf(modes)),
          severity: optional(oneOf(severities)),
          threshold: optional(integer(1, 1_000_000)),
        }),
      ),
    }),
    subscribers: key({
      type: "array",
      items: "object",
      default: [],
      description:
        "Who gets alerts: `protocol` (email, email-json, sms, https, sqs, lambda), `endpoint`, `minimumSeverity` (default info), `name` (keeps the subscription when the list is reordered). Queues and functions of this account only. May be a secret.",
      secret: true,
      check: checkSubscribers,
    }),
    exceptions: key({
      type: "array",
      items: "object",
      default: defaultSettings.exceptions,
      description:
        "What may pass: `detection`, and any of `principal`, `account`, `region`, `resource` (patterns) and `tag` (`key=value`; one that who called may set does not count), with `reason`, `owner` and `until` (ISO date; past it the stack is refused).",
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
        "Accounts, besides this one, that may be let in: account ids, or canonical user ids of S3.",
      check: accounts,
    }),
    organization: key({
      type: "object",
      default: {},
      description:
        "This account's organization: `id` (`o-…`), and `paths` of the units in it that may be let in (`o-…/r-…/ou-…/*`; none: all). Without it, an organization that a policy names is taken for this account's.",
      check: checkOrganization,
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
      description: "Regions in use; none: all.",
      check: regions,
    }),
    privilegedGroups: patterns(
      "privilegedGroups",
      "IAM groups (name patterns) whose membership is a privilege.",
    ),
    privilegedPolicies: patterns(
      "privilegedPolicies",
      "Managed policies (ARN patterns), besides AdministratorAccess, that count as administrator.",
    ),
    ownNetworks: key({
      type: "array",
      items: "string",
      default: defaultSettings.context.ownNetworks,
      description: "Own address ranges (CIDR): offices, NAT gateways.",
      check: networks,
    }),
    logBuckets: patterns("logBuckets", "Buckets of log files, besides the stack's own."),
    protectedLogGroups: patterns(
      "protectedLogGroups",
      "Log groups (name patterns) that must keep their retention.",
    ),
    protectedRouteTables: patterns(
      "protectedRouteTables",
      "Route tables (ids) to which no route to the internet may be added.",
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
        "Numbers by `<detection id>` or `<detection id>.<what>`; docs/detections.md has the defaults.",
      check: mapOf(checkThresholdName(ids), integer(0, 1_000_000)),
    }),
    maxAgeMinutes: key({
      type: "integer",
      default: defaultSettings.maxAgeMinutes,
      description: "A record older than this many minutes is alerted, not fixed. CloudTrail takes 3 to 15.",
      check: integer(1, 10_080),
    }),
    maxFixesPerHour: key({
      type: "integer",
      default: defaultSettings.maxFixesPerHour,
      description: "At most so many fixes per detection and hour; then alerts only.",
      check: integer(0, 1_000),
    }),
    maxFixesPerHourOfAccount: key({
      type: "integer",
      default: defaultSettings.maxFixesPerHourOfAccount,
      description: "At most so many fixes per hour, of all detections together; then alerts only.",
      check: integer(0, 1_000),
    }),
    fixAutomation: key({
      type: "boolean",
      default: defaultSettings.fixAutomation,
      description:
        "Whether to fix what CloudFormation and the principals of `automation` do as well. They repeat it until their source is fixed.",
      check: flag(),
    }),
    findingsDays: key({
      type: "integer",
      default: defaultSettings.findingsDays,
      description: "How long findings are kept in the table, days.",
      check: integer(1, 3650),
    }),
    logFileDays: key({
      type: "integer",
      default: 90,
      description: "How long log files are kept in the bucket, days; 0: for ever.",
      check: integer(0, 36_500),
    }),
    logGroupDays: key({
      type: "integer",
      default: 30,
      description: `How long the function's log is kept in CloudWatch, days: ${retentions.join(", ")}, or 0: for ever.`,
      check: numberOf([0, ...retentions]),
    }),
    multiRegion: key({
      type: "boolean",
      default: true,
      description:
        "Whether the trail records all regions, or the stack's own alone. IAM's calls are recorded in us-east-1: a stack elsewhere misses them when this is false.",
      check: flag(),
    }),
    memoryMegabytes: key({
      type: "integer",
      default: 1024,
      description: "Memory of the function, MB. CPU comes with it: 1769 MB is one core.",
      check: integer(256, 10_240),
    }),
    timeoutSeconds: key({
      type: "integer",
      default: 300,
      description: "How long one notification may take, seconds.",
      check: integer(10, 900),
    }),
    reservedConcurrency: key({
      type: "integer",
      default: -1,
      description:
        "How many notifications are processed at once, at most and at least; -1: as the account allows; 0 stops the function, and notifications go to the failure queue, from which `npx cloudtrailer redrive` takes them later.",
      check: integer(-1, 1000),
    }),
    watch: key({
      type: "boolean",
      default: true,
      description:
        "Whether changes of the stack's own parts, and its silence, are reported by a second path that needs neither the function nor the trail: EventBridge rules and CloudWatch alarms, for about 1.50 USD a month (docs/watch.md).",
      check: flag(),
    }),
    silenceHours: key({
      type: "integer",
      default: 2,
      description:
        "After how many hours without a log file, or without a sound self-check, an alarm goes off. The function itself makes calls every hour, so no account is silent for longer.",
      check: integer(2, 168),
    }),
    bucketSuffix: key({
      type: "string",
      default: "",
      description:
        "Added to the bucket's default name, for when somebody else has that name: bucket names are unique in all of AWS. Changing it later replaces the bucket with its log files.",
      check: form(
        "lower-case letters, digits, single hyphens between them",
        /^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/,
      ),
    }),
    names: key({
      type: "object",
      default: {},
      description: `Names in AWS, where the default does not fit: ${Object.entries(namings)
        .map(([kind, naming]) => `\`${kind}\` (${naming.what}: \`${naming.byDefault("<team>")}\`)`)
        .join(", ")}.`,
      check: checkNames,
    }),
  };
}

type Keys = ReturnType<typeof configKeys>;

/** Values as the keys have them. */
export type Given = { [Name in keyof Keys]: Keys[Name] extends ConfigKey<infer T> ? T : never };

/** The stack's configuration, every key checked and with its default. */
export type Config = Omit<Given, "names" | "detections"> & {
  names: Names;
  /** By detection id; patterns are resolved. */
  detections: Settings["detections"];
};

/** The id of a detection, or a pattern of ids. One that means none would silently do nothing. */
function checkDetection(ids: string[]): Check<string> {
  return (value, at, report) => {
    if (typeof value === "string" && ids.some((id) => matchesPattern(value, id))) return value;
    const meant = typeof value === "string" ? didYouMean(value, ids) : "";
    report({
      key: at,
      expected: "the id of a detection, or a pattern that matches one (docs/detections.md)",
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
      expected: "`<detection id>` or `<detection id>.<what>` (docs/detections.md)",
      found: `${shown(value)}${didYouMean(id, ids)}`,
    });
    return undefined;
  };
}

const checkOrganizationFields = record({
  id: optional(form("an organization's id: o-abcde12345", /^o-[a-z0-9]{10,32}$/)),
  paths: optional(
    listOf(
      form("the path of a unit: o-abcde12345/r-ab12/ou-ab12-11111111/*", /^o-[a-z0-9]{10,32}\/[\w*/-]+$/),
    ),
  ),
});

/** An organization, or an empty object for none. */
const checkOrganization: Check<{ id?: string; paths?: string[] }> = (value, at, report) => {
  const checked = checkOrganizationFields(value, at, report);
  if (checked?.id !== undefined || (checked?.paths ?? []).length === 0) return checked;
  report({ key: `${at}.id`, expected: "the organization's id beside its paths", found: "nothing" });
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
  watch: optional(namings.watch.check),
});

function isCidr(value: string): boolean {
  const [address = "", bits = "", ...more] = value.split("/");
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  return longest !== undefined && /^\d{1,3}$/.test(bits) && Number(bits) <= longest && more.length === 0;
}
