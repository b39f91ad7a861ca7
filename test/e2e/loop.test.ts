import { randomUUID } from "node:crypto";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { showStory } from "../../cli/story/show-story";
import type { Alert } from "../../handlers/alerts/alert";
import { isAlert } from "../../local/stack";
import { aLogFile, aRecord } from "../support/factories";
import { type Answer, deployForSuite } from "./stage";
import { emulator, eventually } from "./support";

describe("a deployed stack", () => {
  const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
  const stage = deployForSuite("loop", { recordsDeployment: true });
  const { alerts, call, records } = stage;

  /** Invokes the function as SNS does, asynchronously, with a message of the log topic. */
  const notify = (message: string) => {
    const { region, credentials, outputs, emulator } = stage.stack;
    const client = new LambdaClient({ region, credentials, endpoint: emulator.endpoint });
    const Sns = { Message: message, MessageId: randomUUID(), Timestamp: new Date().toISOString() };
    return client.send(
      new InvokeCommand({
        FunctionName: outputs.functionName,
        InvocationType: "Event",
        Payload: Buffer.from(JSON.stringify({ Records: [{ EventSource: "aws:sns", Sns }] })),
      }),
    );
  };

  const entries = () => stage.entries("notification");

  it("fixes an administrator grant and leaves a harmless one of the same call", async () => {
    await call(stage.mallory, "iam", "CreateUser", { UserName: "bert" });
    const reader = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    await call(stage.mallory, "iam", "AttachUserPolicy", { UserName: "bert", PolicyArn: reader });
    await call(stage.mallory, "iam", "AttachUserPolicy", { UserName: "bert", PolicyArn: admin });
    const alert = await stage.alertOf("iam-admin-policy-attached-user", "bert");
    expect(alert).to.deep.include({
      outcome: "fixed",
      severity: "critical",
      account: stage.stack.account,
      team: "loop",
    });
    expect(alert.who.name).to.equal("mallory-of-loop");
    const { AttachedPolicies } = await call(stage.mallory, "iam", "ListAttachedUserPolicies", {
      UserName: "bert",
    });
    expect((AttachedPolicies as { PolicyArn: string }[]).map(({ PolicyArn }) => PolicyArn)).to.deep.equal([
      reader,
    ]);
  });

  it("does not find its own fixes, although they are recorded", async () => {
    const own = await eventually("the record of the fix", async () =>
      records.find(
        ({ eventName, userIdentity }) =>
          eventName === "DetachUserPolicy" &&
          userIdentity?.sessionContext?.sessionIssuer?.userName === stage.stack.outputs.roleName,
      ),
    );
    expect(own.errorCode).to.equal(undefined);
    await eventually("an entry about the log file with it", async () =>
      (await entries()).find((entry) => JSON.stringify(entry.logFiles).includes("us-east-1")),
    );
    const ofRole = ({ who }: Alert) => who.role?.name === stage.stack.outputs.roleName;
    expect(alerts.filter(isAlert).filter(ofRole)).to.deep.equal([]);
  });

  it("fixes an inline administrator policy, a key for another user, a disabled key", async () => {
    await call(stage.mallory, "iam", "PutUserPolicy", {
      UserName: "bert",
      PolicyName: "all",
      PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    });
    const { AccessKey } = await call(stage.mallory, "iam", "CreateAccessKey", { UserName: "bert" });
    const { KeyMetadata } = await call(stage.mallory, "kms", "CreateKey", {});
    const { KeyId } = KeyMetadata as { KeyId: string };
    await call(stage.mallory, "kms", "DisableKey", { KeyId });

    expect((await stage.alertOf("iam-inline-admin-policy", "bert")).outcome).to.equal("fixed");
    expect((await stage.alertOf("iam-access-key-for-other-user", "bert")).outcome).to.equal("fixed");
    expect((await stage.alertOf("kms-key-disabled-or-deletion", KeyId)).outcome).to.equal("fixed");
    expect(
      (await call(stage.mallory, "iam", "ListUserPolicies", { UserName: "bert" })).PolicyNames,
    ).to.deep.equal([]);
    const { AccessKeyMetadata } = await call(stage.mallory, "iam", "ListAccessKeys", { UserName: "bert" });
    expect((AccessKeyMetadata as object[])[0]).to.include({
      AccessKeyId: (AccessKey as { AccessKeyId: string }).AccessKeyId,
      Status: "Inactive",
    });
    const { KeyMetadata: now } = await call(stage.mallory, "kms", "DescribeKey", { KeyId });
    expect(now).to.include({ KeyState: "Enabled" });
  });

  it("fixes and alerts once when the same notification arrives twenty times at once", async () => {
    await call(stage.root, "iam", "CreateUser", { UserName: "carol" });
    await call(stage.root, "iam", "AttachUserPolicy", { UserName: "carol", PolicyArn: admin });
    const record = aRecord({
      eventID: randomUUID(),
      eventTime: `${new Date().toISOString().slice(0, 19)}Z`,
      recipientAccountId: stage.stack.account,
      requestParameters: { userName: "carol", policyArn: admin },
    });
    const key = `AWSLogs/${stage.stack.account}/CloudTrail/us-east-1/2026/05/04/twenty.json.gz`;
    await call(stage.root, "s3", "PutObject", {
      Bucket: stage.stack.outputs.bucket,
      Key: key,
      Body: aLogFile(record),
    });
    const message = JSON.stringify({ s3Bucket: stage.stack.outputs.bucket, s3ObjectKey: [key] });
    await Promise.all(Array.from({ length: 20 }, () => notify(message)));

    await stage.alertOf("iam-admin-policy-attached-user", "carol");
    let seen: Answer[] = [];
    // Twenty new Node processes at once, on whatever machine this is: each entry shows that there is progress.
    await eventually(
      "twenty entries",
      async () => {
        seen = (await entries()).filter(({ logFiles }) =>
          JSON.stringify(logFiles).includes("twenty.json.gz"),
        );
        return seen.length >= 20 || undefined;
      },
      { moved: () => seen.length },
    );
    const outcomes = seen.flatMap(({ findings }) => findings as { outcome: string }[]);
    expect(outcomes.filter(({ outcome }) => outcome === "fixed")).to.have.length(1);
    expect(outcomes.filter(({ outcome }) => outcome === "duplicate")).to.have.length(19);
    await stage.readAlerts();
    expect(alerts.filter(({ eventID }) => eventID === record.eventID)).to.have.length(1);
  });

  it("sends a notification that cannot be processed to the failure queue, with the name of the file", async () => {
    const key = `AWSLogs/${stage.stack.account}/CloudTrail/us-east-1/2026/05/04/broken.json.gz`;
    await call(stage.root, "s3", "PutObject", {
      Bucket: stage.stack.outputs.bucket,
      Key: key,
      Body: "not gzip",
    });
    await notify(JSON.stringify({ s3Bucket: stage.stack.outputs.bucket, s3ObjectKey: [key] }));
    const body = await eventually("a message in the failure queue", async () => {
      const { Messages = [] } = await call(stage.root, "sqs", "ReceiveMessage", {
        QueueUrl: stage.stack.outputs.failureQueueUrl,
        WaitTimeSeconds: 1,
      });
      return (Messages as { Body: string }[])[0]?.Body;
    });
    expect(body).to.include("broken.json.gz");
    expect(
      (await entries()).filter((entry) => JSON.stringify(entry.errors).includes("broken.json.gz")),
    ).to.have.length(3);
  });

  describe("rollback", () => {
    /** Grants administrator to a new user and waits until that is fixed. */
    const fixed = async (UserName: string) => {
      await call(stage.mallory, "iam", "CreateUser", { UserName });
      await call(stage.mallory, "iam", "AttachUserPolicy", { UserName, PolicyArn: admin });
      return (await stage.alertOf("iam-admin-policy-attached-user", UserName)).id;
    };
    const rollback = (finding: string, force = false) =>
      stage.rollBack(finding, { force }).then(
        () => "",
        (error: Error) => error.message,
      );
    const policiesOf = async (UserName: string) =>
      (
        (await call(stage.mallory, "iam", "ListAttachedUserPolicies", { UserName }))
          .AttachedPolicies as unknown[]
      ).length;

    it("restores what the fix removed, once, and is left alone", async () => {
      const finding = await fixed("dora");
      expect(await rollback(finding)).to.equal("");
      expect(await policiesOf("dora")).to.equal(1);
      const left = await stage.alertOf("iam-admin-policy-attached-user", "dora");
      expect(left).to.include({ outcome: "refused", severity: "info" });
      expect(left.reason).to.include("tried out");
      expect(await policiesOf("dora")).to.equal(1);
      expect(await rollback(finding)).to.match(/was already rolled back/);
    });

    it("changes nothing if things are no longer as the fix left them", async () => {
      const finding = await fixed("emil");
      await call(stage.root, "iam", "AttachUserPolicy", { UserName: "emil", PolicyArn: admin });
      expect(await rollback(finding)).to.match(/somebody repeated the change.*--force/);
    });

    it("says so if there is no such finding, or nothing was fixed", async () => {
      expect(await rollback("nothing#iam-user-created")).to.match(/expected a finding .* found none/);
      const created = alerts.find(({ detection }) => detection === "iam-user-created");
      expect(await rollback(String(created?.id))).to.match(
        /expected a finding with a fix that was made or tried, found .* alerted/,
      );
    });
  });

  it("may do nothing that it was not granted", async () => {
    const { Environment } = (await call(stage.root, "lambda", "GetFunctionConfiguration", {
      FunctionName: stage.stack.outputs.functionName,
    })) as { Environment: { Variables: Record<string, string> } };
    expect(
      Object.keys(Environment.Variables).filter((name) => name.startsWith("CLOUDTRAILER")),
    ).to.deep.equal(["CLOUDTRAILER_SETTINGS"]);
    // The role loses one action, as if its remediation were off: the fix is refused and names what is missing.
    const RoleName = stage.stack.outputs.roleName;
    const { AttachedPolicies } = await call(stage.root, "iam", "ListAttachedRolePolicies", { RoleName });
    let taken = 0;
    for (const { PolicyArn } of AttachedPolicies as { PolicyArn: string }[]) {
      const { PolicyVersion } = await call(stage.root, "iam", "GetPolicyVersion", {
        PolicyArn,
        VersionId: "v1",
      });
      const document = decodeURIComponent((PolicyVersion as { Document: string }).Document);
      if (!document.includes('"iam:DetachGroupPolicy"')) continue;
      taken++;
      await call(stage.root, "iam", "DetachRolePolicy", { RoleName, PolicyArn });
      const { Policy } = await call(stage.root, "iam", "CreatePolicy", {
        PolicyName: "less",
        PolicyDocument: document.replaceAll('"iam:DetachGroupPolicy"', '"iam:GetGroup"'),
      });
      const { Arn } = Policy as { Arn: string };
      await call(stage.root, "iam", "AttachRolePolicy", { RoleName, PolicyArn: Arn });
    }
    expect(taken, "policies with iam:DetachGroupPolicy").to.equal(1);
    await call(stage.mallory, "iam", "CreateGroup", { GroupName: "ops" });
    await call(stage.mallory, "iam", "AttachGroupPolicy", { GroupName: "ops", PolicyArn: admin });
    const alert = await stage.alertOf("iam-admin-policy-attached-group", "ops");
    expect(alert.outcome).to.equal("failed");
    expect(alert.reason).to.match(/AccessDenied.*iam:DetachGroupPolicy/);
  });
});

describe("npm start", () => {
  it("tells the whole story and leaves nothing", async () => {
    const lines: string[] = [];
    const code = await showStory({ out: (line) => void lines.push(line) }, await emulator());
    expect(code, lines.join("\n")).to.equal(0);
    expect(lines.filter((line) => line.startsWith("ok "))).to.have.length(9);
  });
});
