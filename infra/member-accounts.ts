import { highestMode, settingsByPattern } from "../handlers/accounts";
import type { Detection } from "../handlers/detections/detection";
import type { Remediation } from "../handlers/remediations/remediation";
import type { AccountSettings } from "../handlers/settings";
import { memberRulesActions } from "../handlers/watch/own-parts";
import { roleArn } from "../policies/arns";
import type { Place } from "../policies/document";
import { type MemberForwarding, type MemberRoleArgs, memberRulesTemplate } from "../policies/member-role";
import type { Config } from "./config-keys";
import { organizationOfMembers } from "./existing-trail";
import { fastRules, ruleNameOf } from "./fast-patterns";
import { memberRoleOf } from "./names";
import { remediationActions } from "./permissions";

/** The settings of each account that has any: this one, and every member. */
export function accountSettingsOf(
  { accounts }: Pick<Config, "accounts">,
  home: string,
  members: string[],
  names: Record<string, string | undefined> = {},
): Record<string, AccountSettings> {
  const settings: Record<string, AccountSettings> = {};
  const own = settingsByPattern(accounts, home, undefined);
  if (Object.keys(own).length > 0) settings[home] = own;
  for (const member of members)
    settings[member] = { ...settingsByPattern(accounts, member, names[member]), member: true };
  return settings;
}

/** What the role in members needs to be made. */
export function memberRoleArgs(
  config: Config,
  place: Place,
  detections: Detection[],
  remediations: Remediation[],
): MemberRoleArgs {
  const organizationId = organizationOfMembers(config.organization) ?? "";
  const mode = highestMode({ mode: config.mode, accounts: config.accounts });
  return {
    name: memberRoleOf(config.team),
    detectorRole: roleArn(place, config.names.role),
    organizationId,
    actions: [
      ...new Set([
        ...remediationActions({ ...config, mode: mode === "off" ? "alert" : mode }, detections, remediations),
        ...(config.fast === "none" ? [] : memberRulesActions),
      ]),
    ].sort(),
    ...(config.fast === "none" ? {} : { forwarding: forwardingTo(config, place) }),
  };
}

/** How members send records within seconds. */
function forwardingTo(config: Config, place: Place): MemberForwarding {
  return { name: config.names.events, home: place };
}

/** The rules of each region of a member, as a template; undefined if log files alone bring records. */
export function memberRulesOf(
  config: Config,
  place: Place,
  catalogue: { detections: Detection[]; remediations: Remediation[] },
): object | undefined {
  if (config.fast === "none") return undefined;
  const { name } = forwardingTo(config, place);
  const rules = fastRules(config, catalogue).rules.map(({ id, description, pattern, state }) => ({
    name: ruleNameOf(name, id),
    description,
    pattern,
    state,
  }));
  return memberRulesTemplate(forwardingTo(config, place), rules);
}
