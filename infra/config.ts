import * as pulumi from "@pulumi/pulumi";
import { maxHints } from "../handlers/cloudtrail/reader/index";
import type { Detection } from "../handlers/detections/detection";
import { onEveryEvent } from "../handlers/detections/wanted";
import { atMostPlanned } from "../handlers/mode";
import { matchesPattern } from "../handlers/pattern";
import { fieldsOf, listOf, textOf } from "../handlers/json";
import { remediations as projectRemediations } from "../handlers/remediations/index";
import type { Remediation } from "../handlers/remediations/remediation";
import type { PatternRule } from "../handlers/rules/pattern-rule";
import { type Catalogue, type Rule, withRules } from "../handlers/rules/rule";
import type { Settings } from "../handlers/settings";
import { approverOf, chatName, isApprover, isChat } from "./chat-rooms";
import { type Check, didYouMean, type Problem, shown } from "./checks";
import { type Config, type ConfigKey, configKeys, type Given, notSilent } from "./config-keys";
import { existingTrailOf, namesWithTrail, reportWrongTrail } from "./existing-trail";
import { type Names, namesOf, namings } from "./names";
import { excessOf } from "./permissions";
import { grantsOf } from "./rules/grants";
import type { OwnRules } from "./rules/own-rules";
import { maxEnvironmentBytes, settingsSize } from "./settings";
import { getsRequests } from "./subscribers";
import { smsTopicOf, tooLongPatterns } from "./watch-rules";

/** The configuration as Pulumi passes it. */
export interface RawConfig {
  /** Project and namespace of the keys: `cloudtrailer`. */
  project: string;
  /** `<namespace>:<key>` → text; arrays and objects are JSON. */
  values: Record<string, string>;
  /** The keys whose values are secrets. */
  secrets: string[];
}

/**
 * Reads and checks the stack's configuration once, and reports every error in one message.
 *
 * @param own the team's own rules
 */
export function readConfig(own: Pick<OwnRules, "rules" | "catalogue">): Config {
  const project = pulumi.getProject();
  const values = pulumi.runtime.allConfig() as Record<string, string>;
  // Missing from Pulumi's type declarations, but the only way to know whether a value is a secret.
  const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };
  const { config, problems } = checkConfig(
    { project, values, secrets: Object.keys(values).filter((key) => isConfigSecret(key)) },
    { now: Date.now(), ...contextOf(own) },
  );
  if (config === undefined) throw new pulumi.RunError(messageOf(problems, pulumi.getStack()));
  return config;
}

/** What there is to configure with a team's own rules. */
export function contextOf({
  rules,
  catalogue,
}: Pick<OwnRules, "rules" | "catalogue">): Omit<CheckContext, "now"> {
  return { catalogue: catalogue.detections, remediations: catalogue.remediations, rules };
}

/** What the configuration is checked against. */
export interface CheckContext {
  /** Epoch ms. */
  now: number;
  /** All detections. */
  catalogue: Detection[];
  /** All remediations; this project's if omitted. */
  remediations?: Remediation[];
  /** The team's own rules, which are in the other two as well. */
  rules?: Rule[];
}

/**
 * Checks the configuration. `config` is set if there is no problem; otherwise each problem is in the list. The rest is
 * checked with the default in place of a wrong value.
 */
