import {
  burstOf,
  inOrder,
  noises,
  novelOf,
  outcomeOf,
  remediationClasses,
  serviceOf,
  techniqueOf,
  whyOff,
} from "../../cli/catalogue";
import type { Detection } from "../../handlers/detections/detection";
import { severities } from "../../handlers/settings";
import { detections } from "../../handlers/detections/index";
import { remediations } from "../../handlers/remediations/index";
import { table } from "./markdown";

/** docs/detections.md: the catalogue. */
export function detectionsPage(): string {
  const list = inOrder(detections);
  const services = [...new Set(list.map(({ events }) => serviceOf(events)))];
  const off = list.filter((one) => whyOff(one) !== undefined);
  return `# Detections

<!-- Generated from handlers/detections/ by \`npm run docs\`. -->

${list.length} detections: ${severities
    .map((severity) => ({ severity, count: list.filter((one) => one.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(", ")}. ${list.filter(({ burst }) => burst !== undefined).length} of them are bursts: they count
calls by one actor and make one finding of many. ${list.filter(({ novel }) => novel !== undefined).length} look for novelty: the call is daily work for some, so only its first
use in 30 days by a user or role (in whatever session) gets full severity, and the alert says so. Further uses are \`info\`,
one finding a day. During the first 14 days of records everything is new, so such findings are \`low\`;
\`replay --past\` learns from earlier records instead. \`npx cloudtrailer detections [ID]\` shows the same entries in the
terminal, and docs/attack-navigator-layer.json in the [ATT&CK Navigator](https://mitre-attack.github.io/attack-navigator/).

To set severity, mode and thresholds per detection, or to make exceptions, see [configuration](configuration.md).

## Remediation classes

${table(
  ["class", "meaning", "detections"],
  Object.entries(remediationClasses).map(([name, meaning]) => [
    `\`${name}\``,
    meaning,
    String(list.filter(({ remediation }) => remediation === name).length),
  ]),
)}

A ✓ in the lists below means that there is a remediation, which \`plan\` shows and \`fix\` carries out.

## How often an ordinary account triggers them

${table(
  ["noise", "what it means", "detections"],
  Object.entries(noises).map(([name, meaning]) => [
    `\`${name}\``,
    meaning,
    String(list.filter(({ noise }) => noise === name).length),
  ]),
)}

The budget: the ordinary records of a real account may cause at most one finding per 1,000 at \`low\` or above. Measure your own:
\`npx cloudtrailer replay --summary PATH\` prints findings per 1,000 records by detection and actor.

## Off by default

${table(
  ["detection", "why"],
  off.map((one) => [link(one), whyOff(one) ?? ""]),
)}

## By service

${services.map((service) => `### ${nameOf(service)}\n\n${summaryOf(list.filter(({ events }) => serviceOf(events) === service))}`).join("\n\n")}

## Details

${list.map(entryOf).join("\n\n")}
`;
}

function nameOf(service: string): string {
  return service === "*" ? "Every service" : service;
}

function summaryOf(list: Detection[]): string {
  return table(
    ["detection", "title", "severity", "noise", "ATT&CK", "remediation"],
    list.map((one) => [link(one), one.title, one.severity, one.noise, technique(one), remediation(one)]),
  );
}

function entryOf(detection: Detection): string {
  const facts: [string, string | undefined][] = [
    ["severity", detection.severity],
    ["ATT&CK", technique(detection)],
    ["events", detection.events.map((event) => (event === "*" ? "every event" : `\`${event}\``)).join(", ")],
    ["matches", outcomeOf(detection)],
    ["reads", asksOf(detection)],
    ["burst", burstOf(detection)],
    ["novelty", novelOf(detection)],
    ["noise", `${detection.noise}: ${noises[detection.noise]}`],
    ["remediation", `${remediation(detection)}: ${remediationClasses[detection.remediation]}`],
    ["off by default", whyOff(detection)],
    ["tier", detection.tier],
  ];
  return `### ${detection.id}

**${detection.title}**

${table(
  ["", ""],
  facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
)}

What to do:

${detection.runbook.map((step, index) => `${index + 1}. ${step}`).join("\n")}

False positives:

${detection.falsePositives.map((text) => `- ${text}`).join("\n")}

AWS documentation: ${detection.references.map((url) => `<${url}>`).join(", ")}`;
}

/** What it needs to know besides the record. */
function asksOf({ asks, reads = [] }: Detection): string | undefined {
  if (asks === undefined) return undefined;
  return reads.length > 0 ? codes(reads) : "the baseline";
}

function codes(texts: string[]): string {
  return texts.map((text) => `\`${text}\``).join(", ");
}

function link({ id }: Detection): string {
  return `[\`${id}\`](#${id})`;
}

function technique(detection: Detection): string {
  const { technique: id = "" } = detection.attack ?? {};
  const text = techniqueOf(detection) ?? "";
  return text.replace(id, `[${id}](https://attack.mitre.org/techniques/${id.replace(".", "/")}/)`);
}

function remediation({ id, remediation: kind }: Detection): string {
  return remediations.some((one) => one.id === id) ? `\`${kind}\` ✓` : `\`${kind}\``;
}
