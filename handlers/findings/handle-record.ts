import type { Invocation } from "../aws/platform";
import type { CloudTrailRecord } from "../cloudtrail/record";
import type { Finding } from "../detections/finding";
import type { Problems } from "../problem";

/** What happened to one record, or finding, that did not come in a log file, for its entry in the log. */
export interface HandledRecord {
  /** As in the log entry. */
  entry: Record<string, unknown>;
  /** IDs of the findings that are in the table now. */
  kept: string[];
  errors: Problems;
  failures: Problems;
}

/** A record that did not come in a log file, a finding that is not one of a record, or findings that are handled anew. */
export type RecordToHandle =
  | {
      record: CloudTrailRecord;
      /** Where it is from, for people: see `Finding`. */
      source: string;
      /** Of its JSON. */
      bytes: number;
      /** The form in which a finding of it is handled. */
      findingOf?(finding: Finding): Finding;
      /** Whether a log file brings it as well. */
      isFollowed?: true;
      /** Why a finding of it must wait for the log file; undefined if it need not. */
      waits?(finding: Finding): string | undefined;
    }
  | { finding: Finding }
  | { findings: Finding[] };

/** Handles one record, or findings, as if they had come in a log file. Never rejects. */
export type HandleRecord = (what: RecordToHandle, invocation: Invocation) => Promise<HandledRecord>;
