import {
  burstOf,
  inOrder,
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

<!-- Made from handlers/detections/ by \`npm run docs\`. -->

${list.length} detections: ${severities
    .map((severity) => ({ severity, count: list.filter((one) => one.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(
      ", ",
    )}. ${list.filter(({ burst }) => burst !== undefined).length} of them are bursts: they count many
calls by one actor and make one finding of them. ${list.filter(({ novel }) => novel !== undefined).length} look for what is new: daily work for some, so only the first time
in 30 days by the same user or role (whatever the session) is worth an alert. It says so in a line of its own; what follows is
kept at \`info\`, one finding a day. During the first 14 days of records everything is new, so such findings are \`low\`; \`replay --past\`
learns from earlier records instead. The same entries at the terminal: \`npx cloudtrailer detections [ID]\`.
docs/attack-navigator-layer.json shows them in the [ATT&CK Navigator](https://mitre-attack.github.io/attack-navigator/).

Severity, mode and thresholds can be set per detection, and exceptions made: docs/configuration.md.

## What can be done about a finding

${table(
  ["class", "what it means", "detections"],
  Object.entries(remediationClasses).map(([name, meaning]) => [
    `\`${name}\``,
    meaning,
    String(list.filter(({ remediation }) => remediation === name).length),
  ]),
)}

A ✓ in the lists below: there is a remediation, which \`plan\` shows and \`fix\` makes.

## Off by default

${table(
  ["detection", "why"],
  off.map((one) => [link(one), whyOff(one) ?? ""]),
)}

## All of them

${services.map((service) => `### ${nameOf(service)}\n\n${summaryOf(list.filter(({ events }) => serviceOf(events) === service))}`).join("\n\n")}

## Each of them

${list.map(entryOf).join("\n\n")}
`;
}

function nameOf(service: string): string {
  return service === "*" ? "Every service" : service;
}

function summaryOf(list: Detection[]): string {
  return table(
    ["detection", "title", "severity", "ATT&CK", "remediation"],
    list.map((one) => [link(one), one.title, one.severity, technique(one), remediation(one)]),
  );
}

function entryOf(detection: Detection): string {
  const facts: [string, string | undefined][] = [
    ["severity", detection.severity],
    ["ATT&CK", technique(detection)],
    ["events", detection.events.map((event) => (event === "*" ? "every event" : `\`${event}\``)).join(", ")],
    ["looks at", outcomeOf(detection)],
    ["asks for", asksOf(detection)],
    ["burst", burstOf(detection)],
    ["novelty", novelOf(detection)],
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

When it is nothing to worry about:

${detection.falsePositives.map((text) => `- ${text}`).join("\n")}

AWS documentation: ${detection.references.map((url) => `<${url}>`).join(", ")}`;
}

/** What it has to know besides the record. */
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
