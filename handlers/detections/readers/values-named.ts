import type { CloudTrailRecord } from "../../cloudtrail/record";
import { textsOf } from "../../cloudtrail/parameters";
import type { Fields } from "../../json";

/** A text among the parameters of a call. */
export interface ValueNamed {
  /** `requestParameters.targets.0.arn` */
  parameter: string;
  value: string;
}

/** How much of a request is searched. */
const maxDepth = 6;
const maxValues = 500;

/**
 * The texts that parameters of these names have, at any depth of the request: services put the same thing in different places
 * (`sharedAccountId`, `shareTarget.id`, `Grantee.GranteeIdentifier`).
 *
 * @param names in lower case
 */
export function valuesNamed(record: CloudTrailRecord, names: readonly string[]): ValueNamed[] {
  const found: ValueNamed[] = [];
  const open = [{ parameter: "requestParameters", value: record.requestParameters, depth: 0 }];
  for (let looked = 0; looked < maxValues; looked += 1) {
    const next = open.shift();
    if (next === undefined) break;
    if (typeof next.value !== "object" || next.value === null || next.depth > maxDepth) continue;
    for (const [key, value] of Object.entries(next.value as Fields)) {
      const parameter = `${next.parameter}.${key}`;
      if (names.includes(key.toLowerCase()))
        found.push(...textsOf(value).map((text) => ({ parameter, value: text })));
      open.push({ parameter, value, depth: next.depth + 1 });
    }
  }
  return found;
}
