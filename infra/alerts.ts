import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../policies/document";
import { alertTopicPolicy } from "../policies/topics";
import { filterPolicyOf, type Subscriber } from "./subscribers";

export interface AlertsArgs {
  /** Where the stack is. */
  place: pulumi.Output<Place>;
  /** Name of the topic. */
  topic: string;
  /** Name of the only role that publishes alerts. */
  role: string;
  /** Who gets alerts. */
  subscribers: Subscriber[];
  /** Whether any subscriber, of the topic or of the bus, gets summaries. */
  hasSummaries: boolean;
}

/** The topic for alerts, and its subscribers. */
export class Alerts extends pulumi.ComponentResource {
  readonly topic: aws.sns.Topic;
  readonly subscriptions: aws.sns.TopicSubscription[];

  constructor(
    private readonly name: string,
    private readonly args: AlertsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cloudtrailer:index:Alerts", name, {}, opts);
    this.topic = this.createTopic();
    this.createTopicPolicy();
    this.subscriptions = args.subscribers.map((subscriber) => this.subscribe(subscriber));
    this.registerOutputs({ topicArn: this.topic.arn });
  }

  private createTopic() {
    return new aws.sns.Topic(`${this.name}-topic`, { name: this.args.topic }, { parent: this });
  }

  private createTopicPolicy() {
    const { topic, role } = this.args;
    return new aws.sns.TopicPolicy(
      `${this.name}-topic-policy`,
      {
        arn: this.topic.arn,
        policy: this.args.place.apply((place) => JSON.stringify(alertTopicPolicy({ place, topic, role }))),
      },
      { parent: this },
    );
  }

  private subscribe(subscriber: Subscriber) {
    const { name, protocol, endpoint } = subscriber;
    const filterPolicy = filterPolicyOf(subscriber, this.args.hasSummaries);
    return new aws.sns.TopicSubscription(
      `${this.name}-${name}`,
      {
        topic: this.topic.arn,
        protocol,
        endpoint: pulumi.secret(endpoint),
        ...(filterPolicy === undefined ? {} : { filterPolicy: JSON.stringify(filterPolicy) }),
      },
      { parent: this },
    );
  }
}
