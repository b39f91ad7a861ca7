import * as pulumi from "@pulumi/pulumi";
import type { Config } from "../config-keys";
import { loadRules } from "./load";
import { announcements, messageOfRules, type OwnRules, ownRulesOf } from "./own-rules";

/** Reads the team's own rules for a deployment, which does not go on while one of them has a problem. */
export function readRules(): OwnRules {
  const loaded = loadRules();
  if (loaded.problems.length > 0) throw new pulumi.RunError(messageOfRules(loaded.problems));
  if (loaded.unchecked !== undefined) void pulumi.log.warn(`own rules: not checked: ${loaded.unchecked}`);
  return ownRulesOf(loaded);
}

/** Shows in a preview what the team's own rules add. */
export function announce({ rules, folder }: OwnRules, config: Config): void {
  for (const line of announcements(rules, folder, config)) void pulumi.log.info(line);
}
