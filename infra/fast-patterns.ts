import { nameOfPart } from "../handlers/chat-parts";
import { recordDetailType } from "../handlers/cloudtrail/event";
import type { Detection } from "../handlers/detections/detection";
import { ownAnswerForged } from "../handlers/detections/own/own-answer-forged";
import type { Hint } from "../handlers/detections/hint";
import { hasWhatItNeeds } from "../handlers/detections/wanted";
import { answerEventNames } from "../handlers/findings/chat-answer";
import { makesFixes, modeOf } from "../handlers/mode";
import { watchSeparator } from "../handlers/part-names";
import { defaultSettings, type Settings, severities } from "../handlers/settings";
import { isChat } from "./chat-rooms";
import type { Config } from "./config-keys";
import { type EventPattern, maxPattern } from "./watch-rules";

/** A rule that sends records to the function within seconds. Each region has the same. */
export interface FastRule {
  /** The end of the rule's name. */
  id: string;
  /** What it sends, for people. */
  description: string;
  pattern: EventPattern;
  state: "ENABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
}

/** What EventBridge sends for a configuration's detections, and what log files alone bring. */
export interface FastRules {
  rules: FastRule[];
  /** IDs of the detections that see nothing, or not everything, within seconds. */
  byLogFilesAlone: string[];
}

/** Rules for changes, by the names of calls; with those for marks and for what is forged, at most eight a region. */
export const maxChangeRules = 6;

/** Events of data, not of management: there may be millions, and few trails record them. */
const dataEvents = [
  "bedrock:InvokeAgent",
  "bedrock:InvokeInlineAgent",
  "dynamodb:BatchGetItem",
  "dynamodb:ExecuteStatement",
  "dynamodb:Scan",
  "ebs:GetSnapshotBlock",
  "ebs:ListChangedBlocks",
  "ebs:ListSnapshotBlocks",
  "lambda:Invoke",
  "lambda:InvokeAsync",
  "lambda:InvokeWithResponseStream",
  "s3:CopyObject",
  "s3:CreateMultipartUpload",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:DeleteObjects",
  "s3:GetObject",
  "s3:PutObject",
  "s3:SelectObjectContent",
  "sns:Publish",
];

/** Calls that healthy accounts make all the time: they are sent only with a mark that a pattern can compare. */
const frequent = [
  "bedrock:Converse",
  "bedrock:ConverseStream",
  "bedrock:InvokeModel",
  "bedrock:InvokeModelWithBidirectionalStream",
  "bedrock:InvokeModelWithResponseStream",
  "kms:Decrypt",
  "kms:GenerateDataKey",
  "kms:ReEncrypt",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "sso-oauth:CreateToken",
  "sso:CreateToken",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
];

/** Services that append the date of their API to the names of calls. */
const datedServices = ["lambda", "cloudfront"];

/** Ranks of reads that are worth a pattern: what would be fixed, critical and high. */
const maxRankOfReads = 2;

/** Of all records of CloudTrail's, and only of AWS's: PutEvents refuses a source that begins with `aws.`. */
const ofCloudTrail: EventPattern = {
  source: [{ prefix: "aws." }],
  "detail-type": [{ suffix: recordDetailType }],
};

/** Everything that the rules have sent to the bus at home. */
export const busPattern: EventPattern = ofCloudTrail;

/** What looks like a record but is not AWS's: it is sent so that one critical finding says so. */
export const forgedPattern: EventPattern = {
  source: [{ "anything-but": { prefix: "aws." } }],
  "detail-type": [{ suffix: recordDetailType }],
};

/** What the patterns are generated from. */
export interface FastConfig extends Pick<Settings, "mode" | "detections"> {
  context: Settings["context"];
  /** With what the names of the topics begin on which buttons answer; undefined without buttons. */
  answersOn?: string | undefined;
}

/** An event, and its worth: a lower rank comes first. */
interface Named {
  event: string;
  rank: number;
}

/**
 * Names of reads, which only rules in a state of their own get.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
function isRead(event: string): boolean {
  return /:(?:Describe|Get|List)/.test(event) && !/^sts:Get(?:Federation|Session)Token$/.test(event);
}

/**
 * A hint as patterns: `"Root"` is a type of identity, any other text of an identity a part of its ARN. Undefined if EventBridge
 * cannot compare it.
 */
