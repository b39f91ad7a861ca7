import type { Invocation } from "../aws/platform";
import type { Table } from "../aws/table";
import { actorOf } from "../cloudtrail/actor";
import type { CloudTrailRecord } from "../cloudtrail/record";
import { createAsking } from "../detections/asking";
import { createDetect, type DetectionFailure } from "../detections/detect";
import type { Detection } from "../detections/detection";
import { type Finding, findingOf } from "../detections/finding";
import { problemOf } from "../problem";
import type { Settings } from "../settings";
import type { HandleRecord } from "./handle-record";
import type { SendRequest } from "./person-request";
import type { Granted } from "./granted";

/** What handling a sent record needs. */
export interface SentDependencies {
  settings: Pick<Settings, "account" | "detections" | "context">;
  table: Table;
  /** The detections that are not off. */
  active: Detection[];
  handleRecord: HandleRecord;
}

/** Handles a record that a person has sent. */
export type HandleSent = (request: SendRequest, by: string, invocation: Invocation) => Granted;

/**
 * Creates the handling of sent records. Their findings are planned at most, marked, and have IDs of their own; bursts and novelty do
 * not count them, so that nobody teaches the detector by sending.
 */
export function createHandleSent({ settings, table, active, handleRecord }: SentDependencies): HandleSent {
  const handled = async (finding: Finding, invocation: Invocation): Promise<string> => {
    const { errors } = await handleRecord({ finding }, invocation);
    const [problem] = errors.first;
    if (problem !== undefined) throw new Error(problem);
    const { outcome, summary, reason } = await table.get(finding.id);
    const what = [outcome?.S, summary?.S, reason?.S].filter((text) => text !== undefined);
    return `${finding.id} ${what.join(": ")}`;
  };

  return ({ record: sent, nonce }, by, invocation) => ({
    async carryOut() {
      const record = sent as CloudTrailRecord;
      const lines: string[] = [];
      const onFailure = ({ detection, error }: DetectionFailure) =>
        void lines.push(`detection ${detection.id} failed: ${problemOf(error)}`);
      // Made when it is needed: few functions are ever sent anything.
      const hits = createDetect(settings, active)(record, undefined, onFailure);
      for (const hit of hits) lines.push(await handled(sentFinding(hit, record, by, nonce), invocation));
      const asked = createAsking(settings, active).askedAbout(record, onFailure);
      const open = asked.map(({ detection }) => detection.id);
      if (open.length > 0) lines.push(`not decided without live state: ${open.join(", ")}`);
      return lines.length === 0 ? "no findings" : lines.join("\n");
    },
  });
}

function sentFinding(
  hit: Parameters<typeof findingOf>[0],
  record: CloudTrailRecord,
  by: string,
  nonce: string,
): Finding {
  const finding = findingOf(hit, record, actorOf(record), `sent:${nonce}`);
  return {
    ...finding,
    id: `sent-${nonce}#${hit.detection.id}`,
    title: `Sent by hand: ${finding.title}`,
    sentBy: by,
  };
}
