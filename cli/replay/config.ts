import { readFile } from "node:fs/promises";
import { detections as catalogue } from "../../handlers/detections/index";
import { defaultSettings } from "../../handlers/settings";
import { usageError } from "../verb";
import type { ReplaySettings } from "./findings";

/** Settings when no configuration is given. */
export const usualSettings: ReplaySettings = defaultSettings;

/**
 * The settings of a stack from its file, `Pulumi.<stack>.yaml`, or the same as JSON; checked as `pulumi up` does. Keys
 * may be written with or without their namespace.
 *
 * @throws usage error with all problems
 */
export async function settingsFrom(file: string, now: number): Promise<ReplaySettings> {
  const { load } = require("js-yaml") as { load(text: string, options: { filename: string }): unknown };
  const { checkConfig, messageOf } = await import("../../infra/config");
  const { settingsOf } = await import("../../infra/settings");
  let parsed: unknown;
  try {
    parsed = load(await readFile(file, "utf8"), { filename: file });
  } catch (error) {
    throw usageError(`--config ${file}: ${(error as Error).message}`);
  }
  const project = "cloudtrailer";
  const values: Record<string, string> = { [`${project}:team`]: "replay" };
  let region = "us-east-1";
  for (const [key, value] of Object.entries(keysOf(parsed, file))) {
    const full = key.includes(":") ? key : `${project}:${key}`;
    if (full === "aws:region" && typeof value === "string") region = value;
    // Pulumi keeps secrets encrypted; replay has no use for the only key that may be one.
    if (typeof value === "object" && value !== null && "secure" in value) continue;
    values[full] = typeof value === "string" ? value : JSON.stringify(value);
  }
  const { config, problems } = checkConfig({ project, values, secrets: [] }, { now, catalogue });
  if (config === undefined) throw usageError(messageOf(problems, file));
  // Which account it will be is known from the records only.
  const { mode, detections, exceptions, context, roleName } = settingsOf(config, {
    partition: "aws",
    region,
    account: "000000000000",
  });
  return { mode, detections, exceptions, context, roleName };
}

function keysOf(parsed: unknown, file: string): Record<string, unknown> {
  const isMap = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isMap(parsed))
    throw usageError(`--config ${file}: expected a stack's file (config: {…}), found no map`);
  const { config = parsed } = parsed;
  if (!isMap(config)) throw usageError(`--config ${file}: expected a map below config:, found none`);
  return config;
}
