import { type Fields, fieldsOf } from "../../json";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Evidence, Resource } from "../detection";

/** The value at a path of a record (`requestParameters.rule.id`); undefined where the path breaks off, or ends in null. */
export function valueAt(record: CloudTrailRecord, path: string): unknown {
  let value: unknown = record;
  for (const field of path.split(".")) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    value = (value as Fields)[field];
  }
  return value ?? undefined;
}

/**
 * The values at those of the paths that the record has. When it has none of them, the call itself is the
 * evidence: a detection that fires on every call of an event has nothing more to show for a record without parameters.
 */
export function evidenceAt(record: CloudTrailRecord, ...paths: string[]): Evidence[] {
  const evidence: Evidence[] = [];
  for (const parameter of paths) {
    const value = valueAt(record, parameter);
    if (value !== undefined && value !== null) evidence.push({ parameter, value });
  }
  return evidence.length === 0 ? [{ parameter: "eventName", value: record.eventName }] : evidence;
}

/** Resources of one type, each once, of those of the ids that are text. */
export function resourcesOf(type: string, ...ids: unknown[]): Resource[] {
  const texts = ids.filter((id): id is string => typeof id === "string" && id !== "");
  return [...new Set(texts)].map((id) => ({ type, id }));
}

/** Where a parameter of the call stands, wrapped or not, as the record spells it (see `parameterOf`). */
export function parameterPath(record: CloudTrailRecord, name: string): string {
  const wrapper = `${nameOf(record)}Request`;
  const parameters = fieldsOf(record.requestParameters);
  const wrapped = (parameters[wrapper] ?? undefined) !== undefined;
  const request = wrapped ? fieldsOf(parameters[wrapper]) : parameters;
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  const spelled = (request[capital] ?? undefined) === undefined ? name : capital;
  return wrapped ? `requestParameters.${wrapper}.${spelled}` : `requestParameters.${spelled}`;
}
