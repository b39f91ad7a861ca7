import { nameOfPart } from "../handlers/chat-parts";
import { nameInArn } from "../handlers/cloudtrail/parameters";
import { type NameForms, nameFormsOf, watchSeparator } from "../handlers/part-names";
import {
  bucketArn,
  busArn,
  functionArn,
  logGroupArn,
  policyArn,
  queueArn,
  roleArn,
  ruleArn,
  ruleOnBusArn,
  sessionArn,
  stackArn,
  stateMachineArn,
  tableArn,
  topicArn,
  trailArn,
} from "../policies/arns";
import { type Place, widestPlace } from "../policies/document";
import { statesRoleOf } from "../policies/history";
import { logGroupOf, type Names } from "./names";
import type { Problem } from "./checks";

/** An EventBridge pattern: paths of an event, each with values one of which must match. */
export interface EventPattern {
  [field: string]: EventPattern | EventPattern[] | unknown[];
}

/** EventBridge's maximum, in characters. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
export const maxPattern = 2_048;

/** Own parts whose loss has the same consequence, and the rule that reports calls on them. */
export interface WatchedGroup {
  /** The end of the rule's name: at most 7 characters, since `-away` may follow. */
  id: string;
  /** What was done, as a sentence. */
  title: string;
  /** What follows from it. */
  means: string;
  /** ARNs of the parts. */
  parts(names: Names, place: Place): string[];
  /** Whether it is also watched in the region of IAM's events. */
  isGlobal?: true;
  /** Whether the function itself changes these parts, by fixes and by logging: its own session is excluded. */
  isChangedByFunction?: true;
  /** Events that change nothing about them: what they are there for. */
  uses?: string[];
  /** What a stack must have for it to be there; always if omitted. */
  onlyIf?: keyof StackHas;
  /** Whether it is also reported when the role gets into other hands. */
  isRole?: true;
  /** Its parts are all whose names begin like these ARNs, which end in `*`; the role's own sessions, whose work they are, are excluded. */
  isFamily?: true;
}

/** What not every stack has. */
export interface StackHas {
  /** Whether EventBridge sends records. */
  isFast: boolean;
  /** Whether fixes are delayed. */
  hasDelays: boolean;
  /** Whether there are hunts or queries in old log files. */
  hasPast: boolean;
  /** Whether findings go to rooms of Amazon Q. */
  hasChat: boolean;
}

/** The groups of a stack. */
export function groupsOf(has: StackHas): WatchedGroup[] {
  return watchedGroups.filter(({ onlyIf }) => onlyIf === undefined || has[onlyIf]);
}

const pastUnsure = "From now on hunts may miss findings or make them up, and others may read their results.";

