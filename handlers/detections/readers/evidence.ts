import { type Fields, fieldsOf } from "../../json";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Evidence, Resource } from "../detection";

/** The value at a path of a record (`requestParameters.rule.id`); undefined if the path breaks off or ends in null. */
export function valueAt(record: CloudTrailRecord, path: string): unknown {
  let value: unknown = record;
  for (const field of path.split(".")) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    value = (value as Fields)[field];
  }
  return value ?? undefined;
}

/**
 * The values at the paths that the record has. If it has none of them, the call itself is the evidence: a detection that
 * fires on every call of an event has nothing else to show for a record without parameters.
 */
export function evidenceAt(record: CloudTrailRecord, ...paths: string[]): Evidence[] {
  const evidence: Evidence[] = [];
  for (const parameter of paths) {
    const value = valueAt(record, parameter);
    if (value !== undefined && value !== null) evidence.push({ parameter, value });
  }
  return evidence.length === 0 ? [{ parameter: "eventName", value: record.eventName }] : evidence;
}

/** Resources of one type, without duplicates, for those of the ids that are strings. */
export function resourcesOf(type: string, ...ids: unknown[]): Resource[] {
  const texts = ids.filter((id): id is string => typeof id === "string" && id !== "");
  return [...new Set(texts)].map((id) => ({ type, id }));
}

/** The path of a parameter, wrapped or not, as the record spells it (see `parameterOf`). */
export function parameterPath(record: CloudTrailRecord, name: string): string {
  const wrapper = `${nameOf(record)}Request`;
  const parameters = fieldsOf(record.requestParameters);
  const wrapped = (parameters[wrapper] ?? undefined) !== undefined;
  const request = wrapped ? fieldsOf(parameters[wrapper]) : parameters;
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  const spelled = (request[capital] ?? undefined) === undefined ? name : capital;
  return wrapped ? `requestParameters.${wrapper}.${spelled}` : `requestParameters.${spelled}`;
}
