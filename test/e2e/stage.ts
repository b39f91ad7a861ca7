import { expect } from "chai";
import { type AskFunction, createAskFunction } from "../../cli/ask-function";
import { asMember } from "../../cli/members";
import { rollBack } from "../../cli/rollback";
import type { Alert } from "../../handlers/alerts/alert";
import { type CallAws, unlessGone } from "../../handlers/aws/call";
import { createCallAws } from "../../handlers/aws/clients";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import type { Credentials, Emulator } from "../../local/emulator";
import {
  deployerOf,
  type Listener,
  listen,
  type LocalStack,
  type LocalStackOptions,
  makeAdministrator,
  startLocalStack,
} from "../../local/stack";
import { emulator, eventually } from "./support";

export type Answer = Record<string, unknown>;

/** A suite's own stack, and the people who act on it. Everything but the lists exists when the tests run. */
export interface Stage {
  readonly stack: LocalStack;
  /** The account's root, past the recorder. */
  readonly root: CallAws;
  /** Keys of an administrator. */
  readonly keys: Credentials;
  /** That administrator, through the recorder: usually the attacker. */
  readonly mallory: CallAws;
  /** What CloudTrail has recorded, delivered or not. */
  readonly records: readonly CloudTrailRecord[];
  /** The alerts read so far, in order of arrival. */
  readonly alerts: readonly Alert[];
  /** Makes a call in the stack's region, or where IAM is. */
  call(by: CallAws, service: string, operation: string, input: Answer): Promise<Answer>;
  /** The first alert that matches and was not returned before. */
  nextAlert(what: string, isWanted: (alert: Alert) => boolean): Promise<Alert>;
  /** The next alert of a detection about a resource. */
  alertOf(detection: string, resource: string): Promise<Alert>;
  /** Reads the alerts that have arrived so far. */
  readAlerts(): Promise<readonly Alert[]>;
  /** Entries of the function's log with this message. */
  entries(message: string): Promise<Answer[]>;
  /** Asks the function for something, with the administrator's keys or others. */
  ask(credentials?: Credentials): AskFunction;
  /** Rolls a fix back like `cloudtrailer rollback`, with the administrator's keys. */
  rollBack(finding: string, options?: { force?: boolean }): Promise<void>;
}

export interface StageOptions
  extends Pick<
    LocalStackOptions,
    "mode" | "config" | "deliverEveryMs" | "eventDelays" | "eventForm" | "inLogFile" | "organization"
  > {
  /** Whether trails and EventBridge get the calls of the deployment, too: dozens of findings beside those of the suite. */
  recordsDeployment?: boolean;
  /** What exists before the stack. */
  prepare?(running: Emulator): Promise<void>;
  /** Recorder errors that the suite provokes. */
  isExpected?(problem: string): boolean;
}

