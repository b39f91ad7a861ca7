import type { Alert } from "../../handlers/alerts/alert";
import { smsOf, subjectOf, textOfAlert } from "../../handlers/alerts/render";
import { createCallAws } from "../../handlers/aws/clients";
import type { CallAws } from "../../handlers/aws/call";
import { fieldsOf } from "../../handlers/json";
import type { Emulator } from "../../local/emulator";
import { eventually } from "../../local/eventually";
import {
  isAlert,
  type Listener,
  type LocalStack,
  makeAdministrator,
  startLocalStack,
} from "../../local/stack";
import { namesOf } from "../../infra/names";
import { type AskFunction, createAskFunction } from "../ask-function";
import { rollBack } from "../rollback";
import { type Column, table } from "../terminal";
import type { Io } from "../verb";

/** One step and its result. */
interface Step {
  level: string;
  title: string;
  ms: number;
  ok: boolean;
}

/** What the steps share. */
interface Scene {
  stack: LocalStack;
  /** Alice is the administrator who makes all the mistakes. */
  alice: CallAws;
  /** Alice, with another user agent. */
  aliceWith(userAgent: string): CallAws;
  /** As Alice, asks the function for something. */
  aliceAsks: AskFunction;
  alerts: Inbox<Alert>;
  notifications: Inbox<{ s3ObjectKey?: string[] }>;
}

const admin = "arn:aws:iam::aws:policy/AdministratorAccess";

/**
 * Shows the whole story, levels 0 to boss, on this machine, with what each person would see.
 *
 * @param emulator an emulator to use instead of a new one
 * @returns the exit code: 1 if any step failed
 */
