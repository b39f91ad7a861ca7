import type { DigestProblem, DigestProblemKind } from "../cloudtrail/digest-chain";
import type { OpenBreaker } from "../findings/breaker";
import type { Flood } from "../findings/floods";
import type { ExpiredFix } from "../findings/waiting";
import { periodKinds } from "../findings/period-count";
import type { PeriodSummary } from "../findings/periods";
import type { Outcome } from "../findings/result";
import { type Exception, type Settings, type Severity, severities } from "../settings";
import { clean, cut, cutAscii } from "./clean";
import { optionsOf, quoted, type StackNames } from "./command-line";
import { repetition } from "./repetition";

/** An alert about more than one finding, in all the forms of an alert. */
export interface Summary {
  subject: string;
  text: string;
  sms: string;
  json: SummaryJson;
}

/** A summary for programs. Unlike an alert, it has neither `id` nor `what`. */
export interface SummaryJson {
  version: 1;
  summary:
    | "breaker"
    | "broken-detection"
    | "digests"
    | "exceptions-ending"
    | "expired"
    | "flood"
    | "period"
    | "request"
    | "self-check"
    | "test"
    | "trial"
    | "unconfirmed"
    | "unproven";
  team: string;
  detection?: string;
  actor?: string;
  /** Of a request: what was asked, the finding that it is about, and the reason that was given. */
  verb?: string;
  finding?: string;
  why?: string;
  severity: Severity;
  outcome: Outcome;
  account: string;
  region: string;
  reason: string;
  /** The same summary may have been published before. */
  mayRepeat?: true;
  flood?: Flood;
  differences?: Difference[];
  exceptions?: Exception[];
  /** The first of them. */
  digestProblems?: DigestProblem[];
  unconfirmed?: UnconfirmedFinding[];
  /** The first of them. */
  expired?: ExpiredFix[];
  /** The findings of an hour or day, for those who asked for it, and the command that lists them. */
  period?: PeriodSummary;
  list?: string;
}

/** A finding that an event brought, and no log file confirmed. */
export interface UnconfirmedFinding {
  id: string;
  title: string;
  account: string;
  region: string;
  outcome: string;
  /** Whether a fix was made that can be rolled back. */
  hasRollback: boolean;
}

/** A part of this system that differs from what the last deployment left. */
export interface Difference {
  /** `topic security-alerts-red` */
  part: string;
  /** The API operation that showed it: `GetTopicAttributes`. */
  by: string;
  /** As JSON, cut. */
  declared: string;
  found: string;
  /** What it means: `from now on attacks may go unseen`. */
  means: string;
  /** The line that repairs it. */
  repair: string;
}

/** What a person has asked of the function. */
export interface AlertedRequest {
  verb: string;
  /** ARN, as STS says. */
  by: string;
  why: string;
  /** `The switch is set to alert for all detections` */
  title: string;
  severity: Severity;
  /** What it means, or why it was refused. */
  meaning: string;
  outcome?: "refused";
  detection?: string;
  finding?: string;
}

/** What came to the function whose origin proves nothing. */
export interface Unproven {
  what: keyof typeof unprovenTitles;
  reason: string;
}

/** Alerts what proves nothing, once an hour for each kind: all of it is in the log. */
export type ReportUnproven = (unproven: Unproven) => Promise<void>;

const unprovenTitles = {
  bucket: "A notification names a bucket that is not this system's",
  event: "The function was invoked with something that is none of its events",
  file: "A notification names a file that is none of the trail's",
  record: "A log file has records of another account",
  request: "A request to cloudtrailer proves nothing",
  topic: "A notification came from a topic that is not this system's",
} as const;

type Place = StackNames & Pick<Settings, "team" | "account">;

