import { textOf } from "../../json";
import type { DetectionContext } from "../../settings";
import { type Opening, type OpeningOptions, openingsOf } from "./policy";
import { accountIn } from "./principal";

/** A condition of a grant: operator, key and value. Without a value it is no condition. */
export type GrantCondition = [operator: unknown, key: unknown, value: unknown];

/**
 * Outsiders let in by a call that adds a single statement to a policy, given by its parts: `AddPermission` of Lambda,
 * `PutPermission` of EventBridge.
 */
export function openingsOfGrant(
  principal: string,
  conditions: GrantCondition[],
  context: DetectionContext,
  options: OpeningOptions = {},
): Opening[] {
  if (principal === "") return [];
  const kind = principal === "*" || accountIn(principal) !== undefined ? "AWS" : "Service";
  const statement = {
    index: 0,
    effect: "Allow" as const,
    principals: [{ kind, value: principal, not: false } as const],
    actions: ["*"],
    notActions: [],
    resources: ["*"],
    notResources: [],
    conditions: conditions.flatMap(([operator, key, value]) => {
      const given = textOf(value) ?? "";
      return given === ""
        ? []
        : [{ operator: textOf(operator) ?? "", key: textOf(key) ?? "", values: [given] }];
    }),
  };
  return openingsOf([statement], context, options);
}
