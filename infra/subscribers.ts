import type { Severity } from "../handlers/settings";
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

/** Protocols of subscribers. */
export const protocols = Object.keys(endpointOf);

/** A person or program that gets alerts. */
export interface Subscriber {
  /** Unique in the stack; Pulumi's name of the subscription. */
  name: string;
  protocol: string;
  /** Kept as a secret: it may be a webhook's URL that contains a key. */
  endpoint: string;
  minimumSeverity: Severity;
}

const checkFields = record({
  protocol: oneOf(protocols),
  endpoint: text("the subscriber's address", (endpoint) => endpoint !== ""),
  minimumSeverity: optional(oneOf(severities)),
  name: optional(form("a name of 1 to 40 lower-case letters, digits, hyphens", /^[a-z0-9][a-z0-9-]{0,39}$/)),
});

/** A list of subscribers. One without a name is named after its protocol and its position among those: `email-1`. */
export const checkSubscribers: Check<Subscriber[]> = (value, at, report) => {
  if (!Array.isArray(value)) {
    report({ key: at, expected: "a list", found: shown(value) });
    return undefined;
  }
  const unnamed: Record<string, number> = {};
  const subscribers: Subscriber[] = [];
  value.forEach((one: unknown, index) => {
    const here = `${at}[${index}]`;
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
    unnamed[protocol] = (unnamed[protocol] ?? 0) + (fields.name === undefined ? 1 : 0);
    const name = fields.name ?? `${protocol}-${unnamed[protocol]}`;
    subscribers.push({ name, protocol, endpoint, minimumSeverity });
  });
  reportRepeated(subscribers, at, report);
  return subscribers;
};

/** SNS keeps one subscription per protocol and endpoint, so a second one would silently be the first. */
function reportRepeated(subscribers: Subscriber[], at: string, report: (problem: Problem) => void): void {
  subscribers.forEach((one, index) => {
    const before = subscribers.slice(0, index);
    if (before.some((other) => other.name === one.name))
      report({
        key: `${at}[${index}].name`,
        expected: "a unique name",
        found: `${shown(one.name)} again`,
      });
    if (before.some((other) => other.protocol === one.protocol && other.endpoint === one.endpoint))
      report({
        key: `${at}[${index}].endpoint`,
        expected: "each endpoint once",
        found: "the same endpoint again",
      });
  });
}

/**
 * The filter policy, on the message attribute `severity`, that lets through alerts of at least this severity; undefined if
 * everything passes.
 *
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
export function filterPolicyOf(minimum: Severity): { severity: Severity[] } | undefined {
  if (minimum === "info") return undefined;
  return { severity: severities.slice(0, severities.indexOf(minimum) + 1) };
}

/** Whether messages to a subscriber count against SNS's spending limit, which the whole account shares. */
export function isPaidByMessage({ protocol }: Subscriber): boolean {
  return protocol === "sms";
}
