import { type Check, optional, record, shown, text } from "./checks";
import { tagFrom } from "../handlers/findings/tags";
import type { Exception } from "../handlers/settings";

const pattern = text("a pattern (`*` stands for any characters)", (value) => value !== "");

/**
 * An exception that still holds.
 *
 * @param now epoch ms
 * @param detection what may stand for the detection
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
        "`key=value`, the value a pattern, and a key that does not begin with `aws:`",
        (value) => tagFrom(value) !== undefined && !/^aws:/i.test(value),
      ),
    ),
    reason: text("why it may pass", (value) => value.trim() !== ""),
    owner: text("who answers for it", (value) => value.trim() !== ""),
    until: text("until when it holds, like 2027-01-31", (value) => !Number.isNaN(endOf(value))),
  });
  return (value, at, tell) => {
    const exception = checkFields(value, at, tell);
    if (exception === undefined) return undefined;
    const end = endOf(exception.until);
    if (end <= now) {
      tell({
        key: `${at}.until`,
        expected: "a time that is still to come (take the exception out, or let its owner renew it)",
        found: shown(exception.until),
      });
      return undefined;
    }
    if (letsEverythingPass(exception)) {
      tell({
        key: at,
        expected: "a principal, account, region, resource or tag, or a detection",
        found: "an exception that lets everything pass",
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

/** Epoch ms of the end of an ISO date (UTC) or of an ISO date-time with its offset; NaN when it is neither. */
function endOf(until: string): number {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/.test(until))
    return Number.NaN;
  const day = until.slice(0, 10);
  // `2027-02-30` would be read as the 2nd of March.
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return Number.NaN;
  return until.length === 10 ? midnight + 86_399_999 : Date.parse(until);
}
