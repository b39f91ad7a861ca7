import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../policies/document";
import { findingsBusPolicy, senderPolicy, undeliveredQueuePolicy } from "../policies/findings-bus";
import { forwarderTrust } from "../policies/forwarder";
import { type Channel, channelPart, channelPattern } from "./channels";
import { Chat } from "./chat";
import { chatName, type ChatRoom } from "./chat-rooms";
import { periodOf } from "./subscribers";

export interface FindingsBusArgs {
  /** Where the stack is. */
  place: pulumi.Output<Place>;
  /** Name of the bus; the role and the queue behind it have the same. */
  bus: string;
  /** Name of the only role that puts findings on it. */
  role: string;
  channels: Channel[];
  rooms: ChatRoom[];
  /** With what the names of what belongs to a room begin. */
  chat: string;
  /** Whether any subscriber, of the bus or of the topic, gets summaries. */
  hasSummaries: boolean;
}

/** What EventBridge does when a receiver does not answer: it tries for an hour, then hands over to the queue. */
const retryPolicy = { maximumEventAgeInSeconds: 3_600, maximumRetryAttempts: 185 };

/** How long SQS keeps what could not be delivered, in seconds: 14 days, the maximum. */
const keepSeconds = 1_209_600;

/** Requests per second to each receiver; EventBridge keeps the others waiting. Slack admits one per channel. */
const ratePerSecond = 1;

/**
 * The bus that gets every finding as an OCSF Detection Finding, and what passes findings on from it: a rule, an API destination
 * and a connection for each chat room, ticket system, pager or web service; a rule and a topic for each room of Amazon Q.
 */
export class FindingsBus extends pulumi.ComponentResource {
  readonly bus: aws.cloudwatch.EventBus;
  /** What could not be delivered; undefined if nobody is behind the bus. */
  readonly queue: aws.sqs.Queue | undefined;

  constructor(
    private readonly name: string,
    private readonly args: FindingsBusArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cloudtrailer:index:FindingsBus", name, {}, opts);
    this.bus = this.createBus();
    if (args.channels.length + args.rooms.length > 0) {
      this.queue = this.createQueue();
      const sender = this.createSender();
      for (const channel of args.channels) this.connect(channel, sender, this.queue);
      for (const room of args.rooms) this.furnish(room, this.queue);
    }
    this.registerOutputs({ busArn: this.bus.arn });
  }

  private createBus() {
    const { place, bus, role } = this.args;
    const made = new aws.cloudwatch.EventBus(
      `${this.name}-bus`,
      { name: bus, description: "Gets every finding of cloudtrailer as an OCSF Detection Finding" },
      { parent: this },
    );
    new aws.cloudwatch.EventBusPolicy(
      `${this.name}-bus-policy`,
      {
        eventBusName: made.name,
        policy: place.apply((here) => JSON.stringify(findingsBusPolicy({ place: here, bus, role }))),
      },
      { parent: this },
    );
    return made;
  }

  private createQueue() {
    const { bus, place } = this.args;
    const queue = new aws.sqs.Queue(
      `${this.name}-undelivered`,
      { name: bus, messageRetentionSeconds: keepSeconds, sqsManagedSseEnabled: true },
      { parent: this },
    );
    const policy = pulumi
      .all([place, queue.arn])
      .apply(([here, arn]) => JSON.stringify(undeliveredQueuePolicy(here, bus, arn)));
    new aws.sqs.QueuePolicy(
      `${this.name}-undelivered-policy`,
      { queueUrl: queue.url, policy },
      { parent: this },
    );
    return queue;
  }

  private createSender() {
    const { bus, place } = this.args;
    const role = new aws.iam.Role(
      `${this.name}-sender`,
      { name: bus, assumeRolePolicy: place.apply((here) => JSON.stringify(forwarderTrust(here))) },
      { parent: this },
    );
    const policy = new aws.iam.RolePolicy(
      `${this.name}-sender-policy`,
      {
        name: "send",
        role: role.name,
        policy: place.apply((here) => JSON.stringify(senderPolicy(here, bus))),
      },
      { parent: this },
    );
    return { role, policy };
  }

  private patternOf(channel: Channel | ChatRoom): object {
    return channelPattern(channel, { any: this.args.hasSummaries, own: periodOf(channel)?.key });
  }

  private furnish(room: ChatRoom, queue: aws.sqs.Queue): void {
    const { place, bus: busName, chat } = this.args;
    const name = chatName(chat, room);
    const pattern = this.patternOf(room);
    new Chat(
      `${this.name}-${room.name}`,
      { place, room, name, bus: this.bus, busName, pattern, queue, retryPolicy },
      { parent: this },
    );
  }

  /** What is secret is in the connection, which keeps it in Secrets Manager. */
  private connect(
    channel: Channel,
    sender: { role: aws.iam.Role; policy: aws.iam.RolePolicy },
    queue: aws.sqs.Queue,
  ): void {
    const name = `${this.name}-${channel.name}`;
    const part = channelPart(this.args.bus, channel);
    const connection = new aws.cloudwatch.EventConnection(
      name,
      {
        name: part,
        description: `cloudtrailer's findings for ${channel.name}`,
        ...authorizationOf(channel),
      },
      { parent: this },
    );
    const destination = new aws.cloudwatch.EventApiDestination(
      name,
      {
        name: part,
        invocationEndpoint: channel.url,
        httpMethod: "POST",
        invocationRateLimitPerSecond: ratePerSecond,
        connectionArn: connection.arn,
      },
      { parent: this },
    );
    const rule = new aws.cloudwatch.EventRule(
      name,
      {
        name: channel.name,
        eventBusName: this.bus.name,
        description: `Findings for ${channel.name}`,
        eventPattern: JSON.stringify(this.patternOf(channel)),
      },
      { parent: this },
    );
    new aws.cloudwatch.EventTarget(
      name,
      {
        rule: rule.name,
        eventBusName: this.bus.name,
        targetId: channel.protocol,
        arn: destination.arn,
        roleArn: sender.role.arn,
        ...("inputPath" in channel.transformer
          ? channel.transformer
          : { inputTransformer: channel.transformer }),
        retryPolicy,
        deadLetterConfig: { arn: queue.arn },
      },
      { parent: this, dependsOn: [sender.policy] },
    );
  }
}

function authorizationOf({ auth, query, body }: Channel) {
  const secrets = (values: Record<string, string>) =>
    Object.entries(values).map(([key, value]) => ({ key, value: pulumi.secret(value), isValueSecret: true }));
  const parameters = {
    ...(Object.keys(query).length === 0 ? {} : { queryStrings: secrets(query) }),
    ...(Object.keys(body).length === 0 ? {} : { bodies: secrets(body) }),
  };
  const invocation = Object.keys(parameters).length === 0 ? {} : { invocationHttpParameters: parameters };
  return auth.kind === "basic"
    ? {
        authorizationType: "BASIC",
        authParameters: {
          basic: { username: auth.user, password: pulumi.secret(auth.password) },
          ...invocation,
        },
      }
    : {
        authorizationType: "API_KEY",
        authParameters: { apiKey: { key: auth.name, value: pulumi.secret(auth.value) }, ...invocation },
      };
}
