import { plainTextOf } from "../json";

/** One AWS API call, as data: the executor makes it, the alert prints it, plan mode shows it, undo reverses it. */
export interface Call {
  /** Key of the table of clients in handlers/aws/services.ts: `iam`. */
  service: string;
  /** The API's operation: `DetachUserPolicy`. */
  operation: string;
  region: string;
  /** The operation's input with the SDK's member names. JSON only. */
  input: Record<string, unknown>;
  /** AWS's error codes which say that what the call is to do has been done: by another hand, or before a crash. */
  doneWhen?: string[];
  /**
   * The member of the answer that lists what was not done: AWS answers some calls with 200 and says there that it did
   * nothing (`Unsuccessful` of CreateFlowLogs). Anything in it is a failure.
   */
  failuresIn?: string;
  /** Members of the input that are bytes to the API, and base64 text here: as in the AWS CLI. */
  bytes?: string[];
  /**
   * In a rollback: the places, from 0, of the plan's calls that this one reverts; it is made only when one of them was.
   * Left out: it reverts the plan's only call. A plan of several calls says it of each call of its rollback.
   */
  reverts?: number[];
  /** In a rollback: the places of those of the plan's calls whose own rollback reverts the same. */
  unlessMade?: number[];
  /**
   * In a rollback: what of the input is known only when the plan's calls have been made. Member of the input → which of the
   * plan's calls, from 0, and the path in its answer: `{ DetectorId: { call: 0, path: "DetectorId" } }`.
   */
  fromAnswers?: Record<string, { call: number; path: string }>;
}

/** Makes calls. Rejects with the SDK's error, whose `name` is AWS's error code. */
export type CallAws = (call: Call) => Promise<Record<string, unknown>>;

/** Makes calls to one service in one region: `const call = callsTo("iam", "us-east-1")`. */
export function callsTo(
  service: string,
  region: string,
): (operation: string, input: Record<string, unknown>, more?: Pick<Call, "doneWhen" | "failuresIn">) => Call {
  return (operation, input, more = {}) => ({ service, operation, region, input, ...more });
}

/** A read whose answer may be that the thing does not exist: then undefined. `codes` are AWS's error codes for it. */
export async function unlessGone(
  reading: ReturnType<CallAws>,
  codes: string[],
): Promise<Record<string, unknown> | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (codes.includes(plainTextOf((error as { name?: unknown }).name))) return undefined;
    throw error;
  }
}
