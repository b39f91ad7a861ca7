import { detections } from "../../handlers/detections/index";
import { modeOf } from "../../handlers/mode";
import { remediations } from "../../handlers/remediations/index";
import { createPatternDetection, eventsOf } from "../../handlers/rules/pattern-rule";
import { type Catalogue, detectionOf, type Rule, withRules } from "../../handlers/rules/rule";
import type { Config } from "../config-keys";
import { grantsOfRule } from "./grants";
import { type LoadedRules, type RuleProblem, shownPath } from "./load";

/** The team's own rules, and everything that can be found and fixed with them. */
export interface OwnRules {
  rules: Rule[];
  catalogue: Catalogue;
  /** Where they are, from the project's folder. */
  folder: string;
}

/** The catalogue of this project alone. */
export const projectCatalogue: Catalogue = { detections, remediations };

/** The rules that were loaded, without those that have problems. */
export function ownRulesOf({ rules: loaded, folder }: Pick<LoadedRules, "rules" | "folder">): OwnRules {
  const rules = loaded.map(({ rule }) => rule);
  return { rules, catalogue: withRules(projectCatalogue, rules), folder: shownPath(folder) };
}

/** One message that names everything that is wrong with rules, by file and line. */
export function messageOfRules(problems: RuleProblem[]): string {
  const count = problems.length === 1 ? "1 error" : `${problems.length} errors`;
  return [`The rules have ${count}:`, ...problems.map((problem) => `  ${lineOf(problem)}`)].join("\n");
}

/** `own/ec2-prod-untagged.ts:12:5: rule.severity: expected …; found …` */
export function lineOf({ file, line, column, message }: RuleProblem): string {
  return `${file}:${line}${column === undefined ? "" : `:${column}`}: ${message}`;
}

/**
 * What a team's own rules add, for a preview: their modes, the detections that they replace, and their permissions. A line for
 * each.
 *
 * @param folder where the rules are
 */
export function announcements(
  rules: readonly Rule[],
  folder: string,
  config: Pick<Config, "mode" | "detections" | "rules">,
): string[] {
  return [
    ...rules.map((rule) => {
      const grants = grantsOfRule(rule, config).map(
        ({ action, resources, condition }) =>
          `${action} on ${resources.join(", ")}${condition === undefined ? "" : ` if ${JSON.stringify(condition)}`}`,
      );
      return [
        `own rule ${folder}/${rule.id}.ts (mode ${modeOf(detectionOf(rule), config)})`,
        ...replacing(rule.id),
        ...(grants.length === 0 ? [] : [`the role may ${[...new Set(grants)].join("; ")}`]),
      ].join(": ");
    }),
    ...config.rules.map((rule) => {
      const isOnEvery = eventsOf(rule.pattern).includes("*");
      return [
        `rule ${rule.id} of the configuration (mode ${modeOf(createPatternDetection(rule), config)})`,
        ...replacing(rule.id),
        ...(isOnEvery ? ["it looks at every record, since its pattern does not name source and event"] : []),
      ].join(": ");
    }),
  ];
}

function replacing(id: string): string[] {
  return detections.some((detection) => detection.id === id)
    ? [`takes the place of the catalogue's ${id}, with its fix`]
    : [];
}