/** What the forms of most summaries are made from. */
interface SummaryParts {
  summary: SummaryJson["summary"];
  severity: Severity;
  /** The first line for people. */
  title: string;
  /** What the subject and the SMS say instead. */
  headline?: string;
  /** The lines below the first one. */
  lines: string[];
  outcome?: Outcome;
  reason?: string;
  /** What else programs get. */
  more?: Partial<SummaryJson>;
}

function summaryOf(parts: SummaryParts, { team, account, region }: Place): Summary {
  const { summary, severity, title, headline = title, lines, outcome = "alerted", reason = title } = parts;
  const level = severity.toUpperCase();
  return {
    subject: cutAscii(`[${level}] ${headline}`, 100),
    text: [severity === "info" ? title : `${level}: ${title}`, ...lines].join("\n"),
    sms: cutAscii(`${level}: ${headline}, account ${account}`, 140),
    json: { version: 1, summary, team, ...parts.more, severity, outcome, account, region, reason },
  };
}

/** The summary for a breaker that has opened: from now on its findings are only alerted. */
export function openedSummary({ detection, actor, max }: OpenBreaker, place: Place): Summary {
  const { team, account, region } = place;
  const whose = `${detection ?? "the account"}${actor === undefined ? "" : ` for ${clean(actor)}`}`;
  const only = detection === undefined ? "" : `--detection ${detection} `;
  const close = `npx cloudtrailer mode fix ${only}${optionsOf(place)} --why '…'`;
  const text =
    `The breaker of ${whose} is open: ${max} fixes were made within an hour. Until the oldest of them is an hour old, its ` +
    "findings are alerted and NOT FIXED. Many calls of one kind are either an attack, or automation that repeats what the " +
    `fixes revert. Read the latest alerts of ${whose}, stop their cause, and fix the rest by hand: each alert lists the ` +
    `calls. To close the breaker now: ${close}`;
  return {
    subject: cutAscii(`[CRITICAL] NOT FIXED from now on: breaker of ${whose} is open`, 100),
    text,
    sms: cutAscii(`CRITICAL: breaker of ${whose} is open, no more fixes for now, account ${account}`, 140),
    json: {
      version: 1,
      summary: "breaker",
      team,
      ...(detection === undefined ? {} : { detection }),
      ...(actor === undefined ? {} : { actor }),
      severity: "critical",
      outcome: "refused",
      account,
      region,
      reason: text,
    },
  };
}

/** The summary for many findings of one kind that were gathered instead of alerted one by one. */
export function floodSummary(flood: Flood, place: Place): Summary {
  const { team, account, region, table } = place;
  const { detection, actor, severity, findings, outcomes, from, to, examples } = flood;
  const by = clean(actor);
  const came = Object.entries(outcomes)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(", ");
  const list = `npx cloudtrailer report --since ${quoted(from)} --table ${quoted(table)} --region ${quoted(region)}`;
  const text = [
    `${severity.toUpperCase()}: ${findings} more findings of ${detection} by ${by}`,
    `They follow the first alerts of the last ten minutes, from ${clean(from, 40)} to ${clean(to, 40)}: ${came}.`,
    "",
    "Examples",
    ...examples.map(
      ({ id, title, resources }) => `  ${clean(title)} ${clean(resources.join(", "))} (${clean(id)})`,
    ),
    "",
    `The table has all of them: ${list}`,
  ].join("\n");
  return {
    subject: cutAscii(`[${severity.toUpperCase()}] ${findings} more findings of ${detection} by ${by}`, 100),
    text,
    sms: cutAscii(
      `${severity.toUpperCase()} ${findings} more of ${detection} by ${by}, account ${account}`,
      140,
    ),
    json: {
      version: 1,
      summary: "flood",
      team,
      detection,
      actor,
      severity,
      outcome: "alerted",
      account,
      region,
      reason: `${findings} more findings, gathered: ${came}`,
      flood: { ...flood, examples: examples.map((one) => ({ ...one, title: cut(one.title, 300) })) },
    },
  };
}

