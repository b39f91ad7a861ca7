import { partitionOf } from "../../handlers/aws/regions";
import { checkConfig, type RawConfig } from "../../infra/config";
import { organizationOfMembers } from "../../infra/existing-trail";
import { memberRoleArgs, memberRulesOf } from "../../infra/member-accounts";
import type { Place } from "../../policies/document";
import { memberTemplate } from "../../policies/member-role";
import { ownCatalogue } from "../own-catalogue";
import { configProblems } from "../stack-file";
import { usageError } from "../verb";

/** Where the stack is. */
export function detectorPlace(account: string, region: string): Place {
  return { partition: partitionOf(region), region, account };
}

/**
 * The template of the role in members, or of the rules that send records within seconds, as JSON.
 *
 * @throws a usage error about the configuration
 */
export function templateText(
  raw: RawConfig,
  place: Place,
  file: string,
  what: "role" | "events" = "role",
): string {
  const { catalogue } = ownCatalogue(() => undefined);
  const { config, problems } = checkConfig(raw, {
    now: Date.now(),
    catalogue: catalogue.detections,
    remediations: catalogue.remediations,
  });
  if (config === undefined) throw usageError(configProblems(problems, (key) => `${file}: ${key}`));
  if (organizationOfMembers(config.organization) === undefined)
    throw usageError(`${file}: expected organization.accounts or organization.units, found neither`);
  if (what === "events") {
    const template = memberRulesOf(config, place, catalogue);
    if (template === undefined)
      throw usageError(`${file}: expected fast: home or all, found none: log files alone bring records`);
    return JSON.stringify(template, undefined, 2);
  }
  const args = memberRoleArgs(config, place, catalogue.detections, catalogue.remediations);
  return JSON.stringify(memberTemplate(args), undefined, 2);
}