export function checkConfig(raw: RawConfig, context: CheckContext): { config?: Config; problems: Problem[] } {
  const ids = [...context.catalogue.map(({ id }) => id), ...idsOfPatterns(raw)];
  const keys: Record<string, ConfigKey<unknown>> = configKeys({ now: context.now, ids: [...new Set(ids)] });
  const problems = unknownKeys(raw, keys);
  const given = valuesOf(raw, keys, problems);
  const report = (problem: Problem) => problems.push({ ...problem, key: `${raw.project}:${problem.key}` });
  const names = namesWithTrail(namesOf(given.team, given.names, given.bucketSuffix), existingTrailOf(given));
  const config = {
    ...given,
    names,
    thresholds: thresholdsOf(given, report),
    detections: overridesOf(given.detections, withPatterns(context, given.rules).detections),
  };
  reportSharedIds(given.rules, context, report);
  reportTooManyOnEveryEvent(given.rules, context, report);
  // A wrong description was replaced by none.
  const isWrong = problems.some(({ key }) => key.startsWith(`${raw.project}:existingTrail`));
  if (!isWrong) reportWrongTrail(given, report);
  if (given.trail === "own") reportWrongBucket(given, names, report);
  reportOpenSecrets(given, raw, report);
  reportSharedTopic(names, report);
  reportSilence(given, report);
  reportNoApprovers(given, report);
  reportIdleButtons(given, names, report);
  reportLateFixes(given, report);
  if (given.watch) for (const problem of tooLongPatterns(names)) report(problem);
  reportTooMuch(config, report);
  reportTooWide(config, context, report);
  return problems.length > 0 ? { problems } : { config, problems };
}

/** The ids of the configuration's own rules, which its other keys may name; whether the rules are sound shows later. */
function idsOfPatterns({ project, values }: RawConfig): string[] {
  const { value } = parse("array", values[`${project}:rules`] ?? "[]") ?? {};
  return listOf(value).flatMap((rule) => textOf(fieldsOf(rule).id) ?? []);
}

/** What there is to configure with the rules of the configuration itself. */
function withPatterns(
  { catalogue, remediations = projectRemediations }: CheckContext,
  rules: PatternRule[],
): Catalogue {
  return withRules({ detections: catalogue, remediations }, [], rules);
}

function reportSharedIds(
  patterns: PatternRule[],
  { rules = [] }: CheckContext,
  report: (problem: Problem) => void,
): void {
  patterns.forEach(({ id }, index) => {
    if (rules.some((rule) => rule.id === id))
      report({ key: `rules[${index}].id`, expected: "an id that no file in own/ has", found: shown(id) });
  });
}

/** The reader of log files has a limited number of hints, one for each detection on every event. */
function reportTooManyOnEveryEvent(
  patterns: PatternRule[],
  context: CheckContext,
  report: (problem: Problem) => void,
): void {
  const all = onEveryEvent(withPatterns(context, patterns).detections).map(({ id }) => id);
  const own = patterns.filter(({ id }) => all.includes(id));
  const room = maxHints - (all.length - own.length);
  if (own.length <= room) return;
  report({
    key: "rules",
    expected: `at most ${room} rules whose pattern does not name both eventSource and eventName`,
    found: `${own.length}: ${own
      .slice(0, 3)
      .map(({ id }) => id)
      .join(", ")} and others`,
  });
}

function unknownKeys(raw: RawConfig, keys: Record<string, ConfigKey<unknown>>): Problem[] {
  const namespace = `${raw.project}:`;
  return Object.keys(raw.values)
    .filter((key) => key.startsWith(namespace) && !Object.hasOwn(keys, key.slice(namespace.length)))
    .map((key) => ({
      key,
      expected: "a key from docs/configuration.md",
      found: `an unknown one${didYouMean(key.slice(namespace.length), Object.keys(keys))}`,
    }));
}

/** Stands for a missing or wrong team, so that the rest can be checked. */
const someTeam = "team";

function valuesOf(raw: RawConfig, keys: Record<string, ConfigKey<unknown>>, problems: Problem[]): Given {
  const values = Object.entries(keys).map(([name, declared]) => {
    const full = `${raw.project}:${name}`;
    const secret = raw.secrets.includes(full);
    const report = (problem: Problem) => problems.push(secret ? { ...problem, found: "a secret" } : problem);
    const byDefault = declared.default ?? someTeam;
    if (secret && declared.secret === undefined) {
      report({ key: full, expected: "a non-secret value; it is visible in AWS", found: "a secret" });
      return [name, byDefault] as const;
    }
    return [name, valueOf(declared, raw.values[full], full, report) ?? byDefault] as const;
  });
  return Object.fromEntries(values) as Given;
}

