import type { CallAws } from "../../handlers/aws/call";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "chai";
import type { Alert } from "../../handlers/alerts/alert";
import { createCallAws } from "../../handlers/aws/clients";
import type { Settings } from "../../handlers/settings";
import type { Emulator } from "../../local/emulator";
import { type Listener, listen } from "../../local/stack";
import { aLogFile, aRecord, someSettings } from "../support/factories";
import { type Death, invokeOnce, type Orders } from "./crash-child";
import { emulator, eventually } from "./support";

describe("a process that is killed", () => {
  const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
  const name = "crash-test";
  let running: Emulator;
  let aws: CallAws;
  let settings: Settings;
  let listener: Listener<Alert>;
  const alerts: Alert[] = [];
  let users = 0;

  const call = (service: string, operation: string, input: Record<string, unknown>) =>
    aws({ service, operation, region: service === "iam" ? "us-east-1" : running.region, input });

  before(async () => {
    running = await emulator();
    const { endpoint, credentials, account, region } = running;
    aws = createCallAws({ endpoint, credentials });
    await call("dynamodb", "CreateTable", {
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    });
    await call("s3", "CreateBucket", {
      Bucket: name,
      CreateBucketConfiguration: { LocationConstraint: region },
    });
    const { TopicArn } = await call("sns", "CreateTopic", { Name: name });
    settings = someSettings({
      account,
      region,
      bucket: name,
      prefix: `AWSLogs/${account}/`,
      table: name,
      alertTopicArn: String(TopicArn),
      maxFixesPerHour: 100,
      maxFixesPerHourOfAccount: 100,
    });
    listener = await listen<Alert>({ region, credentials, emulator: running }, String(TopicArn));
  });
  after(async () => {
    await listener?.close();
    await call("dynamodb", "DeleteTable", { TableName: name });
    const { Contents = [] } = await call("s3", "ListObjectsV2", { Bucket: name });
    for (const { Key } of Contents as { Key: string }[])
      await call("s3", "DeleteObject", { Bucket: name, Key });
    await call("s3", "DeleteBucket", { Bucket: name });
    await call("sns", "DeleteTopic", { TopicArn: settings.alertTopicArn });
  });

  /** Makes a user an administrator, and writes the log file about it. */
  async function attack() {
    const userName = `crash-${++users}`;
    await call("iam", "CreateUser", { UserName: userName });
    await call("iam", "AttachUserPolicy", { UserName: userName, PolicyArn: admin });
    const eventID = randomUUID();
    const record = aRecord({
      eventID,
      eventTime: new Date().toISOString(),
      recipientAccountId: running.account,
      requestParameters: { userName, policyArn: admin },
    });
    const Key = `${settings.prefix}CloudTrail/us-east-1/2026/05/04/${eventID}.json.gz`;
    await call("s3", "PutObject", { Bucket: name, Key, Body: aLogFile(record) });
    return { userName, eventID, message: JSON.stringify({ s3Bucket: name, s3ObjectKey: [Key] }) };
  }

  const madeOf = (lines: string[]) =>
    lines.flatMap((line) => (line.startsWith("made ") ? [line.slice("made ".length)] : []));
  const orders = (message: string, more: { ahead: number; dieAt?: Death }): Orders => {
    const { endpoint, credentials } = running;
    return { settings, endpoint, credentials, message, ...more };
  };

  /** Runs one invocation in its own process, which dies. @returns the calls that it made */
  async function killed(message: string, dieAt: Death): Promise<string[]> {
    const child = spawn(
      process.execPath,
      ["--require", "./cli/register.js", join(__dirname, "crash-child.ts")],
      { cwd: join(__dirname, "..", ".."), stdio: ["pipe", "pipe", "pipe"] },
    );
    let out = "";
    let problems = "";
    child.stdout.on("data", (chunk) => (out += chunk));
    child.stderr.on("data", (chunk) => (problems += chunk));
    child.stdin.end(JSON.stringify(orders(message, { ahead: 0, dieAt })));
    const [, signal] = (await once(child, "close")) as [number | null, string | null];
    expect(signal, problems).to.equal("SIGKILL");
    return madeOf(out.split("\n"));
  }

  /** Delivers the same again, when the lease of the dead process has expired. @returns the calls that it made */
  async function delivered(message: string, ahead: number): Promise<string[]> {
    const lines: string[] = [];
    await invokeOnce(orders(message, { ahead }), (line) => void lines.push(line));
    return madeOf(lines);
  }

  const told = async (eventID: string) => {
    alerts.push(...(await listener.next()));
    return alerts.filter((alert) => alert.eventID === eventID);
  };
  const isAdmin = async (userName: string) => {
    const { AttachedPolicies } = await call("iam", "ListAttachedUserPolicies", { UserName: userName });
    return (AttachedPolicies as object[]).length > 0;
  };

  const fix = "iam:DetachUserPolicy";
  const steps: { title: string; dieAt: Death; fixed: boolean; alerts?: number }[] = [
    { title: "before the claim", dieAt: { when: "before", call: "claim", count: 1 }, fixed: false },
    {
      title: "between claim and decision",
      dieAt: { when: "after", call: "claim", count: 1 },
      fixed: false,
    },
    {
      title: "between decision and its note",
      dieAt: { when: "before", call: "save fixing", count: 1 },
      fixed: false,
    },
    {
      title: "between the note of the decision and the fix",
      dieAt: { when: "before", call: fix, count: 1 },
      fixed: false,
    },
    { title: "between the fix and its note", dieAt: { when: "after", call: fix, count: 1 }, fixed: true },
    {
      title: "between the note of the fix and the alert",
      dieAt: { when: "before", call: "sns:Publish", count: 1 },
      fixed: true,
    },
    {
      title: "after all was done",
      dieAt: { when: "after", call: "save done", count: 1 },
      fixed: true,
    },
    {
      // SNS has no call that publishes once: a program sees the same ID, a person the same subject.
      title: "between the alert and its note, which is told again under the same id",
      dieAt: { when: "after", call: "sns:Publish", count: 1 },
      fixed: true,
      alerts: 2,
    },
  ];

  for (const { title, dieAt, fixed, alerts: expected = 1 } of steps)
    it(`${title}: one fix, and the alert says so`, async () => {
      const { userName, eventID, message } = await attack();
      const first = await killed(message, dieAt);
      expect(await isAdmin(userName), "after the kill").to.equal(!fixed);

      const second = await delivered(message, 46_000);
      expect(await isAdmin(userName), "after the second run").to.equal(false);
      expect([...first, ...second].filter((made) => made === fix)).to.have.length(1);

      const found = await eventually("the alert", async () => {
        const so = await told(eventID);
        return so.length >= expected ? so : undefined;
      });
      expect(found).to.have.length(expected);
      expect(new Set(found.map(({ id }) => id)).size).to.equal(1);
      for (const alert of found) {
        expect(alert.outcome).to.equal("fixed");
        expect(alert.rollback?.calls.map(({ operation }) => operation)).to.deep.equal(["AttachUserPolicy"]);
      }

      expect(await delivered(message, 92_000), "a third delivery").not.to.include(fix);
      expect(await told(eventID)).to.have.length(expected);
    });
});
