import { type CloudTrailRecord, eventOf } from "../cloudtrail/record";
import { textOf } from "../json";
import { type BaselineName, baselineKinds } from "./kinds/index";

/** One resource that baselines are kept of. */
export interface Thing {
  kind: BaselineName;
  region: string;
  id: string;
}

/** Nothing that baselines are kept of has a longer ID. In characters. */
const maxId = 1_024;

/** The names of the events after which resources of these kinds are read, without their services. */
export function settingEventNames(kinds: BaselineName[]): string[] {
  const events = kinds.flatMap((kind) => Object.keys(baselineKinds[kind].setBy));
  return [...new Set(events.map((event) => event.slice(event.indexOf(":") + 1)))];
}

/** The resources of these kinds that a call has set, from its record. Not for failed calls, which set nothing. */
export function thingsSetBy(record: CloudTrailRecord, kinds: BaselineName[]): Thing[] {
  const event = eventOf(record);
  const region = textOf(record.awsRegion);
  if (region === undefined) return [];
  const things = kinds.flatMap((kind) => {
    const { setBy } = baselineKinds[kind];
    const ids = Object.hasOwn(setBy, event) ? setBy[event]?.(record) : undefined;
    return (ids ?? []).map((id) => ({ kind, region, id }));
  });
  return things.filter(
    (thing): thing is Thing => thing.id !== undefined && thing.id !== "" && thing.id.length <= maxId,
  );
}