/** The summary for a detection that throws: what it would have found stays unseen. */
export function brokenSummary(
  { detection, problem }: { detection: string; problem: string },
  place: Place,
): Summary {
  const reason = clean(problem, 1_000);
  const lines = [
    `It threw an error, so whatever it would have found in such records stays unseen. All other detections still run.`,
    "",
    `  ${reason}`,
    "",
    "Next steps",
    "  1. Look at the record in the log file: is it what the detection looks for?",
    "  2. Fix the detection, or report the bug to the project with the message above.",
    "  3. Run `npx cloudtrailer replay` on the log file with the fixed detection.",
  ];
  return summaryOf(
    {
      summary: "broken-detection",
      severity: "high",
      title: `The detection ${detection} is broken`,
      lines,
      reason,
      more: { detection },
    },
    place,
  );
}

/** The summary for parts of this system that differ from what the last deployment left, or no longer do. */
export function differencesSummary(differences: Difference[], own: Place, member?: string): Summary {
  const place = { ...own, account: member ?? own.account };
  const all = differences.length === 0;
  const names = distinct(differences.map(({ part }) => part)).join(", ");
  const lines = [
    ...distinct(differences.map(({ part, means }) => `  ${clean(part)}: ${clean(means)}`)),
    "",
    "Differences from the last `pulumi up`",
    ...differences.map(
      ({ part, by, declared, found }) =>
        `  ${clean(part)} (${clean(by)}): ${clean(found)} instead of ${clean(declared)}`,
    ),
    "",
    "Next steps",
    ...distinct(differences.map(({ repair }) => `  1. Repair it: ${repair}`)),
    "     Remove by hand what was added (a subscription, a permission, a policy): Pulumi does not know about it.",
    "  2. Find out who changed it: CloudTrail's event history in the console shows the calls on these parts.",
    "  3. Run `npx cloudtrailer replay` on the log files since the change: they may not have been handled.",
  ];
  return summaryOf(
    {
      summary: "self-check",
      severity: all ? "info" : "critical",
      title: all
        ? `All parts of cloudtrailer${member === undefined ? "" : ` in account ${member}`} are as deployed again`
        : `cloudtrailer itself was changed: ${clean(names, 200)}`,
      lines: all ? [] : lines,
      more: { differences },
    },
    place,
  );
}

/** Names counted in the text of a period's summary, of each kind. */
const maxCounted = 20;

/** What came in an hour or a day, and need not wake anybody. Names from records are in its examples alone. */
export function periodSummary(period: PeriodSummary, place: Place, mayRepeat = false): Summary {
  const { every, below, since, until, findings, isPartial, leftOut, examples } = period;
  const from = momentOf(since);
  const span = `${from} to ${every === "hourly" ? momentOf(until).slice(11) : momentOf(until)} UTC`;
  const many = `${isPartial ? "more than " : ""}${findings} finding${findings === 1 ? "" : "s"}`;
  const title = `${many} below ${below}, ${span}`;
  const severity = severities.find((one) => (period.by.severity[one] ?? 0) > 0) ?? "info";
  const counted = (what: string, counts: Record<string, number>) => {
    const all = Object.entries(counts).sort(([, one], [, other]) => other - one);
    const shown = all
      .slice(0, maxCounted)
      .map(([name, count]) => `${count} ${clean(name || "not in the record", 100)}`);
    const more = all.length > maxCounted ? [`and ${all.length - maxCounted} more`] : [];
    return all.length === 0 ? [] : [`  ${what.padEnd(11)} ${[...shown, ...more].join(", ")}`];
  };
  const lines = [
    ...(mayRepeat ? [repetition] : []),
    ...(leftOut === undefined
      ? []
      : [
          `The function stood still: nothing is summarized of the time from ${momentOf(leftOut.since)} to ${momentOf(leftOut.until)} UTC.`,
          `  List it: ${listOf({ ...period, ...leftOut }, place)}`,
        ]),
    ...(isPartial ? ["There were too many to count all of them."] : []),
    "",
    ...periodKinds.flatMap((kind) => counted(kind, period.by[kind])),
    ...(examples.length === 0 ? [] : ["", "Examples"]),
    ...examples.map(
      (one) =>
        `  ${one.severity.toUpperCase()} ${clean(one.title, 200)}: ${clean(one.resources.join(", "), 200)} (${clean(one.outcome, 30)}, ${clean(one.account, 20)}, finding ${clean(one.id, 300)})`,
    ),
    "",
    `All of them: ${listOf(period, place)}`,
  ];
  return summaryOf(
    {
      summary: "period",
      severity,
      title,
      lines,
      more: {
        period: withShortExamples(period),
        list: listOf(period, place),
        ...(mayRepeat ? { mayRepeat: true } : {}),
      },
    },
    place,
  );
}

