import { ownPartChanged } from "../../../../handlers/detections/own/own-part-changed";
import { account, call, type Cases } from "../support/cases";

const arn = (service: string, resource: string, region = "eu-west-1") =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
const context = {
  trail: { name: "cloudtrailer-red", arn: arn("cloudtrail", "trail/cloudtrailer-red") },
  logBuckets: ["lambdasharp-red-cloudtrail", "logs-of-others"],
  ownResources: [
    "lambdasharp-red-cloudtrail",
    "arn:aws:s3:::lambdasharp-red-cloudtrail",
    "cloudtrailer-red",
    arn("lambda", "function:cloudtrailer-red"),
    "cloudtrailer-lambda-role-red",
    arn("iam", "role/cloudtrailer-lambda-role-red", ""),
    arn("dynamodb", "table/findings-red"),
    "findings-red",
    arn("sns", "security-alerts-red"),
    arn("sqs", "cloudtrailer-failures-red"),
    arn("events", "rule/cloudtrailer-schedule-red"),
    "cloudtrailer-schedule-red",
    "/aws/lambda/cloudtrailer-red",
    arn("sns", "cloudtrailer-watch-red"),
    arn("events", "event-bus/cloudtrailer-watch-red"),
    arn("iam", "role/cloudtrailer-watch-red", ""),
    arn("states", "stateMachine:cloudtrailer-history-red"),
    arn("cloudformation", "stack/cloudtrailer-chat-red--security"),
    arn("chatbot", "chat-configuration/slack-channel/cloudtrailer-chat-red--security", ""),
  ],
};

/** How each service names the part. */
const parameters: Record<string, Record<string, unknown>> = {
  chatbot: {
    chatConfigurationArn: arn(
      "chatbot",
      "chat-configuration/slack-channel/cloudtrailer-chat-red--security",
      "",
    ),
  },
  cloudformation: { stackName: "cloudtrailer-chat-red--security" },
  cloudtrail: { name: "cloudtrailer-red" },
  dynamodb: { tableName: "findings-red" },
  events: { name: "cloudtrailer-schedule-red" },
  iam: { roleName: "cloudtrailer-lambda-role-red" },
  lambda: { functionName: arn("lambda", "function:cloudtrailer-red") },
  logs: { logGroupName: "/aws/lambda/cloudtrailer-red" },
  monitoring: { alarmNames: ["cloudtrailer-watch-red.silence"] },
  s3: { bucketName: "lambdasharp-red-cloudtrail", Host: "s3.amazonaws.com" },
  sns: { topicArn: arn("sns", "security-alerts-red") },
  states: { stateMachineArn: arn("states", "stateMachine:cloudtrailer-history-red") },
  sqs: { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${account}/cloudtrailer-failures-red` },
};

const others: Record<string, Record<string, unknown>> = Object.fromEntries(
  Object.entries(parameters).map(([service, names]) => [
    service,
    JSON.parse(JSON.stringify(names).replaceAll("red", "blue")) as Record<string, unknown>,
  ]),
);

const partsOf = (event: string) => parameters[event.split(":")[0] ?? ""] ?? {};

export const cases: Cases = {
  hits: [
    ...ownPartChanged.events.map((event) => ({
      name: event,
      record: call(event, partsOf(event)),
      context,
    })),
    {
      name: "a subscription of an own topic",
      record: call("sns:Unsubscribe", {
        subscriptionArn: `${arn("sns", "security-alerts-red")}:0f3a4d52-1c5b-4d5e-9d1e-3f2a1b0c9d8e`,
      }),
      context,
      evidence: "requestParameters.subscriptionArn",
    },
    ...[
      { name: "the function by its account and name", functionName: `${account}:function:cloudtrailer-red` },
      { name: "a version of the function", functionName: "cloudtrailer-red:7" },
      { name: "an alias, by account", functionName: `${account}:function:cloudtrailer-red:live` },
      {
        name: "its newest version, by ARN",
        functionName: arn("lambda", "function:cloudtrailer-red:$LATEST"),
      },
    ].map(({ name, functionName }) => ({
      name,
      record: call("lambda:UpdateFunctionCode20150331v2", { functionName }),
      context,
      resources: [functionName],
    })),
    {
      name: "a managed policy of the role",
      record: call("iam:CreatePolicyVersion", {
        policyArn: arn("iam", "policy/cloudtrailer-lambda-role-red-remediations-1", ""),
        setAsDefault: true,
      }),
      context,
    },
    {
      name: "a rule of the second path",
      record: call("events:DisableRule", { name: "cloudtrailer-watch-red.function" }),
      context,
    },
    {
      name: "a rule on the second path's bus",
      record: call("events:RemoveTargets", {
        rule: "cloudtrailer-watch-red.role",
        eventBusName: "cloudtrailer-watch-red",
        ids: ["people"],
      }),
      context,
    },
    {
      name: "an alarm that is muted",
      record: call("monitoring:PutAlarmMuteRule", {
        name: "quiet",
        muteTargets: { alarmNames: ["cloudtrailer-watch-red.errors"] },
      }),
      context,
      evidence: "requestParameters.muteTargets.alarmNames.0",
    },
    {
      name: "a part that only the record's resources name",
      record: call("dynamodb:UpdateTable", null, {
        resources: [{ ARN: arn("dynamodb", "table/findings-red"), type: "AWS::DynamoDB::Table" }],
      }),
      context,
    },
  ],
  quiet: [
    ...ownPartChanged.events.map((event) => ({
      name: `${event} of another stack's`,
      record: call(event, others[event.split(":")[0] ?? ""]),
      context,
    })),
    {
      name: "the rule of a team whose name begins with this one's",
      record: call("events:DisableRule", { name: "cloudtrailer-watch-red-hat.function" }),
      context,
    },
    {
      name: "another bucket of log files, which is not this system's own",
      record: call("s3:PutBucketPolicy", { bucketName: "logs-of-others" }),
      context,
    },
  ],
};
