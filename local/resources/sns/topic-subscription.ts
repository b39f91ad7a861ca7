import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { type Aws, ifPresent } from "../aws";
import { type InputsOf, jsonText } from "../property";
import { resourceType } from "../resource-type";

const properties = {
  topic: { kind: "text", required: true, replaces: true },
  protocol: { kind: "text", required: true, replaces: true },
  endpoint: { kind: "text", required: true, replaces: true },
  filterPolicy: { kind: "json" },
  filterPolicyScope: { kind: "text", default: "MessageAttributes" },
  rawMessageDelivery: { kind: "flag", default: false },
  region: { kind: "text", replaces: true },
} as const;

/** Attributes by AWS's names; missing ones are omitted. */
function attributes(inputs: InputsOf<typeof properties>): Record<string, string> {
  const { filterPolicy, filterPolicyScope, rawMessageDelivery } = inputs;
  return {
    ...(filterPolicy !== undefined && { FilterPolicy: jsonText(filterPolicy) }),
    ...(filterPolicyScope && { FilterPolicyScope: filterPolicyScope }),
    ...(rawMessageDelivery && { RawMessageDelivery: "true" }),
  };
}

async function arnInList({ topic, protocol, endpoint }: InputsOf<typeof properties>, aws: Aws) {
  const { Subscriptions = [] } = await aws
    .snsIn(topic.split(":")[3])
    .send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
  return Subscriptions.find(({ Protocol, Endpoint }) => Protocol === protocol && Endpoint === endpoint)
    ?.SubscriptionArn;
}

/**
 * A subscription of another account's queue or function waits until that account confirms it, and AWS's provider with it.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html
 */
function checkAccount({ protocol, endpoint }: InputsOf<typeof properties>, aws: Aws): void {
  const account = endpoint.split(":")[4];
  if ((protocol !== "sqs" && protocol !== "lambda") || account === aws.account) return;
  throw new Error(
    `expected the ${protocol} endpoint in account ${aws.account}, found it in ${account}, which would have to confirm ` +
      `the subscription: let that account subscribe it, or subscribe one in this account that forwards to it`,
  );
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/sns/topicsubscription/ */
export const topicSubscription = resourceType({
  type: "aws:sns/topicSubscription:TopicSubscription",
  properties,
  async create(inputs, aws) {
    checkAccount(inputs, aws);
    const { SubscriptionArn } = await aws.snsIn(inputs.region).send(
      new SubscribeCommand({
        TopicArn: inputs.topic,
        Protocol: inputs.protocol,
        Endpoint: inputs.endpoint,
        Attributes: attributes(inputs),
        ReturnSubscriptionArn: true,
      }),
    );
    // AWS returns the ARN because it was requested; MiniStack still returns "pending confirmation" for http and https.
    const arn = SubscriptionArn?.startsWith("arn:") ? SubscriptionArn : await arnInList(inputs, aws);
    if (!arn)
      throw new Error(
        `Subscribe to ${inputs.topic} answered ${SubscriptionArn}, which the topic does not list`,
      );
    return arn;
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
      await aws
        .snsIn(inputs.region)
        .send(new SetSubscriptionAttributesCommand({ SubscriptionArn: id, AttributeName, AttributeValue }));
    }
  },
  async read(id, _state, aws) {
    const sns = aws.snsIn(id.split(":")[3]);
    const live = await ifPresent(sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: id })));
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
    await ifPresent(aws.snsIn(id.split(":")[3]).send(new UnsubscribeCommand({ SubscriptionArn: id })));
  },
});