/** Deploys a stack before the tests of the calling suite, and stops it after them. */
export function deployForSuite(team: string, options: StageOptions = {}): Stage {
  const {
    mode = "fix",
    config = {},
    deliverEveryMs = 500,
    prepare,
    isExpected = () => false,
    recordsDeployment = false,
    ...rest
  } = options;
  const records: CloudTrailRecord[] = [];
  const alerts: Alert[] = [];
  const handedOut = new Set<Alert>();
  const problems: string[] = [];
  const made: {
    stack?: LocalStack;
    root?: CallAws;
    keys?: Credentials;
    mallory?: CallAws;
    listener?: Listener<Alert>;
  } = {};
  const there = <Key extends keyof typeof made>(key: Key): NonNullable<(typeof made)[Key]> => {
    const value = made[key];
    if (value === undefined)
      throw new Error(`expected the stack of ${team} to be deployed: ask in a test or a hook`);
    return value;
  };

  before(async () => {
    const running = await emulator();
    await prepare?.(running);
    const stack = await startLocalStack({
      team,
      mode,
      // Log files alone, so that each record comes once: the suites of the fast path ask for both.
      config: { fast: "none", ...config },
      emulator: running,
      deliverEveryMs,
      isFromBefore: ({ userIdentity }) => !recordsDeployment && userIdentity?.userName === deployerOf(team),
      ...rest,
      onRecord: (record) => void records.push(record),
      onError: ({ message }) => {
        if (isOfTeam(team, message) && !isExpected(message)) problems.push(message);
      },
    });
    made.stack = stack;
    made.root = createCallAws({
      endpoint: running.endpoint,
      credentials: running.credentials,
      timeoutMs: 300_000,
    });
    made.keys = await makeAdministrator(running, `mallory-of-${team}`);
    // An invocation takes longer than other requests.
    made.mallory = createCallAws({
      endpoint: stack.endpoint,
      credentials: made.keys,
      timeoutMs: 300_000,
    });
    made.listener = await listen<Alert>(stack, String(stack.outputs.alertTopicArn));
  });
  after(async () => {
    await made.listener?.close();
    // Its rules would go on sending it the records of other suites.
    if (config.fast !== undefined && config.fast !== "none") await made.stack?.destroy();
    await made.stack?.stop();
    await removeTrail();
    expect(problems).to.deep.equal([]);
  });

  /** Suites share an account, and a region has room for five trails. */
  const removeTrail = async () => {
    const Name = made.stack?.outputs.trailName;
    if (Name === undefined) return;
    await unlessGone(call(there("root"), "cloudtrail", "DeleteTrail", { Name }), ["TrailNotFoundException"]);
  };

  const readAlerts = async () => {
    alerts.push(...(await there("listener").next()));
    return alerts;
  };
  const nextAlert: Stage["nextAlert"] = async (what, isWanted) => {
    const ask = async () => (await readAlerts()).find((alert) => !handedOut.has(alert) && isWanted(alert));
    const moved = () => alerts.length + records.length;
    const alert = await eventually(`an alert ${what}`, ask, { moved });
    handedOut.add(alert);
    return alert;
  };
  const call: Stage["call"] = (by, service, operation, input) =>
    by({ service, operation, region: service === "iam" ? "us-east-1" : there("stack").region, input });

  const ask: Stage["ask"] = (credentials = there("keys")) => {
    const { endpoint, region, outputs } = there("stack");
    return createAskFunction({
      table: String(outputs.tableName),
      function: String(outputs.functionName),
      region,
      endpoint,
      credentials,
      // The first call of a function takes its time on a busy machine.
      aws: createCallAws({ endpoint, credentials, attempts: 1, timeoutMs: 600_000 }),
    });
  };

  return {
    ask,
    get stack() {
      return there("stack");
    },
    get root() {
      return there("root");
    },
    get keys() {
      return there("keys");
    },
    get mallory() {
      return there("mallory");
    },
    records,
    alerts,
    call,
    nextAlert,
    readAlerts,
    alertOf: (detection, resource) =>
      nextAlert(
        `of ${detection} about ${resource}`,
        (alert) =>
          alert.detection === detection &&
          "what" in alert &&
          alert.what.resources.some(({ id }) => id === resource),
      ),
    async entries(message) {
      const logGroupName = there("stack").outputs.logGroup;
      const { events } = await call(there("root"), "logs", "FilterLogEvents", { logGroupName });
      return (events as { message: string }[])
        .filter((event) => event.message.includes(`"message":${JSON.stringify(message)}`))
        .map((event) => JSON.parse(event.message.trim()) as Answer);
    },
    async rollBack(finding, { force = false } = {}) {
      const { endpoint, region, outputs } = there("stack");
      const credentials = there("keys");
      await rollBack({
        finding,
        force,
        why: "tried out",
        table: String(outputs.tableName),
        region,
        callAws: (userAgent, sessionName) => {
          const others = asMember(region, "OrganizationAccountAccessRole", sessionName);
          return createCallAws({ endpoint, credentials, userAgent, others });
        },
        ask: ask(),
        out: () => {},
      });
    },
  };
}

/**
 * Whether a recorder's error is this team's. All stacks share one emulator, so a recorder also sees the trails of other tests,
 * including attacked ones without a bucket policy.
 */
function isOfTeam(team: string, message: string): boolean {
  return !message.includes(" for the trail ") || message.includes(` for the trail cloudtrailer-${team} `);
}
