import { expect } from "chai";
import { zipSync } from "fflate";
import { createCallAws } from "../../../handlers/aws/clients";
import { fieldsOf, listOf, textOf } from "../../../handlers/json";
import { eventually } from "../../../local/eventually";
import {
  type Listener,
  listen,
  type LocalStack,
  makeAdministrator,
  startLocalStack,
} from "../../../local/stack";
import { report, someOf } from "../share";

type Answer = Record<string, unknown>;
type Call = (service: string, operation: string, input: Answer) => Promise<Answer>;

/** A part of this system, and how an administrator takes it away or breaks it. */
interface Removal {
  part: string;
  /** The operation that does it, as CloudTrail names it. */
  event: string;
  by(call: Call, outputs: Record<string, string>): Promise<unknown>;
}

const policy = (...Statement: Answer[]) => JSON.stringify({ Version: "2012-10-17", Statement });

/** A program that does nothing, and says nothing. */
const emptied = Buffer.from(zipSync({ "__index.js": Buffer.from("exports.handler = async () => {};") }));

async function subscriptionOf(call: Call, TopicArn: string | undefined): Promise<string> {
  const { Subscriptions } = await call("sns", "ListSubscriptionsByTopic", { TopicArn });
  const [first] = listOf(Subscriptions).map((one) => textOf(fieldsOf(one).SubscriptionArn));
  if (first === undefined) throw new Error(`expected a subscription of ${TopicArn}, found none`);
  return first;
}