/** What is watched, grouped by consequence. */
export const watchedGroups: WatchedGroup[] = [
  {
    id: "sight",
    title: "The source of its log files was changed: the trail, its bucket or its topic.",
    means: "From now on attacks may go unseen.",
    parts: (names, place) => [
      trailArn(place, names.trail),
      bucketArn(place, names.bucket),
      topicArn(place, names.logTopic),
    ],
    isChangedByFunction: true,
  },
  {
    id: "function",
    title: "Its function, its schedule or its log was changed.",
    means: "From now on nothing may be detected or fixed, or the function may run somebody else's code.",
    parts: (names, place) => [
      functionArn(place, names.function),
      logGroupArn(place, logGroupOf(names)),
      ruleArn(place, names.schedule),
    ],
    isChangedByFunction: true,
  },
  {
    id: "role",
    title: "Its role was changed, or somebody else uses it.",
    means:
      "From now on the function may be unable to do its work, or somebody else may have its permissions.",
    parts: (names, place) => [roleArn(place, names.role), roleArn(place, names.watch)],
    isGlobal: true,
    isRole: true,
  },
  {
    id: "alerts",
    title: "The recipients of its alerts were changed: a topic or a subscription.",
    means: "From now on alerts may reach nobody.",
    parts: (names, place) => [
      topicArn(place, names.alertTopic),
      topicArn(place, names.watch),
      topicArn(place, smsTopicOf(names.watch)),
    ],
  },
  {
    id: "memory",
    title: "Its table or its failure queue was changed.",
    means: "From now on findings may be forgotten or handled twice, and failed notifications lost.",
    parts: (names, place) => [tableArn(place, names.table), queueArn(place, names.failureQueue)],
  },
  {
    id: "people",
    title:
      "What passes its findings on was changed: the bus, or a rule, connection, API destination, role or queue behind it.",
    means: "From now on findings may not reach chat rooms, tickets and pagers, or may reach somebody else.",
    parts: (names, place) => [
      busArn(place, names.findingsBus),
      queueArn(place, names.findingsBus),
      roleArn(place, names.findingsBus),
    ],
    isGlobal: true,
    isChangedByFunction: true,
  },
  {
    id: "chat",
    onlyIf: "hasChat",
    title:
      "What posts its findings to a chat room was changed: a topic, a role, a policy or the stack behind it.",
    means:
      "From now on findings may not reach the room, or others may decide about fixes in the name of its people.",
    parts: (names, place) => {
      const all = nameOfPart(names.chat, "*");
      return [topicArn(place, all), roleArn(place, all), policyArn(place, all), stackArn(place, all)];
    },
    isGlobal: true,
    isFamily: true,
  },
  {
    id: "events",
    onlyIf: "isFast",
    title:
      "Its fast path was changed: a rule, the bus, the topic or the role that brings records within seconds.",
    means: "From now on fixes may come minutes later, when log files do.",
    parts: (names, place) => [
      busArn(place, names.events),
      topicArn(place, names.events),
      roleArn(place, names.events),
    ],
    isGlobal: true,
    isChangedByFunction: true,
  },
  {
    id: "history",
    title:
      "What searches its old log files was changed: the function or state machine of hunts, or the bucket for results.",
    means: pastUnsure,
    parts: (names, place) => [
      bucketArn(place, names.reports),
      functionArn(place, names.history),
      stateMachineArn(place, names.history),
    ],
    onlyIf: "hasPast",
    isChangedByFunction: true,
    uses: ["StartExecution", "StartSyncExecution"],
  },
  {
    // A group of their own: one pattern has no room for all of hunts.
    id: "hunters",
    title: "The roles or the log of hunts in its old log files were changed.",
    means: pastUnsure,
    parts: (names, place) => [
      roleArn(place, names.history),
      roleArn(place, statesRoleOf(names.history)),
      logGroupArn(place, `/aws/lambda/${names.history}`),
    ],
    onlyIf: "hasPast",
    isGlobal: true,
    isChangedByFunction: true,
  },
  {
    id: "delays",
    title: "The rule that triggers its delayed fixes was changed.",
    means: "From now on a fix that was announced may come an hour late, in the hourly run.",
    parts: (names, place) => [ruleArn(place, names.dueFixes)],
    onlyIf: "hasDelays",
    isChangedByFunction: true,
  },
  {
    id: "watch",
    title: "The rules or alarms that watch it were changed.",
    means: "From now on nobody may notice that the function has stopped.",
    parts: (names, place) => [busArn(place, names.watch)],
    isGlobal: true,
    isChangedByFunction: true,
  },
];

/** The topic for subscribers that cost money per message: only alarms publish to it. */
export function smsTopicOf(watch: string): string {
  return `${watch}-sms`;
}

/** The name of a rule: `cloudtrailer-watch-red.sight`. */
export function watchRuleOf(watch: string, { id }: Pick<WatchedGroup, "id">): string {
  return `${watch}${watchSeparator}${id}`;
}

/** The name of the rule that forwards a group's events from the region of IAM's events: `cloudtrailer-watch-red.role-away`. */
export function awayRuleOf(watch: string, group: Pick<WatchedGroup, "id">): string {
  return `${watchRuleOf(watch, group)}-away`;
}

/**
 * ARNs of every rule that publishes: those of the default bus, and those of the bus that events are forwarded to.
 *
 * @param groups those that the stack has
 */
export function publishingRules(watch: string, place: Place, groups = watchedGroups): string[] {
  return groups.flatMap((group) => {
    const name = watchRuleOf(watch, group);
    const own = ruleArn(place, name);
    return group.isGlobal ? [own, ruleOnBusArn(place, watch, name)] : [own];
  });
}

/** How a parameter can name a part. */
type Form = "name" | "arn" | "nameBegins" | "arnBegins" | "ends" | "contains";

/**
 * The parameters in which calls name a part, and how, by CloudTrail's name of the service. Any call that names a part matches,
 * including calls that AWS adds later.
 */
