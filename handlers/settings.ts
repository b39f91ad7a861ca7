import { gunzipSync } from "node:zlib";

/** Gravest first. `info` is for findings that an exception lets pass. */
export const severities = ["critical", "high", "medium", "low", "info"] as const;

export type Severity = (typeof severities)[number];

/** What may be done about a finding of a detection (the catalogue's remediation class). */
export type RemediationClass = "inverse" | "read-modify" | "baseline" | "contain" | "alert";

/** What of the stack's configuration a detection may consult. All lists may be empty. */
export interface DetectionContext {
  /** The account the record belongs to, 12 digits. */
  account: string;
  /** Accounts, besides this one, that may be let in: 12 digits each, or the 64 of a canonical user id. */
  trustedAccounts: string[];
  /**
   * This account's organization: its id (`o-…`), and the paths of its units that may be let in (`o-…/r-…/ou-…/*`; none:
   * all). Left out: an organization that a policy names is taken for this one.
   */
  organization?: { id: string; paths: string[] };
  /** The trail that feeds this system. */
  trail?: { name: string; arn: string };
  /** Buckets that hold log files; the stack's own is among them. */
  logBuckets: string[];
  /** Names and ARNs of this system's own function, role, table, topics, queue and log group. */
  ownResources: string[];
  /** ARN patterns (`*` any characters) of principals that are automation: IaC roles, deploy pipelines. */
  automation: string[];
  /** ARN patterns or addresses (CIDR) of known scanners. */
  scanners: string[];
  /** Regions in use; empty: all. */
  allowedRegions: string[];
  /** Groups (name patterns) whose membership is a privilege. */
  privilegedGroups: string[];
  /** Own address ranges, CIDR. */
  ownNetworks: string[];
  /** Log groups (name patterns) that must keep their retention. */
  protectedLogGroups: string[];
  /** OIDC provider URLs (patterns) that may be created. */
  allowedIdentityProviders: string[];
  /** Route tables (ids) to which no route to the internet may be added. */
  protectedRouteTables: string[];
  /** ARNs (patterns) of permissions boundaries that may be set. */
  allowedBoundaries: string[];
  /** Managed policies (ARN patterns), besides AdministratorAccess, that count as administrator. */
  privilegedPolicies: string[];
  /** Numbers by name, `<detection id>` or `<detection id>.<what>`; a detection brings its own default. */
  thresholds: Record<string, number>;
}

/** What happens about a finding of a detection. */
export type Mode = "off" | "alert" | "plan" | "fix";

/** Lets a detection's findings pass: they are kept and told with severity `info`, and nothing is fixed. */
export interface Exception {
  /** Detection ids, or patterns of them (`*` any characters); `*` for all. */
  detection: string;
  /** Each that is given must hold. Patterns. */
  principal?: string;
  account?: string;
  region?: string;
  resource?: string;
  /** `key=value`, the value a pattern: a tag that all that was touched has, and that who called could not have set. */
  tag?: string;
  reason: string;
  owner: string;
  /** ISO date or date-time; past it the exception is no longer honoured. */
  until: string;
}

/** What goes to CloudWatch Logs besides the entry for each notification. */
export type RecordsToKeep = "all" | "matched" | "none";

/**
 * Everything the handler is told by its deployment. Read once from the function's environment
 * ({@link settingsVariable}), where the program has put what `infra/config.ts` checked.
 */
export interface Settings {
  team: string;
  account: string;
  /** The region of the stack: where bucket, topics and table are. */
  region: string;
  /** Bucket of the trail's log files, and the prefix below which they stand: `AWSLogs/111122223333/`. */
  bucket: string;
  prefix: string;
  table: string;
  /** The topic of CloudTrail's notifications; any will do when it is left out. */
  logTopicArn?: string;
  alertTopicArn: string;
  /** Name of the detector's own role: what its sessions did is never a finding's cause. */
  roleName: string;
  mode: Mode;
  detections: Record<string, { mode?: Mode; severity?: Severity }>;
  exceptions: Exception[];
  records: RecordsToKeep;
  /** A record older than this is alerted, not fixed. */
  maxAgeMinutes: number;
  /** At most so many fixes per detection and hour. */
  maxFixesPerHour: number;
  /** At most so many fixes per hour, of all detections together. */
  maxFixesPerHourOfAccount: number;
  /** ARN patterns of those who may use the switch and roll fixes back; empty: everybody of this account. */
  operators: string[];
  /** Whether calls by CloudFormation and by the principals of `context.automation` are undone too. */
  fixAutomation: boolean;
  /** How long findings are kept in the table, days. */
  findingsDays: number;
  context: Omit<DetectionContext, "account">;
}

/** Settings that differ from stack to stack; all others have a value in {@link defaultSettings}. */
export type OwnSettings = Pick<
  Settings,
  "team" | "account" | "region" | "bucket" | "prefix" | "table" | "logTopicArn" | "alertTopicArn" | "roleName"
>;

/** What holds when the stack's configuration says nothing else. Only what differs travels to the function. */
export const defaultSettings: Omit<Settings, keyof OwnSettings> = {
  mode: "plan",
  detections: {},
  exceptions: [],
  records: "matched",
  maxAgeMinutes: 60,
  maxFixesPerHour: 10,
  maxFixesPerHourOfAccount: 30,
  operators: [],
  fixAutomation: false,
  findingsDays: 90,
  context: {
    trustedAccounts: [],
    logBuckets: [],
    ownResources: [],
    automation: [],
    scanners: [],
    allowedRegions: [],
    privilegedGroups: ["*admin*", "*Admin*", "*ADMIN*"],
    ownNetworks: [],
    protectedLogGroups: [],
    allowedIdentityProviders: [],
    protectedRouteTables: [],
    allowedBoundaries: [],
    privilegedPolicies: [],
    thresholds: {},
  },
};

/** Name of the environment variable that holds the settings. */
export const settingsVariable = "CLOUDTRAILER_SETTINGS";

/** Bytes that compressed settings may inflate to. */
const maxSettingsBytes = 1_000_000;

/**
 * The settings from the text that `infra/settings.ts` made of them: JSON of what differs from {@link defaultSettings},
 * as it is or, when it is long, as gzip in base64.
 *
 * @throws Error that says what was found when the text is missing or is not that.
 */
export function decodeSettings(text: string | undefined): Settings {
  if (!text)
    throw new Error(`expected settings in the environment variable ${settingsVariable}, found nothing`);
  const json = text.startsWith("{")
    ? text
    : gunzipSync(Buffer.from(text, "base64"), { maxOutputLength: maxSettingsBytes }).toString("utf8");
  const own = JSON.parse(json) as OwnSettings & Partial<Settings>;
  return { ...defaultSettings, ...own, context: { ...defaultSettings.context, ...own.context } };
}
