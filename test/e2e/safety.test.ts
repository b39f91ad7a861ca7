import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { keepEnvironment } from "../support/environment";
import type { Alert } from "../../handlers/alerts/alert";
import type { formsOf } from "../../handlers/alerts/forms";
import type { CallAws } from "../../handlers/aws/call";
import { createCallAws } from "../../handlers/aws/clients";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { hashOfCalls } from "../../handlers/findings/person-request";
import { fieldsOf } from "../../handlers/json";
import { type Listener, listen, makeAdministrator } from "../../local/stack";
import { aLogFile, aRecord } from "../support/factories";
import { printedBy } from "./printed-by";
import { type Answer, deployForSuite } from "./stage";
import { eventually } from "./support";

describe("the verbs of docs/safety.md", () => {
  const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
  const stage = deployForSuite("safety", {
    config: {
      maxFixesPerHour: "100",
      approvers: JSON.stringify([
        "arn:aws:iam::*:user/alice-of-safety",
        "arn:aws:iam::*:user/mallory-of-safety",
        "arn:aws:sts::*:assumed-role/cloudtrailer-chat-safety--room/*",
      ]),
      subscribers: JSON.stringify([
        {
          protocol: "chat",
          name: "room",
          slackTeam: "T0123456789",
          slackChannel: "C0123456789",
          buttons: true,
        },
      ]),
      detections: JSON.stringify({
        "iam-inline-admin-policy": { mode: "approve" },
        "iam-admin-policy-attached-group": { severity: "low" },
      }),
      fix: JSON.stringify({ after: "1m", immediately: ["critical", "high", "medium"] }),
    },
  });
  const restoreEnvironment = keepEnvironment();

  before(async () => {
    // As in a person's shell.
    const { accessKeyId, secretAccessKey } = await makeAdministrator(stage.stack.emulator, "alice-of-safety");
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: stage.stack.region,
      CLOUDTRAILER_FUNCTION: stage.stack.outputs.functionName,
    });
  });
  after(restoreEnvironment);

  const verb = (...args: string[]) => printedBy(...args, "--endpoint", stage.stack.endpoint);
  const onTable = (...args: string[]) => verb(...args, "--table", String(stage.stack.outputs.tableName));
  const call = (service: string, operation: string, input: Answer) =>
    stage.call(stage.root, service, operation, input);

  /** Writes the log file of a grant; its alert is awaited with {@link told}. */
  async function grant(userName: string) {
    await call("iam", "CreateUser", { UserName: userName });
    await call("iam", "AttachUserPolicy", { UserName: userName, PolicyArn: admin });
    // Each by somebody else, so that alerts are not gathered as one actor's flood.
    const arn = `arn:aws:iam::${stage.stack.account}:user/mallory-of-${userName}`;
    return logged(userName, {
      requestParameters: { userName, policyArn: admin },
      userIdentity: { type: "IAMUser", arn, userName: `mallory-of-${userName}` },
    });
  }
  /** The log file of a call, and what brings it to the function. */
  function logged(userName: string, own: Partial<CloudTrailRecord>) {
    const record = aRecord({
      eventID: randomUUID(),
      eventTime: new Date().toISOString(),
      recipientAccountId: stage.stack.account,
      ...own,
    });
    const key = `AWSLogs/${stage.stack.account}/CloudTrail/us-east-1/2026/05/04/${userName}.json.gz`;
    const put = (Body: unknown) =>
      call("s3", "PutObject", { Bucket: stage.stack.outputs.bucket, Key: key, Body });
    // Like SNS, because the topic lets only CloudTrail publish.
    const Sns = {
      Message: JSON.stringify({ s3Bucket: stage.stack.outputs.bucket, s3ObjectKey: [key] }),
      MessageId: randomUUID(),
    };
    const notify = () =>
      call("lambda", "Invoke", {
        FunctionName: stage.stack.outputs.functionName,
        InvocationType: "Event",
        Payload: JSON.stringify({ Records: [{ EventSource: "aws:sns", Sns }] }),
      });
    return { file: aLogFile(record), put, notify };
  }
  async function attack(userName: string): Promise<Alert> {
    const { file, put, notify } = await grant(userName);
    await put(file);
    await notify();
    return told(userName);
  }
  const told = (userName: string) => stage.alertOf("iam-admin-policy-attached-user", userName);

  /** Attacks until the function, which believes what it read of the switch for half a minute, has looked at it again. */
  async function firstAttackThatIs(outcome: Alert["outcome"], userName: string): Promise<Alert> {
    let tries = 0;
    return eventually(`an attack that is ${outcome}`, async () => {
      const alert = await attack(`${userName}-${++tries}`);
      if (alert.outcome === outcome) return alert;
      // A try is a fix, or an alert to everybody: a few are enough.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      return undefined;
    });
  }

  /** An administrators' group, which mode fix leaves people a minute to deny. */
  async function delayedAttack(GroupName: string): Promise<Alert> {
    await call("iam", "CreateGroup", { GroupName });
    await call("iam", "AttachGroupPolicy", { GroupName, PolicyArn: admin });
    const { file, put, notify } = logged(GroupName, {
      eventName: "AttachGroupPolicy",
      requestParameters: { groupName: GroupName, policyArn: admin },
    });
    await put(file);
    await notify();
    const alert = await stage.alertOf("iam-admin-policy-attached-group", GroupName);
    expect(alert.outcome, alert.reason).to.equal("delayed");
    return alert;
  }
  const groupPoliciesOf = async (GroupName: string) => {
    const { AttachedPolicies } = await call("iam", "ListAttachedGroupPolicies", { GroupName });
    return (AttachedPolicies as { PolicyArn: string }[]).map(({ PolicyArn }) => PolicyArn);
  };

  // First announced, and made at its moment, while the tests in between run: see the end.
  it("a delayed fix is announced with its moment and the line that denies it, and not made", async () => {
    const alert = await delayedAttack("safety-delayed");
    expect(Date.parse(alert.fixAt ?? "") % 60_000).to.equal(0);
    expect(alert.approval?.deny).to.match(/^npx cloudtrailer deny /);
    expect(await groupPoliciesOf("safety-delayed")).to.deep.equal([admin]);
    const list = await onTable("findings", "--since", "1h", "--outcome", "delayed");
    expect(list).to.include("iam-admin-policy-attached-group");
    expect(await onTable("findings", alert.id)).to.match(/^NOT FIXED YET, will be fixed at 2\d{3}-/m);
  });

  it("a delayed fix ends by a no, and is never made", async () => {
    const { id } = await delayedAttack("safety-denied-in-time");
    const denied = await onTable("deny", id, "--why", "it is meant", "--yes");
    expect(denied).to.match(/denied by \S+alice-of-safety: rejected$/m);
    await stage.nextAlert("about the no", ({ reason }) => /^A fix is denied/.test(String(reason)));
  });

  describe("approve and deny", () => {
    const document = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    });
    /** An inline policy of an administrator's, for which nothing is done before somebody says yes. */
    async function waitingAttack(userName: string): Promise<Alert> {
      await call("iam", "CreateUser", { UserName: userName });
      await call("iam", "PutUserPolicy", { UserName: userName, PolicyName: "all", PolicyDocument: document });
      const { file, put, notify } = logged(userName, {
        eventName: "PutUserPolicy",
        requestParameters: { userName, policyName: "all", policyDocument: document },
        userIdentity: {
          type: "IAMUser",
          arn: `arn:aws:iam::${stage.stack.account}:user/mallory-of-safety`,
          userName: "mallory-of-safety",
        },
      });
      await put(file);
      await notify();
      const alert = await stage.alertOf("iam-inline-admin-policy", userName);
      expect(alert.outcome).to.equal("awaiting-approval");
      expect(await policiesOf(userName)).to.deep.equal(["all"]);
      return alert;
    }
    const policiesOf = async (UserName: string) =>
      (await call("iam", "ListUserPolicies", { UserName })).PolicyNames;
    /** The words of a command of an alert. */
    const wordsOf = (command = "") =>
      [...command.replace(/^npx cloudtrailer /, "").matchAll(/'([^']*)'|\S+/g)].map(
        ([word, inner]) => inner ?? word,
      );

    it("make a fix that waits, by the line of its alert, once", async () => {
      const alert = await waitingAttack("safety-approved");
      const approve = [...wordsOf(alert.approval?.approve), "--yes"];
      const printed = await verb(...approve);
      expect(printed)
        .to.include("aws iam delete-user-policy")
        .and.match(/approved by \S+alice-of-safety: fixed/);
      expect(await policiesOf("safety-approved")).to.deep.equal([]);
      const fixed = await stage.alertOf("iam-inline-admin-policy", "safety-approved");
      expect(fixed.outcome).to.equal("fixed");
      expect(fixed.reason).to.match(/approved by arn:aws:iam::\d+:user\/alice-of-safety: …$/);
      expect(await verb(...approve).catch(String)).to.match(
        /waits for approval, or for its fix, found .* outcome fixed/,
      );
    });

    it("leave what happened as it is, by a no, with who said so", async () => {
      const alert = await waitingAttack("safety-denied");
      expect(await verb(...wordsOf(alert.approval?.deny), "--yes")).to.match(
        /denied by \S+alice-of-safety: rejected/,
      );
      expect(await policiesOf("safety-denied")).to.deep.equal(["all"]);
      const said = await stage.nextAlert("about the no", ({ reason }) =>
        /^A fix is denied/.test(String(reason)),
      );
      expect(said).to.include({ severity: alert.severity });
      const list = await onTable("findings", "--since", "1h", "--outcome", "rejected");
      expect(list).to.include("iam-inline-admin-policy");
    });

    it("leave a fix to a person's own credentials: fix, with its receipt", async () => {
      const matching = [
        "fix",
        "--since",
        "1h",
        "--detection",
        "iam-inline-admin-policy",
        "--outcome",
        "rejected",
      ];
      const shown = await onTable(...matching, "--dry-run");
      expect(shown)
        .to.include("aws iam delete-user-policy")
        .and.match(/1 finding of 1 can be fixed now, by 1 call$/);
      expect(await policiesOf("safety-denied")).to.deep.equal(["all"]);
      const printed = await onTable(...matching, "--why", "it was one after all", "--yes");
      expect(printed).to.match(/to roll this back, in this order\n {2}aws iam put-user-policy /);
      expect(printed).to.match(/fixed by \S+alice-of-safety: it was one after all$/);
      expect(await policiesOf("safety-denied")).to.deep.equal([]);
      const [id = ""] = /^[^:]+/.exec(shown) ?? [];
      const called = await onTable("findings", id, "--verdict", "attack", "--why", "nobody knows it");
      expect(called).to.match(/: attack, says \S+alice-of-safety$/);
      expect(await onTable("findings", id)).to.match(/verdict +attack, by \S+alice-of-safety/);
      expect(await onTable(...matching, "--dry-run")).to.match(/already fixed by \S+alice-of-safety at /);
    });

    it("are not for who caused the finding, approver or not", async () => {
      const alert = await waitingAttack("safety-own");
      const plan = hashOfCalls(alert.done?.calls.map(({ commandLine: _, ...made }) => made));
      const asked = { verb: "approve", finding: alert.id, plan, why: "it was me" } as const;
      const refused = await stage.ask()(asked).catch(String);
      expect(refused).to.match(/user\/mallory-of-safety caused the finding: somebody else must decide/);
      expect(await policiesOf("safety-own")).to.deep.equal(["all"]);
    });

    describe("by the buttons of a chat room", () => {
      const name = "cloudtrailer-chat-safety--room";
      type Form = ReturnType<typeof formsOf>["chat"];
      let room: Listener<Form>;
      const topic = () => `arn:aws:sns:${stage.stack.region}:${stage.stack.account}:${name}`;

      before(async () => {
        room = await listen<Form>(stage.stack, topic());
      });
      after(() => room.close());

      /** What Amazon Q gets about a user. */
      const posted = (userName: string) =>
        eventually(`a message about ${userName}`, async () =>
          (await room.next()).find(({ content }) => content.description.includes(userName)),
        );

      /** Credentials as Amazon Q has them. */
      async function ofTheRoom() {
        const GetRole = await call("iam", "GetRole", { RoleName: name });
        const { AssumeRolePolicyDocument: trust } = fieldsOf(GetRole.Role);
        const text = decodeURIComponent(String(trust));
        // Nobody is Amazon Q on this machine: the account's people may be, for a moment.
        const letPeople = text.replace(
          '{"Service":"chatbot.amazonaws.com"}',
          JSON.stringify({ AWS: `arn:aws:iam::${stage.stack.account}:root` }),
        );
        expect(letPeople).not.to.equal(text);
        const set = (PolicyDocument: string) =>
          call("iam", "UpdateAssumeRolePolicy", { RoleName: name, PolicyDocument });
        await set(letPeople);
        // The recorder knows sessions that begin before its eyes.
        const { Credentials } = await stage.call(stage.mallory, "sts", "AssumeRole", {
          RoleArn: `arn:aws:iam::${stage.stack.account}:role/${name}`,
          RoleSessionName: "chatbot-session",
        });
        await set(text);
        const { AccessKeyId, SecretAccessKey, SessionToken } = fieldsOf(Credentials);
        return createCallAws({
          endpoint: stage.stack.endpoint,
          credentials: {
            accessKeyId: String(AccessKeyId),
            secretAccessKey: String(SecretAccessKey),
            sessionToken: String(SessionToken),
          },
          attempts: 1,
        });
      }
      /** The call of a custom action. */
      const press = (by: CallAws, { metadata }: Form, button: "Approve" | "Deny") => {
        const context = metadata.additionalContext as unknown as Record<string, string>;
        const Tags = [{ Key: "cloudtrailer-answer", Value: context[button] }];
        return stage.call(by, "sns", "TagResource", { ResourceArn: context.Topic, Tags });
      };

      it("make a fix that waits, with no other right than to answer", async () => {
        await waitingAttack("safety-button");
        const message = await posted("safety-button");
        expect(message.content.title).to.match(/^\w+ NOT FIXED/);
        expect(message.metadata.additionalContext).to.include({
          Waits: "yes",
          Topic: topic(),
          Region: stage.stack.region,
        });
        const amazonQ = await ofTheRoom();
        const others: [operation: string, input: Answer][] = [
          ["TagResource", { ResourceArn: topic(), Tags: [{ Key: "team", Value: "x" }] }],
          [
            "TagResource",
            {
              ResourceArn: stage.stack.outputs.alertTopicArn,
              Tags: [{ Key: "cloudtrailer-answer", Value: "x" }],
            },
          ],
          ["Publish", { TopicArn: topic(), Message: "forged" }],
        ];
        for (const [operation, input] of others)
          expect(
            await stage.call(amazonQ, "sns", operation, input).catch(({ name: code }: Error) => code),
            operation,
          ).to.match(/^AuthorizationError/);
        await press(amazonQ, message, "Approve");
        const fixed = await stage.alertOf("iam-inline-admin-policy", "safety-button");
        expect(fixed.outcome).to.equal("fixed");
        expect(fixed.reason).to.match(
          /approved by \S+assumed-role\/cloudtrailer-chat-safety--room\/chatbot-session: button in chat room, event/,
        );
        expect(await policiesOf("safety-button")).to.deep.equal([]);
        const again = await posted("safety-button");
        expect(again.content.title).to.match(/^\w+ FIXED/);
        expect(again.metadata.threadId).to.equal(message.metadata.threadId);
        expect(again.metadata.additionalContext.Waits).to.equal("no");
      });

      it("are no matter of a person's, whose answer of the same words is reported and does nothing", async () => {
        await waitingAttack("safety-forged");
        const message = await posted("safety-forged");
        await press(stage.mallory, message, "Approve");
        const alert = await stage.alertOf("own-answer-forged", topic());
        expect(alert).to.include({ severity: "critical" });
        expect(await policiesOf("safety-forged")).to.deep.equal(["all"]);
        await press(await ofTheRoom(), message, "Deny");
        const said = await stage.nextAlert("about the button's no", ({ reason }) =>
          /^A fix is denied/.test(String(reason)),
        );
        expect(said)
          .to.have.property("why")
          .that.match(/^button in chat room/);
        expect(await policiesOf("safety-forged")).to.deep.equal(["all"]);
      });
    });

    it("make no other calls than were shown", async () => {
      const alert = await waitingAttack("safety-changed");
      await call("iam", "DeleteUserPolicy", { UserName: "safety-changed", PolicyName: "all" });
      const printed = await verb(...wordsOf(alert.approval?.approve), "--yes");
      expect(printed).to.match(/approved by \S+: already-ok/);
    });
  });

  it("redrive: retries a notification once its cause is fixed", async () => {
    const { file, put, notify } = await grant("safety-late");
    await put("not gzip");
    await notify();
    const QueueUrl = stage.stack.outputs.failureQueueUrl;
    const waiting = async () => {
      const AttributeNames = ["ApproximateNumberOfMessages"];
      const { Attributes } = await call("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames });
      return Number((Attributes as Record<string, string>).ApproximateNumberOfMessages);
    };
    await eventually("a message in the failure queue", async () => (await waiting()) > 0 || undefined);
    await put(file);
    const redrive = [
      "redrive",
      "--queue",
      String(QueueUrl),
      "--function",
      String(stage.stack.outputs.functionName),
    ];
    expect(await verb(...redrive)).to.match(/1 processed, 0 failed again/);
    expect((await told("safety-late")).outcome).to.equal("fixed");
    expect(await waiting()).to.equal(0);
    expect(await verb(...redrive)).to.match(/^0 processed/);
  });

  describe("a delayed fix", () => {
    it("is made at its moment, by the rule that looks for it", async () => {
      const fixed = await stage.alertOf("iam-admin-policy-attached-group", "safety-delayed");
      expect(fixed.outcome, fixed.reason).to.equal("fixed");
      expect(fixed.reason).to.match(/the fix was announced for 2\d{3}-\d\d-\d\d \d\d:\d\d UTC$/);
      expect(await groupPoliciesOf("safety-delayed")).to.deep.equal([]);
    });

    it("is not made when it was denied: its moment has passed", async () => {
      const { Item } = await call("dynamodb", "GetItem", {
        TableName: stage.stack.outputs.tableName,
        Key: { id: { S: "watch#due-fixes" } },
      });
      const { latest } = Item as Record<string, { N: string }>;
      await eventually("a look at the last minute", async () => {
        const isOver = Date.now() / 60_000 > Number(latest?.N);
        const payload = JSON.stringify({ cloudtrailer: "due-fixes" });
        const FunctionName = stage.stack.outputs.functionName;
        await call("lambda", "Invoke", { FunctionName, Payload: payload });
        return isOver || undefined;
      });
      expect(await groupPoliciesOf("safety-denied-in-time")).to.deep.equal([admin]);
    });
  });

  // Last: for half a minute, an execution environment believes what it has read of the switch.
  describe("the kill switch, and lists", () => {
    it("mode: stops fixes, and allows them again within a minute", async () => {
      expect(await onTable("mode")).to.equal("the stack's configuration is in force");
      const shown = await onTable("mode", "alert", "--why", "a drill");
      expect(shown).to.match(
        /^all detections: at most alert, set at .* by arn:.*user\/alice-of-safety: a drill$/,
      );
      const said = await stage.nextAlert(
        "about the switch",
        ({ title, reason }) => title === undefined && /switch is set/.test(String(reason)),
      );
      expect(said.reason).to.match(/^The switch is set to alert for all detections: From now on, and until/);
      expect(said).to.include({ severity: "high", why: "a drill" });
      const held = await firstAttackThatIs("alerted", "safety-held");
      expect(held.reason).to.match(/the kill switch is at alert, set by .*alice-of-safety: a drill/);

      await onTable("mode", "fix", "--why", "over");
      const fixed = await firstAttackThatIs("fixed", "safety-free");
      expect(fixed.reason).to.equal(undefined);
    });

    it("report: shows what was fixed, and what was not and why", async () => {
      const { detections } = JSON.parse(await onTable("report", "--since", "1h", "--format", "json")) as {
        detections: { detection: string; outcomes: Record<string, number>; reasons: { text: string }[] }[];
      };
      const report = detections.find(({ detection }) => detection === "iam-admin-policy-attached-user");
      expect(report?.outcomes.fixed).to.be.at.least(1);
      expect(report?.outcomes.alerted).to.be.at.least(1);
      expect(report?.reasons[0]?.text).to.include("a drill");
      expect(await onTable("report")).to.match(/^DETECTION +FIXED/);
    });

    it("findings: lists them by the table's index, and shows one as in its alert", async () => {
      const list = await onTable(
        "findings",
        "--since",
        "1h",
        "--detection",
        "iam-admin-policy-attached-user",
        "--outcome",
        "fixed",
      );
      expect(list).to.match(/^TIME +SEVERITY +OUTCOME +FINDING/);
      const [, short = ""] = /(\S{8}#iam-admin-policy-attached-user)/.exec(list) ?? [];
      const whole = await onTable("findings", short, "--since", "1h");
      expect(whole)
        .to.match(/^CRITICAL: /)
        .and.include("Done: ")
        .and.include("To roll this back: ");
      expect(whole).to.match(/^ {2}decided +\S+, \d+ s after the call$/m);
      const json = JSON.parse(await onTable("findings", "--since", "1h", "--format", "json")) as {
        id: string;
      }[];
      expect(json.map(({ id }) => id)).to.include(/finding +(\S+)/.exec(whole)?.[1]);
    });
  });
});