export const partParameters: Record<string, Record<string, Form[]>> = {
  cloudtrail: { name: ["name", "arn"], trailName: ["name", "arn"] },
  dynamodb: { tableName: ["name", "arn"], resourceArn: ["arn"] },
  events: {
    name: ["name", "nameBegins"],
    rule: ["name", "nameBegins"],
    eventBusName: ["name", "arn"],
  },
  iam: { roleName: ["name"], policyArn: ["arnBegins"] },
  lambda: { functionName: ["name", "nameBegins", "ends", "contains"], resourceArn: ["arn"] },
  logs: {
    logGroupName: ["name"],
    logGroupIdentifier: ["name", "arn"],
    resourceIdentifier: ["arn", "arnBegins"],
  },
  monitoring: {
    alarmName: ["nameBegins"],
    alarmNames: ["nameBegins"],
    "muteTargets.alarmNames": ["nameBegins"],
  },
  s3: { bucketName: ["name"] },
  sns: { topicArn: ["arn"], subscriptionArn: ["arnBegins"], resourceArn: ["arn"] },
  sqs: { queueUrl: ["ends"], sourceArn: ["arn"] },
  states: { stateMachineArn: ["arn"], resourceArn: ["arn"] },
};

/** Parameters that hand a role to other services. The function checks all others as well. */
const roleParameters = ["role", "roleArn", "roleARN", "executionRoleArn", "serviceRole", "taskRoleArn"];

const missing = { exists: false };

const isArn = (text: string) => text.startsWith("arn:");
const isName = (text: string) => !isArn(text);

/** What EventBridge compares, by form. */
const matchers: Record<Form, (forms: NameForms) => unknown[]> = {
  name: ({ exact, ignoresCase }) =>
    exact.filter(isName).map((name) => (ignoresCase ? { "equals-ignore-case": name } : name)),
  arn: ({ exact }) => exact.filter(isArn),
  nameBegins: ({ prefixes }) => prefixes.filter(isName).map((prefix) => ({ prefix })),
  arnBegins: ({ prefixes }) => prefixes.filter(isArn).map((prefix) => ({ prefix })),
  ends: ({ suffixes }) => suffixes.map((suffix) => ({ suffix })),
  contains: ({ infixes }) => infixes.map((infix) => ({ wildcard: `*${infix}*` })),
};

function nested(path: string, values: unknown[]): EventPattern {
  const [first = "", ...rest] = path.split(".");
  return { [first]: rest.length === 0 ? values : nested(rest.join("."), values) };
}

function anyOf(patterns: EventPattern[]): EventPattern {
  const [only] = patterns;
  return only !== undefined && patterns.length === 1 ? only : { $or: patterns };
}

/** Matches calls that name a part of a family. */
function callsOnFamily(arns: string[]): EventPattern[] {
  return arns.map((arn) => {
    const [, , service = ""] = arn.split(":");
    const begins = { arn: arn.slice(0, -1), name: nameInArn(arn).slice(0, -1) };
    const parameters = familyParameters.filter(({ of }) => arn.includes(of));
    return {
      eventSource: [`${service}.amazonaws.com`],
      requestParameters: anyOf(
        parameters.map(({ parameter, by }) => ({
          [parameter]: by.map((one) => ({
            // As IAM does.
            prefix: parameter === "roleName" ? { "equals-ignore-case": begins[one] } : begins[one],
          })),
        })),
      ),
    };
  });
}

/** How calls name the parts of a family. */
const familyParameters: { of: string; parameter: string; by: ("arn" | "name")[] }[] = [
  { of: ":sns:", parameter: "topicArn", by: ["arn"] },
  { of: ":sns:", parameter: "subscriptionArn", by: ["arn"] },
  { of: ":sns:", parameter: "resourceArn", by: ["arn"] },
  { of: ":role/", parameter: "roleName", by: ["name"] },
  { of: ":policy/", parameter: "policyArn", by: ["arn"] },
  { of: ":stack/", parameter: "stackName", by: ["name", "arn"] },
];

/** Matches calls of a service that name a part. */
function callsOn(service: string, forms: NameForms): EventPattern {
  const parameters = Object.entries(partParameters[service] ?? {})
    .map(([parameter, kinds]) => ({ parameter, values: kinds.flatMap((kind) => matchers[kind](forms)) }))
    .filter(({ values }) => values.length > 0)
    .map(({ parameter, values }) => nested(parameter, values));
  return { eventSource: [`${service}.amazonaws.com`], requestParameters: anyOf(parameters) };
}

/** Matches sessions of the role that its service did not start, and calls that hand it to anything but the function. */
function roleInOtherHands(names: Names, place: Place): EventPattern[] {
  const role = roleArn(place, names.role);
  const others = { "anything-but": [names.function, functionArn(place, names.function)] };
  return [
    {
      eventSource: ["sts.amazonaws.com"],
      requestParameters: { roleArn: [role] },
      userIdentity: { invokedBy: [{ "anything-but": "lambda.amazonaws.com" }, missing] },
    },
    {
      readOnly: [false],
      requestParameters: {
        functionName: [others, missing],
        ...anyOf(roleParameters.map((parameter) => ({ [parameter]: [role] }))),
      },
    },
  ];
}