/** Every own part, each taken away in the ways that AWS has for it. */
const removals: Removal[] = [
  {
    part: "trail, stopped",
    event: "StopLogging",
    by: (call, { trailName: Name }) => call("cloudtrail", "StopLogging", { Name }),
  },
  {
    part: "trail, deleted",
    event: "DeleteTrail",
    by: (call, { trailName: Name }) => call("cloudtrail", "DeleteTrail", { Name }),
  },
  {
    part: "trail, of one region",
    event: "UpdateTrail",
    by: (call, { trailName: Name }) => call("cloudtrail", "UpdateTrail", { Name, IsMultiRegionTrail: false }),
  },
  {
    part: "trail, without a topic",
    event: "UpdateTrail",
    by: (call, { trailName: Name }) => call("cloudtrail", "UpdateTrail", { Name, SnsTopicName: "" }),
  },
  {
    part: "selectors",
    event: "PutEventSelectors",
    by: (call, { trailName: TrailName }) =>
      call("cloudtrail", "PutEventSelectors", {
        TrailName,
        EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: false, DataResources: [] }],
      }),
  },
  {
    part: "bucket's policy, deleted",
    event: "DeleteBucketPolicy",
    by: (call, { bucket: Bucket }) => call("s3", "DeleteBucketPolicy", { Bucket }),
  },
  {
    part: "bucket's lifecycle, of a day",
    event: "PutBucketLifecycle",
    by: (call, { bucket: Bucket }) =>
      call("s3", "PutBucketLifecycleConfiguration", {
        Bucket,
        LifecycleConfiguration: {
          Rules: [{ ID: "short", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } }],
        },
      }),
  },
  {
    part: "log topic",
    event: "DeleteTopic",
    by: (call, { logTopicArn: TopicArn }) => call("sns", "DeleteTopic", { TopicArn }),
  },
  {
    part: "log topic's policy",
    event: "SetTopicAttributes",
    by: (call, { logTopicArn: TopicArn, account }) =>
      call("sns", "SetTopicAttributes", {
        TopicArn,
        AttributeName: "Policy",
        AttributeValue: policy({
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: "sns:Publish",
          Resource: TopicArn,
        }),
      }),
  },
  {
    part: "function's subscription",
    event: "Unsubscribe",
    by: async (call, { logTopicArn }) =>
      call("sns", "Unsubscribe", { SubscriptionArn: await subscriptionOf(call, logTopicArn) }),
  },
  {
    part: "alert topic",
    event: "DeleteTopic",
    by: (call, { alertTopicArn: TopicArn }) => call("sns", "DeleteTopic", { TopicArn }),
  },
  {
    part: "alert topic's policy",
    event: "SetTopicAttributes",
    by: (call, { alertTopicArn: TopicArn }) =>
      call("sns", "SetTopicAttributes", {
        TopicArn,
        AttributeName: "Policy",
        AttributeValue: policy({ Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: TopicArn }),
      }),
  },
  {
    part: "subscription of the alerts",
    event: "Unsubscribe",
    by: async (call, { alertTopicArn }) =>
      call("sns", "Unsubscribe", { SubscriptionArn: await subscriptionOf(call, alertTopicArn) }),
  },
  {
    part: "function",
    event: "DeleteFunction20150331",
    by: (call, { functionName: FunctionName }) => call("lambda", "DeleteFunction", { FunctionName }),
  },
  {
    part: "function's code",
    event: "UpdateFunctionCode20150331v2",
    by: (call, { functionName: FunctionName }) =>
      call("lambda", "UpdateFunctionCode", { FunctionName, ZipFile: emptied }),
  },
  {
    part: "function's configuration",
    event: "UpdateFunctionConfiguration20150331v2",
    by: (call, { functionName: FunctionName }) =>
      call("lambda", "UpdateFunctionConfiguration", { FunctionName, Environment: { Variables: {} } }),
  },
  {
    part: "function's concurrency",
    event: "PutFunctionConcurrency20171031",
    by: (call, { functionName: FunctionName }) =>
      call("lambda", "PutFunctionConcurrency", { FunctionName, ReservedConcurrentExecutions: 0 }),
  },
  {
    part: "function's permission",
    event: "RemovePermission20150331v2",
    by: async (call, { functionName: FunctionName }) => {
      const { Policy } = await call("lambda", "GetPolicy", { FunctionName });
      const { Statement } = JSON.parse(String(Policy)) as {
        Statement: { Sid: string; Principal: unknown }[];
      };
      for (const { Sid, Principal } of Statement)
        if (JSON.stringify(Principal).includes("sns.amazonaws.com"))
          await call("lambda", "RemovePermission", { FunctionName, StatementId: Sid });
    },
  },
  {
    part: "function's failure destination",
    event: "DeleteFunctionEventInvokeConfig",
    by: (call, { functionName: FunctionName }) =>
      call("lambda", "DeleteFunctionEventInvokeConfig", { FunctionName }),
  },
  {
    part: "role's inline policy",
    event: "DeleteRolePolicy",
    by: async (call, { roleName: RoleName }) => {
      const { PolicyNames } = await call("iam", "ListRolePolicies", { RoleName });
      for (const PolicyName of PolicyNames as string[])
        await call("iam", "DeleteRolePolicy", { RoleName, PolicyName });
    },
  },
  {
    part: "role's managed policies",
    event: "DetachRolePolicy",
    by: async (call, { roleName: RoleName }) => {
      const { AttachedPolicies } = await call("iam", "ListAttachedRolePolicies", { RoleName });
      for (const { PolicyArn } of AttachedPolicies as { PolicyArn: string }[])
        await call("iam", "DetachRolePolicy", { RoleName, PolicyArn });
    },
  },
  {
    part: "role's trust",
    event: "UpdateAssumeRolePolicy",
    by: (call, { roleName: RoleName, account }) =>
      call("iam", "UpdateAssumeRolePolicy", {
        RoleName,
        PolicyDocument: policy({
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: "sts:AssumeRole",
        }),
      }),
  },
  {
    part: "role, behind a boundary",
    event: "PutRolePermissionsBoundary",
    by: async (call, { roleName: RoleName }) => {
      const { Policy } = await call("iam", "CreatePolicy", {
        PolicyName: "nothing",
        PolicyDocument: policy({ Effect: "Deny", Action: "*", Resource: "*" }),
      });
      const PermissionsBoundary = fieldsOf(Policy).Arn;
      return call("iam", "PutRolePermissionsBoundary", { RoleName, PermissionsBoundary });
    },
  },
  {
    part: "table",
    event: "DeleteTable",
    by: (call, { tableName: TableName }) => call("dynamodb", "DeleteTable", { TableName }),
  },
  {
    part: "table's expiry",
    event: "UpdateTimeToLive",
    by: (call, { tableName: TableName }) =>
      call("dynamodb", "UpdateTimeToLive", {
        TableName,
        TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: false },
      }),
  },
  {
    part: "failure queue",
    event: "DeleteQueue",
    by: (call, { failureQueueUrl: QueueUrl }) => call("sqs", "DeleteQueue", { QueueUrl }),
  },
  {
    part: "schedule",
    event: "DisableRule",
    by: (call, { team }) => call("events", "DisableRule", { Name: `cloudtrailer-baselines-${team}` }),
  },
  {
    part: "schedule's target",
    event: "RemoveTargets",
    by: (call, { team }) =>
      call("events", "RemoveTargets", { Rule: `cloudtrailer-baselines-${team}`, Ids: ["cloudtrailer"] }),
  },
  {
    part: "log group",
    event: "DeleteLogGroup",
    by: (call, { logGroup: logGroupName }) => call("logs", "DeleteLogGroup", { logGroupName }),
  },
  {
    part: "watch topic",
    event: "DeleteTopic",
    by: (call, { watchTopicArn: TopicArn }) => call("sns", "DeleteTopic", { TopicArn }),
  },
  {
    part: "watch rule",
    event: "DisableRule",
    by: (call, { team }) => call("events", "DisableRule", { Name: `cloudtrailer-watch-${team}.sight` }),
  },
  {
    part: "alarms",
    event: "DeleteAlarms",
    by: (call, { team }) =>
      call("cloudwatch", "DeleteAlarms", { AlarmNames: [`cloudtrailer-watch-${team}.silence`] }),
  },
];

