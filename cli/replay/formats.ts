import { asffOf } from "../../handlers/alerts/asff";
import { ocsfOf, type OcsfBasis } from "../../handlers/alerts/ocsf";
import type { Detection } from "../../handlers/detections/detection";
import { csvRow } from "../findings/csv";
import { ownCatalogue } from "../own-catalogue";
import type { Io } from "../verb";
import type { ReplayFinding } from "./findings";
import { createFindingsTable } from "./table";

/** Formats that print one line per finding. */
export const lineFormats = ["table", "jsonl", "csv", "ocsf", "asff"] as const;

export type LineFormat = (typeof lineFormats)[number];

/** How findings are printed: a line each, below a heading that some formats have. */
export interface Lines {
  heading?: string;
  lineOf(finding: ReplayFinding): string;
}

/** Creates the lines of a format. @param now epoch ms, the time of findings whose record has none */
export function linesIn(format: LineFormat, io: Pick<Io, "width" | "color">, now: number): Lines {
  switch (format) {
    case "table": {
      const { heading, rowOf } = createFindingsTable(io);
      return { heading, lineOf: rowOf };
    }
    case "jsonl":
      return { lineOf: (finding) => JSON.stringify(finding) };
    case "csv":
      return { heading: csvRow(csvColumns.map(([title]) => title)), lineOf: csvLineOf };
    case "ocsf": {
      const byId = detectionsById();
      return { lineOf: (finding) => JSON.stringify(ocsfOf(basisOf(finding, byId, now))) };
    }
    case "asff": {
      const byId = detectionsById();
      return { lineOf: (finding) => JSON.stringify(asffOf(basisOf(finding, byId, now))) };
    }
  }
}

const csvColumns: [title: string, of: (finding: ReplayFinding) => string][] = [
  ["id", ({ id }) => id],
  ["eventTime", ({ eventTime }) => eventTime],
  ["severity", ({ severity }) => severity],
  ["detection", ({ detection }) => detection],
  ["title", ({ title }) => title],
  ["actor", ({ actor }) => actor.arn ?? actor.name],
  ["account", ({ account }) => account],
  ["region", ({ region }) => region],
  ["event", ({ event }) => event],
  ["resources", ({ resources }) => resources.map(({ id }) => id).join(" ")],
  ["novelty", ({ novelty }) => novelty ?? ""],
  ["exception", ({ exception }) => exception?.reason ?? ""],
  ["source", ({ source }) => source],
];

function csvLineOf(finding: ReplayFinding): string {
  return csvRow(csvColumns.map(([, of]) => of(finding)));
}

function detectionsById(): Map<string, Detection> {
  return new Map(ownCatalogue().catalogue.detections.map((detection) => [detection.id, detection]));
}

/** A replayed finding as far as an alert would have it: nothing was decided, so there is no outcome. */
function basisOf(finding: ReplayFinding, byId: Map<string, Detection>, now: number): OcsfBasis {
  const { id, detection, title, severity, account, region, event, resources, actor, evidence } = finding;
  const about = byId.get(detection);
  const at = Date.parse(finding.eventTime);
  return {
    id,
    detection,
    title,
    severity,
    account,
    region,
    team: "",
    what: {
      event,
      eventName: event.slice(event.indexOf(":") + 1),
      eventSource: `${event.slice(0, event.indexOf(":"))}.amazonaws.com`,
      resources,
    },
    who: actor,
    when: { eventTime: finding.eventTime, seenAt: new Date(Number.isNaN(at) ? now : at).toISOString() },
    why: evidence,
    ...(finding.novelty === undefined ? {} : { novelty: finding.novelty }),
    attack: finding.attack,
    runbook: about?.runbook ?? [],
    references: about?.references ?? [],
    source: finding.source,
    ...(finding.eventID === "" ? {} : { eventID: finding.eventID }),
  };
}
