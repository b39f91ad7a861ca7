import { parseArgs } from "node:util";
import type { Alert } from "../handlers/alerts/alert";
import { clean } from "../handlers/alerts/clean";
import { smsOf } from "../handlers/alerts/render";
import { actorOf } from "../handlers/cloudtrail/actor";
import { type CloudTrailRecord, eventOf } from "../handlers/cloudtrail/record";
import { isOwnAction } from "../handlers/cloudtrail/own-actions";
import type { Io } from "./verb";
import { listen, startLocalStack } from "../local/stack";

const usage = `cloudtrailer local [--port P] [--team T] [--mode alert|plan|fix] [--config KEY=VALUE]…

Runs AWS and one team's stack on this machine until Ctrl-C. Prints one line "ready {…}" with the endpoint, keys and
names, then what happens. Any AWS client can talk to the endpoint: aws --endpoint-url http://127.0.0.1:P …

  --port P            port of the endpoint on 127.0.0.1 (a free one)
  --team T            the team (local)
  --mode M            what is done about findings (fix)
  --config KEY=VALUE  any key of docs/configuration.md, lists and objects as JSON; may be given many times`;

/** The verb `local`. @returns the exit code */
export async function run(args: string[], io: Io): Promise<number> {
  const options = optionsOf(args);
  if (typeof options === "string") {
    const asked = options === usage;
    (asked ? io.out : io.err)(options);
    return asked ? 0 : 2;
  }
  const say = (what: string, text: string) =>
    io.out(`${new Date().toISOString().slice(11, 19)} ${what.padEnd(8)} ${text}`);
  let role = "";
  const stack = await startLocalStack({
    ...options,
    progress: (line) => io.err(line),
    onRecord: (record) => {
      if (record.readOnly !== true) say("record", described(record, role, options.team));
    },
    // A look at everything that baselines are kept of brings a file of every region.
    onDelivery: ({ records, keys: [first, ...others] }) =>
      say("log file", `${records} records: ${first}${others.length > 0 ? ` and ${others.length} more` : ""}`),
    onError: (error) => say("error", error.message),
  });
  role = stack.outputs.roleName ?? "";
  let listening = true;
  try {
    const alerts = await listen(stack, String(stack.outputs.alertTopicArn));
    const { endpoint, region, outputs } = stack;
    const { accessKeyId, secretAccessKey } = stack.credentials;
    io.out(`ready ${JSON.stringify({ endpoint, region, accessKeyId, secretAccessKey, ...outputs })}`);
    const interrupted = new Promise<void>((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    });
    void interrupted.then(() => {
      listening = false;
    });
    while (listening) for (const alert of await alerts.next()) say("alert", lineOf(alert));
    return 0;
  } finally {
    await stack.stop();
  }
}

/** The parsed options, or what to print instead of running. */
function optionsOf(args: string[]) {
  let values: { port?: string; team?: string; mode?: string; config?: string[]; help?: boolean };
  try {
    ({ values } = parseArgs({
      args,
      options: {
        port: { type: "string" },
        team: { type: "string" },
        mode: { type: "string" },
        config: { type: "string", multiple: true },
        help: { type: "boolean" },
      },
    }));
  } catch (error) {
    return `${(error as Error).message}\n\n${usage}`;
  }
  const { port, team = "local", mode = "fix", config = [] } = values;
  if (values.help) return usage;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535))
    return `expected --port to be a number from 0 to 65535, found ${JSON.stringify(port)}`;
  const settings: Record<string, string> = {};
  for (const pair of config) {
    const equals = pair.indexOf("=");
    if (equals < 1) return `expected --config KEY=VALUE, found ${JSON.stringify(pair)}`;
    settings[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  // `team` and `mode` are checked where the stack's configuration is.
  return {
    team,
    mode: mode as "fix",
    config: settings,
    ...(port === undefined ? {} : { port: Number(port) }),
  };
}

function described(record: CloudTrailRecord, roleName: string, team: string): string {
  const own = isOwnAction(record, { account: String(record.recipientAccountId), roleName });
  const who = own ? `cloudtrailer of team ${team}` : actorOf(record).name;
  const failed = record.errorCode === undefined ? "" : ` (${record.errorCode})`;
  return clean(`${eventOf(record)} by ${who} in ${record.awsRegion}${failed}`);
}

function lineOf(alert: Alert): string {
  const done = alert.done === undefined ? "" : ` — ${alert.done.summary}`;
  return clean(`${smsOf(alert)}${done} (${alert.when.delaySeconds ?? "?"} s after the call)`, 1_000);
}
