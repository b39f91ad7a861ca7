/**
 * A Lambda invocation in its own process, for crash.test.ts: runs the handler once with real clients, says on
 * standard output which call it is about to make and which it has made, and kills itself without a trace where it is
 * told to.
 */
import type { Call } from "../../handlers/aws/call";
import { readFileSync, writeSync } from "node:fs";
import { createCallAws } from "../../handlers/aws/clients";
import { createHandler } from "../../handlers/index";
import type { Settings } from "../../handlers/settings";

/** What the process is told on its standard input, as JSON. */
export interface Orders {
  settings: Settings;
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** The SNS event. */
  message: string;
  /** How far the clock is ahead, in ms, so that leases expire without waiting. */
  ahead: number;
  /** Where it dies; nowhere if omitted. */
  dieAt?: Death;
}

/** The call, by name and number from 1, before or after which the process dies. */
export interface Death {
  when: "before" | "after";
  /** As returned by {@link nameOf}. */
  call: string;
  count: number;
}

/** `iam:DetachUserPolicy`, and for writes of the finding what they write down: `save fixing`. */
function nameOf({ service, operation, input }: Call): string {
  const id = (input.Key as { id?: { S?: string } } | undefined)?.id?.S ?? "";
  if (operation !== "UpdateItem" || /^(?:breaker|loop|burst|flood|own)#/.test(id))
    return `${service}:${operation}`;
  const values = input.ExpressionAttributeValues as Record<string, { S?: string }>;
  return values[":set_state"] === undefined ? "claim" : `save ${values[":set_state"].S}`;
}

/**
 * Runs the handler once.
 *
 * @param say takes `made <call>` for each call, and the lines of the log
 */
export async function invokeOnce(orders: Orders, say: (line: string) => void): Promise<void> {
  const { settings, endpoint, credentials, message, ahead, dieAt } = orders;
  const aws = createCallAws({ endpoint, credentials });
  const counts: Record<string, number> = {};
  const dieIf = (when: Death["when"], call: string) => {
    if (dieAt?.when !== when || dieAt.call !== call || dieAt.count !== counts[call]) return;
    process.kill(process.pid, "SIGKILL");
  };
  const handle = createHandler(settings, {
    aws: async (call) => {
      const name = nameOf(call);
      counts[name] = (counts[name] ?? 0) + 1;
      dieIf("before", name);
      const answer = await aws(call);
      say(`made ${name}`);
      dieIf("after", name);
      return answer;
    },
    write: say,
    now: () => Date.now() + ahead,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  const event = { Records: [{ Sns: { Message: message, MessageId: "m-1" } }] };
  await handle(event as never, { awsRequestId: "r-1", getRemainingTimeInMillis: () => 60_000 });
}

if (require.main === module) {
  const orders = JSON.parse(readFileSync(0, "utf8")) as Orders;
  // Written synchronously, because buffered output would die with the process.
  invokeOnce(orders, (line) => void writeSync(1, `${line}\n`)).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
}
