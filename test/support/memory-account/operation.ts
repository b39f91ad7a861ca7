import type { Fields } from "../../../handlers/json";
import { awsError } from "../factories";

/** One API operation of the account in memory. */
export interface Operation {
  /** Answers a call, and changes what it changes. @throws what the SDK throws */
  run(input: Fields): Fields;
  /** What CloudTrail writes about it; undefined for one that only reads. */
  recorded?: {
    /** The event's name, if it is not the operation's. */
    eventName?: string;
    requestParameters(input: Fields): Fields;
    responseElements?(answer: Fields): Fields;
  };
}

/** One service: its operations, and all that it has, for comparing. */
export interface Service {
  operations: Record<string, Operation>;
  state(): unknown;
}

/** An operation that only reads. */
export function reading(run: Operation["run"]): Operation {
  return { run };
}

/** What is under a key. @throws AWS's error with this code where nothing is */
export function there<Value>(things: Map<string, Value>, key: unknown, code: string): Value {
  const name = String(key);
  const found = things.get(name.startsWith("arn:") ? name.slice(name.lastIndexOf("/") + 1) : name);
  if (found === undefined) throw awsError(code, `there is no ${name}`);
  return found;
}

/** Names as most services write them into records: `TrailName` becomes `trailName`, at every depth. */
export function lowered(value: unknown): Fields {
  return lower(value) as Fields;
}

function lower(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lower);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      lower(inner),
    ]),
  );
}

/** A JSON value that is nobody else's. */
export function copy<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