/** `2026-05-04 10:00` */
function momentOf(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}

/** The command that lists what a summary is about, as far as its options can say it. */
function listOf(
  { since, until, below, detections, accounts }: PeriodSummary,
  { table, region }: Place,
): string {
  const atMost = severities[severities.indexOf(below) + 1] ?? "info";
  const [detection, ...others] = detections;
  const [account, ...more] = accounts;
  // The end of the command's period is included.
  const last = new Date(Date.parse(until) - 1).toISOString();
  return [
    `npx cloudtrailer findings --since ${quoted(since)} --until ${quoted(last)} --at-most ${atMost}`,
    ...(detection === undefined || others.length > 0 || detection.includes("*")
      ? []
      : [`--detection ${quoted(detection)}`]),
    ...(account === undefined || more.length > 0 ? [] : [`--account ${quoted(account)}`]),
    `--table ${quoted(table)} --stack-region ${quoted(region)}`,
  ].join(" ");
}

function withShortExamples(period: PeriodSummary): PeriodSummary {
  return { ...period, examples: period.examples.map((one) => ({ ...one, title: cut(one.title, 300) })) };
}

/** At most so many are shown. */
const maxExpired = 20;

/** That nobody has said yes to fixes, and they are not made. */
export function expiredSummary(fixes: ExpiredFix[], place: Place): Summary {
  const title = `${fixes.length === 1 ? "A fix" : `${fixes.length} fixes`} nobody approved in time`;
  const shown = fixes.slice(0, maxExpired);
  const lines = [
    "What happened stays as it is until somebody changes it.",
    "",
    ...shown.flatMap(({ id, title: what, region, summary }) => [
      `  ${clean(what, 200)} (${clean(region, 30)}), finding ${clean(id, 300)}`,
      `    not done: ${clean(summary, 300)}`,
    ]),
    ...(fixes.length > shown.length ? [`  and ${fixes.length - shown.length} more`] : []),
    "",
    "Next steps",
    `  1. See what each would have done: npx cloudtrailer findings --outcome expired --table ${quoted(place.table)} --stack-region ${quoted(place.region)}`,
    "  2. Make the calls by hand, or make an exception for what is meant to be.",
  ];
  return summaryOf(
    {
      summary: "expired",
      severity: "high",
      title,
      headline: `NOT FIXED: ${title}`,
      lines,
      outcome: "expired",
      reason: title,
      more: { expired: shown },
    },
    place,
  );
}

/** That a person has asked something of the function, and what comes of it. */
export function requestSummary(request: AlertedRequest, place: Place): Summary {
  const { verb, by, why, severity, meaning, outcome = "alerted", detection, finding } = request;
  const title = clean(request.title);
  const name = by.slice(by.lastIndexOf(":") + 1);
  const lines = [
    clean(meaning, 1_000),
    "",
    `  ${"asked by".padEnd(10)} ${clean(by)}`,
    `  ${"reason".padEnd(10)} ${clean(why, 1_000)}`,
    "",
    "Next steps",
    "  1. Nobody of your team asked for this? Treat these credentials as stolen, and look at what else they did.",
    `  2. To let the configuration hold again: npx cloudtrailer mode fix ${optionsOf(place)} --why '…'`,
  ];
  const about = {
    ...(detection === undefined ? {} : { detection }),
    ...(finding === undefined ? {} : { finding }),
  };
  return summaryOf(
    {
      summary: "request",
      severity,
      title,
      headline: `${title} by ${clean(name)}`,
      lines,
      outcome,
      reason: `${request.title}: ${meaning}`,
      more: { verb, actor: by, why: cut(why, 1_000), ...about },
    },
    place,
  );
}

