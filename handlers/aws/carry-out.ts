import type { Call, CallAws } from "./call";
import { isPassing, wasRepeated } from "./retries";
import { plainTextOf } from "../json";
import { problemOfCall } from "../problem";

/** The result of the calls of a plan. */
export interface CarriedOut {
  /** By index of the call; undefined for a call that was not made, or found its work done by somebody else. */
  answers: (Record<string, unknown> | undefined)[];
  /** Which call AWS rejected, why, and how many were made before it; those after it were not made. */
  failed?: string;
  /** Whether an earlier attempt may have made the call that AWS rejected. */
  mayBeMade?: boolean;
}

/**
 * Makes calls one after another, up to the first that AWS rejects for good, which is in the result.
 *
 * @param again an earlier attempt may have made the calls: if a call finds its work done, that attempt did it
 * @throws passing errors: a time-out, a fault of AWS. It is then unknown whether the call was made.
 */
export async function carryOut(
  calls: Call[],
  aws: CallAws,
  { again = false }: { again?: boolean } = {},
): Promise<CarriedOut> {
  const answers: CarriedOut["answers"] = [];
  for (const [index, call] of calls.entries()) {
    const before = index === 0 ? "" : `, after ${index} of the ${calls.length} calls`;
    const failed = (why: string, mayBeMade = again) => ({
      answers,
      failed: `unable to ${call.service}:${call.operation}${before}: ${why}`,
      ...(mayBeMade ? { mayBeMade } : {}),
    });
    try {
      const answer = await aws(call);
      const failure = failureIn(call, answer);
      if (failure !== undefined) return failed(failure);
      answers[index] = answer;
    } catch (error) {
      if (isPassing(error)) throw error;
      if (!call.doneWhen?.includes(plainTextOf((error as Error).name)))
        return failed(problemOfCall(error), again || wasRepeated(error));
      // The first answer was lost and the call was repeated: it found its own work.
      if (again || wasRepeated(error)) answers[index] = {};
    }
  }
  return { answers };
}

/** What AWS's answer reports as not done, as text; undefined if everything was done. */
export function failureIn(call: Call, answer: Record<string, unknown>): string | undefined {
  const failures = call.failuresIn === undefined ? undefined : answer[call.failuresIn];
  return Array.isArray(failures) && failures.length > 0
    ? JSON.stringify(failures).slice(0, 1_000)
    : undefined;
}
