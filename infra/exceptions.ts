import { type Check, optional, record, shown, text } from "./checks";
import { tagFrom } from "../handlers/findings/tags";
import type { Exception } from "../handlers/settings";

const pattern = text("a pattern (`*` matches any characters)", (value) => value !== "");

/**
 * An exception that still applies.
 *
 * @param now epoch ms
 * @param detection the check of its detection
 */
export function checkException(now: number, detection: Check<string>): Check<Exception> {
  const checkFields = record({
    detection,
    principal: optional(pattern),
    account: optional(pattern),
    region: optional(pattern),
    resource: optional(pattern),
    tag: optional(
      text(
        "`key=value`, where the value is a pattern and the key does not start with `aws:`",
        (value) => tagFrom(value) !== undefined && !/^aws:/i.test(value),
      ),
    ),
    reason: text("the reason why it is acceptable", (value) => value.trim() !== ""),
    owner: text("who is responsible for it", (value) => value.trim() !== ""),
    until: text("a date or date-time, like 2027-01-31", (value) => !Number.isNaN(endOf(value))),
  });
  return (value, at, tell) => {
    const exception = checkFields(value, at, tell);
    if (exception === undefined) return undefined;
    const end = endOf(exception.until);
    if (end <= now) {
      tell({
        key: `${at}.until`,
        expected: "a future time (remove the exception, or have its owner renew it)",
        found: shown(exception.until),
      });
      return undefined;
    }
    if (letsEverythingPass(exception)) {
      tell({
        key: at,
        expected: "a principal, account, region, resource or tag, or a detection",
        found: "an exception that covers everything",
      });
      return undefined;
    }
    return { ...exception, until: new Date(end).toISOString() };
  };
}

function letsEverythingPass({ detection, principal, account, region, resource, tag }: Exception): boolean {
  return [detection, principal, account, region, resource, tag].every(
    (one) => one === undefined || /^\*+$/.test(one),
  );
}

/** Epoch ms of the end of an ISO date (UTC), or of an ISO date-time with an offset; NaN for anything else. */
function endOf(until: string): number {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/.test(until))
    return Number.NaN;
  const day = until.slice(0, 10);
  // `2027-02-30` would be parsed as 2 March.
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return Number.NaN;
  return until.length === 10 ? midnight + 86_399_999 : Date.parse(until);
}
