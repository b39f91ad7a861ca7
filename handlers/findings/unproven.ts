import { createHash } from "node:crypto";
import type { CloudTrailRecord } from "../cloudtrail/record";
import type { Detection } from "../detections/detection";
import type { Finding } from "../detections/finding";
import { canonicalJson, plainTextOf, textOf } from "../json";

/** What somebody sent to the function as an event of CloudTrail's. It is not in the catalogue: no record matches it. */
export const unprovenEvent: Detection = {
  id: "event-unproven",
  title: "Somebody sent the detector an event that is not AWS's",
  severity: "critical",
  attack: { technique: "T1685", before: "T1562" },
  tier: "extended",
  noise: "none",
  events: [],
  remediation: "alert",
  match: () => undefined,
  runbook: [
    "Do not act on what the event says: it was probably made up. Look for the call in CloudTrail's event history.",
    "Find out who may invoke the function, publish to its topics and put events on its buses, and who used that.",
    "Run `pulumi up --refresh`, which restores the policies of the stack's topics, buses and function.",
  ],
  falsePositives: ["Somebody on the team tried out the function with an event of their own."],
  references: ["https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html"],
};

/**
 * The finding of an event that does not prove its origin: critical, alerted once, and never fixed. Whom it names may have
 * nothing to do with it, so the caller is unknown.
 *
 * @param message the event's text @param problem why it proves nothing @param account the stack's
 */
export function unprovenFinding(
  message: string,
  record: CloudTrailRecord,
  source: string,
  problem: string,
  account: string,
): Finding {
  const hash = createHash("sha256").update(canonicalJson(record)).update(source).digest("hex");
  return {
    id: `unproven-${hash.slice(0, 40)}#${unprovenEvent.id}`,
    detection: unprovenEvent,
    severity: "critical",
    title: unprovenEvent.title,
    match: {
      evidence: [{ parameter: "event", value: message.slice(0, 2_000), why: problem }],
      resources: [],
    },
    record,
    actor: { type: "Unknown", name: "somebody unknown" },
    account,
    region: textOf(record.awsRegion) ?? "",
    source,
    suspect: `it does not prove its origin: ${problem}`,
  };
}

/**
 * A finding of an event that somebody had EventBridge replay: alerted, not fixed, and under an id of its own, so that it
 * cannot take the place of the real one.
 */
export function replayedFinding(finding: Finding, replay: string): Finding {
  const hash = createHash("sha256")
    .update(`${plainTextOf(finding.record.eventID)} ${replay}`)
    .digest("hex");
  return {
    ...finding,
    id: `replayed-${hash.slice(0, 40)}#${finding.detection.id}`,
    title: `Replayed: ${finding.title}`,
    onlyAlert: `the event comes from the replay ${JSON.stringify(replay.slice(0, 100))}, so it is an old one`,
  };
}
