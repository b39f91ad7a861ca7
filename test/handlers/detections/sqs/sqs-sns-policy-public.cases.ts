import { account, call, type Cases, otherAccount } from "../support/cases";

const queueUrl = `https://sqs.eu-west-1.amazonaws.com/${account}/orders`;
const topicArn = `arn:aws:sns:eu-west-1:${account}:orders`;

function policy(principal: unknown, condition?: unknown) {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "*", Resource: "*", Condition: condition }],
  });
}

const owner = { StringEquals: { "AWS:SourceOwner": account } };
const setQueue = (text: string) => call("sqs:SetQueueAttributes", { queueUrl, attributes: { Policy: text } });
const setTopic = (attributeName: string, attributeValue: string) =>
  call("sns:SetTopicAttributes", { topicArn, attributeName, attributeValue });

export const cases: Cases = {
  hits: [
    {
      name: "a queue's policy",
      record: setQueue(policy("*")),
      evidence: "requestParameters.attributes.Policy.Statement[0]",
      resources: [queueUrl],
    },
    {
      name: "a new queue",
      record: call(
        "sqs:CreateQueue",
        { queueName: "orders", attributes: { Policy: policy({ AWS: "*" }) } },
        { responseElements: { queueUrl } },
      ),
      resources: [queueUrl],
    },
    {
      name: "a queue's permission for everyone",
      record: call("sqs:AddPermission", { queueUrl, label: "open", aWSAccountIds: ["*"], actions: ["*"] }),
      evidence: "requestParameters.aWSAccountIds",
    },
    {
      name: "a queue's permission for another account",
      record: call("sqs:AddPermission", {
        queueUrl,
        label: "open",
        aWSAccountIds: [otherAccount],
        actions: ["*"],
      }),
      severity: "medium",
    },
    {
      name: "a topic's policy",
      record: setTopic("Policy", policy({ AWS: "*" })),
      evidence: "requestParameters.attributeValue.Statement[0]",
      resources: [topicArn],
    },
    {
      name: "a new topic",
      record: call(
        "sns:CreateTopic",
        { name: "orders", attributes: { Policy: policy("*") } },
        { responseElements: { topicArn } },
      ),
      resources: [topicArn],
    },
    {
      name: "a topic's permission for another account",
      record: call("sns:AddPermission", {
        topicArn,
        label: "open",
        aWSAccountId: [otherAccount],
        actionName: ["Publish"],
      }),
      severity: "medium",
    },
    {
      name: "parameters omitted",
      record: call("sqs:SetQueueAttributes", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    {
      name: "a topic that everyone of the own account may use, as the console makes them",
      record: setTopic("Policy", policy({ AWS: "*" }, owner)),
    },
    {
      name: "a queue for one topic",
      record: setQueue(policy("*", { ArnEquals: { "aws:SourceArn": topicArn } })),
    },
    { name: "another attribute of a topic", record: setTopic("DisplayName", "Orders") },
    {
      name: "another attribute of a queue",
      record: call("sqs:SetQueueAttributes", { queueUrl, attributes: { VisibilityTimeout: "30" } }),
    },
    { name: "a new queue without a policy", record: call("sqs:CreateQueue", { queueName: "orders" }) },
    { name: "a new topic without a policy", record: call("sns:CreateTopic", { name: "orders" }) },
    {
      name: "a queue's permission for the own account",
      record: call("sqs:AddPermission", { queueUrl, label: "own", aWSAccountIds: [account], actions: ["*"] }),
    },
    {
      name: "a topic's permission for a trusted account",
      record: call("sns:AddPermission", { topicArn, label: "own", aWSAccountId: [otherAccount] }),
      context: { trustedAccounts: [otherAccount] },
    },
    { name: "a broken policy", record: setQueue("{") },
  ],
};
