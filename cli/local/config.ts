import { shown } from "../../infra/checks";
import { checkConfig, contextOf } from "../../infra/config";
import type { Config } from "../../infra/config-keys";
import { ownCatalogue } from "../own-catalogue";
import { configProblems, project, readStackFile, type StackConfig, stackConfigOf } from "../stack-file";
import { usageError } from "../verb";

/** The arguments of `local`. */
export interface Asked {
  team: string | undefined;
  mode: string | undefined;
  /** `KEY=VALUE`, or a stack's file; later ones override earlier ones. */
  config: string[];
}

/** A checked configuration. */
export interface LocalConfig {
  team: string;
  mode: Config["mode"];
  region: string | undefined;
  /** All keys of this project, without their namespace. */
  config: Record<string, string>;
  /** The same, as the program reads it. */
  checked: Config;
  /** What was omitted because it is a secret. */
  leftOut: string[];
}

/** The defaults. */
const byDefault = { team: "local", mode: "fix" };

/**
 * Assembles the configuration of a stack on this machine, and checks it as `pulumi up` does.
 *
 * @throws a usage error that names everything that is wrong, and where it was given
 */
export async function localConfig({ team, mode, config }: Asked, now: number): Promise<LocalConfig> {
  const places: Record<string, string> = {};
  const values: Record<string, string> = {};
  const leftOut: string[] = [];
  const add = (given: StackConfig, placeOf: (key: string) => string) => {
    leftOut.push(...given.leftOut);
    for (const [key, value] of Object.entries(given.values)) {
      values[key] = value;
      places[key] = placeOf(key);
    }
  };
  add(stackConfigOf(byDefault), (key) => key);
  for (const one of config) {
    const pair = pairIn(one);
    if (pair !== undefined) add(stackConfigOf({ [pair.key]: pair.value }), () => `--config ${pair.key}`);
    else add(await readStackFile(one), (key) => `${one}, ${key}`);
  }
  if (team !== undefined) add(stackConfigOf({ team }), () => "--team");
  if (mode !== undefined) add(stackConfigOf({ mode }), () => "--mode");

  // On this machine, nothing is kept that a secret could be read from.
  const secrets = [`${project}:subscribers`];
  const checked = checkConfig({ project, values, secrets }, { now, ...contextOf(ownCatalogue()) });
  const problems = [...checked.problems];
  const region = values["aws:region"];
  if (region !== undefined && !/^[a-z]{2,}(?:-[a-z0-9]+)+-\d$/.test(region))
    problems.push({ key: "aws:region", expected: "a region: us-west-2", found: shown(region) });
  if (checked.config === undefined || problems.length > 0)
    throw usageError(configProblems(problems, (key) => places[key]));
  const own = Object.entries(values).filter(([key]) => key.startsWith(`${project}:`));
  return {
    team: checked.config.team,
    mode: checked.config.mode,
    region,
    config: Object.fromEntries(own.map(([key, value]) => [key.slice(project.length + 1), value])),
    checked: checked.config,
    leftOut,
  };
}

/** `KEY=VALUE`, split; undefined for a path. Lists and objects are JSON, which may contain secrets, as in a file. */
function pairIn(text: string): { key: string; value: unknown } | undefined {
  const [, key, value] = /^([A-Za-z][\w-]*(?::[A-Za-z][\w-]*)?)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) return undefined;
  if (!/^\s*[[{]/.test(value)) return { key, value };
  try {
    return { key, value: JSON.parse(value) as unknown };
  } catch {
    return { key, value }; // The check of the key reports what was expected.
  }
}
