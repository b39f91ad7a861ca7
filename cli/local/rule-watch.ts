import { existsSync, type FSWatcher, mkdirSync, readdirSync, readFileSync, watch } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type CloudTrailRecord, eventOf } from "../../handlers/cloudtrail/record";
import { isOwnAction } from "../../handlers/cloudtrail/own-actions";
import { createDetect } from "../../handlers/detections/detect";
import { detectionOf, type Rule } from "../../handlers/rules/rule";
import { defaultSettings, type Settings } from "../../handlers/settings";
import type { Config } from "../../infra/config-keys";
import { grantsOf } from "../../infra/rules/grants";
import { forgetRules, type LoadedRule, loadRules, shownPath } from "../../infra/rules/load";
import { announcements, lineOf } from "../../infra/rules/own-rules";
import type { LiveFunction } from "../../local/live/live-function";
import { actorOf } from "../../handlers/cloudtrail/actor";
import { linesOfResult, tryRules } from "../rules/try-rules";

/** What watching rules needs. */
export interface RuleWatchOptions {
  /** Absolute. */
  folder: string;
  /** Of the stack. */
  config: Pick<Config, "mode" | "detections" | "rules">;
  context?: Settings["context"];
  own: { account: string; roleName: string };
  function: Pick<LiveFunction, "put">;
  /** Records a call again, as if it had just been made. */
  send(record: CloudTrailRecord): void;
  /** Shows one line. */
  say(line: string): void;
  /** Epoch ms. */
  now(): number;
}

/** Puts rules into the function as they are saved. */
export interface RuleWatch {
  /** Remembers a call, to try rules on. */
  note(record: CloudTrailRecord): void;
  /** Looks at the folder, and puts what changed into the function. Resolves when that is done. */
  look(): Promise<void>;
  /** Looks whenever a file is saved. */
  start(): void;
  close(): void;
}

/** Calls that are remembered. */
const maxRecords = 2_000;

/** Editors write a file in several steps. */
const settlingMs = 100;

/** Files of rules, and of what they import: neither the gallery nor saved records. */
const ofRules = /^(?!examples[/\\]|records[/\\]).*\.ts$/;

/** Creates the watch. What is in the folder now counts as deployed. */
export function createRuleWatch(options: RuleWatchOptions): RuleWatch {
  const { folder, config, own, say, now } = options;
  const records: CloudTrailRecord[] = [];
  let texts = textsIn(folder);
  let deployed = loadRules(folder, { isLinted: false }).rules.map(({ rule }) => rule);
  let looking: Promise<void> = Promise.resolve();
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;

  const put = async (rules: Rule[], since: number): Promise<boolean> => {
    try {
      await options.function.put(rules, grantsOf(config, rules));
    } catch (error) {
      say(`not in the function, which keeps its rules: ${String((error as Error).message).split("\n")[0]}`);
      return false;
    }
    deployed = rules;
    say(`in the function after ${((now() - since) / 1000).toFixed(1)} s`);
    return true;
  };

  const showExamples = async (rules: LoadedRule[]): Promise<void> => {
    const { results, problems } = await tryRules(rules);
    for (const result of results) for (const line of linesOfResult(result)) say(line);
    for (const problem of problems) say(`FAIL ${lineOf(problem)}`);
  };

  const tryAgain = ({ rule }: LoadedRule): void => {
    const { context = defaultSettings.context } = options;
    const detect = createDetect({ detections: {}, context }, [detectionOf(rule)]);
    const events = rule.events.join(", ");
    const seen = records.filter((record) => isSeenBy(rule, record)).reverse();
    const last = seen.find((record) => detect(record, undefined, () => {}).length > 0);
    if (last !== undefined) {
      say(`${rule.id}: matches ${eventOf(last)} by ${actorOf(last).name}, which is sent again`);
      options.send(last);
    } else if (seen.length > 0) say(`${rule.id}: matches none of the last ${seen.length} calls of ${events}`);
    else
      say(`${rule.id}: no call of ${events} yet; make one, or send a saved one: npx cloudtrailer send FILE`);
  };

  const lookNow = async (): Promise<void> => {
    const since = now();
    const found = textsIn(folder);
    const changed = changesOf(texts, found);
    if (changed.length === 0) return;
    texts = found;
    forgetRules(folder);
    const { rules, problems } = loadRules(folder);
    for (const problem of problems) say(`FAIL ${lineOf(problem)}`);
    // Files in folders below are imported by rules: by which is not known.
    const isAny = changed.some((file) => dirname(file) !== folder);
    const saved = rules.filter(({ file }) => isAny || changed.includes(file));
    // A rule that has problems now stays in the function as it was.
    const isBroken = ({ id }: Rule) => problems.some(({ file }) => basename(file) === `${id}.ts`);
    const kept = deployed.filter(isBroken);
    const isRemoved = deployed.length > rules.length + kept.length;
    if (saved.length === 0 && !isRemoved) return;
    const isThere = await put([...rules.map(({ rule }) => rule), ...kept], since);
    if (isThere)
      for (const line of announcements(
        saved.map(({ rule }) => rule),
        shownPath(folder),
        { ...config, rules: [] },
      ))
        say(line);
    await showExamples(saved);
    if (isThere) for (const one of saved) tryAgain(one);
  };

  const look = (): Promise<void> => {
    looking = looking
      .then(lookNow)
      .catch((error: Error) => say(`unable to read the rules: ${error.message}`));
    return looking;
  };

  return {
    note(record) {
      if (record.readOnly === true || isOwnAction(record, own)) return;
      records.push(record);
      if (records.length > maxRecords) records.shift();
    },
    look,
    start() {
      mkdirSync(folder, { recursive: true });
      watcher = watch(folder, { recursive: true }, (_, name) => {
        if (name === null || !ofRules.test(name)) return;
        clearTimeout(timer);
        timer = setTimeout(() => void look(), settlingMs);
      });
    },
    close() {
      clearTimeout(timer);
      watcher?.close();
    },
  };
}

function isSeenBy({ events }: Rule, record: CloudTrailRecord): boolean {
  return events.includes("*") || (events as string[]).includes(eventOf(record));
}

/** The files of rules, and of what they import, with their texts. */
function textsIn(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    ofRules.test(name),
  );
  return new Map(files.map((name) => [join(folder, name), readFileSync(join(folder, name), "utf8")]));
}

/** The files that are new, changed or gone. */
function changesOf(before: Map<string, string>, after: Map<string, string>): string[] {
  const all = new Set([...before.keys(), ...after.keys()]);
  return [...all].filter((file) => before.get(file) !== after.get(file));
}
