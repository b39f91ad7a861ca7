import { gunzipSync } from "node:zlib";
import { chatResources, type ChatSettings } from "./chat-parts";
import type { OwnNames } from "./part-names";

/** Most severe first. `info` is for findings covered by an exception. */
export const severities = ["critical", "high", "medium", "low", "info"] as const;

export type Severity = (typeof severities)[number];

/** What can be done about a finding of a detection (the catalogue's remediation class). */
export type RemediationClass = "inverse" | "read-modify" | "baseline" | "contain" | "alert";

/** The parts of the stack's configuration that detections may consult. All lists may be empty. */
export interface DetectionContext {
  /** The account the record belongs to, 12 digits. */
  account: string;
  /** Accounts, besides this one, that may be given access: 12 digits each, or the 64 of a canonical user id. */
  trustedAccounts: string[];
  /**
   * This account's organization: its id (`o-…`), and the paths of its units that may be given access (`o-…/r-…/ou-…/*`;
   * none: all). If omitted, any organization that a policy names is taken for this one.
   */
  organization?: { id: string; paths: string[] };
  /** The trail that feeds this system. */
  trail?: { name: string; arn: string };
  /** Buckets with log files, including the stack's own. */
  logBuckets: string[];
  /** Names and ARNs of this system's own function, role, table, topics, queue and log group. */
  ownResources: string[];
  /** How calls name `ownResources` and the trail; `createDetect` derives it once for all records. */
  ownNames?: OwnNames;
  /** ARN patterns (`*`: any characters) of principals that are automation: IaC roles, deploy pipelines. */
  automation: string[];
  /** ARN patterns or addresses (CIDR) of known scanners. */
  scanners: string[];
  /** Regions in use; empty: all. */
  allowedRegions: string[];
  /** Groups (name patterns) whose members are privileged. */
  privilegedGroups: string[];
  /** Own address ranges, CIDR. */
  ownNetworks: string[];
  /** Log groups (name patterns) that must keep their retention. */
  protectedLogGroups: string[];
  /** OIDC provider URLs (patterns) that may be created. */
  allowedIdentityProviders: string[];
  /** Route tables (ids) that must not get a route to the internet. */
  protectedRouteTables: string[];
  /** ARNs (patterns) of permissions boundaries that may be set. */
  allowedBoundaries: string[];
  /** Managed policies (ARN patterns), besides AdministratorAccess, that count as administrator. */
  privilegedPolicies: string[];
  /** Numbers by name, `<detection id>` or `<detection id>.<name>`; each detection has its own default. */
  thresholds: Record<string, number>;
}

/** What is done about the findings of a detection. */
export type Mode = "off" | "alert" | "plan" | "approve" | "fix";

/** The modes, from the least to the most that is done about a finding. */
export const modesUpwards: Mode[] = ["off", "alert", "plan", "approve", "fix"];

/** An exception: the findings it covers are kept and alerted with severity `info`, but not fixed. */
export interface Exception {
  /** Detection ids, or patterns of them (`*`: any characters); `*` for all. */
  detection: string;
  /** Patterns; all that are given must match. */
  principal?: string;
  account?: string;
  region?: string;
  resource?: string;
  /** `key=value`, the value a pattern: a tag that everything touched has, and that the caller could not have set. */
  tag?: string;
  reason: string;
  owner: string;
  /** ISO date or date-time, after which the exception no longer applies. */
  until: string;
}

/** What is written to CloudWatch Logs besides the entry for each notification. */
export type RecordsToKeep = "all" | "matched" | "none";

/** What holds for one account. */
export interface AccountSettings {
  /** For people. */
  name?: string;
  /** The default mode there, which detections may lower but not raise. */
  mode?: Mode;
  /** Whether it is a member: an account of the organization that the stack looks after besides its own. */
  member?: true;
}

/** What some subscribers get instead of each finding: a summary per hour or day of the findings less severe than `below`. */
export interface PeriodSettings {
  /** Names it, and who gets it: `hourly-below-high`. */
  key: string;
  every: "hourly" | "daily";
  below: Severity;
  /** Patterns of IDs; none: all. */
  detections: string[];
  /** None: all. */
  accounts: string[];
}

/** Which findings of a detection are fixed; patterns, all that are given must match. The others are planned. */
export interface Only {
  resource?: string;
  region?: string;
  /** `key=value`: a tag that everything touched has, and that the caller could not have set. */
  tag?: string;
  principal?: string;
}

/** Where log files are if the stack did not create the trail. What is omitted is as in the stack. */
export interface LogSource {
  /** The bucket's account, 12 digits. */
  account?: string;
  /** The bucket's region. */
  region?: string;
  /** ARN of a role in the bucket's account with which the function reads the bucket's policy. */
  policyReader?: string;
}

/**
 * Everything the deployment passes to the handler. Read once from the function's environment ({@link settingsVariable}),
 * where the program puts what `infra/config.ts` has checked.
 */
