import { clean } from "../handlers/alerts/clean";
import { commandLineOf } from "../handlers/alerts/command-line";
import { partitionOf } from "../handlers/aws/regions";
import { fieldsOf, plainTextOf } from "../handlers/json";
import { problemOfCall } from "../handlers/problem";
import { decodeSettings, settingsVariable } from "../handlers/settings";
import { bucketIsSafe } from "./doctor/bucket";
import { eventsCome } from "./doctor/events";
import { alertsArrive, functionRuns, functionWorks, keyWorks } from "./doctor/function";
import { securityHubTakes } from "./doctor/security-hub";
import { type Found, isGone, type Patient, type Repair, type Step } from "./doctor/step";
import { topicDelivers } from "./doctor/topic";
import { trailLogs } from "./doctor/trail";
import { callAwsAt, findStack, stackOptions } from "./stack-access";
import { expectNone, type Given, type Io, type Options } from "./verb";

export const usage = "doctor [options]";
export const summary =
  "Try every step from a call to an alert, and say what is wrong and the line that fixes it";
export const details = `Looks with your credentials at the trail, its bucket, the notifications, the key, the function and the \
subscribers, and has the function itself read the newest log file and publish an alert that says it is a trial. Changes \
nothing. What other accounts must allow is printed as policy statements to add to the policies that they have. Exits with 1 if \
something is wrong.`;
export const options = {
  function: {
    type: "string",
    value: "NAME",
    description: "the function, instead of the stack's output functionName",
  },
  "log-file": {
    type: "string",
    value: "KEY",
    description: "key of the log file to read (default: the newest, if you may list the bucket)",
  },
  ...stackOptions,
} as const satisfies Options;

/** The steps in the order in which a call becomes an alert. */
const steps: Step[] = [
  trailLogs,
  bucketIsSafe,
  topicDelivers,
  eventsCome,
  functionRuns,
  keyWorks,
  functionWorks,
  alertsArrive,
  securityHubTakes,
];

/** What the function's own settings say about the stack. */
export async function patientOf(
  found: { function: string; region: string },
  aws: Patient["aws"],
  more: Pick<Patient, "logFile" | "now">,
): Promise<Patient> {
  const input = { FunctionName: found.function };
  const configuration = await aws({
    service: "lambda",
    operation: "GetFunctionConfiguration",
    region: found.region,
    input,
  }).catch((cause: Error) => {
    if (!isGone(cause)) throw cause;
    throw new Error(`expected a function ${found.function} in ${found.region}, found none: run pulumi up`, {
      cause,
    });
  });
  const variables = fieldsOf(fieldsOf(configuration.Environment).Variables);
  const settings = decodeSettings(plainTextOf(variables[settingsVariable]));
  const { account, region, bucket, prefix, context, source, roleName } = settings;
  const partition = partitionOf(region);
  return {
    settings,
    configuration,
    trailArn: context.trail?.arn ?? "",
    topicArn: settings.logTopicArn ?? "",
    bucketArn: `arn:${partition}:s3:::${bucket}`,
    functionArn: plainTextOf(configuration.FunctionArn),
    roleArn: `arn:${partition}:iam::${account}:role/${roleName}`,
    isOwn: source === undefined,
    folder: prefix,
    aws,
    ...more,
  };
}

/** One step's results; a step that AWS does not answer is unknown. */
export async function examine(patient: Patient): Promise<{ title: string; found: Found[] }[]> {
  const results: { title: string; found: Found[] }[] = [];
  for (const { title, run: step } of steps) {
    const found = await step(patient).catch((error: unknown): Found[] => [
      { state: "unknown", what: problemOfCall(error) },
    ]);
    results.push({ title, found });
  }
  return results;
}

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  expectNone(positionals);
  const found = await findStack(["function"], values);
  const patient = await patientOf(found, callAwsAt(values.endpoint), {
    logFile: values["log-file"],
    now: Date.now(),
  });
  const results = await examine(patient);
  for (const { title, found: all } of results) {
    io.out(`${markOf(all)} ${title}`);
    for (const one of all) for (const line of linesOf(one)) io.out(`    ${line}`);
  }
  const wrong = results.flatMap(({ found: all }) => all).filter(({ state }) => state === "wrong").length;
  io.out(wrong === 0 ? "Nothing is wrong." : `${wrong} ${wrong === 1 ? "thing is" : "things are"} wrong.`);
  return wrong === 0 ? 0 : 1;
}

const marks = { ok: "ok     ", unknown: "unknown", wrong: "WRONG  " };

function markOf(found: Found[]): string {
  const states = found.map(({ state }) => state);
  if (states.includes("wrong")) return marks.wrong;
  return states.includes("unknown") ? marks.unknown : marks.ok;
}

function linesOf({ state, what, repair }: Found): string[] {
  const said = `${state === "ok" ? "" : `${state}: `}${clean(what, 1_500)}`;
  return repair === undefined ? [said] : [said, ...repairLines(repair)];
}

function repairLines({ say, calls = [], add, documents = {}, lines = [] }: Repair): string[] {
  return [
    `to fix it: ${clean(say, 1_000)}`,
    ...(add === undefined ? [] : [`  to the policy of ${clean(add.of)}:`, ...indented(add.statements)]),
    ...Object.entries(documents).flatMap(([file, document]) => [`  ${file}:`, ...indented(document)]),
    ...calls.map((call) => `  ${commandLineOf(call)}`),
    ...lines.map((line) => `  ${clean(line, 1_000)}`),
  ];
}

/** A document as lines to paste. */
function indented(document: object): string[] {
  return JSON.stringify(document, undefined, 2)
    .split("\n")
    .map((line) => `    ${line}`);
}
