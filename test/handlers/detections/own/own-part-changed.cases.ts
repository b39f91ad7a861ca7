import { ownPartChanged } from "../../../../handlers/detections/own/own-part-changed";
import { account, call, type Cases } from "../support/cases";

const arn = (service: string, resource: string, region = "eu-west-1") =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
const context = {
  trail: { name: "cloudtrailer-red", arn: arn("cloudtrail", "trail/cloudtrailer-red") },
  logBuckets: ["lambdasharp-red-cloudtrail"],
  ownResources: [
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
  ],
};

/** How each service names the part. */
const parameters: Record<string, Record<string, unknown>> = {
  cloudtrail: { name: "cloudtrailer-red" },
  dynamodb: { tableName: "findings-red" },
  events: { name: "cloudtrailer-schedule-red" },
  iam: { roleName: "cloudtrailer-lambda-role-red" },
  lambda: { functionName: arn("lambda", "function:cloudtrailer-red") },
  logs: { logGroupName: "/aws/lambda/cloudtrailer-red" },
  monitoring: { alarmNames: ["cloudtrailer-red"] },
  s3: { bucketName: "lambdasharp-red-cloudtrail", Host: "s3.amazonaws.com" },
  sns: { topicArn: arn("sns", "security-alerts-red") },
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
    {
      name: "a part that only the record's resources name",
      record: call("dynamodb:UpdateTable", null, {
        resources: [{ ARN: arn("dynamodb", "table/findings-red"), type: "AWS::DynamoDB::Table" }],
      }),
      context,
    },
  ],
  quiet: ownPartChanged.events.map((event) => ({
    name: `${event} of another stack's`,
    record: call(event, others[event.split(":")[0] ?? ""]),
    context,
  })),
};
