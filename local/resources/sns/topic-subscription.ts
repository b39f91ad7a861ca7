import {
  GetSubscriptionAttributesCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { ifPresent } from "../aws";
import { type InputsOf, jsonText } from "../property";
import { resourceType } from "../resource-type";

const properties = {
  topic: { kind: "text", required: true, replaces: true },
  protocol: { kind: "text", required: true, replaces: true },
  endpoint: { kind: "text", required: true, replaces: true },
  filterPolicy: { kind: "json" },
  filterPolicyScope: { kind: "text", default: "MessageAttributes" },
  rawMessageDelivery: { kind: "flag", default: false },
} as const;

/** Attributes by AWS's names; those that are not given are left out. */
function attributes(inputs: InputsOf<typeof properties>): Record<string, string> {
  const { filterPolicy, filterPolicyScope, rawMessageDelivery } = inputs;
  return {
    ...(filterPolicy !== undefined && { FilterPolicy: jsonText(filterPolicy) }),
    ...(filterPolicyScope && { FilterPolicyScope: filterPolicyScope }),
    ...(rawMessageDelivery && { RawMessageDelivery: "true" }),
  };
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/sns/topicsubscription/ */
export const topicSubscription = resourceType({
  type: "aws:sns/topicSubscription:TopicSubscription",
  properties,
  async create(inputs, aws) {
    const { SubscriptionArn } = await aws.sns.send(
      new SubscribeCommand({
        TopicArn: inputs.topic,
        Protocol: inputs.protocol,
        Endpoint: inputs.endpoint,
        Attributes: attributes(inputs),
        ReturnSubscriptionArn: true,
      }),
    );
    if (!SubscriptionArn) throw new Error(`Subscribe to ${inputs.topic} answered without SubscriptionArn`);
    return SubscriptionArn;
  },
  async put(id, inputs, aws, olds) {
    if (!olds) return;
    const all = {
      FilterPolicy: "{}",
      FilterPolicyScope: "MessageAttributes",
      RawMessageDelivery: "false",
      ...attributes(inputs),
    };
    for (const [AttributeName, AttributeValue] of Object.entries(all)) {
      await aws.sns.send(
        new SetSubscriptionAttributesCommand({ SubscriptionArn: id, AttributeName, AttributeValue }),
      );
    }
  },
  async read(id, _state, aws) {
    const live = await ifPresent(aws.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: id })));
    if (!live) return undefined;
    const { Attributes: its = {} } = live;
    return {
      topic: its.TopicArn,
      protocol: its.Protocol,
      endpoint: its.Endpoint,
      filterPolicy: its.FilterPolicy,
      filterPolicyScope: its.FilterPolicyScope,
      rawMessageDelivery: its.RawMessageDelivery === "true",
      arn: id,
      ownerId: aws.account,
      pendingConfirmation: its.PendingConfirmation === "true",
    };
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.sns.send(new UnsubscribeCommand({ SubscriptionArn: id })));
  },
});
