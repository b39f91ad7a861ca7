import { actionOf, detectionOf, type Permission, type Rule } from "../../handlers/rules/rule";
import { makesFixes, modeOf, plansFixes } from "../../handlers/mode";
import type { Grant } from "../../policies/own-scopes";
import type { Config } from "../config-keys";
import { arnsOfAction } from "./aws-names";

/** What the fixes of own rules need, by their modes: to look from `plan` on, and to change something in `approve` and `fix` alone. */
export function grantsOf(config: Pick<Config, "mode" | "detections">, rules: readonly Rule[]): Grant[] {
  return rules.flatMap((rule) => grantsOfRule(rule, config));
}

/** What one rule adds to the role. */
export function grantsOfRule(rule: Rule, config: Pick<Config, "mode" | "detections">): Grant[] {
  const { reads = [], writes = [] } = rule.remediation ?? {};
  const mode = modeOf(detectionOf(rule), config);
  if (makesFixes(mode)) return [...reads, ...writes].map(grantOf);
  return plansFixes(mode) ? reads.map(grantOf) : [];
}

/** Where a role may be passed to: the service stands after the action. */
const passRole = /^iam:PassRole (\S+)$/;

function grantOf(permission: Permission): Grant {
  if (typeof permission !== "string") {
    const { action, resources, condition } = permission;
    return { action, resources, ...(condition === undefined ? {} : { condition }) };
  }
  const service = passRole.exec(permission)?.[1];
  const action = service === undefined ? actionOf(permission) : "iam:PassRole";
  const resources = resourcesOf(action);
  return service === undefined
    ? { action, resources }
    : { action, resources, condition: { StringEquals: { "iam:PassedToService": service } } };
}

/**
 * What of this account an action is for. IAM looks at its own resource types alone, so one pattern for all that the account has
 * in a service says the same as a list of them, in a policy whose size is limited.
 */
function resourcesOf(action: string): string[] {
  const arns = arnsOfAction(action).map((arn) => {
    const [, , service = "", region = "", account = ""] = arn.split(":");
    return /^\$\{(?:Management)?Account(?:Id)?\}$/.test(account)
      ? `arn:\${Partition}:${service}:${region === "" ? "" : "*"}:\${Account}:*`
      : arn.replace(/\$\{(?!Partition\})\w+\}/g, "*");
  });
  return arns.length === 0 ? ["*"] : [...new Set(arns)];
}
