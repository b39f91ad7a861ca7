import type { LogSource, PastParts } from "../policies/detector-role";
import { type Check, each, form, text } from "./checks";

/** What the stack's resources are called in AWS. */
export interface Names {
  bucket: string;
  trail: string;
  logTopic: string;
  alertTopic: string;
  role: string;
  executionPolicy: string;
  function: string;
  table: string;
  failureQueue: string;
  schedule: string;
  dueFixes: string;
  watch: string;
  events: string;
  dashboard: string;
  findingsBus: string;
  chat: string;
  history: string;
  reports: string;
  athena: string;
}

/** The default of one kind of name, and what it may be. */
interface Naming {
  /** What it names, for the docs. */
  what: string;
  /** The name unless configured. It contains the team, unless it is nested in another name. */
  byDefault(team: string): string;
  check: Check<string>;
}

/**
 * Prefixes and suffixes of bucket names that S3 reserves for aliases, other kinds of buckets, and examples.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const reserved = {
  prefixes: ["xn--", "sthree-", "amzn-s3-demo-"],
  suffixes: ["-s3alias", "--ol-s3", "--x-s3", "--table-s3", "-an"],
};

const bucketCheck = each(
  form("a bucket name: 3 to 63 lower-case letters, digits, hyphens", /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/),
  text(
    `a bucket name that starts with none of ${reserved.prefixes.join(", ")}, which S3 reserves`,
    (name) => !reserved.prefixes.some((prefix) => name.startsWith(prefix)),
  ),
  text(
    `a bucket name that ends with none of ${reserved.suffixes.join(", ")}, which S3 reserves`,
    (name) => !reserved.suffixes.some((suffix) => name.endsWith(suffix)),
  ),
);

/**
 * Every name that the program gives. Teams share an account, and bucket names are unique across all of AWS, so no two teams
 * share a default name.
 */
