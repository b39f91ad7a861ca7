import { createHash } from "node:crypto";
import { fieldsOf, textOf } from "../handlers/json";
import type { PeriodSettings, Severity } from "../handlers/settings";
import { type Channel, channelKinds, checkChannel, everies, type Every, isChannelKind } from "./channels";
import { type ChatRoom, isChat } from "./chat-rooms";
import { type Check, form, oneOf, optional, type Problem, record, shown, text } from "./checks";

/** Most severe first, as in filter policies and the configuration. */
export const severities: readonly Severity[] = ["critical", "high", "medium", "low", "info"];

/** What an endpoint must look like, by protocol. Source: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const endpointOf: Record<string, { expected: string; pattern: RegExp }> = {
  email: { expected: "an e-mail address", pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/ },
  "email-json": { expected: "an e-mail address", pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/ },
  sms: { expected: "a telephone number like +15550100123", pattern: /^\+[1-9]\d{6,14}$/ },
  // Not http, because an alert names what is open.
  https: { expected: "an https:// address", pattern: /^https:\/\/[^\s/]+\S*$/ },
  sqs: { expected: "the ARN of a queue", pattern: /^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]+(?:\.fifo)?$/ },
  lambda: {
    expected: "the ARN of a function",
    pattern: /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/,
  },
};

/** Protocols of SNS. */
const topicProtocols = Object.keys(endpointOf);

/** Protocols of subscribers: those of SNS, and those behind the findings bus. */
export const protocols = [...topicProtocols, ...channelKinds];

/** Web services that do not confirm a subscription of SNS, by host, and what to use instead. */
const unconfirming: [host: RegExp, instead: string][] = [
  [/(?:^|\.)slack\.com$/, "protocol slack, with a bot's token"],
  [/(?:^|\.)(?:webhook\.office\.com|logic\.azure\.com|powerplatform\.com)$/, "protocol teams"],
  [/(?:^|\.)atlassian\.net$/, "protocol jira"],
  [/(?:^|\.)pagerduty\.com$/, "protocol pagerduty"],
  [
    /^(?:discord\.com|discordapp\.com|chat\.googleapis\.com)$/,
    "protocol webhook with a service that translates",
  ],
];

/** A person or program that gets alerts. */
export interface Subscriber {
  /** Unique in the stack; Pulumi's name of the subscription. */
  name: string;
  protocol: string;
  /** Kept as a secret: it may be a webhook's URL that contains a key. */
  endpoint: string;
  minimumSeverity: Severity;
  /** How often it gets a summary of what is less severe; undefined: never. */
  summary?: Every | undefined;
}

/** A subscriber of the alert topic as the configuration has it. */
export interface SubscriberArgs {
  protocol: string;
  endpoint: string;
  /** `info` by default. */
  minimumSeverity?: Severity;
  /** One summary per hour or day of what is less severe. */
  summary?: Every;
  /** Keeps the subscription when the list is reordered. */
  name?: string;
}

/** Whether it is a subscriber of the alert topic. */
export function isSubscriber(one: AnySubscriber): one is Subscriber {
  return !isChannel(one);
}

/** Whoever gets alerts, on whatever way. */
export type AnySubscriber = Subscriber | Channel | ChatRoom;

/** Whether it is behind the findings bus. */
export function isChannel(one: AnySubscriber): one is Channel | ChatRoom {
  return isChannelKind(one.protocol);
}

/** Whether it is behind the findings bus, and gets requests. */
export function getsRequests(one: AnySubscriber): one is Channel {
  return isChannel(one) && !isChat(one);
}

const checkFields = record({
  protocol: oneOf(protocols),
  endpoint: text("the subscriber's address", (endpoint) => endpoint !== ""),
  minimumSeverity: optional(oneOf(severities)),
  summary: optional(oneOf(everies)),
  name: optional(form("a name of 1 to 40 lower-case letters, digits, hyphens", /^[a-z0-9][a-z0-9-]{0,39}$/)),
});

/** A list of subscribers. One without a name is named after its protocol and its position among those: `email-1`. */
export const checkSubscribers: Check<AnySubscriber[]> = (value, at, report) => {
  if (!Array.isArray(value)) {
    report({ key: at, expected: "a list", found: shown(value) });
    return undefined;
  }
  const unnamed: Record<string, number> = {};
  const subscribers: AnySubscriber[] = [];
  const nameFor = (protocol: string) => {
    unnamed[protocol] = (unnamed[protocol] ?? 0) + 1;
    return `${protocol}-${unnamed[protocol]}`;
  };
  value.forEach((one: unknown, index) => {
    const here = `${at}[${index}]`;
    const { protocol: kind } = fieldsOf(one);
    if (isChannelKind(kind)) {
      const channel = checkChannel(kind, one, here, report, () => nameFor(kind));
      if (channel !== undefined) subscribers.push(channel);
      return;
    }
    const fields = checkFields(one, here, report);
    if (fields === undefined) return;
    const { protocol, endpoint, minimumSeverity = "info" } = fields;
    const wanted = endpointOf[protocol];
    if (wanted !== undefined && !wanted.pattern.test(endpoint))
      // An address is personal and may contain a key, so the error does not repeat it.
      report({
        key: `${here}.endpoint`,
        expected: `${wanted.expected} for ${protocol}`,
        found: "something else",
      });
    else if (protocol === "https") reportUnconfirming(endpoint, here, report);
    const name = fields.name ?? nameFor(protocol);
    const { summary } = fields;
    subscribers.push({
      name,
      protocol,
      endpoint,
      minimumSeverity,
      ...(summary === undefined ? {} : { summary }),
    });
  });
  reportRepeated(subscribers, at, report);
  reportSummaries(value, at, report);
  return subscribers;
};

