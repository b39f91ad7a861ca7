import type { Call, CallAws } from "./call";
import { isPassing, wasRepeated } from "./retries";
import { plainTextOf } from "../json";
import { problemOfCall } from "../problem";

/** What came of the calls of a plan. */
export interface CarriedOut {
  /** By the calls' places; undefined for a call that was not made, or found its work done by somebody else. */
  answers: (Record<string, unknown> | undefined)[];
  /** Which call AWS refused, why, and how many were made before it; the ones after it were not made. */
  failed?: string;
}

/**
 * Makes calls one after the other, up to the first that AWS refuses for good: that is in the result.
 *
 * @param again an earlier try may have made the calls: one that finds its work done has done it itself
 * @throws what may pass: a time-out, a fault of AWS. Whether the call was made is not known then.
 */
export async function carryOut(
  calls: Call[],
  aws: CallAws,
  { again = false }: { again?: boolean } = {},
): Promise<CarriedOut> {
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
      if (isPassing(error)) throw error;
      if (!call.doneWhen?.includes(plainTextOf((error as Error).name))) return failed(problemOfCall(error));
      // A first answer was lost, and the call repeated: it found what it had done itself.
      if (again || wasRepeated(error)) answers[index] = {};
    }
  }
  return { answers };
}

/** What AWS says in its answer that it did not do, as text; undefined when it did all. */
export function failureIn(call: Call, answer: Record<string, unknown>): string | undefined {
  const failures = call.failuresIn === undefined ? undefined : answer[call.failuresIn];
  return Array.isArray(failures) && failures.length > 0
    ? JSON.stringify(failures).slice(0, 1_000)
    : undefined;
}
