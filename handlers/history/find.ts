import { textOf } from "../json";
import { withoutSecrets } from "../alerts/clean";
import { type Actor, actorOf } from "../cloudtrail/actor";
import { type CloudTrailRecord, eventOf } from "../cloudtrail/record";
import { createDetect, type Hit } from "../detections/detect";
import type { Ask } from "../detections/ask";
import { createAsking } from "../detections/asking";
import { type Fact, factEventNames, factOf } from "../detections/seen-state";
import type { Detection, Evidence, Resource } from "../detections/detection";
import { coveringOf } from "../findings/exceptions";
import { findingOf } from "../detections/finding";
import { wantedOf } from "../detections/wanted";
import { modeOf } from "../mode";
import { isOwnAction } from "../cloudtrail/own-actions";
import type { PatternRule } from "../rules/pattern-rule";
import type { Catalogue } from "../rules/rule";
import type { RemediationClass, Settings, Severity } from "../settings";

/** What reading old records needs of a stack's settings. JSON only: `replay` sends it to its workers. */
export type ReplaySettings = Pick<Settings, "mode" | "detections" | "exceptions" | "context"> & {
  /** Name of the detector's role, whose own calls make no findings; known if a stack's configuration is given. */
  roleName?: string;
  /** Rules of the stack's configuration. */
  rules?: PatternRule[];
  /** Whether findings carry what a plan is made from. */
  withBasis?: true;
};

/** A finding in old records, as `--format jsonl` prints it. JSON only. */
export interface ReplayFinding {
  /** `<eventID>#<detection id>` */
  id: string;
  /** CloudTrail's id of the record; for a burst, of its last record. */
  eventID: string;
  detection: string;
  severity: Severity;
  title: string;
  actor: Actor;
  account: string;
  region: string;
  /** As it is in the record: ISO 8601. */
  eventTime: string;
  /** `iam:AttachUserPolicy` */
  event: string;
  evidence: Evidence[];
  resources: Resource[];
  couldNotInspect?: string;
  /** Whether this is new for the actor. */
  novelty?: string;
  /** The detection's class of remediation, and the IAM actions of the calls it would make. */
  remediation: { class: RemediationClass; calls: string[] };
  attack: Detection["attack"];
  /** The exception of the stack's configuration that covers it. */
  exception?: { reason: string; owner: string; until: string };
  /** The file: a path, or `s3://bucket/key`. */
  source: string;
  /** What a plan is made from; never printed. */
  basis?: Pick<Hit, "severity" | "match"> & { record: CloudTrailRecord };
}

/** A hit that makes a finding only together with others (a burst or a novelty), as JSON, with the detection's id. */
export interface ReplayCounted {
  hit: Omit<Hit, "detection"> & { detection: string };
  record: CloudTrailRecord;
  source: string;
}

/** A record about which a detection has a question, as JSON, with the detection's id. */
export interface ReplayAsked {
  detection: string;
  asks: Ask[];
  record: CloudTrailRecord;
  source: string;
}

/** The result of one record. */
export interface Found {
  findings: ReplayFinding[];
  /** Hits that make no finding by themselves. */
  counted: ReplayCounted[];
  asked: ReplayAsked[];
  /** What the record says about things that detections ask about. */
  facts: Fact[];
}

/** The detections that are on. */
export function activeIn(
  { detections }: Pick<Catalogue, "detections">,
  settings: ReplaySettings,
): Detection[] {
  return detections.filter((detection) => modeOf(detection, settings) !== "off");
}

/** The function from a record to its findings, and what it needs of a log file. */
export type Find = ReturnType<typeof createFindIn>;

/** Creates the function from a record to its findings. @param now epoch ms, for exceptions that end */
export function createFindIn(catalogue: Catalogue, settings: ReplaySettings, now: number) {
  const active = activeIn(catalogue, settings);
  const detect = createDetect(settings, active);
  const asking = createAsking(settings, active);
  const callsOf = new Map(catalogue.remediations.map(({ id, writes }) => [id, writes]));

  /** @param eventID replaces the record's own in the id, for bursts */
  function shown(
    hit: Pick<Hit, "detection" | "severity" | "match">,
    record: CloudTrailRecord,
    source: string,
    eventID?: string,
  ): ReplayFinding {
    const finding = findingOf(hit, record, actorOf(record), source, eventID);
    const { detection, match } = finding;
    const found = coveringOf(finding, settings.exceptions, now);
    // Tags are live state, which is not read here.
    const exception = "problem" in found ? undefined : found.covering.find(({ tag }) => tag === undefined);
    const replayed: ReplayFinding = {
      id: finding.id,
      eventID: textOf(record.eventID) ?? "",
      detection: detection.id,
      severity: exception === undefined ? finding.severity : "info",
      title: finding.title,
      actor: finding.actor,
      account: finding.account,
      region: finding.region,
      eventTime: textOf(record.eventTime) ?? "",
      event: eventOf(record),
      evidence: match.evidence.map((evidence) => ({ ...evidence, value: withoutSecrets(evidence.value) })),
      resources: match.resources,
      remediation: { class: detection.remediation, calls: callsOf.get(detection.id) ?? [] },
      attack: detection.attack,
      source,
    };
    if (settings.withBasis) replayed.basis = { severity: hit.severity, match, record };
    if (match.novelty !== undefined) replayed.novelty = match.novelty.text;
    if (match.couldNotInspect !== undefined) replayed.couldNotInspect = match.couldNotInspect;
    if (exception !== undefined) {
      const { reason, owner, until } = exception;
      replayed.exception = { reason, owner, until };
    }
    return replayed;
  }

  /** @param hinted what the reader of log files says about hints; omitted if another reader was used */
  function find(record: CloudTrailRecord, source: string, hinted?: number): Found {
    const fact = factOf(record);
    const facts = fact === undefined ? [] : [fact];
    const hits = detect(record, hinted);
    const asked = asking.askedAbout(record);
    // This account is the record's.
    const account = textOf(record.recipientAccountId) ?? "";
    if (
      (hits.length === 0 && asked.length === 0) ||
      (settings.roleName && isOwnAction(record, { account, roleName: settings.roleName }))
    )
      return { findings: [], counted: [], asked: [], facts };
    const isAlone = ({ counted, detection }: Hit) => counted === undefined && detection.novel === undefined;
    return {
      findings: hits.filter(isAlone).map((hit) => shown(hit, record, source)),
      counted: hits
        .filter((hit) => !isAlone(hit))
        .map((hit) => ({ hit: { ...hit, detection: hit.detection.id }, record, source })),
      asked: asked.map(({ detection, asks }) => ({ detection: detection.id, asks, record, source })),
      facts,
    };
  }

  const others = active.some(({ asks }) => asks !== undefined) ? factEventNames : [];
  return { find, shown, asking, wanted: wantedOf(active, settings.context, others) };
}
