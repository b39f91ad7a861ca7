import { GetTopicAttributesCommand, SetTopicAttributesCommand } from "@aws-sdk/client-sns";
import { type Aws, ifPresent } from "../aws";
import { jsonText } from "../property";
import { resourceType } from "../resource-type";

/**
 * The default policy of a topic: its own account may use it.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
function defaultPolicy(topicArn: string, aws: Aws): string {
  const actions = [
    "GetTopicAttributes",
    "SetTopicAttributes",
    "AddPermission",
    "RemovePermission",
    "DeleteTopic",
  ];
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [...actions, "Subscribe", "ListSubscriptionsByTopic", "Publish"].map((each) => `SNS:${each}`),
        Resource: topicArn,
        Condition: { StringEquals: { "AWS:SourceOwner": aws.account } },
      },
    ],
  });
}

const setPolicy = (TopicArn: string, AttributeValue: string, aws: Aws) =>
  aws.sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));

/** https://www.pulumi.com/registry/packages/aws/api-docs/sns/topicpolicy/ */
export const topicPolicy = resourceType({
  type: "aws:sns/topicPolicy:TopicPolicy",
  properties: {
    arn: { kind: "text", required: true, replaces: true },
    policy: { kind: "json", required: true },
  },
  async create({ arn, policy }, aws) {
    await setPolicy(arn, jsonText(policy), aws);
    return arn;
  },
  async put(id, { policy }, aws, olds) {
    if (olds) await setPolicy(id, jsonText(policy), aws);
  },
  async read(id, _state, aws) {
    const live = await ifPresent(aws.sns.send(new GetTopicAttributesCommand({ TopicArn: id })));
    return live && { arn: id, policy: live.Attributes?.Policy, owner: aws.account };
  },
  // A topic is never without a policy, so it gets its default one back.
  async delete(id, _state, aws) {
    await ifPresent(setPolicy(id, defaultPolicy(id, aws), aws));
  },
});