function markOf(hint: Hint): EventPattern[] | undefined {
  const { field, texts } = hint;
  if (("and" in hint && hint.and !== undefined) || texts.length === 0) return undefined;
  const wildcards = (parts: string[]) => parts.map((text) => ({ wildcard: `*${text}*` }));
  if (field === "userAgent" || field === "errorCode") return [{ [field]: wildcards(texts) }];
  if (field !== "userIdentity") return undefined;
  const types = texts.flatMap((text) => /^"(\w+)"$/.exec(text)?.[1] ?? []);
  const arns = texts.filter((text) => !/^"\w+"$/.test(text));
  return [
    ...(types.length === 0 ? [] : [{ userIdentity: { type: types } }]),
    ...(arns.length === 0 ? [] : [{ userIdentity: { arn: wildcards(arns) } }]),
  ];
}

/** First what would be fixed, then by severity, and among equals what could be fixed. */
function rankOf(detection: Detection, config: FastConfig, fixable: ReadonlySet<string>): number {
  const severity = config.detections[detection.id]?.severity ?? detection.severity;
  const isFixed = makesFixes(modeOf(detection, config)) && fixable.has(detection.id);
  if (isFixed) return 0;
  return 1 + severities.indexOf(severity) - (fixable.has(detection.id) ? 0.5 : 0);
}

/** What compares the names of events. */
function namesOf(events: string[]): unknown[] {
  const matchers = new Map<string, NameMatcher>();
  for (const event of events) matchers.set(...matcherOf(matchers, event));
  return [...matchers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, matcher]) => matcher);
}

/** What a pattern has for the name of a call. */
type NameMatcher = string | { prefix: string };

/** The matcher of an event's name, beside those that there are. */
function matcherOf(matchers: ReadonlyMap<string, NameMatcher>, event: string): [string, NameMatcher] {
  const [service = "", name = ""] = event.split(":");
  return [name, datedServices.includes(service) ? { prefix: name } : (matchers.get(name) ?? name)];
}

/** By how many characters the JSON of the matchers grows with an event, each with its comma. */
function growthOf(matchers: ReadonlyMap<string, NameMatcher>, event: string): number {
  const [name, after] = matcherOf(matchers, event);
  const before = matchers.get(name);
  return JSON.stringify(after).length + 1 - (before === undefined ? 0 : JSON.stringify(before).length + 1);
}

function sizeOf(detail: EventPattern): number {
  return JSON.stringify({ ...ofCloudTrail, detail }).length;
}

function patternOf(detail: EventPattern): EventPattern {
  return { ...ofCloudTrail, detail };
}

/** A pattern while it is filled with names. */
interface Bin {
  events: string[];
  matchers: Map<string, NameMatcher>;
  /** Characters of the pattern. */
  size: number;
}

/** Fills patterns with names, the first ranks first. @returns the events in each, and those that found no room */
function packed(named: Named[], most: number): { bins: string[][]; left: string[] } {
  const bins: Bin[] = [];
  const left: string[] = [];
  // There is a comma for each name but the first.
  const sizeOfEmpty = sizeOf({ eventName: [] }) - 1;
  const inOrder = [...named].sort((a, b) => a.rank - b.rank || (a.event < b.event ? -1 : 1));
  for (const { event } of inOrder) {
    let bin = bins.find(({ matchers, size }) => size + growthOf(matchers, event) <= maxPattern);
    if (bin === undefined && bins.length < most) {
      bin = { events: [], matchers: new Map(), size: sizeOfEmpty };
      bins.push(bin);
    }
    if (bin === undefined) {
      left.push(event);
      continue;
    }
    bin.events.push(event);
    bin.size += growthOf(bin.matchers, event);
    bin.matchers.set(...matcherOf(bin.matchers, event));
  }
  return { bins: bins.map(({ events }) => events), left };
}

/** Adds branches while there is room for them, the first ranks first. @returns the branches, and the events that they cover */
function marked(candidates: Marked[]) {
  const branches: EventPattern[] = [];
  const covered: string[] = [];
  for (const one of [...candidates].sort((a, b) => a.rank - b.rank)) {
    const more = [...branches, ...one.branches];
    if (sizeOf({ $or: [...more, {}] }) > maxPattern) continue;
    branches.push(...one.branches);
    covered.push(...one.events);
  }
  return { branches, covered };
}

/** A detection that is on. */
interface Enabled {
  detection: Detection;
  rank: number;
}

/** Branches of a pattern, and the events of a detection that they send. */
interface Marked {
  branches: EventPattern[];
  events: string[];
  rank: number;
}

/** What the rules of a region may send. */
interface Candidates {
  /** Changes by name, with their best rank. */
  changes: Map<string, number>;
  marks: Marked[];
  reads: Set<string>;
}

/** The event of a detection that sees no others. */
const answerEvents = ownAnswerForged.events.map((event) => keyOf(ownAnswerForged, event));

/** Answers that the buttons of chat rooms give, and what looks like them. @param base with which the names of topics begin */
function answersOn(base: string): Marked {
  const topics = [{ wildcard: `*:${nameOfPart(base, "*")}` }];
  return {
    branches: [{ eventName: answerEventNames, requestParameters: { resourceArn: topics } }],
    events: answerEvents,
    rank: -1,
  };
}

