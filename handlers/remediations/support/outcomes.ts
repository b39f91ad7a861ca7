import { fieldsOf, plainTextOf, textOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { Call, CallAws, NoPlan } from "../remediation";

/** The request parameters of a finding's record that must be there as text, or why there can be no plan. */
export function requested<Name extends string>(
  finding: Finding,
  names: Name[],
): { values: Record<Name, string> } | NoPlan {
  const parameters = fieldsOf(finding.record.requestParameters);
  const values = {} as Record<Name, string>;
  for (const name of names) {
    const value = textOf(parameters[name]);
    if (value === undefined || value === "")
      return refused(`the record does not say requestParameters.${name}`);
    values[name] = value;
  }
  return { values };
}

/** `fields` without those that are undefined: a call's input is JSON, which has none. */
export function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** No plan: what the event did is undone already. */
export function alreadyOk(reason: string): NoPlan {
  return { outcome: "already-ok", reason };
}

/** No plan: somebody changed the same thing after the event, and that is theirs to keep. */
export function changedSince(reason: string): NoPlan {
  return { outcome: "changed-since", reason };
}

/** No plan: it would not be right. */
export function refused(reason: string): NoPlan {
  return { outcome: "refused", reason };
}

/** No plan: the state before the event is not in the record, and nothing else has kept it. */
export function needsBaseline(reason: string): NoPlan {
  return { outcome: "needs-baseline", reason };
}

/** What IAM says when the user, role, group, policy or key, or its tie to another one, does not exist. */
export const iamGone = ["NoSuchEntityException", "NoSuchEntity"];

/** A read whose answer may be that the thing does not exist: then undefined. `codes` are AWS's error codes for it. */
export async function unlessGone(
  reading: ReturnType<CallAws>,
  codes: string[],
): Promise<Record<string, unknown> | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (codes.includes(plainTextOf((error as { name?: unknown }).name))) return undefined;
    throw error;
  }
}

/** Whether two JSON values say the same, whatever the order of their keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = value as Record<string, unknown>;
  const keys = Object.keys(fields).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(fields[key])}`).join(",")}}`;
}

/** Makes calls to one service in one region: `const call = callsTo("iam", "us-east-1")`. */
export function callsTo(
  service: string,
  region: string,
): (operation: string, input: Record<string, unknown>, more?: Pick<Call, "doneWhen" | "failuresIn">) => Call {
  return (operation, input, more = {}) => ({ service, operation, region, input, ...more });
}

/** The members of `from` that are there, of those named. */
export function picked(from: unknown, names: readonly string[]): Record<string, unknown> {
  const fields = fieldsOf(from);
  return Object.fromEntries(
    names
      .filter((name) => fields[name] !== undefined && fields[name] !== null)
      .map((name) => [name, fields[name]]),
  );
}
