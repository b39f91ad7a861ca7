import { callsTo } from "../../handlers/aws/call";
import { fieldsOf, listOf, plainTextOf, textOf } from "../../handlers/json";
import { letsCloudTrail, letsService } from "../../local/recorder/service-policies";
import { functionSubscribes, trailPublishes } from "../../policies/log-owner";
import {
  type Found,
  looked,
  ok,
  type Patient,
  redeploy,
  type Repair,
  type Step,
  unknown,
  wrong,
} from "./step";
import { trailOf } from "./trail";

/** Notifications come from the trail or from S3, to the topic, and from there to the function. */
export const topicDelivers: Step = {
  title: "notifications reach the function",
  async run(patient) {
    const { topicArn, aws } = patient;
    const [, , , region = "", account] = topicArn.split(":");
    const seen = await looked(aws(callsTo("sns", region)("GetTopicAttributes", { TopicArn: topicArn })));
    if (seen === "gone")
      return [
        wrong(
          `there is no topic ${topicArn}`,
          account === patient.settings.account ? redeploy : { say: `ask account ${account} for its topic` },
        ),
      ];
    const policy = seen === "denied" ? undefined : textOf(fieldsOf(seen.answer.Attributes).Policy);
    return [
      ...(await publisher(patient, policy, seen === "denied")),
      ...(await subscription(patient, topicArn)),
      ...(await permission(patient, topicArn)),
    ];
  },
};

/** What publishes to the topic: a rule for the bucket's events, or the trail. */
async function publisher(patient: Patient, policy: string | undefined, isHidden: boolean): Promise<Found[]> {
  const rule = await ruleOf(patient);
  if (rule !== undefined) return rule;
  const trail = await trailOf(patient);
  const { topicArn, trailArn, isOwn } = patient;
  if (trail === undefined) return [unknown("the trail's topic cannot be seen with your credentials")];
  const its = plainTextOf(trail.SnsTopicARN);
  const found: Found[] = [];
  if (its !== topicArn) {
    const byS3 = await notifiesByS3(patient);
    if (byS3) return [ok(`S3 publishes to ${topicArn}`)];
    const what = `the trail publishes to ${its || "no topic"}, and the function listens to ${topicArn}`;
    const call = callsTo("cloudtrail", trailArn.split(":")[3] ?? "")("UpdateTrail", {
      Name: trailArn,
      SnsTopicName: topicArn,
    });
    const others =
      its === "" ? "" : `; if others need ${its}, name it in cloudtrailer:existingTrail.topic instead`;
    found.push(wrong(what, { say: `the trail's owner adds the topic${others}`, calls: [call] }));
  } else found.push(ok(`the trail publishes to ${topicArn}`));
  if (isHidden) return [...found, unknown(`the policy of ${topicArn} cannot be read with your credentials`)];
  const context = {
    "aws:sourcearn": trailArn,
    "aws:sourceaccount": trailArn.split(":")[4] ?? "",
    "aws:securetransport": "true",
  };
  if (!letsCloudTrail(policy, { action: "sns:Publish", resource: topicArn, context })) {
    const add = { of: topicArn, statements: [trailPublishes({ topicArn, trail: trailArn })] };
    const isOurs = isOwn || topicArn.split(":")[4] === patient.settings.account;
    const repair: Repair = isOwn
      ? redeploy
      : { say: isOurs ? "add to the topic's policy" : "its owner adds to the topic's policy", add };
    found.push(wrong("the topic's policy does not let CloudTrail publish", repair));
  }
  return found;
}

