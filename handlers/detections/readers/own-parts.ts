import type { CloudTrailRecord } from "../../cloudtrail/record";
import { fieldsOf, listOf } from "../../json";
import { isOwnName, ownNamesOf } from "../../part-names";
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

/** A value in a record, and what contains it: only the paths of own parts are built. */
interface Place {
  value: unknown;
  name: string;
  within?: Place;
}

/** The parts of this system that a record's parameters or resources name, without duplicates. */
export function ownPartsIn(record: CloudTrailRecord, context: DetectionContext): NamedPart[] {
  const names = context.ownNames ?? ownNamesOf(context.ownResources, context.trail);
  const found = new Map<string, NamedPart>();
  let seen = 0;
  // Not recursive: a record may be nested deeper than the stack allows.
  const left: Place[] = [
    { name: "requestParameters", value: record.requestParameters },
    ...listOf(record.resources).map((one, index) => ({
      name: `resources[${index}].ARN`,
      value: fieldsOf(one).ARN,
    })),
  ];
  while (left.length > 0 && seen < maxTexts) {
    const place = left.pop() as Place;
    const { value } = place;
    seen++;
    if (typeof value === "string") {
      if (!isOwnName(value, names)) continue;
      const path = pathOf(place);
      const known = found.get(value);
      if (known === undefined || path < known.path) found.set(value, { path, value });
    } else if (typeof value === "object" && value !== null)
      for (const [name, inner] of Object.entries(value)) left.push({ name, value: inner, within: place });
  }
  // The order of a record's keys is arbitrary.
  return [...found.values()].sort((a, b) => (a.value < b.value ? -1 : 1));
}

function pathOf(place: Place): string {
  const names: string[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.within) names.push(at.name);
  return names.reverse().join(".");
}