/** SNS delivers to an address only after it has confirmed the subscription, which chat webhooks never do. */
function reportUnconfirming(endpoint: string, at: string, report: (problem: Problem) => void): void {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : "";
  const [, instead] = unconfirming.find(([pattern]) => pattern.test(host)) ?? [];
  if (instead === undefined) return;
  report({
    key: `${at}.endpoint`,
    expected: `an endpoint that confirms a subscription of SNS; use ${instead}`,
    found: `one of ${host}, which does not`,
  });
}

/** Why a subscriber of some protocols gets no summaries. */
const withoutSummaries: Record<string, string> = {
  sms: "no summary for sms, which has room for one sentence",
  pagerduty: "no summary for pagerduty, which wakes somebody for each",
};

/** A summary is about what is below `minimumSeverity`. */
function reportSummaries(given: unknown[], at: string, report: (problem: Problem) => void): void {
  given.forEach((one, index) => {
    const { protocol, summary, minimumSeverity = "info" } = fieldsOf(one);
    if (summary === undefined) return;
    const why = withoutSummaries[textOf(protocol) ?? ""];
    if (why !== undefined) report({ key: `${at}[${index}].summary`, expected: why, found: shown(summary) });
    else if (minimumSeverity === "info")
      report({
        key: `${at}[${index}].minimumSeverity`,
        expected: "a severity above info with `summary`, which is about what is less severe",
        found: "info, of which nothing is left to summarize",
      });
  });
}

/** The summary that a subscriber asks for. Those who ask for the same get the same. */
export function periodOf(one: AnySubscriber): PeriodSettings | undefined {
  const { summary: every, minimumSeverity: below } = one;
  if (every === undefined) return undefined;
  const { detections, accounts } = isChannel(one) ? one : { detections: [], accounts: [] };
  const what = JSON.stringify([[...detections].sort(), [...accounts].sort()]);
  const isAll = detections.length + accounts.length === 0;
  const of = isAll ? "" : `-${createHash("sha256").update(what).digest("hex").slice(0, 8)}`;
  return { key: `${every}-below-${below}${of}`, every, below, detections, accounts };
}

/** The summaries that subscribers ask for, each once. */
export function periodsOf(subscribers: AnySubscriber[]): PeriodSettings[] {
  const all = subscribers.flatMap((one) => periodOf(one) ?? []);
  return [...new Map(all.map((period) => [period.key, period])).values()];
}

/** SNS keeps one subscription per protocol and endpoint, so a second one would silently be the first. */
function reportRepeated(subscribers: AnySubscriber[], at: string, report: (problem: Problem) => void): void {
  subscribers.forEach((one, index) => {
    const before = subscribers.slice(0, index);
    if (before.some((other) => other.name === one.name))
      report({
        key: `${at}[${index}].name`,
        expected: "a unique name",
        found: `${shown(one.name)} again`,
      });
    if (isChannel(one)) return;
    if (
      before.some(
        (other) => isSubscriber(other) && other.protocol === one.protocol && other.endpoint === one.endpoint,
      )
    )
      report({
        key: `${at}[${index}].endpoint`,
        expected: "each endpoint once",
        found: "the same endpoint again",
      });
  });
}

/**
 * The filter policy, on the message attribute `severity`, that lets through alerts of at least the subscriber's severity, and
 * by `summary` the one that it asks for; undefined if everything passes.
 *
 * Sources: https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html,
 * https://docs.aws.amazon.com/sns/latest/dg/and-or-logic.html
 *
 * @param hasSummaries whether any subscriber asks for summaries: they have no severity, and are not for everybody
 */
export function filterPolicyOf(subscriber: Subscriber, hasSummaries: boolean): object | undefined {
  const { minimumSeverity } = subscriber;
  const bySeverity = { severity: severities.slice(0, severities.indexOf(minimumSeverity) + 1) };
  const period = periodOf(subscriber);
  if (period !== undefined) return { $or: [bySeverity, { summary: [period.key] }] };
  return minimumSeverity === "info" && !hasSummaries ? undefined : bySeverity;
}

/** Whether messages to a subscriber count against SNS's spending limit, which the whole account shares. */
export function isPaidByMessage({ protocol }: Pick<Subscriber, "protocol">): boolean {
  return protocol === "sms";
}
