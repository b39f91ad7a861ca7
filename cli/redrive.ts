import { clean } from "../handlers/alerts/clean";
import { asksToKeepBaselines } from "../handlers/baselines/event";
import { asksForDueFixes } from "../handlers/findings/delays";
import { fieldsOf, textOf } from "../handlers/json";
import { problemOf } from "../handlers/problem";
import type { CallAws } from "../handlers/aws/call";
import { callAwsAt, findStack, functionOption, stackOptions } from "./stack-access";
import { expectNone, type Given, type Io, type Options, usageError } from "./verb";

export const usage = "redrive [options]";
export const summary = "Retry the notifications in the failure queue";
export const details = "Exit code: 0, or 1 if messages failed again; those stay in the queue.";
export const options = {
  queue: {
    type: "string",
    value: "URL",
    description: "the failure queue, instead of the stack's output failureQueueUrl",
  },
  ...functionOption,
  ...stackOptions,
} as const satisfies Options;

/** In seconds. Longer than the function may run (15 minutes), so that nobody else takes a message during its retry. */
const hiddenSeconds = 1_000;

/** The queue and the function. */
export interface RedriveOptions {
  /** URL of the failure queue. */
  queue: string;
  /** The function's name. */
  function: string;
  region: string;
  aws: CallAws;
  out(line: string): void;
}

/** The results. */
export interface Redriven {
  done: number;
  failed: number;
}

/** The used fields of an SQS message. */
interface Message {
  MessageId?: string;
  ReceiptHandle?: string;
  Body?: string;
}

/**
 * Takes each message from the failure queue once and invokes the function with its event again, one after another. A
 * message is deleted when the function has processed it; one that fails again is put back unchanged.
 */
export async function redrive(options: RedriveOptions): Promise<Redriven> {
  const { queue: QueueUrl, function: name, region, aws, out } = options;
  const sqs = (operation: string, input: Record<string, unknown>) =>
    aws({ service: "sqs", operation, region, input: { QueueUrl, ...input } });
  const failed: Message[] = [];
  const seen: string[] = [];
  let done = 0;
  for (;;) {
    const { Messages = [] } = await sqs("ReceiveMessage", {
      MaxNumberOfMessages: 1,
      VisibilityTimeout: hiddenSeconds,
      WaitTimeSeconds: 1,
    });
    const [message] = Messages as Message[];
    if (message === undefined) break;
    const { MessageId = "", ReceiptHandle } = message;
    // SQS may deliver twice; a message that has just failed is not retried in the same run.
    if (seen.includes(MessageId)) {
      failed.push(message);
      break;
    }
    seen.push(MessageId);
    const problem = await tryAgain(message.Body ?? "", name, region, aws);
    if (problem === undefined) {
      await sqs("DeleteMessage", { ReceiptHandle });
      done++;
    } else failed.push(message);
    out(clean(`${MessageId}: ${problem ?? "processed"}`, 1_000));
  }
  for (const { ReceiptHandle } of failed)
    await sqs("ChangeMessageVisibility", { ReceiptHandle, VisibilityTimeout: 0 });
  return { done, failed: seen.length - done };
}

/** Invokes the function with the event in a message. @returns what went wrong, if anything */
async function tryAgain(
  body: string,
  name: string,
  region: string,
  aws: CallAws,
): Promise<string | undefined> {
  const event = eventIn(body, name);
  if ("problem" in event) return event.problem;
  try {
    const answer = await aws({
      service: "lambda",
      operation: "Invoke",
      region,
      input: { FunctionName: name, InvocationType: "RequestResponse", Payload: event.payload },
    });
    if (answer.FunctionError === undefined) return undefined;
    const { transformToString } = (answer.Payload ?? {}) as { transformToString?: () => string };
    return `the function failed again: ${transformToString?.call(answer.Payload) ?? String(answer.FunctionError)}`;
  } catch (error) {
    return `the function could not be invoked: ${problemOf(error)}`;
  }
}

/**
 * The event in Lambda's message about a failed asynchronous invocation.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
function eventIn(body: string, name: string): { payload: string } | { problem: string } {
  let message: Record<string, unknown>;
  try {
    message = fieldsOf(JSON.parse(body));
  } catch (error) {
    return {
      problem: `expected Lambda's message about a failed invocation, found no JSON: ${problemOf(error)}`,
    };
  }
  const arn = textOf(fieldsOf(message.requestContext).functionArn) ?? "";
  if (arn.split(":")[6] !== name)
    return { problem: `expected a failed invocation of ${name}, found one of ${JSON.stringify(arn)}` };
  const { requestPayload } = message;
  if (
    !Array.isArray(fieldsOf(requestPayload).Records) &&
    !asksToKeepBaselines(requestPayload) &&
    !asksForDueFixes(requestPayload)
  )
    return { problem: "expected an SNS event or a schedule event in requestPayload, found neither" };
  return { payload: JSON.stringify(requestPayload) };
}

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  expectNone(positionals);
  if (values.queue !== undefined) expectUrl(values.queue);
  const { queue, function: name, region } = await findStack(["queue", "function"], values);
  expectUrl(queue);
  const { done, failed } = await redrive({
    queue,
    function: name,
    region,
    aws: callAwsAt(values.endpoint),
    out: (line) => io.out(line),
  });
  io.out(`${done} processed, ${failed} failed again and still in the queue`);
  return failed === 0 ? 0 : 1;
}

function expectUrl(queue: string): void {
  if (!URL.canParse(queue))
    throw usageError(`expected the failure queue's URL (https://sqs…), found ${JSON.stringify(queue)}`);
}
