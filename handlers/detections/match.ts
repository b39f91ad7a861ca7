import { fieldsOf, shownJson, textOf } from "../json";
import { severities } from "../settings";
import type { Evidence, Match, Resource } from "./detection";

/** Stands for a value of evidence that is no JSON. */
export const notShown = "(not a value of JSON)";

/** The name of the error that says that what was found is no match. */
export const wrongMatch = "WrongMatch";

/**
 * What a detection returned, if it is a match: a team's own rule may return anything, and only this detection is to fail then,
 * not what handles its finding.
 *
 * @throws Error that says what was expected and found
 */
export function checkedMatch(found: unknown): Match {
  const { evidence, resources, title, severity } = fieldsOf(found);
  if (!Array.isArray(evidence) || !Array.isArray(resources))
    throw wrong(
      `expected a match {"evidence":[…],"resources":[…]} or nothing, found ${isPromise(found) ? "a promise: match must not be async" : shownJson(found)}`,
    );
  const other =
    evidence.find((one) => textOf(fieldsOf(one).parameter) === undefined) ??
    resources.find((one) => !isResource(one));
  if (other !== undefined || evidence.includes(undefined) || resources.includes(undefined))
    throw wrong(
      `expected evidence {"parameter":"…","value":…} and resources {"type":"…","id":"…"}, found ${shownJson(other)}`,
    );
  if (title !== undefined && textOf(title) === undefined)
    throw wrong(`expected a text as title, found ${shownJson(title)}`);
  if (severity !== undefined && !severities.some((one) => one === severity))
    throw wrong(`expected a severity of ${severities.join(", ")}, found ${shownJson(severity)}`);
  const match = found as Match;
  return evidence.every(isOfJson) ? match : { ...match, evidence: evidence.map(ofJson) };
}

function wrong(message: string): Error {
  return Object.assign(new Error(message), { name: wrongMatch });
}

function isResource(value: unknown): value is Resource {
  const { type, id } = fieldsOf(value);
  return textOf(type) !== undefined && textOf(id) !== undefined;
}

function isPromise(value: unknown): boolean {
  return typeof fieldsOf(value).then === "function";
}

/** Whether everybody who gets the evidence can write it down. */
function isOfJson({ value }: Evidence): boolean {
  if (value === null || ["string", "number", "boolean", "undefined"].includes(typeof value)) return true;
  try {
    return JSON.stringify(value) !== undefined;
  } catch (error) {
    // A record may be nested deeper than the stack allows, and is shown as far as it can be.
    return error instanceof RangeError;
  }
}

function ofJson(evidence: Evidence): Evidence {
  return isOfJson(evidence) ? evidence : { ...evidence, value: notShown };
}
