import type { CallAws } from "./call";
import { textOf } from "../json";

/**
 * Error codes by which AWS says "not now, try again": another change of the same thing is under way. By service as in
 * {@link Call}, without the `Exception` or `Fault` that some protocols and the SDK end them with.
 *
 * Sources: the errors of each service's API reference;
 * https://docs.aws.amazon.com/ec2/latest/devguide/errors-overview.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export const busyCodes: Record<string, string[]> = {
  account: ["Conflict"],
  bedrock: ["Conflict"],
  cloudtrail: ["ConcurrentModification", "Conflict"],
  cloudwatch: ["ConcurrentModification"],
  ec2: ["IncorrectInstanceState", "IncorrectState"],
  eks: ["ResourceInUse"],
  events: ["ConcurrentModification"],
  iam: ["ConcurrentModification", "EntityTemporarilyUnmodifiable"],
  kms: ["Conflict", "DependencyTimeout", "KeyUnavailable"],
  lambda: ["ResourceConflict"],
  logs: ["OperationAborted"],
  macie2: ["Conflict"],
  organizations: ["ConcurrentModification", "PolicyChangesInProgress"],
  rds: ["InvalidDBClusterState", "InvalidDBInstanceState", "InvalidDBSnapshotState", "InvalidResourceState"],
  s3: ["OperationAborted"],
  s3control: ["OperationAborted"],
  sns: ["ConcurrentAccess"],
  ssm: ["TooManyUpdates"],
  "waf-regional": ["WAFUnavailableEntity"],
  wafv2: ["WAFUnavailableEntity"],
};

/** What all services may say when they are called too often. The SDK has tried some times by itself then. */
const throttlingCodes = [
  "EC2Throttled",
  "PriorRequestNotComplete",
  "ProvisionedThroughputExceeded",
  "RequestLimitExceeded",
  "RequestThrottled",
  "SlowDown",
  "Throttled",
  "Throttling",
  "TooManyRequests",
];

/** Whether AWS says that the same call may succeed a little later. */
export function isTryAgain(service: string, error: unknown): boolean {
  const code = (textOf((error as { name?: unknown } | undefined)?.name) ?? "").replace(
    /(?:Exception|Fault)$/,
    "",
  );
  return throttlingCodes.includes(code) || (busyCodes[service] ?? []).includes(code);
}

/** With what busy things are waited for. */
export interface Patience {
  /** How long all pauses together may be, ms. */
  budgetMs: number;
  /** Epoch ms. */
  now(): number;
  pause(ms: number): Promise<void>;
  /** 0 up to, and without, 1. */
  random(): number;
  /** How much longer there is time at all, ms: what came of it has to be written down and told as well. */
  remaining(): number;
  /** Called before each retry. What it returns is why there is none. */
  beforeRetry(): Promise<string | undefined>;
}

/** The first pause at its longest, and the longest of all, ms: below any lease. */
const [shortest, longest] = [1_000, 10_000];

/** How long to wait before a retry, ms: twice as long each time, half of it by chance, so that many do not come at once. */
export function pauseBefore(retry: number, random: () => number): number {
  const most = Math.min(longest, shortest * 2 ** (retry - 1));
  return Math.round((most / 2) * (1 + random()));
}

/**
 * Makes calls that are tried again when AWS says that what they are about is busy, until the patience is at its end: then
 * AWS's error is thrown, and its message says for how long it was busy. An error that a call takes for done is
 * none to wait for.
 */
export function withPatience(aws: CallAws, patience: Patience): CallAws {
  let left = patience.budgetMs;
  return async (call) => {
    const startedAt = patience.now();
    for (let tries = 1; ; tries++) {
      try {
        return await aws(call);
      } catch (error) {
        const { name, message } = error as Error;
        if (call.doneWhen?.includes(name) || !isTryAgain(call.service, error)) throw error;
        const giveUp = (why: string) =>
          Object.assign(new Error(`${message} (${why})`, { cause: error }), { name });
        const ms = pauseBefore(tries, patience.random);
        if (ms > left || ms > patience.remaining()) {
          const seconds = Math.round((patience.now() - startedAt) / 1000);
          throw giveUp(`it stayed so for ${seconds} s, in which it was tried ${tries} times`);
        }
        left -= ms;
        await patience.pause(ms);
        const stopped = await patience.beforeRetry();
        if (stopped !== undefined) throw giveUp(`it was not tried again: ${stopped}`);
      }
    }
  };
}
