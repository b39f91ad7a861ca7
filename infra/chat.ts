import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { answerKey } from "../handlers/chat-parts";
import { chatRolePolicy, chatTrust } from "../policies/chat";
import type { Place } from "../policies/document";
import { chatTopicPolicy } from "../policies/topics";
import { type ChatRoom, roomTemplate, roomTransformer } from "./chat-rooms";

export interface ChatArgs {
  /** Where the stack is. */
  place: pulumi.Output<Place>;
  room: ChatRoom;
  /** Name of the topic, role, policy, stack and configuration. */
  name: string;
  /** The findings bus, and its pattern of what the room gets. */
  bus: aws.cloudwatch.EventBus;
  /** Name of the bus. */
  busName: string;
  pattern: object;
  /** What could not be delivered goes there. */
  queue: aws.sqs.Queue;
  retryPolicy: aws.types.input.cloudwatch.EventTargetRetryPolicy;
}

/**
 * A chat room of Amazon Q Developer: a rule on the findings bus, a topic to which it alone publishes, and the room's configuration. The
 * room's role may set one tag on that topic, with which buttons answer, and nothing else.
 */
export class Chat extends pulumi.ComponentResource {
  constructor(
    private readonly name: string,
    private readonly args: ChatArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cloudtrailer:index:Chat", name, {}, opts);
    const topic = this.createTopic();
    const { role, policy, attachment } = this.createRole();
    this.passOn(topic);
    this.configureRoom(topic, role, policy, attachment);
    this.registerOutputs({ topicArn: topic.arn });
  }

  private createTopic() {
    const { place, name, busName, room } = this.args;
    const topic = new aws.sns.Topic(
      `${this.name}-topic`,
      { name },
      // An answer is a tag.
      { parent: this, ignoreChanges: ["tags", "tagsAll"] },
    );
    const policy = place.apply((here) =>
      JSON.stringify(chatTopicPolicy({ place: here, topic: name, bus: busName, rule: room.name })),
    );
    new aws.sns.TopicPolicy(`${this.name}-topic-policy`, { arn: topic.arn, policy }, { parent: this });
    return topic;
  }

  private createRole() {
    const { place, name, room } = this.args;
    const role = new aws.iam.Role(
      `${this.name}-role`,
      { name, assumeRolePolicy: place.apply((here) => JSON.stringify(chatTrust(here))) },
      { parent: this },
    );
    const policy = new aws.iam.Policy(
      `${this.name}-policy`,
      {
        name,
        policy: place.apply((here) =>
          JSON.stringify(chatRolePolicy({ place: here, topic: name, buttons: room.buttons, key: answerKey })),
        ),
      },
      { parent: this },
    );
    const attachment = new aws.iam.RolePolicyAttachment(
      `${this.name}-attachment`,
      { role: role.name, policyArn: policy.arn },
      { parent: this },
    );
    return { role, policy, attachment };
  }

  private passOn(topic: aws.sns.Topic): void {
    const { room, bus, pattern, queue, retryPolicy } = this.args;
    const rule = new aws.cloudwatch.EventRule(
      this.name,
      {
        name: room.name,
        eventBusName: bus.name,
        description: `Findings for ${room.name}`,
        eventPattern: JSON.stringify(pattern),
      },
      { parent: this },
    );
    const transformer = topic.arn.apply((arn) => roomTransformer(room, arn));
    new aws.cloudwatch.EventTarget(
      this.name,
      {
        rule: rule.name,
        eventBusName: bus.name,
        targetId: room.protocol,
        arn: topic.arn,
        ...(room.buttons
          ? {
              inputTransformer:
                transformer as pulumi.Output<aws.types.input.cloudwatch.EventTargetInputTransformer>,
            }
          : { inputPath: transformer.apply((one) => ("inputPath" in one ? one.inputPath : "")) }),
        retryPolicy,
        deadLetterConfig: { arn: queue.arn },
      },
      { parent: this },
    );
  }

  private configureRoom(
    topic: aws.sns.Topic,
    role: aws.iam.Role,
    policy: aws.iam.Policy,
    attachment: aws.iam.RolePolicyAttachment,
  ): void {
    const { name, room } = this.args;
    const templateBody = pulumi
      .all([topic.arn, role.arn, policy.arn])
      .apply(([topicArn, roleArn, policyArn]) =>
        JSON.stringify(roomTemplate(room, { name, topicArn, roleArn, policyArn })),
      );
    new aws.cloudformation.Stack(
      `${this.name}-room`,
      { name, templateBody },
      { parent: this, dependsOn: [attachment] },
    );
  }
}
