import { defaultSettings } from "../../handlers/settings";
import { ownCatalogue } from "../own-catalogue";
import { configProblems, project, readStackFile } from "../stack-file";
import { usageError } from "../verb";
import type { ReplaySettings } from "./findings";

/** Settings when no configuration is given. */
export const usualSettings: ReplaySettings = defaultSettings;

/**
 * The settings of a stack from its file, `Pulumi.<stack>.yaml`, or the same as JSON; checked as `pulumi up` does. Keys
 * may be written with or without their namespace. Secrets, for which replay has no use, are left out.
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
  // Which account it will be is known from the records only.
  const { mode, detections, exceptions, context, roleName } = settingsOf(config, {
    partition: "aws",
    region: values["aws:region"] ?? "us-east-1",
    account: "000000000000",
  });
  return { mode, detections, exceptions, context, roleName };
}
