import type { BaselineKind } from "../baseline";
import { pagesOf, texts } from "../listing";
import { queueNameOf } from "../names";
import { converted, parameter } from "../setting";

/** Id: the queue's name. */
export const queuePolicy: BaselineKind = {
  type: "AWS::SQS::QueuePolicy",
  service: "sqs",
  actions: ["sqs:GetQueueUrl", "sqs:GetQueueAttributes"],
  read: {
    // The client calls whatever host a queue's URL names, so the URL must never come from a record.
    GetQueueUrl: (QueueName) => ({ QueueName }),
    GetQueueAttributes: (_, { GetQueueUrl }) => ({
      QueueUrl: GetQueueUrl?.QueueUrl,
      AttributeNames: ["Policy"],
    }),
  },
  absent: ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"],
  keep: { GetQueueAttributes: { Attributes: ["Policy"] } },
  list: {
    actions: ["sqs:ListQueues"],
    of: "region",
    async *pages(aws, region) {
      for await (const page of pagesOf(aws, ["sqs", region, "ListQueues"], { MaxResults: 1000 }))
        yield texts(page.QueueUrls).map(({ id }) => ({ id: queueNameOf(id) }));
    },
  },
  setBy: {
    "sqs:AddPermission": converted(queueNameOf, parameter("queueUrl")),
    "sqs:CreateQueue": parameter("queueName"),
    "sqs:RemovePermission": converted(queueNameOf, parameter("queueUrl")),
    "sqs:SetQueueAttributes": converted(queueNameOf, parameter("queueUrl")),
  },
};
