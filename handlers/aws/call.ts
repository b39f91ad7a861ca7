import { plainTextOf } from "../json";

/** One AWS API call, as data: the executor makes it, the alert prints it, plan mode shows it, a rollback reverts it. */
export interface Call {
  /** The account to call in, 12 digits; that of the caller's credentials if omitted. */
  account?: string;
  /** Key of the table of clients in handlers/aws/services.ts: `iam`. */
  service: string;
  /** The API's operation: `DetachUserPolicy`. */
  operation: string;
  region: string;
  /** The operation's input with the SDK's member names. JSON only. */
  input: Record<string, unknown>;
  /** AWS's error codes that mean that the work is already done: by somebody else, or before a crash. */
  doneWhen?: string[];
  /**
   * The member of the answer that lists what was not done: AWS answers some calls with 200 but reports there that they
   * failed (`Unsuccessful` of CreateFlowLogs). Anything in it is a failure.
   */
  failuresIn?: string;
  /** Whether the SDK makes one attempt only. For calls whose repetition shows, so that the caller can say so. */
  once?: boolean;
  /** Members of the input that the API takes as bytes. Here they are base64 text, as in the AWS CLI. */
  bytes?: string[];
  /**
   * In a rollback: the indexes, from 0, of the plan's calls that this one reverts; it is made only if one of them was.
   * If omitted, it reverts the plan's only call. In a plan of several calls, each call of the rollback has it.
   */
  reverts?: number[];
  /** In a rollback: the places of those of the plan's calls whose own rollback reverts the same. */
  unlessMade?: number[];
  /**
   * In a rollback: input that is known only after the plan's calls were made. Member of the input → index of the plan's
   * call, from 0, and the path in its answer: `{ DetectorId: { call: 0, path: "DetectorId" } }`.
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

/** A read that returns undefined if the resource does not exist. `codes` are AWS's error codes for that. */
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
