import type { CloudTrailRecord } from "../../cloudtrail/record";
import type { Evidence } from "../detection";

/** Instance families with accelerators, and whole machines: what miners and model thieves want; SageMaker's have `ml.` before. */
const unusual = /^(?:ml\.)?(?:(?:p|g|gr|inf|trn|dl)\d|.*\.metal(?:-|$))/;

/** Whether a type of instance is for accelerated computing, or a whole machine. */
export function isUnusualType(type: unknown): boolean {
  return typeof type === "string" && unusual.test(type);
}

/** What of a request is looked at: far more than any real one holds. */
const maxValues = 2_000;

/** The unusual types that a request names, at whatever depth, under keys like `instanceType`, `InstanceTypes`. */
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
      found.push({ parameter, value, why: "is a type for accelerated computing or a whole machine" });
    if (typeof value !== "object" || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      const isBelowType =
        /instanceTypes?$/i.test(key) || (isType && /^(?:\d+|items?|member|content)$/.test(key));
      open.push({ parameter: `${parameter}.${key}`, value: inner, isType: isBelowType });
    }
  }
  return found;
}
