import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import { fieldsOf, plainTextOf, textOf } from "../../json";
import { type CloudTrailRecord, nameOf, serviceOf } from "../../cloudtrail/record";
import { fieldOf, textParameterOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { planClosing, withoutGrantees } from "../support/policy-openings";
import { planReturnOrClosing } from "../support/policy-return";
import type { NoPlan, Plan, PlanContext, Remediation } from "../remediation";
import { alreadyOk, refused } from "../support/outcomes";

/**
 * Restores the policy of the queue or topic that the event overwrote, if a baseline has it. Otherwise removes those whom the
 * event let in: everyone, or the other accounts of an `AddPermission`; all other statements stay. Subscriptions made in the
 * meantime stay in any case.
 *
 * Sources: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 * and https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
 */
export const fixSqsSnsPolicyPublic: Remediation = {
  id: "sqs-sns-policy-public",
  reads: ["sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sns:GetTopicAttributes"],
  writes: ["sqs:SetQueueAttributes", "sns:SetTopicAttributes"],
  baselines: ["queuePolicy", "topicPolicy"],
  plan: (finding, aws, context) =>
    serviceOf(finding.record) === "sqs"
      ? planForQueue(finding, aws, context)
      : planForTopic(finding, aws, context),
};

async function planForQueue(finding: Finding, aws: CallAws, context?: PlanContext): Promise<Plan | NoPlan> {
  const url = touched(finding, "AWS::SQS::Queue");
  const name = url?.split("/").at(-1);
  if (name === undefined || name === "") return refused("the record does not say which queue");
  const call = callsTo("sqs", finding.region);
  const gone = ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"];
  // The client calls whatever host a queue's URL names, and the caller chose the URL in the record.
  const found = await unlessGone(
    aws(call("GetQueueUrl", { QueueName: name, QueueOwnerAWSAccountId: finding.account })),
    gone,
  );
  if (found === undefined) return alreadyOk(`the queue ${name} is gone`);
  const QueueUrl = found.QueueUrl;
  const answer = await unlessGone(
    aws(call("GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy"] })),
    gone,
  );
  const live = textOf(fieldsOf(answer?.Attributes).Policy);
  const set = (Policy: string) => call("SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
  const kept = await baselineFor(context, baselineKinds.queuePolicy, finding.region, name);
  return planPolicy(finding, context, kept?.GetQueueAttributes, {
    whose: `the queue ${name}`,
    live: live === "" ? undefined : live,
    put: set,
    // SQS takes an empty text as no policy.
    remove: () => set(""),
  });
}

async function planForTopic(finding: Finding, aws: CallAws, context?: PlanContext): Promise<Plan | NoPlan> {
  const TopicArn = touched(finding, "AWS::SNS::Topic");
  if (TopicArn === undefined) return refused("the record does not say which topic");
  const call = callsTo("sns", finding.region);
  const answer = await unlessGone(aws(call("GetTopicAttributes", { TopicArn })), [
    "NotFoundException",
    "NotFound",
  ]);
  if (answer === undefined) return alreadyOk(`the topic ${TopicArn} is gone`);
  const live = textOf(fieldsOf(answer.Attributes).Policy);
  const set = (AttributeValue: string) =>
    call("SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue });
  const kept = await baselineFor(context, baselineKinds.topicPolicy, finding.region, TopicArn);
  return planPolicy(finding, context, kept?.GetTopicAttributes, {
    whose: `the topic ${TopicArn}`,
    live,
    put: set,
    remove: () => set(defaultTopicPolicy(TopicArn, finding.account)),
  });
}

function touched({ match }: Finding, type: string): string | undefined {
  return match.resources.find((resource) => resource.type === type)?.id;
}

/** @param kept the attributes read before the event */
function planPolicy(
  finding: Finding,
  context: PlanContext | undefined,
  kept: Record<string, unknown> | undefined,
  about: Parameters<typeof planClosing>[1],
): Plan | NoPlan {
  const { record, match } = finding;
  const name = nameOf(record);
  // If the event created it, what is kept under its name belongs to another one, deleted since.
  const isNew = name === "CreateQueue" || name === "CreateTopic";
  if (name !== "AddPermission")
    return planReturnOrClosing(finding, context, {
      ...about,
      written: policyIn(record),
      before: isNew ? undefined : textOf(fieldsOf(kept?.Attributes).Policy),
      isKnown: !isNew && kept !== undefined,
      isNew,
    });
  const principals = match.evidence.map(({ value }) => plainTextOf(value));
  const label = textParameterOf(record, "label") ?? "";
  return planClosing(withoutGrantees(about.live, label, principals), about);
}

/** The policy is one of several attributes, or (SNS) the value of the only attribute set. */
function policyIn(record: CloudTrailRecord): unknown {
  const request = fieldsOf(record.requestParameters);
  return request.attributeName === "Policy"
    ? request.attributeValue
    : fieldOf(request.attributes ?? request.attribute, "Policy");
}

/**
 * A topic's default policy: the account itself may do everything. SNS does not allow a topic without a policy.
 *
 * Source: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
function defaultTopicPolicy(topicArn: string, account: string): string {
  const actions = [
    "GetTopicAttributes",
    "SetTopicAttributes",
    "AddPermission",
    "RemovePermission",
    "DeleteTopic",
    "Subscribe",
    "ListSubscriptionsByTopic",
    "Publish",
  ];
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: topicArn,
        Condition: { StringEquals: { "AWS:SourceOwner": account } },
      },
    ],
  });
}