/** That something came to the function that proves nothing: it was left alone. */
export function unprovenSummary({ what, reason }: Unproven, place: Place): Summary {
  const title = unprovenTitles[what];
  const lines = [
    "It was left alone: nothing was read, fixed or changed for it. More of its kind within this hour is in the function's log only.",
    "",
    `  ${clean(reason, 1_000)}`,
    "",
    "Next steps",
    "  1. Find out who may invoke the function, write to the bucket or publish to the topic, and who of them did.",
    "  2. Was it a change of your own (another trail, bucket or trigger)? Name it in the stack's configuration, and run `pulumi up`.",
    "  3. Nobody of your team did it? Treat it as an attack on this system, and look at what else they did.",
  ];
  return summaryOf(
    {
      summary: "unproven",
      severity: "critical",
      title,
      lines,
      outcome: "unproven",
      reason: `${title}: ${clean(reason, 1_000)}`,
    },
    place,
  );
}

/** Exceptions that end soon: from then on, nothing is held back, and the next deployment is rejected. */
export function endingSummary(exceptions: Exception[], place: Place): Summary {
  const ids = distinct(exceptions.map(({ detection }) => detection)).join(", ");
  const lines = [
    "From then on, findings that it covers are alerted and fixed like any other, and `pulumi up` rejects the configuration.",
    "",
    ...exceptions.map(
      ({ detection, until, owner, reason }) =>
        `  ${clean(detection)} until ${clean(until, 40)}, by ${clean(owner)}: ${clean(reason)}`,
    ),
    "",
    "Next steps",
    "  1. Ask its owner whether the reason still applies.",
    "  2. Remove it from `exceptions`, or extend its `until`, and run `pulumi up`.",
  ];
  const ends = exceptions.length === 1 ? "An exception ends" : `${exceptions.length} exceptions end`;
  return summaryOf(
    {
      summary: "exceptions-ending",
      severity: "high",
      title: `${ends} within a week: ${clean(ids, 200)}`,
      lines,
      more: { exceptions },
    },
    place,
  );
}

/** An alert that reports nothing: somebody tries whether alerts arrive. A test goes to every subscriber. */
export function trialSummary(
  id: string,
  summary: "test" | "trial",
  { team, account, region }: Place,
): Summary {
  const title = `Alerts of team ${team} arrive (${id})`;
  const command = summary === "test" ? "alert --test" : "doctor";
  const text = `INFO: ${title}. Somebody ran \`npx cloudtrailer ${command}\`; nothing happened, and there is nothing to do.`;
  return {
    subject: cutAscii(`[INFO] ${title}`, 100),
    text,
    sms: cutAscii(`INFO: ${title}, account ${account}`, 140),
    json: {
      version: 1,
      summary,
      team,
      severity: "info",
      outcome: "alerted",
      account,
      region,
      reason: title,
    },
  };
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)];
}

/** Problems that a summary lists one by one. */
const maxDigestProblems = 20;

/** What was late, and is made good: no log file is in doubt. All else is critical. */
const lateOnly: DigestProblemKind[] = ["log-file-unnotified", "log-file-unprocessed"];