export async function showStory(io: Omit<Io, "err">, emulator?: Emulator): Promise<number> {
  const { out } = io;
  const steps: Step[] = [];
  const step: RunStep = async (level, title, run) => {
    out(`\n── ${level}: ${title}`);
    const from = Date.now();
    const made: Step = { level, title, ms: 0, ok: false };
    steps.push(made);
    try {
      const value = await run();
      made.ok = true;
      return value;
    } finally {
      made.ms = Date.now() - from;
    }
  };

  let stack: LocalStack | undefined;
  try {
    stack = await deployed(io, step, emulator);
    await playOn(stack, step, out);
    await destroyed(stack, io, step);
  } catch (error) {
    io.progress?.("");
    out(`\n   ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await stack?.stop();
  }
  const isWhole = steps.every(({ ok }) => ok) && steps.at(-1)?.level === "the end";
  out("");
  for (const line of tableOf(steps, io)) out(line);
  out("");
  out(isWhole ? "Everything works." : "The story failed; see above for what went wrong.");
  return isWhole ? 0 : 1;
}

const team = "demo";
const names = namesOf(team, {});

type RunStep = <Value>(level: string, title: string, run: () => Promise<Value>) => Promise<Value>;
type Out = Io["out"];

async function deployed(
  { out, progress }: Pick<Io, "out" | "progress">,
  step: RunStep,
  emulator: Emulator | undefined,
): Promise<LocalStack> {
  return step("level 0", "a trail, and a function that is invoked for every log file", async () => {
    const stack = await startLocalStack({
      team,
      listensTo: [names.alertTopic, names.logTopic],
      ...(emulator === undefined ? {} : { emulator }),
      mode: "fix",
      config: { records: "all" },
      progress: (line) => progress?.(`   ${line}`),
      onError: (error) => out(`   recorder: ${error.message}`),
    });
    progress?.("");
    out(`   ${stack.deployment.resources.length} resources; AWS clients can use ${stack.endpoint}`);
    return stack;
  });
}

/** Levels 1 to boss, and the receipt. */
async function playOn(stack: LocalStack, step: RunStep, out: Out): Promise<void> {
  const scene = await setTheScene(stack);
  await notification(scene, step, out);
  await records(scene, step, out);
  await alert(scene, step, out);
  const granted = await administrator(scene, step, out);
  await openPort(scene, step, out);
  await stoppedTrail(scene, step, out);
  await receipt(scene, granted, step, out);
  await scene.alerts.close();
  await scene.notifications.close();
}

async function destroyed(
  stack: LocalStack,
  { out, progress }: Pick<Io, "out" | "progress">,
  step: RunStep,
): Promise<void> {
  await step("the end", "everything is destroyed, and nothing is left", async () => {
    const { deleted, left } = await stack.destroy();
    progress?.("");
    if (left.length > 0) throw new Error(`expected nothing to be left, found ${left.join(", ")}`);
    out(`   ${deleted} resources deleted, nothing left`);
  });
}

async function setTheScene(stack: LocalStack): Promise<Scene> {
  const { emulator, endpoint, region, outputs, listeners } = stack;
  const [alerts, notifications] = listeners;
  const keys = await makeAdministrator(emulator, "alice");
  const aliceWith = (userAgent: string) => createCallAws({ endpoint, credentials: keys, userAgent });
  return {
    stack,
    alice: aliceWith("alice"),
    aliceWith,
    aliceAsks: createAskFunction({
      table: String(outputs.tableName),
      function: String(outputs.functionName),
      region,
      endpoint,
      credentials: keys,
      aws: createCallAws({ endpoint, credentials: keys, attempts: 1, timeoutMs: 600_000 }),
    }),
    alerts: inbox(alerts as Listener<Alert>),
    notifications: inbox(notifications as Listener<{ s3ObjectKey?: string[] }>),
  };
}

async function notification({ alice, notifications }: Scene, step: RunStep, out: Out): Promise<void> {
  await step("level 1", "Alice creates the user bob, and CloudTrail sends a notification", async () => {
    await alice({ service: "iam", operation: "CreateUser", region: "us-east-1", input: { UserName: "bob" } });
    const { s3ObjectKey = [] } = await notifications.until(
      "a notification about a log file of us-east-1",
      (message) => message.s3ObjectKey?.some((key) => key.includes("/us-east-1/")) === true,
    );
    // The run after the deployment causes a log file for every region.
    const [key, ...others] = s3ObjectKey.sort((a) => (a.includes("/us-east-1/") ? -1 : 1));
    out(`   ${key}${others.length > 0 ? ` and ${others.length} more log files` : ""}`);
  });
}

async function records({ stack }: Scene, step: RunStep, out: Out): Promise<void> {
  await step("level 2", "the function reads the log file; its records are in CloudWatch", async () => {
    const { region, credentials, emulator, outputs } = stack;
    const aws = createCallAws({ endpoint: emulator.endpoint, credentials });
    const input = { logGroupName: outputs.logGroup };
    const messages = await eventually("the record of CreateUser in the function's log group", async () => {
      const { events } = await aws({ service: "logs", operation: "FilterLogEvents", region, input });
      const all = (events as { message: string }[]).map(({ message }) => message.trim());
      return all.some((message) => isRecordOf(message, "CreateUser")) ? all : undefined;
    });
    const shown = messages.filter(
      (message) => isRecordOf(message, "CreateUser") || message.includes('"notification"'),
    );
    for (const message of shown.slice(-2))
      out(`   ${message.length > 300 ? `${message.slice(0, 300)}…` : message}`);
  });
}

async function alert({ alerts }: Scene, step: RunStep, out: Out): Promise<void> {
  await step("level 3", "a subscriber gets the alert", async () => {
    const received = await alerts.until("the alert about bob", isAbout("iam-user-created", "bob"));
    out("   as an SMS:");
    out(`      ${smsOf(received)}`);
    out("   as an e-mail:");
    out(`      Subject: ${subjectOf(received)}`);
    for (const line of textOfAlert(received).trimEnd().split("\n")) out(`      ${line}`);
  });
}

async function administrator(scene: Scene, step: RunStep, out: Out): Promise<Alert> {
  const { alice, alerts } = scene;
  return step("boss", "Alice makes bob an administrator, and that is reverted", async () => {
    const iam = (operation: string, input: object) =>
      alice({ service: "iam", operation, region: "us-east-1", input: { UserName: "bob", ...input } });
    const calledAt = Date.now();
    await iam("AttachUserPolicy", { PolicyArn: admin });
    const granted = await alerts.until(
      "the alert about the grant",
      isAbout("iam-admin-policy-attached-user", "bob"),
    );
    showFix(granted, out);
    const { AttachedPolicies } = await iam("ListAttachedUserPolicies", {});
    expectThat((AttachedPolicies as unknown[]).length === 0, "bob to have no policy", AttachedPolicies);
    out("   bob's policies now: none");
    if (scene.stack.outputs.eventsTopicArn !== undefined)
      out(`   ${await bothPaths(scene.stack, granted.id, calledAt)}`);
    return granted;
  });
}

/** When the fix was made, and when the second path confirmed what it was made for. */
async function bothPaths(
  { region, credentials, emulator, outputs }: LocalStack,
  id: string,
  calledAt: number,
) {
  const aws = createCallAws({ endpoint: emulator.endpoint, credentials });
  const input = { TableName: outputs.tableName, Key: { id: { S: id } } };
  const { event, logFile, decided } = await eventually("both paths to have brought the call", async () => {
    const { Item } = await aws({ service: "dynamodb", operation: "GetItem", region, input });
    const item = fieldsOf(Item);
    const seen = fieldsOf(fieldsOf(JSON.parse(String(fieldsOf(item.about).S ?? "{}"))).seen);
    const at = (value: unknown) => Date.parse(String(value));
    const times = {
      event: at(fieldsOf(seen.event).at),
      logFile: at(fieldsOf(seen.logFile).at),
      decided: at(fieldsOf(item.decidedAt).S),
    };
    return Object.values(times).some(Number.isNaN) ? undefined : times;
  });
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const second = event < logFile ? "the log file" : "the event";
  return `fixed ${seconds(decided - calledAt)} after the call; ${second} confirmed it ${seconds(Math.abs(logFile - event))} later`;
}

async function openPort({ alice, alerts, stack }: Scene, step: RunStep, out: Out): Promise<void> {
  await step(
    "boss",
    "Alice opens port 22 to the world and to the office; only the office stays",
    async () => {
      const ec2 = (operation: string, input: Record<string, unknown>) =>
        alice({ service: "ec2", operation, region: stack.region, input });
      const { GroupId } = await ec2("CreateSecurityGroup", { GroupName: "web", Description: "web servers" });
      const ssh = (CidrIp: string) => ({
        IpProtocol: "tcp",
        FromPort: 22,
        ToPort: 22,
        IpRanges: [{ CidrIp }],
      });
      await ec2("AuthorizeSecurityGroupIngress", {
        GroupId,
        IpPermissions: [ssh("0.0.0.0/0"), ssh("203.0.113.0/24")],
      });
      showFix(
        await alerts.until("the alert about the port", isAbout("ec2-sg-open-to-world", String(GroupId))),
        out,
      );
      const { SecurityGroupRules } = await ec2("DescribeSecurityGroupRules", {
        Filters: [{ Name: "group-id", Values: [GroupId] }],
      });
      const open = (SecurityGroupRules as { IsEgress: boolean; CidrIpv4?: string }[])
        .filter(({ IsEgress }) => !IsEgress)
        .map(({ CidrIpv4 }) => CidrIpv4);
      expectThat(open.join() === "203.0.113.0/24", "only the office to be let in", open);
      out(`   let in now: ${open.join(", ")}`);
    },
  );
}

async function stoppedTrail({ alice, alerts, stack }: Scene, step: RunStep, out: Out): Promise<void> {
  await step("boss", "Alice stops the trail itself, and it is started again", async () => {
    const Name = String(stack.outputs.trailName);
    const trail = (operation: string) =>
      alice({ service: "cloudtrail", operation, region: stack.region, input: { Name } });
    await trail("StopLogging");
    showFix(await alerts.until("the alert about the trail", isAbout("cloudtrail-logging-stopped")), out);
    const { IsLogging } = await trail("GetTrailStatus");
    expectThat(IsLogging === true, "the trail to be logging", { IsLogging });
    out(`   ${Name} is logging`);
  });
}

async function receipt(
  { aliceWith, aliceAsks, alerts, stack }: Scene,
  granted: Alert,
  step: RunStep,
  out: Out,
): Promise<void> {
  await step(
    "receipt",
    "it was planned after all: the fix is rolled back, and the detector leaves it alone",
    async () => {
      out(`   npx cloudtrailer rollback '${granted.id}' --why 'bob is our new administrator'`);
      await rollBack({
        finding: granted.id,
        why: "bob is our new administrator",
        table: String(stack.outputs.tableName),
        region: stack.region,
        // As Alice would on the command line: with her own keys, against the same endpoint.
        callAws: aliceWith,
        ask: aliceAsks,
        out: (line) => out(`   ${line}`),
      });
      const rolledBack = await alerts.until(
        "the alert that says who rolled it back",
        (one) => isAbout("iam-admin-policy-attached-user", "bob")(one) && one.id !== granted.id,
      );
      expectThat(rolledBack.outcome === "refused", "the grant to be left alone", rolledBack.outcome);
      out(`   ${smsOf(rolledBack)}`);
      out(`   ${rolledBack.reason}`);
    },
  );
}

/** Keeps what has arrived until it is asked for, because alerts may arrive in another order. */
interface Inbox<Message> {
  until(what: string, wanted: (message: Message) => boolean): Promise<Message>;
  close(): Promise<void>;
}

function inbox<Message>(listener: Listener<Message>): Inbox<Message> {
  const kept: Message[] = [];
  return {
    until: (what, wanted) =>
      eventually(what, async () => {
        const has = () => kept.findIndex(wanted);
        if (has() < 0) kept.push(...(await listener.next()));
        return has() < 0 ? undefined : kept.splice(has(), 1)[0];
      }),
    close: () => listener.close(),
  };
}

function isAbout(detection: string, resource?: string): (alert: Alert) => boolean {
  return (alert) =>
    isAlert(alert) &&
    alert.detection === detection &&
    (resource === undefined || alert.what.resources.some(({ id }) => id === resource));
}

function isRecordOf(message: string, eventName: string): boolean {
  return message.startsWith("{") && message.includes(`"eventName":"${eventName}"`);
}

function showFix(alert: Alert, out: Out): void {
  out(`   ${smsOf(alert)}`);
  for (const { commandLine } of alert.done?.calls ?? []) out(`   done:      ${commandLine}`);
  for (const { commandLine } of alert.rollback?.calls ?? []) out(`   rollback:  ${commandLine}`);
  expectThat(alert.outcome === "fixed", "the outcome to be fixed", `${alert.outcome}: ${alert.reason}`);
  out(`   ${alert.when.delaySeconds} s after the call`);
}

function expectThat(holds: boolean, what: string, found: unknown): void {
  if (!holds) throw new Error(`expected ${what}, found ${JSON.stringify(found)}`);
}

const columns: Column[] = [
  { title: "RESULT" },
  { title: "LEVEL" },
  { title: "STEP", least: 20 },
  { title: "TIME", align: "right" },
];

function tableOf(steps: Step[], io: Pick<Io, "width" | "color">): string[] {
  const rows = steps.map(({ level, title, ms, ok }) => [
    ok ? "ok" : "FAILED",
    level,
    title,
    `${(ms / 1000).toFixed(1)} s`,
  ]);
  return table(columns, rows, io);
}
