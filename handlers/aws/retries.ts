import type { CallAws } from "./call";
import { textOf } from "../json";
import { problemOf } from "../problem";

/**
 * Error codes that mean "not now, try again": another change of the same resource is in progress. By service as in
 * {@link Call}, without the suffix `Exception` or `Fault` that some protocols and the SDK append.
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
  wafv2: ["WAFUnavailableEntity"],
};

/** Throttling errors of all services. The SDK has already retried a few times by then. */
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

/** Faults on the network or on AWS's side, by name. The HTTP details from the SDK take precedence. */
const passingNames = [
  "AbortError",
  "CallInterruptedError",
  "CredentialsProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "InternalError",
  "InternalFailure",
  "InternalServerError",
  "InternalServerException",
  "InternalServiceError",
  "InternalServiceException",
  "InternalServiceFault",
  "NetworkingError",
  "RequestTimeout",
  "RequestTimeoutException",
  "ServiceException",
  "ServiceFailureException",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "TimeoutError",
  "Unavailable",
];

/** Codes of Node's network errors. https://nodejs.org/api/errors.html#common-system-errors */
const networkCodes = [
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ERR_STREAM_PREMATURE_CLOSE",
  "ETIMEDOUT",
];

/** The fields of an error that matter, be it the SDK's, Node's, or another. */
interface Fault {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  $fault?: unknown;
  $metadata?: { httpStatusCode?: unknown; attempts?: unknown };
  /** Set by {@link withPatience}. */
  repeated?: unknown;
}

function codeOf(error: unknown): string {
  const { name } = (error ?? {}) as Fault;
  return (textOf(name) ?? "").replace(/(?:Exception|Fault)$/, "");
}

/** Whether the error means that the same call may succeed a little later. */
export function isTryAgain(service: string, error: unknown): boolean {
  return isThrottling(error) || (busyCodes[service] ?? []).includes(codeOf(error));
}

/** Whether AWS refused the call because there were too many: it was not made. */
export function isThrottling(error: unknown): boolean {
  return throttlingCodes.includes(codeOf(error));
}

/**
 * Whether an error says nothing about the call itself: a fault of AWS or the network, or too many calls. The same call may
 * succeed later, and it is unknown whether this one was carried out.
 */
export function isPassing(error: unknown): boolean {
  const { name, code, message, $fault, $metadata } = (error ?? {}) as Fault;
  const status = Number($metadata?.httpStatusCode);
  if (isThrottling(error) || status >= 500 || status === 429 || $fault === "server") return true;
  if (passingNames.includes(textOf(name) ?? "") || networkCodes.includes(textOf(code) ?? "")) return true;
  // A truncated answer: the SDK could not read it, but AWS had accepted the call.
  if (name === "SyntaxError" && $metadata !== undefined) return true;
  return /socket hang up|connection (?:reset|closed)|\btimed? ?out\b/i.test(textOf(message) ?? "");
}

/** Whether an error is the answer to a call that was made more than once: an earlier attempt may have been carried out. */
export function wasRepeated(error: unknown): boolean {
  const { repeated, $metadata } = (error ?? {}) as Fault;
  return repeated === true || Number($metadata?.attempts) > 1;
}

/** What waiting for busy resources needs. */
export interface Patience {
  /** Limit for all pauses together, in ms. */
  budgetMs: number;
  /** Epoch ms. */
  now(): number;
  pause(ms: number): Promise<void>;
  /** From 0 up to but not including 1. */
  random(): number;
  /** How much time is left at all, in ms: the outcome must still be recorded and alerted. */
  remaining(): number;
  /** Called before each retry. If it returns a reason, there is no retry; if it throws, it is unknown what came of the call. */
  beforeRetry(): Promise<string | undefined>;
}

/** Maximum of the first pause, and of any pause, in ms: shorter than any lease. */
const [shortest, longest] = [1_000, 10_000];

/** How long to wait before a retry, in ms: exponential backoff, half of it random so that retries spread out. */
export function pauseBefore(retry: number, random: () => number): number {
  const most = Math.min(longest, shortest * 2 ** (retry - 1));
  return Math.round((most / 2) * (1 + random()));
}

/** How often a call is made if it fails with passing errors. Each time, the SDK retries several times itself. */
const maxPassingTries = 3;

/**
 * Makes calls that are retried while AWS says that the resource is busy, until the patience runs out, and a few times when
 * they fail with passing errors. Then AWS's error is thrown, with a message that says how long it was tried. An error that a
 * call takes for done is not waited for. An error is marked if the call may have been made before.
 */
export function withPatience(aws: CallAws, patience: Patience): CallAws {
  let left = patience.budgetMs;
  return async (call) => {
    const startedAt = patience.now();
    let passing = 0;
    for (let tries = 1; ; tries++) {
      try {
        return await aws(call);
      } catch (error) {
        const { name } = error as Error;
        const mayPass = isPassing(error) && !isThrottling(error);
        if (call.doneWhen?.includes(name) || (!mayPass && !isTryAgain(call.service, error)))
          throw passing > 0 ? Object.assign(error as Error, { repeated: true }) : error;
        if (mayPass && ++passing >= maxPassingTries) throw error;
        const ms = pauseBefore(tries, patience.random);
        if (ms > left || ms > patience.remaining()) {
          const seconds = Math.round((patience.now() - startedAt) / 1000);
          throw withReason(error, `tried ${tries} times in ${seconds} s`);
        }
        left -= ms;
        await patience.pause(ms);
        const stopped = await patience.beforeRetry().catch((cause: unknown) => {
          throw Object.assign(
            new Error(`${call.service}:${call.operation} was not tried again: ${problemOf(cause)}`, {
              cause,
            }),
            { name: "CallInterruptedError" },
          );
        });
        if (stopped !== undefined) throw withReason(error, `not tried again: ${stopped}`);
      }
    }
  };
}

/** The same error, which also says why the call is not tried any longer. */
function withReason(error: unknown, why: string): Error {
  const { name, message, code, $fault, $metadata } = error as Error & Fault;
  return Object.assign(new Error(`${message} (${why})`, { cause: error }), { name, code, $fault, $metadata });
}
