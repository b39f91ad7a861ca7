import type { CallAws } from "../../handlers/aws/call";
import { randomUUID } from "node:crypto";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import type { Alert } from "../../handlers/alerts/alert";
import { createCallAws } from "../../handlers/aws/clients";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { rollBack } from "../../cli/rollback";
import type { Credentials } from "../../local/emulator";
import { eventually } from "../../local/eventually";
import {
  type Listener,
  listen,
  type LocalStack,
  makeAdministrator,
  startLocalStack,
} from "../../local/stack";
import { showStory } from "../../cli/story/show-story";
import { aLogFile, aRecord } from "../support/factories";
import { emulator, isOfTeam } from "./support";

describe("a deployed stack", function () {
  this.timeout(120_000);
  const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
  let stack: LocalStack;
  let root: CallAws;
  let keys: Credentials;
  let mallory: CallAws;
  let listener: Listener<Alert>;
  const records: CloudTrailRecord[] = [];
  const alerts: Alert[] = [];
  const problems: string[] = [];

  before(async () => {
    stack = await startLocalStack({
      team: "loop",
      mode: "fix",
      emulator: await emulator(),
      deliverEveryMs: 500,
      onRecord: (record) => void records.push(record),
      onError: (error) => {
        if (isOfTeam("loop", error)) problems.push(error.message);
      },
    });
    const { endpoint, outputs } = stack;
    root = createCallAws({ endpoint: stack.emulator.endpoint, credentials: stack.credentials });
    keys = await makeAdministrator(stack.emulator, "mallory");
    mallory = createCallAws({ endpoint, credentials: keys });
    listener = await listen<Alert>(stack, String(outputs.alertTopicArn));
  });
  after(async () => {
    await listener?.close();
    await stack?.stop();
    expect(problems).to.deep.equal([]);
  });

  const iam = (aws: CallAws, operation: string, input: Record<string, unknown>) =>
    aws({ service: "iam", operation, region: "us-east-1", input });
  const here = (aws: CallAws, service: string, operation: string, input: Record<string, unknown>) =>
    aws({ service, operation, region: stack.region, input });

  /** The alert of a detection about a resource, as soon as it is there. */
  const told = (detection: string, resource: string): Promise<Alert> =>
    eventually(`an alert of ${detection} about ${resource}`, async () => {
      alerts.push(...(await listener.next()));
      return alerts.find(
        (alert) => alert.detection === detection && alert.what.resources.some(({ id }) => id === resource),
      );
    });

  /** Invokes the function as SNS does, asynchronously, with a message of the log topic. */
  const notify = (message: string) => {
    const { region, credentials, outputs } = stack;
    const client = new LambdaClient({ region, credentials, endpoint: stack.emulator.endpoint });
    const Sns = { Message: message, MessageId: randomUUID(), Timestamp: new Date().toISOString() };
    return client.send(
      new InvokeCommand({
        FunctionName: outputs.functionName,
        InvocationType: "Event",
        Payload: Buffer.from(JSON.stringify({ Records: [{ EventSource: "aws:sns", Sns }] })),
      }),
    );
  };

  const entries = async (): Promise<Record<string, unknown>[]> => {
    const input = { logGroupName: stack.outputs.logGroup };
    const { events } = await here(root, "logs", "FilterLogEvents", input);
    return (events as { message: string }[])
      .map(({ message }) => message.trim())
      .filter((message) => message.includes('"message":"notification"'))
      .map((message) => JSON.parse(message) as Record<string, unknown>);
  };

  it("undoes an administrator grant and leaves a harmless one of the same call", async () => {
    await iam(mallory, "CreateUser", { UserName: "bert" });
    const reader = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    await iam(mallory, "AttachUserPolicy", { UserName: "bert", PolicyArn: reader });
    await iam(mallory, "AttachUserPolicy", { UserName: "bert", PolicyArn: admin });
    const alert = await told("iam-admin-policy-attached-user", "bert");
    expect(alert).to.deep.include({
      outcome: "fixed",
      severity: "critical",
      account: stack.account,
      team: "loop",
    });
    expect(alert.who.name).to.equal("mallory");
    const { AttachedPolicies } = await iam(mallory, "ListAttachedUserPolicies", { UserName: "bert" });
    expect((AttachedPolicies as { PolicyArn: string }[]).map(({ PolicyArn }) => PolicyArn)).to.deep.equal([
      reader,
    ]);
  });

  it("does not find its own fixes, though they are recorded", async () => {
    const own = await eventually("the record of the fix", async () =>
      records.find(
        ({ eventName, userIdentity }) =>
          eventName === "DetachUserPolicy" &&
          userIdentity?.sessionContext?.sessionIssuer?.userName === stack.outputs.roleName,
      ),
    );
    expect(own.errorCode).to.equal(undefined);
    await eventually("an entry about the log file with it", async () =>
      (await entries()).find((entry) => JSON.stringify(entry.logFiles).includes("us-east-1")),
    );
    expect(alerts.filter(({ who }) => who.role?.name === stack.outputs.roleName)).to.deep.equal([]);
  });

  it("undoes an inline administrator policy, a key for another user, a disabled key", async () => {
    await iam(mallory, "PutUserPolicy", {
      UserName: "bert",
      PolicyName: "all",
      PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    });
    const { AccessKey } = await iam(mallory, "CreateAccessKey", { UserName: "bert" });
    const { KeyMetadata } = await here(mallory, "kms", "CreateKey", {});
    const { KeyId } = KeyMetadata as { KeyId: string };
    await here(mallory, "kms", "DisableKey", { KeyId });

    expect((await told("iam-inline-admin-policy", "bert")).outcome).to.equal("fixed");
    expect((await told("iam-access-key-for-other-user", "bert")).outcome).to.equal("fixed");
    expect((await told("kms-key-disabled-or-deletion", KeyId)).outcome).to.equal("fixed");
    expect((await iam(mallory, "ListUserPolicies", { UserName: "bert" })).PolicyNames).to.deep.equal([]);
    const { AccessKeyMetadata } = await iam(mallory, "ListAccessKeys", { UserName: "bert" });
    expect((AccessKeyMetadata as object[])[0]).to.include({
      AccessKeyId: (AccessKey as { AccessKeyId: string }).AccessKeyId,
      Status: "Inactive",
    });
    const { KeyMetadata: now } = await here(mallory, "kms", "DescribeKey", { KeyId });
    expect(now).to.include({ KeyState: "Enabled" });
  });

  it("fixes and tells once when the same notification comes twenty times at once", async () => {
    await iam(root, "CreateUser", { UserName: "carol" });
    await iam(root, "AttachUserPolicy", { UserName: "carol", PolicyArn: admin });
    const record = aRecord({
      eventID: randomUUID(),
      eventTime: `${new Date().toISOString().slice(0, 19)}Z`,
      recipientAccountId: stack.account,
      requestParameters: { userName: "carol", policyArn: admin },
    });
    const key = `AWSLogs/${stack.account}/CloudTrail/us-east-1/2026/05/04/twenty.json.gz`;
    await here(root, "s3", "PutObject", { Bucket: stack.outputs.bucket, Key: key, Body: aLogFile(record) });
    const message = JSON.stringify({ s3Bucket: stack.outputs.bucket, s3ObjectKey: [key] });
    await Promise.all(Array.from({ length: 20 }, () => notify(message)));

    await told("iam-admin-policy-attached-user", "carol");
    const outcomes = await eventually(
      "twenty entries",
      async () => {
        const all = (await entries()).filter((entry) =>
          JSON.stringify(entry.logFiles).includes("twenty.json.gz"),
        );
        return all.length >= 20 ? all.flatMap((entry) => entry.findings as { outcome: string }[]) : undefined;
        // Twenty new Node processes at once, on whatever machine this is.
      },
      90_000,
    );
    expect(outcomes.filter(({ outcome }) => outcome === "fixed")).to.have.length(1);
    expect(outcomes.filter(({ outcome }) => outcome === "duplicate")).to.have.length(19);
    alerts.push(...(await listener.next()));
    expect(alerts.filter(({ eventID }) => eventID === record.eventID)).to.have.length(1);
  });

  it("hands a notification that cannot be processed to the failure queue, with the name of the file", async () => {
    const key = `AWSLogs/${stack.account}/CloudTrail/us-east-1/2026/05/04/broken.json.gz`;
    await here(root, "s3", "PutObject", { Bucket: stack.outputs.bucket, Key: key, Body: "not gzip" });
    await notify(JSON.stringify({ s3Bucket: stack.outputs.bucket, s3ObjectKey: [key] }));
    const body = await eventually("a message in the failure queue", async () => {
      const { Messages = [] } = await here(root, "sqs", "ReceiveMessage", {
        QueueUrl: stack.outputs.failureQueueUrl,
        WaitTimeSeconds: 1,
      });
      return (Messages as { Body: string }[])[0]?.Body;
    });
    expect(body).to.include("broken.json.gz");
    expect(
      (await entries()).filter((entry) => JSON.stringify(entry.errors).includes("broken.json.gz")),
    ).to.have.length(3);
  });

  describe("undo", () => {
    /** Grants administrator to a new user and waits until that is undone. */
    const fixed = async (UserName: string) => {
      await iam(mallory, "CreateUser", { UserName });
      await iam(mallory, "AttachUserPolicy", { UserName, PolicyArn: admin });
      return (await told("iam-admin-policy-attached-user", UserName)).id;
    };
    const rollback = (finding: string, force = false) =>
      rollBack({
        finding,
        force,
        why: "tried out",
        table: String(stack.outputs.tableName),
        region: stack.region,
        callAws: (userAgent) => createCallAws({ endpoint: stack.endpoint, credentials: keys, userAgent }),
        out: () => {},
      }).then(
        () => "",
        (error: Error) => error.message,
      );
    const policiesOf = async (UserName: string) =>
      ((await iam(mallory, "ListAttachedUserPolicies", { UserName })).AttachedPolicies as unknown[]).length;

    it("brings back what the fix took, once, and is left alone", async () => {
      const finding = await fixed("dora");
      expect(await rollback(finding)).to.equal("");
      expect(await policiesOf("dora")).to.equal(1);
      const left = await eventually("the alert about the rollback", async () => {
        alerts.push(...(await listener.next()));
        return alerts.find(
          ({ id, what }) => id !== finding && what.resources[0]?.id === "dora" && id.includes("admin"),
        );
      });
      expect(left).to.include({ outcome: "refused", severity: "info" });
      expect(left.reason).to.include("tried out");
      expect(await policiesOf("dora")).to.equal(1);
      expect(await rollback(finding)).to.match(/was already rolled back/);
    });

    it("changes nothing when things are no longer as the fix left them", async () => {
      const finding = await fixed("emil");
      await iam(root, "AttachUserPolicy", { UserName: "emil", PolicyArn: admin });
      expect(await rollback(finding)).to.match(/it was done again.*--force/);
    });

    it("says so when there is no such finding, or nothing was fixed", async () => {
      expect(await rollback("nothing#iam-user-created")).to.match(/expected a finding .* found none/);
      const created = alerts.find(({ detection }) => detection === "iam-user-created");
      expect(await rollback(String(created?.id))).to.match(/expected a fixed finding, found .* alerted/);
    });
  });

  it("may do nothing that it was not granted", async () => {
    const { Environment } = (await here(root, "lambda", "GetFunctionConfiguration", {
      FunctionName: stack.outputs.functionName,
    })) as { Environment: { Variables: Record<string, string> } };
    expect(
      Object.keys(Environment.Variables).filter((name) => name.startsWith("CLOUDTRAILER")),
    ).to.deep.equal(["CLOUDTRAILER_SETTINGS"]);
    // The role loses one action, as if its remediation were off: the fix is refused and says what is missing.
    const RoleName = stack.outputs.roleName;
    const { AttachedPolicies } = await iam(root, "ListAttachedRolePolicies", { RoleName });
    let taken = 0;
    for (const { PolicyArn } of AttachedPolicies as { PolicyArn: string }[]) {
      const { PolicyVersion } = await iam(root, "GetPolicyVersion", { PolicyArn, VersionId: "v1" });
      const document = decodeURIComponent((PolicyVersion as { Document: string }).Document);
      if (!document.includes('"iam:DetachGroupPolicy"')) continue;
      taken++;
      await iam(root, "DetachRolePolicy", { RoleName, PolicyArn });
      await iam(root, "PutRolePolicy", {
        RoleName,
        PolicyName: "less",
        PolicyDocument: document.replaceAll('"iam:DetachGroupPolicy"', '"iam:GetGroup"'),
      });
    }
    expect(taken, "policies with iam:DetachGroupPolicy").to.equal(1);
    await iam(mallory, "CreateGroup", { GroupName: "ops" });
    await iam(mallory, "AttachGroupPolicy", { GroupName: "ops", PolicyArn: admin });
    const alert = await told("iam-admin-policy-attached-group", "ops");
    expect(alert.outcome).to.equal("failed");
    expect(alert.reason).to.match(/AccessDenied.*iam:DetachGroupPolicy/);
  });
});

describe("npm start", function () {
  this.timeout(240_000);

  it("tells the whole story and leaves nothing", async () => {
    const lines: string[] = [];
    const code = await showStory({ out: (line) => void lines.push(line) }, await emulator());
    expect(code, lines.join("\n")).to.equal(0);
    expect(lines.filter((line) => line.startsWith("ok "))).to.have.length(9);
  });
});
