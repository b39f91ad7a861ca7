import { type Fields, fieldsOf } from "../../json";
import { fieldOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Evidence, Resource } from "../detection";

/**
 * The value at a path of a record (`requestParameters.rule.id`), the first letter of each field in either case; undefined if
 * the path breaks off or ends in null.
 */
export function valueAt(record: CloudTrailRecord, path: string): unknown {
  let value: unknown = record;
  for (const field of path.split(".")) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    value = fieldOf(value, field);
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
  return orTheCall(record, evidence);
}

/**
 * Existing parameters of the call as evidence, however the service spells them; if there are none, the call itself.
 *
 * @param names of parameters: `functionName`; or paths: `responseElements.functionArn`
 */
export function shown(record: CloudTrailRecord, ...names: string[]): Evidence[] {
  const { path, fields } = requestIn(record);
  const evidence: Evidence[] = [];
  for (const name of names) {
    const isPath = name.includes(".");
    const spelled = isPath ? name : spellingIn(fields, name);
    const value = isPath ? valueAt(record, name) : (fields[spelled] ?? undefined);
    if (value !== undefined) evidence.push({ parameter: isPath ? name : `${path}.${spelled}`, value });
  }
  return orTheCall(record, evidence);
}

function orTheCall(record: CloudTrailRecord, evidence: Evidence[]): Evidence[] {
  return evidence.length === 0 ? [{ parameter: "eventName", value: record.eventName }] : evidence;
}

/** Resources of one type, without duplicates, for those of the ids that are strings. */
export function resourcesOf(type: string, ...ids: unknown[]): Resource[] {
  const texts = ids.filter((id): id is string => typeof id === "string" && id !== "");
  return [...new Set(texts)].map((id) => ({ type, id }));
}

/** The path of a parameter, wrapped or not, as the record spells it (see `parameterOf`). */
export function parameterPath(record: CloudTrailRecord, name: string): string {
  const { path, fields } = requestIn(record);
  return `${path}.${spellingIn(fields, name)}`;
}

/** The parameters of the call, and their path. */
function requestIn(record: CloudTrailRecord): { path: string; fields: Fields } {
  const wrapper = `${nameOf(record)}Request`;
  const parameters = fieldsOf(record.requestParameters);
  return (parameters[wrapper] ?? undefined) === undefined
    ? { path: "requestParameters", fields: parameters }
    : { path: `requestParameters.${wrapper}`, fields: fieldsOf(parameters[wrapper]) };
}

function spellingIn(fields: Fields, name: string): string {
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  return (fields[capital] ?? undefined) === undefined ? name : capital;
}