/** What is wrong with CloudTrail's digests and the log files that they list, or that nothing is any more. */
export function digestsSummary(
  problems: DigestProblem[],
  { trail, member }: { trail: string; member?: string | undefined },
  own: Place,
): Summary {
  const summary = "digests";
  const place = { ...own, account: member ?? own.account };
  const whose = member === undefined ? "" : ` of account ${member}`;
  if (problems.length === 0) {
    const title = `CloudTrail's digests${whose} are complete and in order again`;
    return summaryOf({ summary, severity: "info", title, lines: [], more: { digestProblems: [] } }, place);
  }
  const severity = problems.every(({ kind }) => lateOnly.includes(kind)) ? "high" : "critical";
  const regions = distinct(problems.map((one) => one.region)).join(", ");
  const title =
    severity === "high"
      ? `Log files${whose} were processed late, or not at all: ${clean(regions, 100)}`
      : `CloudTrail's log files${whose} cannot be trusted: ${clean(regions, 100)}`;
  const shown = problems.slice(0, maxDigestProblems);
  const others = problems.length - shown.length;
  const lines = [
    ...shown.flatMap(({ kind, region: where, key, text }) => [
      `  ${where} ${kind}: ${clean(text, 500)}`,
      ...(key === undefined ? [] : [`    ${clean(key, 300)}`]),
    ]),
    ...(others > 0 ? [`  and ${others} more`] : []),
    "",
    "Next steps",
    `  1. Verify everything again: npx cloudtrailer verify --since 24h${member === undefined ? "" : ` --account ${member}`} --trail ${quoted(trail)} --table ${quoted(place.table)} --region ${quoted(place.region)}`,
    "  2. Find out who touched the bucket, the trail and its topic: CloudTrail's event history in the console shows calls on them.",
    "  3. Restore what was deleted or changed from its earlier version (the bucket keeps versions), and hand it to",
    "     `npx cloudtrailer replay`: what is missing in a log file was seen by nobody.",
  ];
  const digestProblems = shown.map((one) => ({ ...one, text: cut(one.text, 500) }));
  return summaryOf({ summary, severity, title, lines, more: { digestProblems } }, place);
}

/** Findings that a summary lists one by one. */
const maxUnconfirmed = 20;

/** Findings that events brought, and that no log file has: the events were made up, or the log files are not whole. */
export function unconfirmedSummary(findings: UnconfirmedFinding[], place: Place): Summary {
  const { team, account, region, table } = place;
  const count = findings.length === 1 ? "An event" : `${findings.length} events`;
  const title = `${count} of EventBridge came in no log file`;
  const shown = findings.slice(0, maxUnconfirmed);
  const lines = shown.flatMap(({ id, title: what, region: where, outcome, hasRollback }) => [
    `  ${clean(id, 300)} (${clean(where, 30)}, ${clean(outcome, 30)}): ${clean(what, 200)}`,
    ...(hasRollback
      ? [
          `    npx cloudtrailer rollback ${quoted(id)} --table ${quoted(table)} --region ${quoted(region)} --why '…'`,
        ]
      : []),
  ]);
  const text = [
    `CRITICAL: ${title}, although two digests have come since`,
    "Either somebody made the event up, or CloudTrail's log files are not whole.",
    "",
    ...lines,
    ...(findings.length > shown.length ? [`  and ${findings.length - shown.length} more`] : []),
    "",
    "Next steps",
    "  1. Look for the calls in CloudTrail's event history, which keeps records of its own.",
    "  2. If they were made, find out who changed the trail, its bucket or its topic. If not, roll the fixes back, and find",
    "     out who changed the bus, the topic or the function of cloudtrailer.",
  ].join("\n");
  return {
    subject: cutAscii(`[CRITICAL] ${title}`, 100),
    text,
    sms: cutAscii(`CRITICAL: ${title}, account ${account}`, 140),
    json: {
      version: 1,
      summary: "unconfirmed",
      team,
      severity: "critical",
      outcome: "alerted",
      account,
      region,
      reason: title,
      unconfirmed: shown,
    },
  };
}
