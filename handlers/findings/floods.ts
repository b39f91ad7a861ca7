import { createHash } from "node:crypto";
import type { CallAws } from "../aws/call";
import { createTable } from "../aws/table";
import { type Finding, principalOf } from "../detections/finding";
import { isOwnName, ownNamesOf } from "../part-names";
import { type Settings, type Severity, severities } from "../settings";
import type { Alertable } from "./handle";

/** Single alerts of one detection and actor in one window; further ones are gathered into summaries. */
const maxAlerts = 20;

/** The window, in ms. */
export const floodMs = 600_000;

/** Single alerts in one window if each is about a new resource. */
const maxAlertsOfResources = 100;

/** Findings listed in a summary. */
const maxExamples = 5;

/** Findings of one detection and actor that were gathered instead of alerted one by one. */
export interface Flood {
  detection: string;
  actor: string;
  severity: Severity;
  /** The number of findings in this summary. */
  findings: number;
  /** How often each outcome came. */
  outcomes: Record<string, number>;
  /** ISO date-times of the first and last event. */
  from: string;
  to: string;
  examples: { id: string; title: string; resources: string[] }[];
}

/** Decides which alerts are published alone, and gathers the rest. For one notification. */
export interface Floods {
  /** Whether to publish an alert alone. If not, it goes into a summary: see {@link Floods.summaries}. */
  admits(alertable: Alertable): Promise<boolean>;
  /** How many findings were gathered since the last call of {@link Floods.summaries}. */
  gathered(): number;
  /** What was gathered since the last call, with the ids of its findings. */
  summaries(): { flood: Flood; ids: string[] }[];
}

/** What recognizing floods needs. */
export interface FloodDependencies {
  settings: Pick<Settings, "table" | "region" | "context">;
  aws: CallAws;
  /** Epoch ms. */
  now(): number;
}

interface Window {
  alerts: number;
  resources: Set<string>;
  gravest: Severity;
}

/**
 * Keeps a flood of alerts from hiding the one that matters. The first alerts of a detection and actor in a window are
 * published; after them only what is new: a more severe one, one about a part of this system, and, up to a limit, one
 * about a new resource. Nothing is dropped from the table.
 */
export function createFloods({ settings, aws, now }: FloodDependencies): Floods {
  const table = createTable(aws, settings);
  const windows = new Map<string, Promise<Window>>();
  const gathered = new Map<string, { flood: Flood; ids: string[] }>();

  const windowOf = async (key: string): Promise<Window> => {
    const { alerts, resources, gravest } = await table.get(key);
    return {
      alerts: Number(alerts?.N ?? 0),
      resources: new Set(resources?.SS ?? []),
      gravest: severities.find((one) => one === gravest?.S) ?? "info",
    };
  };

  const names = ownNamesOf(settings.context.ownResources, settings.context.trail);
  const isOwnPart = ({ match }: Finding) => match.resources.some(({ id }) => isOwnName(id, names));

  const gather = ({ finding, result }: Alertable): void => {
    const { detection, record, match, title } = finding;
    const actor = principalOf(finding);
    const key = `${detection.id} ${actor}`;
    const severity = result.severity ?? finding.severity;
    const time = String(record.eventTime);
    const known = gathered.get(key) ?? {
      flood: {
        detection: detection.id,
        actor,
        severity,
        findings: 0,
        outcomes: {},
        from: time,
        to: time,
        examples: [],
      },
      ids: [],
    };
    gathered.set(key, known);
    const { flood } = known;
    known.ids.push(finding.id);
    flood.findings++;
    flood.outcomes[result.outcome] = (flood.outcomes[result.outcome] ?? 0) + 1;
    if (isGraver(severity, flood.severity)) flood.severity = severity;
    if (time < flood.from) flood.from = time;
    if (time > flood.to) flood.to = time;
    if (flood.examples.length < maxExamples)
      flood.examples.push({
        id: finding.id,
        title,
        resources: match.resources.slice(0, 3).map(({ id }) => id),
      });
  };

  return {
    gathered: () => [...gathered.values()].reduce((sum, { ids }) => sum + ids.length, 0),
    async admits(alertable) {
      const { finding, result } = alertable;
      const severity = result.severity ?? finding.severity;
      const key = keyOf(finding, now());
      const reading = windows.get(key) ?? windowOf(key);
      windows.set(key, reading);
      const window = await reading;
      const names = finding.match.resources.map(({ id }) => hashOf(id));
      const isNew = names.length > 0 && names.some((name) => !window.resources.has(name));
      const admitted =
        window.alerts < maxAlerts ||
        isGraver(severity, window.gravest) ||
        // A deployment changes many parts, and leaves all of them as declared: that is info.
        (severity !== "info" && isOwnPart(finding)) ||
        (isNew && window.alerts < maxAlertsOfResources);
      if (!admitted) {
        gather(alertable);
        return false;
      }
      window.alerts++;
      for (const name of names) window.resources.add(name);
      if (isGraver(severity, window.gravest)) window.gravest = severity;
      await table.update(key, {
        add: {
          alerts: { N: "1" },
          ...(names.length === 0 ? {} : { resources: { SS: [...new Set(names)].slice(0, 100) } }),
        },
        set: {
          gravest: { S: window.gravest },
          expiresAt: { N: String(Math.floor((now() + 2 * floodMs) / 1000)) },
        },
      });
      return true;
    },
    summaries() {
      const all = [...gathered.values()];
      gathered.clear();
      return all;
    },
  };
}

function isGraver(one: Severity, other: Severity): boolean {
  return severities.indexOf(one) < severities.indexOf(other);
}

function keyOf(finding: Finding, now: number): string {
  const who = hashOf(`${finding.account} ${principalOf(finding)}`);
  return `flood#${finding.detection.id}#${who}#${Math.floor(now / floodMs)}`;
}

/** Names come from records, and an item is limited to 400 KB. */
function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}