/** Tokens in a stack's file are in a repository, and in everybody's clone of it. */
function reportOpenSecrets(given: Given, raw: RawConfig, report: (problem: Problem) => void): void {
  if (raw.secrets.includes(`${raw.project}:subscribers`)) return;
  for (const { name, protocol } of given.subscribers.filter(getsRequests))
    report({
      key: "subscribers",
      expected: `secrets for ${name}: pulumi config set --path --secret '${raw.project}:subscribers[N].FIELD' VALUE`,
      found: `a ${protocol} subscriber in plain text`,
    });
}

/** The bucket's name is given in full, or composed of the team and a suffix. */
function reportWrongBucket(given: Given, { bucket }: Names, report: (problem: Problem) => void): void {
  if (given.bucketSuffix === "") return;
  const key = "bucketSuffix";
  if (given.names.bucket === undefined) namings.bucket.check(bucket, key, report);
  else report({ key, expected: "names.bucket or bucketSuffix, not both", found: shown(given.bucketSuffix) });
}

/** An alert on the topic of the notifications would start the detector, which would alert again. */
function reportSharedTopic(
  { logTopic, alertTopic, watch, events }: Names,
  report: (problem: Problem) => void,
): void {
  const topics = [logTopic, alertTopic, watch, smsTopicOf(watch), events];
  const shared = topics.find((topic, index) => topics.indexOf(topic) !== index);
  if (shared === undefined) return;
  const expected = "different topics for notifications, alerts, `watch` and `events`";
  report({ key: "names", expected, found: `${shown(shared)} for two of them` });
}

/** A pattern that stands for every detection is the mode of the stack by another name. */
function reportSilence({ detections }: Given, report: (problem: Problem) => void): void {
  for (const [name, { mode }] of Object.entries(detections))
    if (mode === "off" && /^\*+$/.test(name))
      report({ key: `detections.${name}.mode`, expected: notSilent, found: shown(mode) });
}

/** Without approvers, whatever waits for a yes waits in vain. */
function reportNoApprovers(
  { mode, detections, accounts, approvers }: Given,
  report: (problem: Problem) => void,
): void {
  const named = [...Object.values(detections), ...Object.values(accounts)];
  const modes = [mode, ...named.map((one) => one.mode)];
  if (approvers.length > 0 || !modes.includes("approve")) return;
  report({
    key: "approvers",
    expected: "somebody who may approve, since a mode is approve",
    found: "nobody",
  });
}

/** A button that nobody lets decide does nothing but disappoint. */
function reportIdleButtons(
  { subscribers, approvers }: Given,
  { chat }: Names,
  report: (problem: Problem) => void,
): void {
  for (const room of subscribers.filter(isChat)) {
    const name = chatName(chat, room);
    if (!room.buttons || isApprover(approvers, name)) continue;
    report({
      key: "approvers",
      expected: `a pattern for the buttons of ${room.name}, with which everybody in the room decides: ${approverOf(name)}`,
      found: approvers.length === 0 ? "nobody" : shown(approvers),
    });
  }
}

/** How long CloudTrail may take until a record comes, in minutes. */
const deliveryMinutes = 15;

/** A fix that waits until its record is too old is never made. */
function reportLateFixes({ fix: { after }, maxAgeMinutes }: Given, report: (problem: Problem) => void): void {
  if (after === undefined || after + deliveryMinutes <= maxAgeMinutes) return;
  const most = maxAgeMinutes - deliveryMinutes;
  report({
    key: "fix.after",
    expected:
      `${deliveryMinutes} minutes less than maxAgeMinutes at most, because a record may come so late ` +
      `(${most > 0 ? `at most ${most}m, or ` : ""}maxAgeMinutes of at least ${after + deliveryMinutes})`,
    found: `${after}m with maxAgeMinutes ${maxAgeMinutes}`,
  });
}

function reportTooMuch(config: Config, report: (problem: Problem) => void): void {
  const { bytes, biggest } = settingsSize(config);
  if (bytes <= maxEnvironmentBytes) return;
  report({
    key: biggest,
    expected: `settings that fit in the function's environment, ${maxEnvironmentBytes} bytes as Lambda measures it`,
    found: `up to ${bytes} bytes, of which this key takes most`,
  });
}