/** Who heard of what. */
interface Heard {
  /** The attack was alerted. */
  attack: boolean;
  /** That the part was removed was alerted by the function. */
  removalByFunction: boolean;
  /** The same by the second path. */
  removalByWatch: boolean;
}

describe("each own part taken away in turn, and then an attack", () => {
  const totals = {
    parts: 0,
    "attack alerted": 0,
    "removal alerted by the function": 0,
    "removal reported by the second path": 0,
  };
  after(() => report("own parts removed", totals));

  for (const [index, removal] of someOf(removals, 1).entries())
    it(`${removal.part}: the attack is alerted, or people hear of the removal`, async () => {
      const heard = await play(removal, `part${index}`);
      totals.parts++;
      if (heard.attack) totals["attack alerted"]++;
      if (heard.removalByFunction) totals["removal alerted by the function"]++;
      if (heard.removalByWatch) totals["removal reported by the second path"]++;
      expect(heard.attack || heard.removalByFunction || heard.removalByWatch).to.equal(true);
    });
});

/** Deploys, removes, attacks, and listens until somebody has heard, and a while longer. */
async function play(removal: Removal, team: string): Promise<Heard> {
  const stack = await startLocalStack({ team, deliverEveryMs: 500 });
  const listeners: Listener<unknown>[] = [];
  try {
    const { outputs, endpoint, region } = stack;
    const subscribed = async (topicArn: string | undefined) => {
      const listener = await listen<unknown>(stack, String(topicArn));
      listeners.push(listener);
      return listener;
    };
    const alerts = await subscribed(outputs.alertTopicArn);
    const watch = await subscribed(outputs.watchTopicArn);
    const mallory = createCallAws({
      endpoint,
      credentials: await makeAdministrator(stack.emulator, `mallory-of-${team}`),
    });
    const call: Call = (service, operation, input) =>
      mallory({ service, operation, region: service === "iam" ? "us-east-1" : region, input });
    await removal.by(call, outputs);
    await attack(call);
    return await listenFor(removal, { alerts, watch, stack });
  } finally {
    for (const listener of listeners) await listener.close().catch(() => undefined);
    await stack.stop();
  }
}

const victim = "victim-of-mallory";

async function attack(call: Call): Promise<void> {
  await call("iam", "CreateUser", { UserName: victim });
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await call("iam", "AttachUserPolicy", { UserName: victim, PolicyArn });
}

/** Asks for messages so often after the first was heard: the other path may be slower. */
const roundsMore = 5;

async function listenFor(
  { event }: Removal,
  from: { alerts: Listener<unknown>; watch: Listener<unknown>; stack: LocalStack },
): Promise<Heard> {
  const heard: Heard = { attack: false, removalByFunction: false, removalByWatch: false };
  let more = roundsMore;
  let messages = 0;
  // Event names of Lambda's API have a date, which messages for people leave out.
  const name = event.replace(/\d{8}(?:v\d+)?$/, "");
  await eventually(
    `somebody to hear of ${event}, or of the attack after it`,
    async () => {
      // A topic that was deleted has no messages.
      for (const alert of await from.alerts.next().catch(() => [])) {
        messages++;
        const text = JSON.stringify(alert);
        heard.attack ||= text.includes("iam-admin-policy-attached-user") && text.includes(victim);
        heard.removalByFunction ||= text.includes(name) && !text.includes(victim);
      }
      for (const message of await from.watch.next().catch(() => [])) {
        messages++;
        heard.removalByWatch ||= JSON.stringify(message).includes(name);
      }
      const isHeard = heard.attack || heard.removalByFunction || heard.removalByWatch;
      return isHeard && more-- <= 0 ? true : undefined;
    },
    { moved: () => messages },
  );
  return heard;
}
