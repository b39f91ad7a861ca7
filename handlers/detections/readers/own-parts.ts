import { nameInArn } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import { fieldsOf, listOf, textOf } from "../../json";
import type { DetectionContext } from "../../settings";

/** More than a call that changes a part of this system has; what a hostile record has beyond that is not followed. */
const maxTexts = 5_000;

/** A part of this system that a record names, and where. */
export interface NamedPart {
  /** Path in the record: `requestParameters.functionName`. */
  path: string;
  /** As the record has it. */
  value: string;
}

/** The parts of this system that a record's parameters or resources name, each once. */
export function ownPartsIn(record: CloudTrailRecord, context: DetectionContext): NamedPart[] {
  const { own, prefixes, suffixes } = namesOf(context);
  const found = new Map<string, NamedPart>();
  let seen = 0;
  // No recursion: a record may be nested deeper than the stack.
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
      const isOwn =
        own.includes(text) ||
        prefixes.some((prefix) => text.startsWith(prefix)) ||
        suffixes.some((suffix) => text.endsWith(suffix));
      const known = found.get(text);
      if (isOwn && (known === undefined || path < known.path)) found.set(text, { path, value: text });
    } else if (typeof value === "object" && value !== null)
      for (const [name, inner] of Object.entries(value)) left.push([`${path}.${name}`, inner]);
  }
  // The order of a record's keys says nothing.
  return [...found.values()].sort((a, b) => (a.value < b.value ? -1 : 1));
}

/**
 * Names and ARNs of the parts; what the names of what hangs on them begin with, as a subscription's does with its topic's;
 * and what the URL of a queue ends with.
 */
function namesOf({ trail, logBuckets, ownResources }: DetectionContext) {
  const own = [...ownResources, ...logBuckets, ...(trail === undefined ? [] : [trail.name, trail.arn])];
  const arns = own.filter((name) => name.startsWith("arn:"));
  return {
    own,
    prefixes: arns.map((arn) => `${arn}:`),
    suffixes: arns
      .filter((arn) => arn.split(":")[2] === "sqs")
      .map((arn) => `/${arn.split(":")[4]}/${nameInArn(arn)}`),
  };
}