function reportTooWide(config: Config, context: CheckContext, report: (problem: Problem) => void): void {
  const ownGrants = grantsOf(config, context.rules ?? []);
  const { detections, remediations } = withPatterns(context, config.rules);
  for (const found of excessOf(config, detections, remediations, ownGrants))
    report({
      key: "detections",
      expected:
        "remediations whose permissions IAM can hold (narrow what the remediation declares, or set its detection to alert)",
      found,
    });
}

/** One message with every wrong key, what was expected, what was found, and what to do. */
export function messageOf(problems: Problem[], stack: string): string {
  const lines = problems.map(({ key, expected, found }) => `  ${key}: expected ${expected}; found ${found}`);
  const count = problems.length === 1 ? "1 error" : `${problems.length} errors`;
  return [
    `The configuration of stack ${stack} has ${count}:`,
    ...lines,
    `Fix Pulumi.${stack}.yaml, or use \`pulumi config set\`; docs/configuration.md describes every key.`,
  ].join("\n");
}

function valueOf(
  declared: ConfigKey<unknown>,
  given: string | undefined,
  at: string,
  report: (problem: Problem) => void,
): unknown {
  if (given === undefined && declared.default !== undefined) return declared.default;
  const parsed = given === undefined ? { value: undefined } : parse(declared.type, given);
  if (parsed !== undefined) return (declared.check as Check<unknown>)(parsed.value, at, report);
  report({ key: at, expected: `JSON of type ${declared.type}`, found: shown(given) });
  return undefined;
}

/** Pulumi passes every value as text. */
function parse(type: ConfigKey<unknown>["type"], given: string): { value: unknown } | undefined {
  if (type === "string") return { value: given };
  // Anything but a number or boolean is shown as it is.
  if (type === "integer") return { value: /^-?\d{1,15}$/.test(given) ? Number(given) : given };
  if (type === "boolean") return { value: { true: true, false: false }[given] ?? given };
  try {
    return { value: JSON.parse(given) as unknown };
  } catch {
    return undefined;
  }
}

/**
 * The configuration of each detection, with patterns resolved: an id overrides a pattern, a longer pattern a shorter one. A
 * pattern switches on neither detections that are off by default nor containment fixes, which must be named by id.
 */
function overridesOf(overrides: Given["detections"], known: Detection[]): Settings["detections"] {
  const byStrength = Object.entries(overrides).sort(
    ([a], [b]) => Number(!isPattern(a)) - Number(!isPattern(b)) || a.length - b.length || (a < b ? -1 : 1),
  );
  const resolved: Settings["detections"] = {};
  for (const { id, offByDefault, remediation } of known) {
    const entry: Settings["detections"][string] = {};
    for (const [name, { mode, severity, only }] of byStrength) {
      if (!matchesPattern(name, id)) continue;
      if (severity !== undefined) entry.severity = severity;
      if (only !== undefined) entry.only = only;
      if (mode === undefined) continue;
      if (!isPattern(name)) entry.mode = mode;
      else if (offByDefault === undefined || mode === "off") entry.mode = atMostPlanned(mode, remediation);
    }
    if (Object.keys(entry).length > 0) resolved[id] = entry;
  }
  return resolved;
}

/** `thresholds`, merged with those in `detections`. */
function thresholdsOf(
  { detections, thresholds }: Given,
  report: (problem: Problem) => void,
): Record<string, number> {
  const all = { ...thresholds };
  for (const [name, { threshold }] of Object.entries(detections)) {
    if (threshold === undefined) continue;
    const here = `detections.${name}.threshold`;
    if (isPattern(name)) report({ key: here, expected: "a detection's id", found: "a pattern" });
    else if (Object.hasOwn(thresholds, name))
      report({
        key: `thresholds.${name}`,
        expected: "a threshold in one place",
        found: `another one in ${here}`,
      });
    else all[name] = threshold;
  }
  return all;
}

function isPattern(name: string): boolean {
  return /[*?]/.test(name);
}
