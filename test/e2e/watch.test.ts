import { expect } from "chai";
import { zipSync } from "fflate";
import { createCallAws } from "../../handlers/aws/clients";
import { fieldsOf, listOf } from "../../handlers/json";
import { type Listener, listen } from "../../local/stack";
import { type Answer, deployForSuite } from "./stage";
import { eventually } from "./support";

/** What CloudWatch publishes when an alarm goes off, as far as it is looked at here. */
interface AlarmMessage {
  AlarmName: string;
  AlarmDescription: string;
  NewStateValue: string;
}

describe("the second path", () => {
  const account = "111122223333";
  const region = "us-west-2";
  const pager = `arn:aws:sqs:${region}:${account}:pager-of-watch`;
  const stage = deployForSuite("watch", {
    config: { subscribers: JSON.stringify([{ protocol: "sqs", endpoint: pager }]) },
    async prepare({ endpoint, credentials }) {
      const root = createCallAws({ endpoint, credentials });
      const Policy = JSON.stringify({
        Version: "2012-10-17",
        Statement: ["security-alerts-watch", "cloudtrailer-watch-watch"].map((topic) => ({
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: pager,
          Condition: { ArnEquals: { "aws:SourceArn": `arn:aws:sns:${region}:${account}:${topic}` } },
        })),
      });
      const input = { QueueName: "pager-of-watch", Attributes: { Policy } };
      await root({ service: "sqs", operation: "CreateQueue", region, input });
    },
  });
  let people: Listener<string | AlarmMessage>;
  const heard: (string | AlarmMessage)[] = [];

  before(async () => {
    people = await listen<string | AlarmMessage>(stage.stack, String(stage.stack.outputs.watchTopicArn));
  });
  after(async () => {
    await people?.close();
  });

  /** The next message to people that is as wanted. */
  const hears = <Message extends string | AlarmMessage>(
    what: string,
    isWanted: (message: string | AlarmMessage) => message is Message,
  ) =>
    eventually(
      `people to hear of ${what}`,
      async () => {
        heard.push(...(await people.next()));
        return heard.find(isWanted);
      },
      { moved: () => heard.length + stage.records.length },
    );
  const textOf =
    (...parts: string[]) =>
    (message: string | AlarmMessage): message is string =>
      typeof message === "string" && parts.every((part) => message.includes(part));
  const call = (service: string, operation: string, input: Answer) =>
    stage.call(stage.mallory, service, operation, input);
  const byRoot = (service: string, operation: string, input: Answer) =>
    stage.call(stage.root, service, operation, input);

  it("has a self-check that finds every part as it was deployed, at the end of the deployment", async () => {
    const [entry] = await eventually("the self-check's entry", async () => {
      const entries = await stage.entries("self-check");
      return entries.length > 0 ? entries : undefined;
    });
    expect(entry?.problem).to.equal(undefined);
    expect(entry?.differences).to.deep.equal([]);
    expect(entry).to.include({ level: "info", at: "deployment", SelfChecks: 1 });
  });

  it("lets nobody but its own rules and alarms publish", async () => {
    const TopicArn = stage.stack.outputs.watchTopicArn;
    const error = await call("sns", "Publish", { TopicArn, Message: "ALL CLEAR" }).catch((one: Error) => one);
    expect(error)
      .to.have.property("name")
      .that.matches(/AuthorizationError/);
    // A rule of somebody else's that would have people hear of calls on own parts in its own words.
    await call("events", "PutRule", { Name: "all-clear", EventPattern: '{"source":[{"prefix":"aws."}]}' });
    const Targets = [{ Id: "people", Arn: TopicArn, Input: '"ALL CLEAR"' }];
    await call("events", "PutTargets", { Rule: "all-clear", Targets });
  });

  it("reports what is done to IAM, whose events are in another region", async () => {
    const RoleName = stage.stack.outputs.roleName;
    await call("iam", "UpdateAssumeRolePolicy", {
      RoleName,
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
          { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "sts:AssumeRole" },
        ],
      }),
    });
    const text = await hears("the role's trust", textOf("UpdateAssumeRolePolicy"));
    expect(text).to.include("CRITICAL: cloudtrailer of team watch");
    expect(text).to.include(`on ${RoleName}`);
    expect(text).to.match(/WHO: IAMUser arn:aws:iam::\d{12}:user\/mallory-of-watch from /);
    expect(text).to.match(/WHEN: \S+Z in us-east-1, account \d{12}, event [0-9a-f-]{36}/);
    expect(text).to.include("pulumi up --refresh");
  });

  it("reports a session of the role that its function did not begin, which may do nothing", async () => {
    const RoleArn = stage.stack.outputs.roleArn;
    const { Credentials } = await call("sts", "AssumeRole", { RoleArn, RoleSessionName: "mallory" });
    await hears("the session", textOf("AssumeRole of sts.amazonaws.com", "somebody else"));
    const { AccessKeyId, SecretAccessKey, SessionToken } = fieldsOf(Credentials) as Record<string, string>;
    const credentials = {
      accessKeyId: String(AccessKeyId),
      secretAccessKey: String(SecretAccessKey),
      sessionToken: String(SessionToken),
    };
    const stolen = createCallAws({ endpoint: stage.stack.endpoint, credentials });
    const key = { TableName: stage.stack.outputs.tableName, Key: { id: { S: "switch#all" } } };
    const error = await stage.call(stolen, "dynamodb", "GetItem", key).catch((one: Error) => one);
    expect(error)
      .to.have.property("name")
      .that.matches(/AccessDenied/);
  });

  it("reports who is handed the role, and that function may do nothing with it", async () => {
    const code = `const { SNSClient, PublishCommand } = require("@aws-sdk/client-sns");
      exports.handler = ({ TopicArn }) => new SNSClient({}).send(new PublishCommand({ TopicArn, Message: "x" }))
        .then(() => "published", (error) => error.name);`;
    await call("lambda", "CreateFunction", {
      FunctionName: "other-of-watch",
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Role: stage.stack.outputs.roleArn,
      Timeout: 30,
      Environment: {
        Variables: {
          NODE_PATH: `${process.cwd()}/node_modules`,
          AWS_ENDPOINT_URL: stage.stack.emulator.endpoint,
        },
      },
      Code: { ZipFile: Buffer.from(zipSync({ "index.js": Buffer.from(code) })) },
    });
    await hears("the other function", textOf("CreateFunction", "somebody else"));
    const { Payload } = await byRoot("lambda", "Invoke", {
      FunctionName: "other-of-watch",
      Payload: Buffer.from(JSON.stringify({ TopicArn: stage.stack.outputs.alertTopicArn })),
    });
    expect(new TextDecoder().decode(Payload as Uint8Array)).to.match(/AuthorizationError/);
    await byRoot("lambda", "DeleteFunction", { FunctionName: "other-of-watch" });
  });

  it("alarms on a notification that could not be handled", async () => {
    const QueueUrl = stage.stack.outputs.failureQueueUrl;
    await byRoot("sqs", "SendMessage", { QueueUrl, MessageBody: "{}" });
    const alarm = await hears(
      "the failure queue",
      (message): message is AlarmMessage =>
        typeof message === "object" && message.AlarmName === "cloudtrailer-watch-watch.failed",
    );
    expect(alarm).to.include({ NewStateValue: "ALARM" });
    expect(alarm.AlarmDescription).to.include("npx cloudtrailer redrive");
    await byRoot("sqs", "PurgeQueue", { QueueUrl });
  });

  it("reports that the function was unsubscribed, after which it hears of nothing", async () => {
    const TopicArn = stage.stack.outputs.logTopicArn;
    const { Subscriptions } = await byRoot("sns", "ListSubscriptionsByTopic", { TopicArn });
    const [subscription] = listOf(Subscriptions).map(fieldsOf);
    await call("sns", "Unsubscribe", { SubscriptionArn: subscription?.SubscriptionArn });
    const text = await hears("the subscription", textOf("Unsubscribe", "cloudtrail-logs-watch:"));
    expect(text).to.include("From now on attacks may go unseen");
  });

  it("reports that the function is gone", async () => {
    await call("lambda", "DeleteFunction", { FunctionName: stage.stack.outputs.functionName });
    const text = await hears("the function", textOf("DeleteFunction"));
    expect(text).to.include("From now on nothing may be detected");
  });

  it("reports that one of its own rules was disabled, by another", async () => {
    await call("events", "DisableRule", { Name: "cloudtrailer-watch-watch.sight" });
    await hears("the rule", textOf("DisableRule", "cloudtrailer-watch-watch.sight"));
    expect(heard.filter((message) => JSON.stringify(message).includes("ALL CLEAR"))).to.deep.equal([]);
  });
});