/** An event of one detection: another may have it without a mark. */
function keyOf({ id }: Detection, event: string): string {
  return `${id} ${event}`;
}

function noteMark({ detection, rank }: Enabled, { marks }: Candidates): void {
  const { hint, events } = detection;
  const mark = hint === undefined ? undefined : markOf(hint);
  const own = events.filter((event) => !dataEvents.includes(event));
  if (mark === undefined || own.length === 0) return;
  const branches = events.includes("*") ? mark : mark.map((one) => ({ eventName: namesOf(own), ...one }));
  marks.push({ branches, events: own.map((event) => keyOf(detection, event)), rank });
}

function noteNames({ detection: { hint, events }, rank }: Enabled, { changes, reads }: Candidates): void {
  // What is told apart only by its caller, or by the stack's own names, would send daily work.
  if (hint?.field === "userIdentity" || hint?.texts.length === 0) return;
  for (const event of events) {
    if (event === "*" || dataEvents.includes(event) || frequent.includes(event)) continue;
    if (!isRead(event)) changes.set(event, Math.min(rank, changes.get(event) ?? rank));
    else if (rank <= maxRankOfReads) reads.add(event);
  }
}

function candidatesOf(enabled: Enabled[]): Candidates {
  const candidates: Candidates = { changes: new Map(), marks: [], reads: new Set() };
  for (const one of enabled) {
    noteMark(one, candidates);
    noteNames(one, candidates);
  }
  return candidates;
}

/**
 * The rules of a region. Calls come by their names, as many as patterns have room for, those that would be fixed first; calls
 * that are frequent, and every call, only with a mark.
 */
export function fastRulesOf(catalogue: Detection[], fixable: string[], config: FastConfig): FastRules {
  const known = new Set(fixable);
  const enabled = catalogue
    .filter((detection) => modeOf(detection, config) !== "off" && hasWhatItNeeds(detection, config.context))
    .map((detection) => ({ detection, rank: rankOf(detection, config, known) }));
  const candidates = candidatesOf(enabled);
  const changes = packed(
    [...candidates.changes].map(([event, rank]) => ({ event, rank })),
    maxChangeRules,
  );
  const reads = [...candidates.reads];
  const ofReads = reads.length === 0 ? [] : [{ eventName: namesOf(reads) }];
  const { branches, covered } = marked([
    ...(config.answersOn === undefined ? [] : [answersOn(config.answersOn)]),
    { branches: ofReads, events: reads, rank: 0 },
    ...candidates.marks,
  ]);
  const sent = new Set([...changes.bins.flat(), ...covered]);
  const isSent = (detection: Detection) =>
    detection.events.every((event) => sent.has(event) || sent.has(keyOf(detection, event)));
  return {
    rules: [
      ...changes.bins.map(
        (events, index): FastRule => ({
          id: `changes-${index + 1}`,
          description: "Sends cloudtrailer records of changes within seconds",
          pattern: patternOf({ eventName: namesOf(events) }),
          state: "ENABLED",
        }),
      ),
      ...(branches.length === 0 ? [] : [marksRule(branches)]),
      {
        id: "forged",
        description: "Sends cloudtrailer what looks like a record but is not AWS's",
        pattern: forgedPattern,
        state: "ENABLED",
      },
    ],
    byLogFilesAlone: enabled
      .map(({ detection }) => detection)
      .filter((one) => !isSent(one))
      .map(({ id }) => id),
  };
}

/** The rules of a stack. */
export function fastRules(
  config: Config,
  catalogue: { detections: Detection[]; remediations: { id: string }[] },
): FastRules {
  const { mode, allowedRegions, protectedRouteTables } = config;
  const context = { ...defaultSettings.context, allowedRegions, protectedRouteTables };
  const hasButtons = config.subscribers.some((one) => isChat(one) && one.buttons);
  return fastRulesOf(
    catalogue.detections,
    catalogue.remediations.map(({ id }) => id),
    { mode, detections: config.detections, context, answersOn: hasButtons ? config.names.chat : undefined },
  );
}

function marksRule(branches: EventPattern[]): FastRule {
  const [only] = branches;
  return {
    id: "marks",
    description: "Sends cloudtrailer records of certain callers, programs and reads within seconds",
    pattern: patternOf(branches.length === 1 && only !== undefined ? only : { $or: branches }),
    // The only state in which a rule gets reads.
    state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
  };
}
/** The name of a rule: `cloudtrailer-events-red.changes-1`. */
export function ruleNameOf(name: string, id: string): string {
  return `${name}${watchSeparator}${id}`;
}