/** The rule that a stack with `bucketEvents` has, by the topic's name; undefined if there is none. */
async function ruleOf(patient: Patient): Promise<Found[] | undefined> {
  const { topicArn, settings, aws, isOwn } = patient;
  if (isOwn) return undefined;
  const name = topicArn.split(":").at(-1) ?? "";
  const calls = callsTo("events", settings.region);
  const seen = await looked(aws(calls("DescribeRule", { Name: name })));
  if (typeof seen === "string") return undefined;
  const found: Found[] =
    seen.answer.State === "ENABLED"
      ? [ok(`the rule ${name} publishes S3's events to ${topicArn}`)]
      : [
          wrong(`the rule ${name} is disabled`, {
            say: "enable it",
            calls: [calls("EnableRule", { Name: name })],
          }),
        ];
  const s3 = callsTo("s3", settings.source?.region ?? settings.region);
  const bucket = await looked(aws(s3("GetBucketNotificationConfiguration", { Bucket: settings.bucket })));
  if (typeof bucket === "string")
    return [...found, unknown("the bucket's notifications cannot be read with your credentials")];
  const { EventBridgeConfiguration, ...rest } = bucket.answer;
  if (EventBridgeConfiguration !== undefined)
    return [...found, ok("S3 sends the bucket's events to EventBridge")];
  delete rest.$metadata;
  // All that is there is kept: the call replaces the whole configuration.
  const NotificationConfiguration = { ...rest, EventBridgeConfiguration: {} };
  const call = s3("PutBucketNotificationConfiguration", {
    Bucket: settings.bucket,
    NotificationConfiguration,
  });
  return [
    ...found,
    wrong("the bucket does not send its events to EventBridge", {
      say: "switch it on, and keep what is there",
      calls: [call],
    }),
  ];
}

/** Whether S3 itself publishes new objects to the topic. */
async function notifiesByS3({ settings, topicArn, aws }: Patient): Promise<boolean> {
  const s3 = callsTo("s3", settings.source?.region ?? settings.region);
  const seen = await looked(aws(s3("GetBucketNotificationConfiguration", { Bucket: settings.bucket })));
  if (typeof seen === "string") return false;
  return listOf(seen.answer.TopicConfigurations).some((one) => fieldsOf(one).TopicArn === topicArn);
}

/** Whether the function gets what is published to a topic. */
export async function subscription(
  { functionArn, settings, aws }: Patient,
  topicArn: string,
): Promise<Found[]> {
  const [, , , region = ""] = topicArn.split(":");
  const seen = await looked(aws(callsTo("sns", region)("ListSubscriptionsByTopic", { TopicArn: topicArn })));
  if (typeof seen === "string")
    return [unknown(`the subscriptions of ${topicArn} cannot be read with your credentials`)];
  const own = listOf(seen.answer.Subscriptions)
    .map(fieldsOf)
    .find((one) => one.Endpoint === functionArn);
  if (own !== undefined) return [ok("the function is subscribed")];
  const isElsewhere = topicArn.split(":")[4] !== settings.account;
  const add = {
    of: topicArn,
    statements: [functionSubscribes({ topicArn, account: settings.account, functionArn })],
  };
  const repair: Repair = isElsewhere
    ? {
        say: "its owner adds to the topic's policy; then deploy the stack again",
        add,
        lines: ["pulumi up --refresh"],
      }
    : redeploy;
  return [wrong(`the function is not subscribed to ${topicArn}`, repair)];
}

/** Whether a topic may invoke the function. */
export async function permission(
  { functionArn, settings, aws }: Patient,
  topicArn: string,
): Promise<Found[]> {
  const seen = await looked(
    aws(callsTo("lambda", settings.region)("GetPolicy", { FunctionName: functionArn })),
  );
  if (seen === "denied") return [unknown("the function's policy cannot be read with your credentials")];
  const policy = seen === "gone" ? undefined : textOf(seen.answer.Policy);
  const context = { "aws:sourcearn": topicArn, "aws:sourceaccount": topicArn.split(":")[4] ?? "" };
  const request = { action: "lambda:InvokeFunction", resource: functionArn, context };
  return letsService("sns.amazonaws.com", policy, request)
    ? [ok("the topic may invoke it")]
    : [wrong(`the function's policy does not let ${topicArn} invoke it`, redeploy)];
}
