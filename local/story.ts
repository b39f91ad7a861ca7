import type { CallAws } from "../handlers/aws/call";
import type { Alert } from "../handlers/alerts/alert";
import { smsOf, subjectOf, textOfAlert } from "../handlers/alerts/render";
import { createCallAws } from "../handlers/aws/clients";
import { takeBack } from "../cli/undo";
import type { Emulator } from "./emulator";
import { eventually } from "./eventually";
import { type Listener, listen, type LocalStack, makeAdministrator, startLocalStack } from "./stack";

/** Where the story is told. */
export interface Told {
  out(line: string): void;
}

/** One step, and how it went. */
interface Step {
  level: string;
  title: string;
  ms: number;
  ok: boolean;
}

/** What the steps hand on. */
interface Scene {
  stack: LocalStack;
  /** Alice is an administrator of the account, who makes all the mistakes. */
  alice: CallAws;
  /** Alice, with another user agent. */
  aliceWith(userAgent: string): CallAws;
  alerts: Inbox;
  notifications: Inbox<{ s3ObjectKey?: string[] }>;
}

const admin = "arn:aws:iam::aws:policy/AdministratorAccess";

/**
 * Tells the whole story, levels 0 to boss, on this machine, and shows what each person would see.
 *
 * @param emulator where it happens when it is not to have one of its own
 * @returns the exit code: 1 if any step fell short
 */
