import { plainTextOf } from "../cloudtrail/record";
import { problemOfCall } from "../problem";
import { failureIn } from "../remediations/receipt";
import type { Call, CallAws } from "../remediations/remediation";

/** What came of the calls of a plan. */
export interface CarriedOut {
  /** By the calls' places; undefined for a call that found its work done, or was not made. */
  answers: (Record<string, unknown> | undefined)[];
  /** Which call AWS refused, why, and how many were made before it; the ones after it were not made. */
  failed?: string;
}

/** Makes calls one after the other, up to the first that fails. Never rejects: what went wrong is in the result. */
export async function carryOut(calls: Call[], aws: CallAws): Promise<CarriedOut> {
  const answers: CarriedOut["answers"] = [];
  for (const [index, call] of calls.entries()) {
    const before = index === 0 ? "" : `, after ${index} of the ${calls.length} calls`;
    const failed = (why: string) => ({
      answers,
      failed: `unable to ${call.service}:${call.operation}${before}: ${why}`,
    });
    try {
      const answer = await aws(call);
      const failure = failureIn(call, answer);
      if (failure !== undefined) return failed(failure);
      answers[index] = answer;
    } catch (error) {
      if (!call.doneWhen?.includes(plainTextOf((error as Error).name))) return failed(problemOfCall(error));
    }
  }
  return { answers };
}
