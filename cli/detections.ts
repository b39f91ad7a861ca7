import type { Detection } from "../handlers/detections/detection";
import { severities } from "../handlers/settings";
import { didYouMean } from "../infra/checks";
import {
  burstOf,
  inOrder,
  novelOf,
  noises,
  outcomeOf,
  remediationClasses,
  techniqueOf,
  whyOff,
} from "./catalogue";
import { ownCatalogue } from "./own-catalogue";
import { type Column, styleOfSeverity, table } from "./terminal";
import { type Given, type Io, type Options, usageError } from "./verb";

export const usage = "detections [ID]";
export const summary = "List the catalogue of detections, or show one with its runbook";
export const options = {} as const satisfies Options;

const columns: (Column & { of(detection: Detection): string })[] = [
  { title: "DETECTION", of: ({ id }) => id },
  { title: "SEVERITY", of: ({ severity }) => severity, styleOf: styleOfSeverity },
  { title: "ATT&CK", optional: true, of: ({ attack }) => attack?.technique ?? "" },
  { title: "REMEDIATION", optional: true, of: ({ remediation }) => remediation },
  {
    title: "TITLE",
    least: 25,
    of: (detection) => detection.title + (whyOff(detection) === undefined ? "" : " (off)"),
  },
];

/** @throws a usage error for an id that is not in the catalogue */
export async function run({ positionals }: Given<typeof options>, io: Io): Promise<number> {
  const [id, ...more] = positionals;
  if (more.length > 0) throw usageError(`expected one ID, found ${positionals.join(" ")}`);
  const { detections } = ownCatalogue((line) => io.err(`cloudtrailer detections: ${line}`)).catalogue;
  const lines = id === undefined ? tableOf(inOrder(detections), io) : entryOf(detectionOf(id, detections));
  for (const line of lines) io.out(line);
  return 0;
}

function detectionOf(id: string, detections: Detection[]): Detection {
  const detection = detections.find((one) => one.id === id);
  if (detection !== undefined) return detection;
  const ids = detections.map((one) => one.id);
  throw usageError(`expected the ID of a detection, found ${JSON.stringify(id)}${didYouMean(id, ids)}`);
}

function tableOf(list: Detection[], io: Io): string[] {
  const rows = list.map((one) => columns.map(({ of }) => of(one)));
  const counts = severities
    .map((severity) => ({ severity, count: list.filter((one) => one.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`);
  return [...table(columns, rows, io), "", `${list.length} detections: ${counts.join(", ")}`];
}

function entryOf(detection: Detection): string[] {
  const facts: [string, string | undefined][] = [
    ["severity", detection.severity],
    ["ATT&CK", techniqueOf(detection)],
    ["tier", detection.tier === "own" ? "own rule" : detection.tier],
    ["events", detection.events.join(", ")],
    ["looks at", outcomeOf(detection)],
    ["burst", burstOf(detection)],
    ["novelty", novelOf(detection)],
    ["noise", `${detection.noise}: ${noises[detection.noise]}`],
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
    ...sectionOf("False positives", detection.falsePositives, "  - "),
    ...sectionOf("AWS documentation", detection.references, "  "),
  ];
}

/** Rules of a team's own may have none of these. */
function sectionOf(heading: string, texts: string[], mark: string): string[] {
  return texts.length === 0 ? [] : ["", heading, ...texts.map((text) => mark + text)];
}