export const namings: Record<keyof Names, Naming> = {
  bucket: {
    what: "the bucket for log files",
    byDefault: (team) => `lambdasharp-${team}-cloudtrail`,
    check: bucketCheck,
  },
  trail: {
    what: "the trail",
    byDefault: (team) => `cloudtrailer-${team}`,
    // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
    check: each(
      form(
        "a trail name: 3 to 128 letters and digits, with single `.`, `_` or `-` between them",
        /^(?=.{3,128}$)[A-Za-z0-9](?:[._-]?[A-Za-z0-9])*$/,
      ),
      text(
        "a trail name that does not look like an IP address, such as 192.168.5.4",
        (name) => !/^\d+(?:\.\d+){3}$/.test(name),
      ),
    ),
  },
  logTopic: {
    what: "the topic for CloudTrail's notifications",
    byDefault: (team) => `cloudtrail-logs-${team}`,
    check: form("a topic name: 1 to 256 letters, digits, hyphens, underscores", /^[A-Za-z0-9_-]{1,256}$/),
  },
  alertTopic: {
    what: "the topic for alerts",
    byDefault: (team) => `security-alerts-${team}`,
    check: form("a topic name: 1 to 256 letters, digits, hyphens, underscores", /^[A-Za-z0-9_-]{1,256}$/),
  },
  role: {
    what: "the function's role",
    byDefault: (team) => `cloudtrailer-lambda-role-${team}`,
    check: form("a role name: 1 to 64 letters, digits, `+=,.@_-`", /^[\w+=,.@-]{1,64}$/),
  },
  executionPolicy: {
    what: "the role's inline policy",
    byDefault: () => "execution-policy",
    check: form("a policy name: 1 to 128 letters, digits, `+=,.@_-`", /^[\w+=,.@-]{1,128}$/),
  },
  function: {
    what: "the function; its log group is `/aws/lambda/<function>`",
    byDefault: (team) => `cloudtrailer-${team}`,
    check: form("a function name: 1 to 64 letters, digits, hyphens, underscores", /^[A-Za-z0-9_-]{1,64}$/),
  },
  table: {
    what: "the findings table",
    byDefault: (team) => `findings-${team}`,
    check: form("a table name: 3 to 255 letters, digits, `_.-`", /^[\w.-]{3,255}$/),
  },
  failureQueue: {
    what: "the queue for notifications that could not be processed",
    byDefault: (team) => `cloudtrailer-failures-${team}`,
    check: form("a queue name: 1 to 80 letters, digits, hyphens, underscores", /^[A-Za-z0-9_-]{1,80}$/),
  },
  schedule: {
    what: "the rule that triggers the hourly run",
    byDefault: (team) => `cloudtrailer-baselines-${team}`,
    check: form("a rule name: 1 to 64 letters, digits, `_.-`", /^[\w.-]{1,64}$/),
  },
  dueFixes: {
    what: "the rule that triggers delayed fixes, if there are any",
    byDefault: (team) => `cloudtrailer-due-fixes-${team}`,
    check: form("a rule name: 1 to 64 letters, digits, `_.-`", /^[\w.-]{1,64}$/),
  },
  watch: {
    what: "the second path: its topic, bus and role, and the beginning of the names of its rules and alarms",
    byDefault: (team) => `cloudtrailer-watch-${team}`,
    // Rule names may have 64 characters, 13 of which the longest of ours needs (infra/watch-rules.ts).
    check: form("a name of 1 to 51 letters, digits, hyphens, underscores", /^[A-Za-z0-9_-]{1,51}$/),
  },
  findingsBus: {
    what: "the bus that gets every finding, and what passes findings on from it",
    byDefault: (team) => `cloudtrailer-findings-${team}`,
    // The names of connections may have 64 characters, of which a dot and a hash need nine (infra/channels.ts).
    check: form("a bus name: 1 to 55 letters, digits, hyphens, underscores", /^[A-Za-z0-9_-]{1,55}$/),
  },
  chat: {
    what: "the beginning of the names of what belongs to a chat room: its topic, role, policy and CloudFormation stack",
    byDefault: (team) => `cloudtrailer-chat-${team}`,
    // Role names and those of custom actions may have 64 characters, of which separator, hash and suffix need 14 (infra/chat-rooms.ts).
    check: form(
      "1 to 50 letters and digits, with single hyphens between them, beginning with a letter",
      /^(?=.{1,50}$)[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/,
    ),
  },
  events: {
    what: "the fast path: its topic, bus and role, and the beginning of the names of its rules",
    byDefault: (team) => `cloudtrailer-events-${team}`,
    // As above.
    check: form("a name of 1 to 51 letters, digits, hyphens, underscores", /^[A-Za-z0-9_-]{1,51}$/),
  },
  dashboard: {
    what: "the dashboard, if there is one",
    byDefault: (team) => `cloudtrailer-${team}`,
    check: form("a dashboard name: 1 to 255 letters, digits, hyphens, underscores", /^[A-Za-z0-9_-]{1,255}$/),
  },
  history: {
    what: "hunts in old log files: their function, state machine and roles",
    byDefault: (team) => `cloudtrailer-history-${team}`,
    // Role names may have 64 characters, 7 of which the state machine's role needs.
    check: form("a name of 1 to 57 letters, digits, hyphens, underscores", /^[A-Za-z0-9_-]{1,57}$/),
  },
  reports: {
    what: "the bucket for the results of hunts and queries",
    byDefault: (team) => `cloudtrailer-reports-${team}`,
    check: bucketCheck,
  },
  athena: {
    what: "Athena's work group, and with underscores its database",
    byDefault: (team) => `cloudtrailer-${team}`,
    check: form("a name of 1 to 128 lower-case letters, digits, hyphens", /^[a-z0-9][a-z0-9-]{0,127}$/),
  },
};

/** Lambda writes to the log group of the function's name. */
export function logGroupOf(names: Pick<Names, "function">): string {
  return `/aws/lambda/${names.function}`;
}

/** What searching old log files consists of, as the policies of the detector's role name it; undefined without it. */
export function pastPartsOf({
  history,
  athena,
  names,
}: {
  history?: boolean;
  athena?: boolean;
  names: Names;
}): PastParts | undefined {
  if (!history && !athena) return undefined;
  return { reports: names.reports, ...(history ? { history: names.history } : {}) };
}

/**
 * The system's own parts, as the policies of the detector's role name them.
 *
 * @param has what not every stack has: delayed fixes, summaries for subscribers, findings in Security Hub, hunts and queries, rooms of
 *   Amazon Q
 */
export function detectorNames(
  { dueFixes, chat, ...names }: Names,
  source?: LogSource,
  members?: { role: string; organizationId: string },
  has: {
    delays?: boolean;
    summaries?: boolean;
    securityHub?: boolean;
    past?: PastParts | undefined;
    chat?: boolean;
  } = {},
) {
  return {
    ...names,
    ...(has.delays ? { dueFixes } : {}),
    ...(has.summaries ? { listsFindings: true } : {}),
    ...(source === undefined ? {} : { source }),
    ...(members === undefined ? {} : { members }),
    ...(has.securityHub ? { securityHub: true } : {}),
    ...(has.past === undefined ? {} : { past: has.past }),
    ...(has.chat ? { chat } : {}),
    detector: names.function,
    queue: names.failureQueue,
    logGroup: logGroupOf(names),
  };
}

/** What hunts in old log files consists of, as its policies name it. */
export function historyNames({ history, reports }: Names, logBuckets: string[]) {
  return { history, reports, logGroup: `/aws/lambda/${history}`, logBuckets: [...new Set(logBuckets)] };
}

/**
 * All names of a team: those from the configuration, and defaults for the rest.
 *
 * @param bucketSuffix appended to the buckets' default names, unless empty
 */
export function namesOf(team: string, given: Partial<Names>, bucketSuffix = ""): Names {
  const byDefault = Object.fromEntries(
    Object.entries(namings).map(([kind, naming]) => [kind, naming.byDefault(team)]),
  ) as unknown as Names;
  const suffixed = (bucket: string) => (bucketSuffix === "" ? bucket : `${bucket}-${bucketSuffix}`);
  const { bucket, reports } = byDefault;
  return { ...byDefault, bucket: suffixed(bucket), reports: suffixed(reports), ...given };
}

/** The name of the role in members: `cloudtrailer-member-red`. */
export function memberRoleOf(team: string): string {
  return `cloudtrailer-member-${team}`;
}