/**
 * The pattern of a group's rule: successful calls that change something and name one of its parts, by anybody, except the
 * function's own session where it could be a fix. Patterns and the function recognize parts by the same forms.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function patternOf(group: WatchedGroup, names: Names, place: Place): EventPattern {
  const session = `arn:${place.partition}:sts::${place.account}:assumed-role/${names.role}/${names.function}`;
  const arns = group.parts(names, place);
  const trail = arns.find((arn) => arn.includes(":cloudtrail:"));
  const calls = group.isFamily
    ? callsOnFamily(arns)
    : Object.entries(nameFormsOf(arns, trail)).map(([service, forms]) => callsOn(service, forms));
  const changes = { readOnly: [false] };
  const branches = group.isRole
    ? [...calls.map((call) => ({ ...changes, ...call })), ...roleInOtherHands(names, place)]
    : calls;
  return {
    // PutEvents rejects AWS's own sources: nobody can forge these.
    source: [{ prefix: "aws." }],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      // With data events in the trail, there would be one for each object and item.
      managementEvent: [true],
      errorCode: [missing],
      ...(group.uses === undefined ? {} : { eventName: [{ "anything-but": group.uses }] }),
      ...(group.isRole ? {} : changes),
      ...(group.isChangedByFunction ? { userIdentity: { arn: [{ "anything-but": session }, missing] } } : {}),
      ...(group.isFamily ? { userIdentity: { arn: notOfFamily(arns, place) } } : {}),
      ...anyOf(branches),
    },
  };
}

/** Callers that are no session of a role of the family. */
function notOfFamily(arns: string[], place: Place): unknown[] {
  const roles = arns.filter((arn) => arn.includes(":role/")).map(nameInArn);
  const prefix = roles.map((name) => sessionArn(place, name.slice(0, -1)).slice(0, -2));
  return [{ "anything-but": { prefix } }, missing];
}

/** Names that make a pattern longer than EventBridge allows, wherever the stack is. */
export function tooLongPatterns(names: Names): Problem[] {
  return watchedGroups.flatMap((group) => {
    const { length } = JSON.stringify(patternOf(group, names, widestPlace));
    if (length <= maxPattern) return [];
    return [
      {
        key: "names",
        expected: `names with which the pattern of the rule ${watchRuleOf(names.watch, group)} has at most ${maxPattern} characters, or \`watch: false\``,
        found: `${length} characters`,
      },
    ];
  });
}

/** What EventBridge passes to a rule's target of an event, and as what text. */
export interface InputTransformer {
  inputPaths: Record<string, string>;
  inputTemplate: string;
}

/**
 * The text of a group's events for people. It contains nothing that a caller can choose freely: only what names the part, and
 * what AWS itself writes.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function transformerOf(
  group: WatchedGroup,
  names: Names,
  place: Place,
  team: string,
): InputTransformer {
  const arns = group.parts(names, place);
  const services = Object.keys(
    nameFormsOf(
      arns,
      arns.find((arn) => arn.includes(":cloudtrail:")),
    ),
  );
  const named = group.isFamily
    ? familyParameters.map(({ parameter }) => parameter)
    : services.flatMap((service) => Object.keys(partParameters[service] ?? {}));
  const parameters = [...new Set([...named, ...(group.isRole ? roleParameters : [])])];
  const part = (parameter: string) => `part-${parameter.replaceAll(".", "-")}`;
  const lines = [
    `CRITICAL: cloudtrailer of team ${team}: ${group.title} ${group.means}`,
    `WHAT: <event> of <source> on ${parameters.map((parameter) => `<${part(parameter)}>`).join("")}`,
    "WHO: <type> <who><service> from <address>",
    "WHEN: <time> in <region>, account <account>, event <id>",
    "DO: Nothing if this is your own pulumi up. Otherwise run pulumi up --refresh for the stack, treat the caller's credentials as stolen, and replay the log files since then (docs/watch.md).",
  ];
  return {
    inputPaths: {
      account: "$.account",
      address: "$.detail.sourceIPAddress",
      event: "$.detail.eventName",
      id: "$.detail.eventID",
      region: "$.detail.awsRegion",
      service: "$.detail.userIdentity.invokedBy",
      source: "$.detail.eventSource",
      time: "$.detail.eventTime",
      type: "$.detail.userIdentity.type",
      who: "$.detail.userIdentity.arn",
      ...Object.fromEntries(
        parameters.map((parameter) => [part(parameter), `$.detail.requestParameters.${parameter}`]),
      ),
    },
    // Each line is a separate text.
    inputTemplate: lines.map((line) => JSON.stringify(line)).join("\n"),
  };
}
