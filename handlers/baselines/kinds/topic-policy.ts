import type { BaselineKind } from "../baseline";
import { named, pagesOf } from "../listing";
import { answered, parameter } from "../setting";

/** Id: the topic's ARN. */
export const topicPolicy: BaselineKind = {
  type: "AWS::SNS::TopicPolicy",
  service: "sns",
  actions: ["sns:GetTopicAttributes"],
  read: { GetTopicAttributes: (TopicArn) => ({ TopicArn }) },
  absent: ["NotFound", "NotFoundException"],
  keep: { GetTopicAttributes: { Attributes: ["Policy"] } },
  list: {
    actions: ["sns:ListTopics"],
    of: "region",
    async *pages(aws, region) {
      for await (const page of pagesOf(aws, ["sns", region, "ListTopics"], {}))
        yield named(page.Topics, "TopicArn");
    },
  },
  setBy: {
    "sns:AddPermission": parameter("topicArn"),
    "sns:CreateTopic": answered("topicArn"),
    "sns:RemovePermission": parameter("topicArn"),
    "sns:SetTopicAttributes": parameter("topicArn"),
  },
};
