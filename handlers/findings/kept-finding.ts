import type { Attributes } from "../aws/table";
import { actorOf } from "../cloudtrail/actor";
import type { Detection } from "../detections/detection";
import { type Finding, findingOf } from "../detections/finding";
import { fieldsOf, textOf } from "../json";
import type { Severity } from "../settings";
import type { Result } from "./result";
import { type FindingBasis, progressOf, resultOfProgress } from "./store";

/** The finding in an item of the table; undefined if too little is kept of it. */
export function findingIn(
  id: string,
  { about, basis }: Attributes,
  catalogue: Detection[],
): Finding | undefined {
  const detection = catalogue.find((one) => id.endsWith(`#${one.id}`));
  if (basis?.S === undefined || detection === undefined) return undefined;
  const { record, match, source } = JSON.parse(basis.S) as FindingBasis;
  const severity = (textOf(fieldsOf(JSON.parse(about?.S ?? "{}")).severity) ??
    detection.severity) as Severity;
  const hit = { detection, severity, match };
  const finding = findingOf(hit, record, actorOf(record), source);
  if (finding.id === id) return finding;
  // A burst has an ID of its own.
  return findingOf(hit, record, actorOf(record), source, id.slice(0, -`#${detection.id}`.length));
}

/** The result in an item of the table; undefined while there is none. */
export function resultIn(item: Attributes): Result | undefined {
  const { outcome, ...progress } = progressOf(item);
  return outcome === undefined ? undefined : resultOfProgress({ ...progress, outcome });
}