export interface Settings {
  team: string;
  account: string;
  /** The region of the stack: where bucket, topics and table are. */
  region: string;
  /** Bucket of the trail's log files, and their prefix: `AWSLogs/111122223333/`. */
  bucket: string;
  prefix: string;
  /** Accounts with settings of their own, by ID: this one, and members. */
  accounts?: Record<string, AccountSettings>;
  /** Name of the role in members. */
  memberRole?: string;
  /** Only with an existing trail. */
  source?: LogSource;
  /** ARN of the KMS key that encrypts the log files, if one does. */
  kmsKey?: string;
  table: string;
  /** The topic of CloudTrail's notifications; any will do when it is left out. */
  logTopicArn?: string;
  alertTopicArn: string;
  /** Bucket with the results of hunts in old log files; undefined without hunts. */
  reports?: string;
  /** Name of the bus that gets every finding; empty: none. */
  findingsBus: string;
  /** Whether findings are imported into Security Hub. */
  securityHub: boolean;
  /** The topic for events of EventBridge, and what they bring; undefined if log files alone are read. */
  events?: FastPath;
  /** Stands for the configuration that the stack was deployed with: another one for each. */
  deployment?: string;
  /** Name of the detector's own role. */
  roleName: string;
  mode: Mode;
  detections: Record<string, { mode?: Mode; severity?: Severity; only?: Only }>;
  exceptions: Exception[];
  records: RecordsToKeep;
  /** Findings in older records are alerted, not fixed. */
  maxAgeMinutes: number;
  /** Maximum number of fixes per detection and hour. */
  maxFixesPerHour: number;
  /** Maximum number of fixes per hour for all detections together. */
  maxFixesPerHourOfAccount: number;
  /** ARN patterns of principals that may set the switch and roll fixes back; empty: everybody in this account. */
  operators: string[];
  /** ARN patterns of principals that may approve or deny fixes in mode `approve`; empty: nobody. */
  approvers: string[];
  /** How long a fix can be approved, in hours. */
  approvalHours: number;
  /** How fixes wait in mode `fix`, so that somebody can deny them; undefined: not at all. */
  fix?: {
    afterMinutes: number;
    /** Findings of these severities do not wait. */
    immediately: Severity[];
    /** Name of the rule that invokes the function every minute, to make the fixes that are due. */
    rule: string;
  };
  /** The summaries that subscribers ask for; undefined: none. */
  summaries?: PeriodSettings[];
  /** Subscribers in chat rooms of Amazon Q Developer; undefined: none. */
  chat?: ChatSettings;
  /** Whether to also fix changes made by CloudFormation and the principals in `context.automation`. */
  fixAutomation: boolean;
  /** How long findings stay in the table, in days. */
  findingsDays: number;
  context: Omit<DetectionContext, "account">;
}

/** Where events of EventBridge come in, and what they bring. */
export interface FastPath {
  topicArn: string;
  /** The regions that send some. */
  regions: string[];
  /** How many detections see some or all of their calls in log files alone. */
  lateDetections: number;
}

/** Settings that differ between stacks; all others have a value in {@link defaultSettings}. */
export type OwnSettings = Pick<
  Settings,
  | "team"
  | "account"
  | "region"
  | "bucket"
  | "prefix"
  | "accounts"
  | "memberRole"
  | "source"
  | "kmsKey"
  | "fix"
  | "summaries"
  | "chat"
  | "table"
  | "logTopicArn"
  | "deployment"
  | "alertTopicArn"
  | "roleName"
>;

/** The defaults. Only settings that differ from them are passed to the function. */
export const defaultSettings: Omit<Settings, keyof OwnSettings> = {
  findingsBus: "",
  securityHub: false,
  mode: "plan",
  detections: {},
  exceptions: [],
  records: "matched",
  maxAgeMinutes: 60,
  maxFixesPerHour: 10,
  maxFixesPerHourOfAccount: 30,
  operators: [],
  approvers: [],
  approvalHours: 24,
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
 * Decodes what `infra/settings.ts` encoded: JSON of the settings that differ from {@link defaultSettings}, plain or, if it
 * is long, as gzip in base64.
 *
 * @throws Error that says what was found if the text is missing or is anything else
 */
export function decodeSettings(text: string | undefined): Settings {
  if (!text)
    throw new Error(`expected settings in the environment variable ${settingsVariable}, found nothing`);
  const json = text.startsWith("{")
    ? text
    : gunzipSync(Buffer.from(text, "base64"), { maxOutputLength: maxSettingsBytes }).toString("utf8");
  const own = JSON.parse(json) as OwnSettings & Partial<Settings>;
  const context = { ...defaultSettings.context, ...own.context };
  // They follow from the names.
  const ownResources = [...context.ownResources, ...chatResources(own.chat, own.alertTopicArn)];
  return { ...defaultSettings, ...own, context: { ...context, ownResources } };
}
