import type { Detection } from "../handlers/detections/detection";
import { detections } from "../handlers/detections/index";
import { didYouMean } from "../infra/checks";
import {
  burstOf,
  inOrder,
  novelOf,
  outcomeOf,
  remediationClasses,
  severities,
  techniqueOf,
  whyOff,
} from "./catalogue";
import { type Io, usageError } from "./verb";

const columns: { title: string; of(detection: Detection): string }[] = [
  { title: "DETECTION", of: ({ id }) => id },
  { title: "SEVERITY", of: ({ severity }) => severity },
  { title: "ATT&CK", of: ({ attack }) => attack.technique },
  { title: "REMEDIATION", of: ({ remediation }) => remediation },
  { title: "TITLE", of: (detection) => detection.title + (whyOff(detection) === undefined ? "" : " (off)") },
];

/**
 * `detections [ID]`: the catalogue as a table, or one entry in full.
 *
 * @throws a usage error for an id that is not in the catalogue.
 */
export function run(args: string[], io: Pick<Io, "out" | "err">): Promise<number> {
  const [id, ...rest] = args;
  if (rest.length > 0) return Promise.reject(usageError(`expected one id, found ${args.length}`));
  if (id === undefined) {
    for (const line of tableOf(inOrder(detections))) io.out(line);
    return Promise.resolve(0);
  }
  const detection = detections.find((one) => one.id === id);
  if (detection === undefined) {
    const ids = detections.map((one) => one.id);
    return Promise.reject(
      usageError(`expected the id of a detection, found ${JSON.stringify(id)}${didYouMean(id, ids)}`),
    );
  }
  for (const line of entryOf(detection)) io.out(line);
  return Promise.resolve(0);
}

function tableOf(list: Detection[]): string[] {
  const rows = [columns.map(({ title }) => title), ...list.map((one) => columns.map(({ of }) => of(one)))];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const counts = severities
    .map((severity) => ({ severity, count: list.filter((one) => one.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`);
  return [...lines, "", `${list.length} detections: ${counts.join(", ")}`];
}

function entryOf(detection: Detection): string[] {
  const facts: [string, string | undefined][] = [
    ["severity", detection.severity],
    ["ATT&CK", techniqueOf(detection)],
    ["tier", detection.tier],
    ["events", detection.events.join(", ")],
    ["looks at", outcomeOf(detection)],
    ["burst", burstOf(detection)],
    ["novelty", novelOf(detection)],
    ["remediation", `${detection.remediation}: ${remediationClasses[detection.remediation]}`],
    ["off", whyOff(detection)],
  ];
  return [
    `${detection.id}: ${detection.title}`,
    "",
    ...facts.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(12)} ${value}`])),
    "",
    "What to do",
    ...detection.runbook.map((step, index) => `  ${index + 1}. ${step}`),
    "",
    "When it is nothing to worry about",
    ...detection.falsePositives.map((text) => `  - ${text}`),
    "",
    "AWS documentation",
    ...detection.references.map((url) => `  ${url}`),
  ];
}
