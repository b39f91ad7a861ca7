import { Readable } from "node:stream";
import { expect } from "chai";
import { createRandom } from "../../bench/random";
import type { CallAws } from "../../handlers/aws/call";
import { createHandler, type FunctionEvent, type Handler } from "../../handlers/index";
import { aMinuteLater, awsError, someSettings } from "../support/factories";
import { aTable, type MemoryDynamoDb } from "../support/memory-dynamodb";
import { answerOf } from "../support/service-model";
import { type BadInput, badInput, goodEventID, keyOf } from "./bad-inputs";
import { report, times } from "./share";

/** What is invisible, or changes how other text is shown; alerts may break lines. */
const invisible =
  /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\u0000-\u0009\u000b-\u001f\u007f-\u009f\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/u;

const maxLine = 262_144 - 26;

interface Stage {
  handle: Handler;
  table: MemoryDynamoDb;
  files: Record<string, Buffer>;
  lines: string[];
  /** Inputs of publishes. */
  published: Record<string, unknown>[];
}

/** A handler that is warm, as one that has handled many inputs before. */
function setStage(seed: number): Stage {
  const table = aTable();
  const stage: Omit<Stage, "handle"> = { table, files: {}, lines: [], published: [] };
  const random = createRandom(seed);
  const texts = ["{}", "arn:aws:iam::aws:policy/AdministratorAccess", "bob"];
  const aws: CallAws = async (call) => {
    if (call.service === "dynamodb") return table.aws(call);
    if (call.service === "sns" && call.operation === "Publish") {
      stage.published.push(call.input);
      return {};
    }
    if (call.service === "s3" && call.operation === "GetObject") {
      const file = Object.entries(stage.files).find(([name]) => keyOf(name) === call.input.Key)?.[1];
      if (file === undefined) throw awsError("NoSuchKey", "The specified key does not exist.");
      return { Body: Readable.from([file]) };
    }
    if (random.chance(0.3)) throw awsError(random.pick(["AccessDenied", "NoSuchEntityException"]));
    return answerOf(call, texts, random.below);
  };
  const platform = {
    aws,
    write: (line: string) => void stage.lines.push(line),
    now: () => aMinuteLater,
    pause: async () => {},
  };
  const handle = createHandler(
    someSettings({ maxFixesPerHour: 1_000, maxFixesPerHourOfAccount: 1_000 }),
    platform,
  );
  return {
    ...stage,
    handle,
    get files() {
      return stage.files;
    },
    set files(files) {
      stage.files = files;
    },
  };
}

/** Hands an input to the handler. @returns what it promised and did not keep */
async function problemsOf(
  stage: Stage,
  input: BadInput,
  seed: number,
): Promise<{ problems: string[]; failed: boolean }> {
  const { handle, lines, published, table } = stage;
  stage.files = input.files;
  lines.length = 0;
  published.length = 0;
  const problems: string[] = [];
  let message: string | undefined;
  try {
    await handle(input.event as FunctionEvent, {
      awsRequestId: `r-${seed}`,
      getRemainingTimeInMillis: () => 60_000,
    });
  } catch (error) {
    message = error instanceof Error ? error.message : undefined;
    if (message === undefined || message === "") problems.push(`threw what is no error: ${String(error)}`);
    else if (Buffer.byteLength(message) > 8_192) problems.push(`threw ${Buffer.byteLength(message)} bytes`);
    else if (/^(?:TypeError|RangeError|Cannot read|Maximum call)/.test(message))
      problems.push(`crashed: ${message}`);
  }
  const goodId = `${goodEventID(seed)}#iam-admin-policy-attached-user`;
  if (input.hasGood) {
    if (table.items[goodId]?.state?.S !== "done") problems.push(`lost the good record: ${message}`);
    if (!published.some(({ Message }) => String(Message).includes(goodEventID(seed))))
      problems.push("did not alert the good record");
  }
  for (const line of lines) problems.push(...wrongWithLine(line));
  for (const one of published) problems.push(...wrongWithAlert(one));
  return { problems, failed: message !== undefined };
}

function wrongWithLine(line: string): string[] {
  const wrong: string[] = [];
  if (/[\r\n]/.test(line)) wrong.push("wrote more than one line");
  if (Buffer.byteLength(line) > maxLine) wrong.push(`wrote a line of ${Buffer.byteLength(line)} bytes`);
  try {
    const { level, message } = JSON.parse(line) as { level?: unknown; message?: unknown };
    if (typeof level !== "string" || typeof message !== "string")
      wrong.push(`wrote a line without level or message: ${line.slice(0, 200)}`);
  } catch {
    wrong.push(`wrote a line that is no JSON: ${line.slice(0, 200)}`);
  }
  return wrong;
}

function wrongWithAlert({ Subject, Message, MessageAttributes }: Record<string, unknown>): string[] {
  const wrong: string[] = [];
  const forms = JSON.parse(String(Message)) as Record<string, string>;
  for (const [form, text] of [["subject", String(Subject)], ...Object.entries(forms)] as [string, string][]) {
    const found = invisible.exec(text);
    if (found !== null)
      wrong.push(
        `invisible U+${found[0].codePointAt(0)?.toString(16)} in ${form}: ${JSON.stringify(text.slice(Math.max(0, found.index - 60), found.index + 20))}`,
      );
  }
  if (!/^[\x20-\x7e]{1,100}$/.test(String(Subject))) wrong.push(`subject ${JSON.stringify(Subject)}`);
  if (Buffer.byteLength(String(Message)) > 262_144 - 2_000) wrong.push("a message too long for SNS");
  JSON.parse(String(forms.default));
  for (const [name, { StringValue }] of Object.entries(
    MessageAttributes as Record<string, { StringValue: string }>,
  ))
    if (StringValue === "" || invisible.test(StringValue))
      wrong.push(`an attribute ${name} that SNS refuses: ${JSON.stringify(StringValue)}`);
  return wrong;
}

describe("bad inputs", () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  before(() => {
    process.on("unhandledRejection", note);
  });
  after(() => {
    process.off("unhandledRejection", note);
  });

  it("crash nothing, hide no good record, and leave lines, errors and alerts as they should be", async () => {
    const count = times(100_000, 1_500);
    const counts: Record<string, number> = {
      inputs: count,
      records: 0,
      "log files": 0,
      notifications: 0,
      events: 0,
      "invocations that failed": 0,
      alerts: 0,
    };
    const wrong: string[] = [];
    let stage = setStage(0);
    for (let seed = 0; seed < count && wrong.length < 50; seed++) {
      // A table that is not too full, and a handler that has seen some.
      if (seed % 100 === 0) stage = setStage(seed);
      const input = badInput(seed, createRandom(seed));
      const { problems, failed } = await problemsOf(stage, input, seed);
      counts[input.kind] = (counts[input.kind] ?? 0) + 1;
      counts.alerts = (counts.alerts ?? 0) + stage.published.length;
      if (failed) counts["invocations that failed"] = (counts["invocations that failed"] ?? 0) + 1;
      for (const problem of problems) wrong.push(`seed ${seed}, ${input.kind}: ${problem}`);
    }
    await new Promise(setImmediate);
    report("bad inputs", counts);
    expect(wrong).to.deep.equal([]);
    expect(unhandled).to.deep.equal([]);
  });
});