export async function tellStory({ out }: Told, emulator?: Emulator): Promise<number> {
  const steps: Step[] = [];
  const step = async <Value>(level: string, title: string, run: () => Promise<Value>): Promise<Value> => {
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
    stack = await step("level 0", "a trail, and a function that is told of every log file", async () => {
      const made = await startLocalStack({
        team: "demo",
        ...(emulator === undefined ? {} : { emulator }),
        mode: "fix",
        config: { records: "all" },
        progress: (line) => out(`   ${line}`),
        onError: (error) => out(`   recorder: ${error.message}`),
      });
      out(`   ${made.deployment.resources.length} resources; AWS clients can talk to ${made.endpoint}`);
      return made;
    });
    const scene = await setTheScene(stack);
    await notification(scene, step, out);
    await records(scene, step, out);
    await alert(scene, step, out);
    const granted = await administrator(scene, step, out);
    await openPort(scene, step, out);
    await stoppedTrail(scene, step, out);
    await receipt(scene, granted, step, out);
    const { alerts, notifications } = scene;
    await step("the end", "everything destroyed, nothing left", async () => {
      await alerts.close();
      await notifications.close();
      const { deleted, left } = await (stack as LocalStack).destroy();
      if (left.length > 0) throw new Error(`expected nothing to be left, found ${left.join(", ")}`);
      out(`   ${deleted} resources deleted, nothing left`);
    });
  } catch (error) {
    out(`\n   ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await stack?.stop();
  }
  const told = steps.every(({ ok }) => ok) && steps.at(-1)?.level === "the end";
  out("");
  for (const line of tableOf(steps)) out(line);
  out("");
  out(told ? "All of it works." : "The story fell short; what went wrong is told above.");
  return told ? 0 : 1;
}

type Telling = <Value>(level: string, title: string, run: () => Promise<Value>) => Promise<Value>;
type Out = Told["out"];

async function setTheScene(stack: LocalStack): Promise<Scene> {
  const { emulator, endpoint, outputs } = stack;
  const keys = await makeAdministrator(emulator, "alice");
  const aliceWith = (userAgent: string) => createCallAws({ endpoint, credentials: keys, userAgent });
  return {
    stack,
    alice: aliceWith("alice"),
    aliceWith,
    alerts: inbox(await listen(stack, String(outputs.alertTopicArn))),
    notifications: inbox(await listen<{ s3ObjectKey?: string[] }>(stack, String(outputs.logTopicArn))),
  };
}

async function notification({ alice, notifications }: Scene, step: Telling, out: Out): Promise<void> {
  await step("level 1", "Alice creates the user bob, and CloudTrail sends a notification", async () => {
    await alice({ service: "iam", operation: "CreateUser", region: "us-east-1", input: { UserName: "bob" } });
    const { s3ObjectKey = [] } = await notifications.until(
      "a notification about a log file of us-east-1",
      (message) => message.s3ObjectKey?.some((key) => key.includes("/us-east-1/")) === true,
    );
    for (const key of s3ObjectKey) out(`   ${key}`);
  });
}

async function records({ stack }: Scene, step: Telling, out: Out): Promise<void> {
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

async function alert({ alerts }: Scene, step: Telling, out: Out): Promise<void> {
  await step("level 3", "a subscriber gets the alert", async () => {
    const told = await alerts.until("the alert about bob", isAbout("iam-user-created", "bob"));
    out("   as an SMS:");
    out(`      ${smsOf(told)}`);
    out("   as an e-mail:");
    out(`      Subject: ${subjectOf(told)}`);
    for (const line of textOfAlert(told).trimEnd().split("\n")) out(`      ${line}`);
  });
}

async function administrator(scene: Scene, step: Telling, out: Out): Promise<Alert> {
  const { alice, alerts } = scene;
  return step("boss", "Alice makes bob an administrator, and it is undone", async () => {
    const iam = (operation: string, input: object) =>
      alice({ service: "iam", operation, region: "us-east-1", input: { UserName: "bob", ...input } });
    await iam("AttachUserPolicy", { PolicyArn: admin });
    const told = await alerts.until(
      "the alert about the grant",
      isAbout("iam-admin-policy-attached-user", "bob"),
    );
    showFix(told, out);
    const { AttachedPolicies } = await iam("ListAttachedUserPolicies", {});
    expectThat((AttachedPolicies as unknown[]).length === 0, "bob to have no policy", AttachedPolicies);
    out("   bob's policies now: none");
    return told;
  });
}

async function openPort({ alice, alerts, stack }: Scene, step: Telling, out: Out): Promise<void> {
  await step(
    "boss",
    "Alice opens port 22 to the world and to the office; the world is shut out again",
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
      const told = await alerts.until(
        "the alert about the port",
        isAbout("ec2-sg-open-to-world", String(GroupId)),
      );
      showFix(told, out);
      const { SecurityGroupRules } = await ec2("DescribeSecurityGroupRules", {
        Filters: [{ Name: "group-id", Values: [GroupId] }],
      });
      const open = (SecurityGroupRules as { IsEgress: boolean; CidrIpv4?: string }[])
        .filter(({ IsEgress }) => !IsEgress)
        .map(({ CidrIpv4 }) => CidrIpv4);
      expectThat(open.join() === "203.0.113.0/24", "the office alone to be let in", open);
      out(`   let in now: ${open.join(", ")}`);
    },
  );
}

async function stoppedTrail({ alice, alerts, stack }: Scene, step: Telling, out: Out): Promise<void> {
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
  { aliceWith, alerts, stack }: Scene,
  granted: Alert,
  step: Telling,
  out: Out,
): Promise<void> {
  await step(
    "receipt",
    "it was planned after all: the fix is taken back, and the detector leaves that alone",
    async () => {
      out(`   npx cloudtrailer rollback '${granted.id}' --why 'bob is our new administrator'`);
      await takeBack({
        finding: granted.id,
        why: "bob is our new administrator",
        table: String(stack.outputs.tableName),
        region: stack.region,
        // As Alice on the command line would: with her own keys, against the same endpoint.
        callAws: aliceWith,
        out: (line) => out(`   ${line}`),
      });
      const told = await alerts.until(
        "the alert that says who took it back",
        (one) => isAbout("iam-admin-policy-attached-user", "bob")(one) && one.id !== granted.id,
      );
      expectThat(told.outcome === "refused", "the grant to be left alone", told.outcome);
      out(`   ${smsOf(told)}`);
      out(`   ${told.reason}`);
    },
  );
}

/** What has come and not been asked for yet is kept, since alerts may come in another order than they are waited for. */
interface Inbox<Message = Alert> {
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
    alert.detection === detection &&
    (resource === undefined || alert.what.resources.some(({ id }) => id === resource));
}

function isRecordOf(message: string, eventName: string): boolean {
  return message.startsWith("{") && message.includes(`"eventName":"${eventName}"`);
}

function showFix(alert: Alert, out: Out): void {
  out(`   ${smsOf(alert)}`);
  for (const { commandLine } of alert.done?.calls ?? []) out(`   done:  ${commandLine}`);
  for (const { commandLine } of alert.rollback?.calls ?? []) out(`   back:  ${commandLine}`);
  expectThat(alert.outcome === "fixed", "the outcome to be fixed", `${alert.outcome}: ${alert.reason}`);
  out(`   ${alert.when.delaySeconds} s after the call`);
}

function expectThat(holds: boolean, what: string, found: unknown): void {
  if (!holds) throw new Error(`expected ${what}, found ${JSON.stringify(found)}`);
}

function tableOf(steps: Step[]): string[] {
  const width = Math.max(...steps.map(({ title }) => title.length));
  return steps.map(
    ({ level, title, ms, ok }) =>
      `${ok ? "ok  " : "FAIL"}  ${level.padEnd(8)}  ${title.padEnd(width)}  ${(ms / 1000).toFixed(1).padStart(5)} s`,
  );
}
