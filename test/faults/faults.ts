import { Readable } from "node:stream";
import type { Call } from "../../handlers/aws/call";
import type { Clock } from "./clock";

type Answer = Promise<Record<string, unknown>>;

/** Breaks one call. */
export type Fault = (call: Call, make: (call: Call) => Answer, clock: Clock) => Answer;

/** The process dies, and whatever it was waiting for never comes. */
export const killed = Symbol("killed");

/** How long the SDK waits for a request that is not answered, all of its attempts together, ms. */
const sdkTimeout = 33_000;

/** An error as the SDK throws it after its last attempt. */
function sdkError(name: string, message: string, httpStatusCode: number, more: object = {}): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode, attempts: 4 }, ...more });
}

const timedOut = () =>
  Object.assign(new Error("Request timed out"), { name: "TimeoutError", $metadata: { attempts: 4 } });
const reset = () =>
  Object.assign(new Error("socket hang up"), { code: "ECONNRESET", $metadata: { attempts: 4 } });
const broken = () =>
  sdkError("InternalServerError", "We encountered an internal error", 500, { $fault: "server" });

/** What AWS says to a caller without the permission; each service has its own name for it. */
const deniedNames: Record<string, string> = {
  ec2: "UnauthorizedOperation",
  sns: "AuthorizationErrorException",
};

/** The call is not made, or made and its answer lost. */
function lost(error: () => Error, ms: number): { before: Fault; after: Fault } {
  const fail = async (clock: Clock): Promise<never> => {
    await clock.sleep(ms);
    throw error();
  };
  return {
    before: (_call, _make, clock) => fail(clock),
    async after(call, make, clock) {
      // That it is refused is lost as well.
      await make(call).catch(() => undefined);
      return fail(clock);
    },
  };
}

const timeOut = lost(timedOut, sdkTimeout);
const connectionReset = lost(reset, 200);
const serverError = lost(broken, 500);

/** Every way in which a call is broken, by name. */
export const faults: Record<string, Fault> = {
  "time-out": timeOut.before,
  "time-out, answer lost": timeOut.after,
  reset: connectionReset.before,
  "reset, answer lost": connectionReset.after,
  "500": serverError.before,
  "500, but made": serverError.after,
  "half an answer": lost(
    () => sdkError("SyntaxError", "Unexpected end of JSON input", 200, { $response: {} }),
    50,
  ).after,
  async throttled(_call, _make, clock) {
    await clock.sleep(2_000);
    throw sdkError("ThrottlingException", "Rate exceeded", 400);
  },
  async "credentials expired"(_call, _make, clock) {
    await clock.sleep(10);
    throw sdkError("ExpiredTokenException", "The security token included in the request is expired", 400);
  },
  async denied({ service, operation }, _make, clock) {
    await clock.sleep(10);
    throw sdkError(
      deniedNames[service] ?? "AccessDeniedException",
      `User: arn:aws:sts::111122223333:assumed-role/role/session is not authorized to perform: ${service}:${operation}`,
      403,
    );
  },
  /** The answer to the SDK's first attempt is lost, and it makes the call again. */
  async "made twice by the SDK"(call, make, clock) {
    if (call.once === true) return connectionReset.after(call, make, clock);
    await make(call).catch(() => undefined);
    await clock.sleep(300);
    return make(call).catch((error: Error) => {
      throw Object.assign(error, { $metadata: { httpStatusCode: 400, attempts: 2 } });
    });
  },
  /** Of a body half arrives; other answers come whole. */
  async "half a body"(call, make) {
    const answer = await make(call);
    if (!(answer.Body instanceof Readable)) return answer;
    const [bytes = Buffer.alloc(0)] = (await answer.Body.toArray()) as Buffer[];
    async function* half() {
      yield bytes.subarray(0, bytes.length / 2);
      throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
    }
    return { ...answer, Body: Readable.from(half()) };
  },
  async "killed before"() {
    throw killed;
  },
  async "killed after"(call, make) {
    await make(call).catch(() => undefined);
    throw killed;
  },
};
