import type { Values } from "./property";

function renamed(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, rename));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [rename(key), renamed(each, rename)]));
}

/** `noncurrentDays` → `NoncurrentDays`, at any depth: Pulumi's names to those of AWS's APIs. */
export function toWire(value: unknown): Values {
  return renamed(value ?? {}, (key) => key.charAt(0).toUpperCase() + key.slice(1)) as Values;
}

/** `NoncurrentDays` → `noncurrentDays`, at any depth. */
export function fromWire(value: unknown): Values {
  return renamed(value ?? {}, (key) => key.charAt(0).toLowerCase() + key.slice(1)) as Values;
}
