import { clean } from "../handlers/alerts/clean";
import { fieldsOf, plainTextOf } from "../handlers/json";
import { decodeSettings, settingsVariable } from "../handlers/settings";
import { type Reached, type Receipt, testAlerts, wrongReceipts } from "./alert/test-alerts";
import { isGone } from "./doctor/step";
import { callAwsAt, findStack, functionOption, stackOptions } from "./stack-access";
import { type Column, table } from "./terminal";
import { expectNone, type Given, type Io, type Options, usageError } from "./verb";
import type { CallAws } from "../handlers/aws/call";

export const usage = "alert --test [options]";
export const summary = "Send a test alert to every subscriber, and say what became of each";
export const details = `The function itself publishes it, to all subscribers whatever severities, detections and accounts they \
ask for. It can do so once a minute.

delivered: the receiver said that it has it, by EventBridge's own count since the test began.
accepted: AWS took it; nobody has said yet whether it arrived.
dead-lettered: the receiver refused it, or did not answer for an hour; with its answer. The test stays in the queue for 14 days.
unknowable: nobody tells AWS whether somebody reads an e-mail or a text message: look there.
unconfirmed, off: it gets no alert at all.

Exit code: 0, or 1 if a subscriber gets no alerts, 2 for wrong arguments.`;
export const options = {
  test: { type: "boolean", description: "send a test alert" },
  wait: {
    type: "string",
    value: "SECONDS",
    default: "150",
    description: "how long to look for what became of it; AWS counts deliveries within two or three minutes",
  },
  ...functionOption,
  ...stackOptions,
} as const satisfies Options;

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  expectNone(positionals);
  if (!values.test) throw usageError("expected --test, found none: alert can do nothing else");
  if (!/^\d{1,4}$/.test(values.wait))
    throw usageError(`expected seconds for --wait, found ${JSON.stringify(values.wait)}`);
  const found = await findStack(["function"], values);
  const aws = callAwsAt(values.endpoint);
  const reached = await testAlerts({
    ...(await placeOf(found, aws)),
    function: found.function,
    waitMs: Number(values.wait) * 1_000,
    aws,
    now: Date.now,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    ...(io.progress === undefined ? {} : { progress: io.progress }),
  });
  io.progress?.("");
  for (const line of linesOf(reached, io)) io.out(line);
  return reached.receipts.some(({ state }) => wrongReceipts.includes(state)) ? 1 : 0;
}

/** Topic and bus, from the function's own settings. */
async function placeOf(
  { function: FunctionName, region }: { function: string; region: string },
  aws: CallAws,
) {
  const configuration = await aws({
    service: "lambda",
    operation: "GetFunctionConfiguration",
    region,
    input: { FunctionName },
  }).catch((cause: Error) => {
    if (!isGone(cause)) throw cause;
    throw new Error(`expected a function ${FunctionName} in ${region}, found none: run pulumi up`, { cause });
  });
  const variables = fieldsOf(fieldsOf(configuration.Environment).Variables);
  const { alertTopicArn, findingsBus } = decodeSettings(plainTextOf(variables[settingsVariable]));
  return { region, alertTopicArn, findingsBus };
}

const columns: Column[] = [
  { title: "subscriber", least: 12 },
  {
    title: "result",
    styleOf: (state) => (wrongReceipts.includes(state as Receipt["state"]) ? "red" : undefined),
  },
  { title: "what AWS says", least: 20 },
];

/** The result as lines. */
export function linesOf({ id, receipts }: Reached, io: Pick<Io, "width" | "color">): string[] {
  const rows = receipts.map(({ subscriber, state, says }) => [
    clean(subscriber, 100),
    state,
    clean(says, 400),
  ]);
  if (rows.length === 0) return [`${id}: nobody is subscribed. Add somebody to cloudtrailer:subscribers.`];
  return [`The function published the alert "${id}".`, ...table(columns, rows, io)];
}
