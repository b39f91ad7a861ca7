import type { Call, CallAws } from "../../handlers/aws/call";
import type { Settings } from "../../handlers/settings";
import type { PolicyDocument, Statement } from "../../policies/document";

/** How to repair something: calls, statements for a policy, a configuration, or a sentence. */
export interface Repair {
  /** Who does it, or where: `in account 111122223333`. */
  say: string;
  /** Calls, shown as lines for the AWS CLI. */
  calls?: Call[];
  /** Statements to add to the policy of `of`, beside those that it has. */
  add?: { of: string; statements: Statement[] };
  /** Lines for a shell. */
  lines?: string[];
  /** Whole documents, by file name. */
  documents?: Record<string, PolicyDocument>;
}

/** What one step of the way from a call to an alert found. */
export interface Found {
  /** `unknown`: whoever runs this cannot see it. */
  state: "ok" | "wrong" | "unknown";
  what: string;
  repair?: Repair;
}

/** What the steps need. */
export interface Patient {
  settings: Settings;
  /** ARNs of the parts. */
  trailArn: string;
  topicArn: string;
  bucketArn: string;
  functionArn: string;
  roleArn: string;
  /** Whether the stack created the trail. */
  isOwn: boolean;
  /** The folder of all log files in the bucket: `AWSLogs/111122223333/`. */
  folder: string;
  /** The function's configuration and concurrency. */
  configuration: Record<string, unknown>;
  aws: CallAws;
  /** Key of a log file, if the person gave one. */
  logFile?: string | undefined;
  now: number;
}

/** One step: what it tries, for people, and what it found. */
export interface Step {
  title: string;
  run(patient: Patient): Promise<Found[]>;
}

export const ok = (what: string): Found => ({ state: "ok", what });
export const unknown = (what: string, repair?: Repair): Found => ({
  state: "unknown",
  what,
  ...(repair === undefined ? {} : { repair }),
});
export const wrong = (what: string, repair: Repair): Found => ({ state: "wrong", what, repair });

/** Repairs what the stack itself created. */
export const redeploy: Repair = { say: "deploy the stack again", lines: ["pulumi up --refresh"] };

/** AWS's error code, in one word. */
export function codeOf(error: unknown): string {
  const { name } = (error ?? {}) as { name?: unknown };
  return typeof name === "string" ? name : "Error";
}

/** Whether AWS does not let the person look. */
export function isDenied(error: unknown): boolean {
  return /AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|MethodNotAllowed/i.test(codeOf(error));
}

/** Whether something does not exist. */
export function isGone(error: unknown): boolean {
  return /NotFound|NoSuch|NonExistent|DoesNotExist/i.test(codeOf(error));
}

/** An answer of AWS; `denied` or `gone` if there is none. Throws everything else. */
export async function looked(
  answer: ReturnType<CallAws>,
): Promise<{ answer: Record<string, unknown> } | "denied" | "gone"> {
  try {
    return { answer: await answer };
  } catch (error) {
    if (isGone(error)) return "gone";
    if (isDenied(error)) return "denied";
    throw error;
  }
}
