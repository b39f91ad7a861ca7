import { createHash } from "node:crypto";
import type { CallAws } from "../aws/call";
import { type Attributes, type Condition, createTable } from "../aws/table";
import { type Finding, principalOf } from "../detections/finding";
import { isOwnName, type OwnNames, ownNamesOf } from "../part-names";
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
  /** IDs of the findings left to their log file since the last call. */
  left(): string[];
}

/** What recognizing floods needs. */
export interface FloodDependencies {
  settings: Pick<Settings, "table" | "region" | "context">;
  aws: CallAws;
  /**
   * Whether a log file brings a finding's record as well. A summary of what an event brings would be of one finding: what is
   * gathered is left to the log file, which has many.
   */
  isFollowed(alertable: Alertable): boolean;
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
export function createFloods({ settings, aws, isFollowed, now }: FloodDependencies): Floods {
  const table = createTable(aws, settings);
  const windows = new Map<string, Promise<Window>>();
  const gathered = new Map<string, { flood: Flood; ids: string[] }>();
  let left: string[] = [];

  const { ownResources, trail } = settings.context;
  // Few notifications bring a flood.
  let names: OwnNames | undefined;
  const isOwnPart = ({ match }: Finding) => {
    const own = (names ??= ownNamesOf(ownResources, trail));
    return match.resources.some(({ id }) => isOwnName(id, own));
  };

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
      const names = finding.match.resources.map(({ id }) => hashOf(id));
      /** How many alerts there may be for this one to be published; undefined: it is gathered. */
      const limitIn = ({ alerts, resources, gravest }: Window): number | undefined => {
        if (alerts < maxAlerts) return maxAlerts;
        // A deployment changes many parts, and leaves all of them as declared: that is info.
        if (isGraver(severity, gravest) || (severity !== "info" && isOwnPart(finding)))
          return Number.POSITIVE_INFINITY;
        const isNew = names.some((name) => !resources.has(name));
        return isNew && alerts < maxAlertsOfResources ? maxAlertsOfResources : undefined;
      };
      for (;;) {
        const reading = windows.get(key) ?? table.get(key).then(windowIn);
        windows.set(key, reading);
        const window = await reading;
        const limit = limitIn(window);
        if (limit === undefined && isFollowed(alertable)) left.push(finding.id);
        else if (limit === undefined) gather(alertable);
        if (limit === undefined) return false;
        const gravest = isGraver(severity, window.gravest) ? severity : window.gravest;
        const counted = await table.update(key, {
          add: {
            alerts: { N: "1" },
            ...(names.length === 0 ? {} : { resources: { SS: [...new Set(names)].slice(0, 100) } }),
          },
          set: {
            gravest: { S: gravest },
            expiresAt: { N: String(Math.floor((now() + 2 * floodMs) / 1000)) },
          },
          ...(limit === Number.POSITIVE_INFINITY ? {} : { condition: ifFewerThan(limit) }),
        });
        if (counted.changed) {
          windows.set(key, Promise.resolve(windowIn(counted.item)));
          return true;
        }
        // Other invocations have published as many meanwhile.
        windows.delete(key);
      }
    },
    summaries() {
      const all = [...gathered.values()];
      gathered.clear();
      return all;
    },
    left() {
      const all = left;
      left = [];
      return all;
    },
  };
}

function windowIn({ alerts, resources, gravest }: Attributes): Window {
  return {
    alerts: Number(alerts?.N ?? 0),
    resources: new Set(resources?.SS ?? []),
    gravest: severities.find((one) => one === gravest?.S) ?? "info",
  };
}

function ifFewerThan(limit: number): Condition {
  return {
    expression: "attribute_not_exists(alerts) OR alerts < :limit",
    values: { ":limit": { N: String(limit) } },
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
