import type { Listener } from "../local/stack";
import type { PageEvent } from "./local/page/feed";
import type { Page } from "./local/page/server";
import type { Given, Io, Options } from "./verb";
import { expectNone, usageError } from "./verb";

export const usage = "local [options]";
export const summary = "Run AWS and one team's stack on this machine until Ctrl-C";
export const details = `Prints one line "ready {…}" with the endpoint, the keys of an administrator and the outputs of the \
stack, then everything that happens. Any AWS client can use the endpoint. A page in the browser shows the same, with the \
e-mails and the SMS, and has buttons for a dozen attacks.`;
export const options = {
  port: {
    type: "string",
    value: "PORT",
    description: "port of the endpoint on 127.0.0.1 (default: a free one)",
  },
  "page-port": {
    type: "string",
    value: "PORT",
    description: "port of the page on 127.0.0.1 (default: a free one)",
  },
  team: {
    type: "string",
    value: "TEAM",
    description: "the team (default: that of --config, or local)",
  },
  mode: {
    type: "string",
    value: "MODE",
    description: "alert, plan, approve or fix (default: that of --config, or fix)",
  },
  config: {
    type: "string",
    value: "KEY=VALUE|FILE",
    multiple: true,
    description:
      "a key of docs/configuration.md, lists and objects as JSON; or a stack's file, such as Pulumi.red.yaml, whose secrets are omitted",
  },
  watch: {
    type: "boolean",
    description:
      "put rules of own/ into the function as they are saved, and try them on the last call that matches",
  },
} as const satisfies Options;

/** The IAM user whose keys are in the line `ready`. */
const user = "admin";

export async function run({ values, positionals }: Given<typeof options>, io: Io): Promise<number> {
  expectNone(positionals);
  const port = portOf("port", values.port);
  const pagePort = portOf("page-port", values["page-port"]);
  // Embedded AWS is loaded when it is needed, so that help is fast.
  const { localConfig } = await import("./local/config");
  const { alertLine, deliveryLine, recordLine, watchLine } = await import("./local/lines");
  const { createFeed } = await import("./local/page/feed");
  const { makeAdministrator, startLocalStack } = await import("../local/stack");

  const { team, mode, region, config, checked, leftOut } = await localConfig(values, Date.now());
  if (leftOut.length > 0) io.err(`omitted, because only Pulumi can read secrets: ${leftOut.join(", ")}`);
  const feed = createFeed();
  const say = (what: PageEvent["kind"] | "record", text: string, message?: unknown) => {
    io.out(`${new Date().toISOString().slice(11, 19)} ${what.padEnd(8)} ${text}`);
    feed.add(what === "record" ? "call" : what, text, message);
  };
  let roleName = "";
  let hasFailed = false;
  const watching = values.watch ? (await import("./local/watching")).startWatching(checked) : undefined;
  const stack = await startLocalStack({
    team,
    mode,
    config,
    listensTo: [checked.names.alertTopic, ...(checked.watch ? [checked.names.watch] : [])],
    ...(region === undefined ? {} : { region }),
    ...(port === undefined ? {} : { port }),
    progress: (line) => (io.progress ?? io.err)(line),
    onRecord: (record) => {
      watching?.note(record);
      if (record.readOnly !== true) say("record", recordLine(record, { roleName, team }));
    },
    onDelivery: (delivered) => say("log file", deliveryLine(delivered)),
    onError: (error) => {
      if (!hasFailed) say("error", error.message);
    },
  });
  roleName = stack.outputs.roleName ?? "";
  let listening = true;
  const failure = stack.emulator.failed.then((error) => {
    // Whatever else cannot be done follows from it.
    hasFailed = true;
    throw error;
  });
  // It is awaited below; until then, what is being done fails by itself.
  failure.catch(() => undefined);
  let page: Page | undefined;
  try {
    // Created before recording starts, because the root user's calls raise alerts of their own.
    const keys = await makeAdministrator(stack.emulator, user);
    const attacker = await makeAdministrator(stack.emulator, "mallory");
    const { pageOfStack } = await import("./local/page/of-stack");
    page = await pageOfStack(stack, { port: pagePort ?? 0, feed, keys, attacker });
    await Promise.all(stack.listeners.map(passOver));
    io.progress?.("");
    const { endpoint, outputs } = stack;
    const { url } = page;
    io.out(
      `ready ${JSON.stringify({ endpoint, page: url, region: stack.region, user, ...keys, ...outputs })}`,
    );
    io.err(`Watch and attack it in a browser: ${url}`);
    for (const line of environmentOf(stack, keys)) io.err(line);
    watching?.start(stack, (line) => say("rule", line));
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => {
        listening = false;
      });
    const follow = async (
      listener: Listener<unknown> | undefined,
      what: "alert" | "watch",
      lineOf: (message: unknown) => string,
    ) => {
      while (listening && listener !== undefined)
        for (const message of await listener.next()) {
          const line = lineOf(message);
          if (line !== "") say(what, line, message);
        }
    };
    const [alerts, watch] = stack.listeners;
    const following = Promise.all([follow(alerts, "alert", alertLine), follow(watch, "watch", watchLine)]);
    await Promise.race([following, failure]);
    return 0;
  } finally {
    watching?.close();
    await page?.close();
    await stack.stop();
  }
}

/** What the deployment itself has caused so far is of no interest. */
async function passOver(listener: Listener<unknown>): Promise<void> {
  const batch = 10;
  while ((await listener.next()).length === batch);
}

/** @throws a usage error */
function portOf(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,5}$/.test(given) && Number(given) <= 65_535) return Number(given);
  throw usageError(`expected --${option} to be a number from 0 to 65535, found ${JSON.stringify(given)}`);
}

/** What AWS clients and this program need in another terminal to find the stack. */
function environmentOf(
  { endpoint, region, outputs }: { endpoint: string; region: string; outputs: Record<string, string> },
  { accessKeyId, secretAccessKey }: { accessKeyId: string; secretAccessKey: string },
): string[] {
  const variables = [
    { AWS_ENDPOINT_URL: endpoint },
    { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
    // Older AWS CLIs know only the second one.
    { AWS_REGION: region, AWS_DEFAULT_REGION: region },
    { CLOUDTRAILER_TABLE: outputs.tableName, CLOUDTRAILER_FUNCTION: outputs.functionName },
    { CLOUDTRAILER_QUEUE: outputs.failureQueueUrl, CLOUDTRAILER_TRAIL: outputs.trailArn },
    { CLOUDTRAILER_BUCKET: outputs.bucket },
    ...(outputs.huntsArn === undefined
      ? []
      : [{ CLOUDTRAILER_REPORTS: outputs.reportsBucket, CLOUDTRAILER_HUNTS: outputs.huntsArn }]),
  ];
  return [
    `To use it as the IAM user ${user}, in another terminal:`,
    "  unset AWS_PROFILE AWS_SESSION_TOKEN",
    ...variables.map(
      (line) =>
        `  export ${Object.entries(line)
          .map(([name, value]) => `${name}=${value}`)
          .join(" ")}`,
    ),
  ];
}
