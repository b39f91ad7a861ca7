import type { CloudTrailRecord } from "../../cloudtrail/record";
import { fieldsOf, listOf, textOf } from "../../json";
import { isOwnName, type OwnNames, ownNamesOf } from "../../part-names";
import type { DetectionContext } from "../../settings";

/** More than a call on a part of this system has; whatever else a hostile record contains is ignored. */
const maxTexts = 5_000;

/** A part of this system that a record names, and where. */
export interface NamedPart {
  /** Path in the record: `requestParameters.functionName`. */
  path: string;
  /** As in the record. */
  value: string;
}

/** The parts of this system that a record's parameters or resources name, without duplicates. */
export function ownPartsIn(record: CloudTrailRecord, context: DetectionContext): NamedPart[] {
  const { ownResources, trail } = context;
  const names = context.ownNames ?? ownNamesOf(ownResources, trail);
  // Nearly every record names none. Building the paths is most of the work.
  if (!namesOwnPart(record, names)) return [];
  const found = new Map<string, NamedPart>();
  let seen = 0;
  // Not recursive: a record may be nested deeper than the stack allows.
  const left: [string, unknown][] = [
    ["requestParameters", record.requestParameters],
    ...listOf(record.resources).map((one, index): [string, unknown] => [
      `resources[${index}].ARN`,
      fieldsOf(one).ARN,
    ]),
  ];
  while (left.length > 0 && seen < maxTexts) {
    const [path, value] = left.pop() as [string, unknown];
    seen++;
    const text = textOf(value);
    if (text !== undefined) {
      const known = found.get(text);
      if (isOwnName(text, names) && (known === undefined || path < known.path))
        found.set(text, { path, value: text });
    } else if (typeof value === "object" && value !== null)
      for (const [name, inner] of Object.entries(value)) left.push([`${path}.${name}`, inner]);
  }
  // The order of a record's keys is arbitrary.
  return [...found.values()].sort((a, b) => (a.value < b.value ? -1 : 1));
}

/** Whether the same values, in the same order, name a part at all. */
function namesOwnPart({ requestParameters, resources }: CloudTrailRecord, names: OwnNames): boolean {
  let seen = 0;
  const left: unknown[] = [requestParameters, ...listOf(resources).map((one) => fieldsOf(one).ARN)];
  while (left.length > 0 && seen < maxTexts) {
    const value = left.pop();
    seen++;
    if (typeof value === "string") {
      if (isOwnName(value, names)) return true;
    } else if (typeof value === "object" && value !== null)
      for (const inner of Object.values(value)) left.push(inner);
  }
  return false;
}
