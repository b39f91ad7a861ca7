import { describeKind } from "./describe-kind";

const TopicArn = "arn:aws:sns:eu-west-1:111122223333:orders";
const asked = { requestParameters: { topicArn: TopicArn } };

describeKind("topicPolicy", {
  read: {
    id: TopicArn,
    answers: { "sns:GetTopicAttributes": { Attributes: { Policy: "{}", SubscriptionsConfirmed: "3" } } },
    state: { GetTopicAttributes: { Attributes: { Policy: "{}" } } },
  },
  list: { answers: { "sns:ListTopics": { Topics: [{ TopicArn }] } }, found: [{ id: TopicArn }] },
  setBy: [
    ["sns:AddPermission", asked, [TopicArn]],
    ["sns:CreateTopic", { responseElements: { topicArn: TopicArn } }, [TopicArn]],
    ["sns:RemovePermission", asked, [TopicArn]],
    ["sns:SetTopicAttributes", asked, [TopicArn]],
  ],
});
