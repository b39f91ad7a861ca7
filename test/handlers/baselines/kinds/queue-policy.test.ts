import { describeKind } from "./describe-kind";

const QueueUrl = "https://sqs.eu-west-1.amazonaws.com/111122223333/orders";
const elsewhere = { requestParameters: { queueUrl: "https://attacker.example/111122223333/orders" } };

describeKind("queuePolicy", {
  read: {
    id: "orders",
    answers: {
      "sqs:GetQueueUrl": { QueueUrl },
      "sqs:GetQueueAttributes": (input) => ({
        Attributes: input.QueueUrl === QueueUrl ? { Policy: "{}", VisibilityTimeout: "30" } : {},
      }),
    },
    state: { GetQueueAttributes: { Attributes: { Policy: "{}" } } },
  },
  list: { answers: { "sqs:ListQueues": { QueueUrls: [QueueUrl] } }, found: [{ id: "orders" }] },
  setBy: [
    ["sqs:AddPermission", elsewhere, ["orders"]],
    ["sqs:CreateQueue", { requestParameters: { queueName: "orders" } }, ["orders"]],
    ["sqs:RemovePermission", elsewhere, ["orders"]],
    ["sqs:SetQueueAttributes", { requestParameters: { queueUrl: QueueUrl } }, ["orders"]],
  ],
});
