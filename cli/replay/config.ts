import { defaultSettings } from "../../handlers/settings";
import { ownCatalogue } from "../own-catalogue";
import { configProblems, project, readStackFile } from "../stack-file";
import { usageError } from "../verb";
import type { ReplaySettings } from "./findings";

/** Settings without a configuration. */
export const usualSettings: ReplaySettings = defaultSettings;

/**
 * The settings of a stack from its file, `Pulumi.<stack>.yaml`, or the same as JSON, checked as `pulumi up` does. Keys may
 * be written with or without their namespace. Secrets, which replay does not need, are omitted.
 *
 * @throws usage error with all problems
 */
export async function settingsFrom(file: string, now: number): Promise<ReplaySettings> {
  const { checkConfig, contextOf } = await import("../../infra/config");
  const { settingsOf } = await import("../../infra/settings");
  const { values } = await readStackFile(file);
  const withTeam = { [`${project}:team`]: "replay", ...values };
  const { config, problems } = checkConfig(
    { project, values: withTeam, secrets: [] },
    { now, ...contextOf(ownCatalogue()) },
  );
  if (config === undefined) throw usageError(configProblems(problems, (key) => `${file}, ${key}`));
  // Only the records show which account it is.
  const { mode, detections, exceptions, context, roleName } = settingsOf(config, {
    partition: "aws",
    region: values["aws:region"] ?? "us-east-1",
    account: "000000000000",
  });
  return { mode, detections, exceptions, context, roleName, rules: config.rules };
}
