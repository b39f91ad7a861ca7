import type { Call } from "../../handlers/aws/call";
import type { FunctionEvent, Handler } from "../../handlers/index";
import type { Platform } from "../../handlers/aws/platform";
import type { Clock } from "./clock";
import { type Fault, killed } from "./faults";
import type { World } from "./world";

/** One call that an invocation makes. */
export interface Made {
  call: Call;
  /** Its place among the calls of the invocation, from 0. */
  index: number;
  /** Of which try, from 1, for the event. */
  attempt: number;
}

/** Which fault a call meets; undefined: none. */
export type FaultOf = (made: Made) => Fault | undefined;

/** What runs events as Lambda does those that SNS hands it. */
export interface Lambda {
  /** Runs an event up to three times, and puts it into the failure queue when all of them fail. */
  deliver(event: object, faultOf?: FaultOf): Promise<void>;
  /** Runs what is in the failure queue, as `cloudtrailer redrive` does. */
  redrive(): Promise<void>;
  failureQueue: object[];
  /** Every call of every invocation. */
  calls: Made[];
  /** Lines of the log. */
  lines: string[];
  /** What invocations ended with. */
  errors: string[];
}

export interface LambdaOptions {
  clock: Clock;
  world: World;
  createHandler(platform: Platform): Handler;
  /** How long a call takes, ms. */
  latency?(): number;
}

const timeout = 300_000;

/** Before the second and third try, ms. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const waits = [0, 60_000, 120_000];

/** Makes a Lambda: each invocation in an execution environment of its own. */
export function createLambda({ clock, world, createHandler, latency = () => 10 }: LambdaOptions): Lambda {
  const failureQueue: object[] = [];
  const calls: Made[] = [];
  const lines: string[] = [];
  const errors: string[] = [];
  let requests = 0;

  const invoke = async (
    event: object,
    awsRequestId: string,
    attempt: number,
    faultOf: FaultOf,
  ): Promise<void> => {
    const end = clock.now() + timeout;
    let isDead = false;
    let die = (_error: Error) => {};
    const death = new Promise<never>((_, reject) => {
      die = reject;
    });
    const never = new Promise<never>(() => {});
    let index = 0;
    const kill = (why: string): Promise<never> => {
      isDead = true;
      die(new Error(why));
      return never;
    };
    /** Nothing goes on in a process that is dead. */
    const alive = async <Value>(work: Promise<Value>): Promise<Value> => {
      try {
        const value = await work;
        return isDead ? never : value;
      } catch (error) {
        if (isDead) return never;
        if (error === killed) return kill("Runtime exited with error: signal: killed");
        throw error;
      }
    };
    const make = async (call: Call): Promise<Record<string, unknown>> => {
      const made: Made = { call, index: index++, attempt };
      calls.push(made);
      await clock.sleep(latency());
      const fault = isDead ? undefined : faultOf(made);
      if (isDead) return never;
      const answer = await (fault === undefined ? world.make(call) : fault(call, world.make, clock));
      await clock.sleep(latency());
      return answer;
    };
    const handle = createHandler({
      aws: (call) => alive(make(call)),
      write: (line) => {
        if (!isDead) lines.push(line);
      },
      now: () => clock.now(),
      pause: (ms) => alive(clock.sleep(ms)),
    });
    const work = handle(event as FunctionEvent, {
      awsRequestId,
      getRemainingTimeInMillis: () => end - clock.now(),
    });
    const callOff = clock.alarm(timeout, () => void kill(`Task timed out after ${timeout / 1000} seconds`));
    try {
      await Promise.race([work, death]);
    } finally {
      isDead = true;
      callOff();
    }
  };

  const deliver = async (event: object, faultOf: FaultOf = () => undefined): Promise<void> => {
    const awsRequestId = `r-${++requests}`;
    for (const [index, wait] of waits.entries()) {
      await clock.sleep(wait);
      try {
        await invoke(event, awsRequestId, index + 1, faultOf);
        return;
      } catch (error) {
        errors.push(String(error));
      }
    }
    failureQueue.push(event);
  };

  return {
    deliver,
    async redrive() {
      for (const event of failureQueue.splice(0)) await deliver(event);
    },
    failureQueue,
    calls,
    lines,
    errors,
  };
}
