import type { CloudTrailRecord } from "../../cloudtrail/record";
import type { Evidence } from "../detection";

/**
 * Instance families with accelerators, and bare metal: what miners and model thieves want; SageMaker's have the prefix
 * `ml.`.
 */
const unusual = /^(?:ml\.)?(?:(?:p|g|gr|inf|trn|dl)\d|.*\.metal(?:-|$))/;

/** Whether an instance type is accelerated or bare metal. */
export function isUnusualType(type: unknown): boolean {
  return typeof type === "string" && unusual.test(type);
}

/** How much of a request is searched: far more than any real one contains. */
const maxValues = 2_000;

/** The unusual types that a request names, at any depth, under keys like `instanceType`, `InstanceTypes`. */
export function unusualTypesIn(record: CloudTrailRecord): Evidence[] {
  const found: Evidence[] = [];
  const open: { parameter: string; value: unknown; isType: boolean }[] = [
    { parameter: "requestParameters", value: record.requestParameters, isType: false },
  ];
  for (let looked = 0; looked < maxValues; looked += 1) {
    const next = open.shift();
    if (next === undefined) break;
    const { parameter, value, isType } = next;
    if (isType && isUnusualType(value))
      found.push({ parameter, value, why: "is an accelerated or bare metal instance type" });
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const isBelowType =
        /instanceTypes?$/i.test(key) || (isType && /^(?:\d+|items?|member|content)$/.test(key));
      open.push({ parameter: `${parameter}.${key}`, value: inner, isType: isBelowType });
    }
  }
  return found;
}
