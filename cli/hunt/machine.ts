import { fieldsOf, textOf } from "../../handlers/json";
import type { HuntInput } from "../../infra/hunt-machine";
import type { HuntAccess } from "./access";

/** How far an execution of the state machine is. */
export interface Progress {
  /** Step Functions' own: RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED. */
  status: string;
  /** Batches by what became of them. */
  batches: { total: number; succeeded: number; failed: number; running: number };
  /** Why the execution failed. */
  cause?: string;
  /** Whether Step Functions can run again what did not succeed. */
  isRedrivable: boolean;
}

/** The state machine, as `hunt` uses it. */
export interface Machine {
  /** Starts an execution. @returns its ARN */
  start(name: string, input: HuntInput): Promise<string>;
  progress(execution: string): Promise<Progress>;
  stop(execution: string): Promise<void>;
  redrive(execution: string): Promise<void>;
  /** Why batches failed: error and cause, and how many of them had it. */
  failures(execution: string): Promise<Map<string, number>>;
  /** How many invocations of Lambda the account has left, whatever functions reserve for themselves. */
  unreservedConcurrency(): Promise<number>;
}

/** At most this many failed batches are looked at for their causes. */
const maxLooked = 50;

/** Calls Step Functions as the person who runs the verb. */
export function createMachine({ aws, region, hunts }: HuntAccess): Machine {
  const call = (operation: string, input: Record<string, unknown>) =>
    aws({ service: "stepfunctions", operation, region, input });
  const mapRunOf = async (executionArn: string): Promise<string | undefined> => {
    const { mapRuns } = await call("ListMapRuns", { executionArn });
    const [run] = (mapRuns as unknown[] | undefined) ?? [];
    return textOf(fieldsOf(run).mapRunArn);
  };

  return {
    async start(name, input) {
      const { executionArn } = await call("StartExecution", {
        stateMachineArn: hunts,
        name,
        input: JSON.stringify(input),
      });
      return String(executionArn);
    },
    async progress(executionArn) {
      const { status, cause, redriveStatus } = await call("DescribeExecution", { executionArn });
      const mapRunArn = await mapRunOf(executionArn);
      const { itemCounts } = mapRunArn === undefined ? {} : await call("DescribeMapRun", { mapRunArn });
      const counts = fieldsOf(itemCounts);
      const numberOf = (name: string) => Number(counts[name] ?? 0);
      const why = textOf(cause);
      return {
        status: String(status),
        batches: {
          total: numberOf("total"),
          succeeded: numberOf("succeeded"),
          failed: numberOf("failed") + numberOf("timedOut"),
          running: numberOf("running"),
        },
        isRedrivable: redriveStatus === "REDRIVABLE",
        ...(why === undefined ? {} : { cause: why }),
      };
    },
    async stop(executionArn) {
      await call("StopExecution", { executionArn, cause: "stopped by npx cloudtrailer hunt --stop" });
    },
    async redrive(executionArn) {
      await call("RedriveExecution", { executionArn });
    },
    async failures(executionArn) {
      const causes = new Map<string, number>();
      const mapRunArn = await mapRunOf(executionArn);
      if (mapRunArn === undefined) return causes;
      const { executions } = await call("ListExecutions", {
        mapRunArn,
        statusFilter: "FAILED",
        maxResults: maxLooked,
      });
      for (const child of (executions as unknown[] | undefined) ?? []) {
        const { error, cause } = await call("DescribeExecution", {
          executionArn: fieldsOf(child).executionArn,
        });
        const why = `${textOf(error) ?? "error"}: ${messageIn(textOf(cause) ?? "")}`;
        causes.set(why, (causes.get(why) ?? 0) + 1);
      }
      return causes;
    },
    async unreservedConcurrency() {
      const { AccountLimit } = await aws({
        service: "lambda",
        operation: "GetAccountSettings",
        region,
        input: {},
      });
      return Number(fieldsOf(AccountLimit).UnreservedConcurrentExecutions ?? 0);
    },
  };
}

/** A failed function's cause is JSON: its message is what a person needs. */
function messageIn(cause: string): string {
  try {
    return textOf(fieldsOf(JSON.parse(cause)).errorMessage) ?? cause;
  } catch {
    return cause;
  }
}
