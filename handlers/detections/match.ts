import { fieldsOf, shownJson, textOf } from "../json";
import { severities } from "../settings";
import type { Evidence, Match, Resource } from "./detection";

/** Stands for a value of evidence that is no JSON. */
export const notShown = "(not a value of JSON)";

/**
 * What a detection returned, if it is a match: a team's own rule may return anything, and only this detection is to fail then,
 * not what handles its finding.
 *
 * @throws Error that says what was expected and found
 */
export function checkedMatch(found: unknown): Match {
  const { evidence, resources, title, severity } = fieldsOf(found);
  if (!Array.isArray(evidence) || !Array.isArray(resources))
    throw new Error(
      `expected a match {"evidence":[…],"resources":[…]} or nothing, found ${isPromise(found) ? "a promise: match must not be async" : shownJson(found)}`,
    );
  const wrong =
    evidence.find((one) => textOf(fieldsOf(one).parameter) === undefined) ??
    resources.find((one) => !isResource(one));
  if (wrong !== undefined || evidence.includes(undefined) || resources.includes(undefined))
    throw new Error(
      `expected evidence {"parameter":"…","value":…} and resources {"type":"…","id":"…"}, found ${shownJson(wrong)}`,
    );
  if (title !== undefined && textOf(title) === undefined)
    throw new Error(`expected a text as title, found ${shownJson(title)}`);
  if (severity !== undefined && !severities.some((one) => one === severity))
    throw new Error(`expected a severity of ${severities.join(", ")}, found ${shownJson(severity)}`);
  const match = found as Match;
  return evidence.every(isOfJson) ? match : { ...match, evidence: evidence.map(ofJson) };
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
