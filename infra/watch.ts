import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { iamRegionOf } from "../handlers/aws/regions";
import { alarmArn } from "../policies/arns";
import type { Place } from "../policies/document";
import { forwarderPolicy, forwarderTrust } from "../policies/forwarder";
import { watchTopicPolicy } from "../policies/topics";
import type { Names } from "./names";
import { isPaidByMessage, type Subscriber } from "./subscribers";
import { type WatchAlarm, watchAlarmOf, watchAlarms } from "./watch-alarms";
import {
  awayRuleOf,
  groupsOf,
  type StackHas,
  patternOf,
  publishingRules,
  smsTopicOf,
  transformerOf,
  type WatchedGroup,
  watchRuleOf,
} from "./watch-rules";

export interface WatchArgs extends StackHas {
  /** Where the stack is. */
  place: pulumi.Output<Place>;
  team: string;
  /** Names of the parts to watch, and of the second path itself. */
  names: Names;
  /** Recipients of alerts; they get everything that is published here. */
  subscribers: Subscriber[];
  /** How long the function may go without a log file or a passing self-check, in hours. */
  silenceHours: number;
  /** Whether anybody is behind the findings bus. */
  hasChannels: boolean;
  /** The parts: the topic and the rules are created after them, so that creating them is not reported. */
  parts: pulumi.Input<pulumi.Resource[]>;
}

/**
 * A second path to people, which needs neither the function nor the trail: EventBridge rules for calls on the stack's own
 * parts, here and in the region of IAM's events, and alarms for whatever would keep findings from people. Both publish to a
 * separate topic.
 */
export class Watch extends pulumi.ComponentResource {
  readonly topic: aws.sns.Topic;
  readonly subscriptions: aws.sns.TopicSubscription[];
  readonly rules: aws.cloudwatch.EventRule[];
  readonly targets: aws.cloudwatch.EventTarget[];
  readonly alarms: aws.cloudwatch.MetricAlarm[];
  private readonly smsTopic: aws.sns.Topic | undefined;
  private readonly bus: aws.cloudwatch.EventBus;
  private readonly forwarder: aws.iam.Role;
  private readonly forwarding: aws.iam.RolePolicy;

  constructor(
    private readonly name: string,
    private readonly args: WatchArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cloudtrailer:index:Watch", name, {}, opts);
    this.topic = this.createTopic(`${name}-topic`, args.names.watch, { isForRules: true });
    this.smsTopic = this.createSmsTopic();
    this.subscriptions = args.subscribers.map((subscriber) => this.subscribe(subscriber));
    this.bus = this.createBus();
    this.forwarder = this.createForwarder();
    this.forwarding = this.letForward();
    this.rules = [];
    this.targets = [];
    for (const group of groupsOf(args)) this.watchGroup(group);
    this.alarms = this.alarmsOf().map((alarm) => this.createAlarm(alarm));
    this.registerOutputs({ topicArn: this.topic.arn });
  }

  private alarmsOf(): WatchAlarm[] {
    return watchAlarms(this.args);
  }

  private createTopic(name: string, topic: string, { isForRules }: { isForRules: boolean }) {
    const { names, parts, place } = this.args;
    const made = new aws.sns.Topic(
      name,
      { name: topic },
      // The topic alone waits for the parts, and the rules for the topic: for each resource with this list of its own, Pulumi
      // goes through all that the parts hold.
      { parent: this, ...(isForRules && { dependsOn: parts }) },
    );
    const policy = place.apply((here) =>
      JSON.stringify(
        watchTopicPolicy({
          place: here,
          topic,
          rules: isForRules ? publishingRules(names.watch, here, groupsOf(this.args)) : [],
          alarms: this.alarmsOf().map((alarm) => alarmArn(here, watchAlarmOf(names.watch, alarm))),
        }),
      ),
    );
    new aws.sns.TopicPolicy(`${name}-policy`, { arn: made.arn, policy }, { parent: this });
    return made;
  }

  /** SMS has a monthly budget, and calls on own parts are cheap: ten thousand of them would use it up. */
  private createSmsTopic() {
    if (!this.args.subscribers.some(isPaidByMessage)) return undefined;
    return this.createTopic(`${this.name}-sms`, smsTopicOf(this.args.names.watch), { isForRules: false });
  }

  private subscribe(subscriber: Subscriber) {
    const { name, protocol, endpoint } = subscriber;
    const topic = isPaidByMessage(subscriber) && this.smsTopic ? this.smsTopic : this.topic;
    return new aws.sns.TopicSubscription(
      `${this.name}-${name}`,
      { topic: topic.arn, protocol, endpoint: pulumi.secret(endpoint) },
      { parent: this },
    );
  }

  /** The bus for events of other regions. */
  private createBus() {
    return new aws.cloudwatch.EventBus(
      `${this.name}-bus`,
      { name: this.args.names.watch, description: "Calls on cloudtrailer's own parts in other regions" },
      { parent: this },
    );
  }

  private createForwarder() {
    return new aws.iam.Role(
      `${this.name}-forwarder`,
      {
        name: this.args.names.watch,
        assumeRolePolicy: this.args.place.apply((place) => JSON.stringify(forwarderTrust(place))),
      },
      { parent: this },
    );
  }

  private letForward() {
    const { names, place } = this.args;
    return new aws.iam.RolePolicy(
      `${this.name}-forwarder-policy`,
      {
        name: "forward",
        role: this.forwarder.name,
        policy: place.apply((here) => JSON.stringify(forwarderPolicy(here, names.watch))),
      },
      { parent: this },
    );
  }

  private watchGroup(group: WatchedGroup): void {
    const { names } = this.args;
    const name = `${this.name}-${group.id}`;
    const ruleName = watchRuleOf(names.watch, group);
    this.report(group, name, this.createRule(group, name, { name: ruleName }));
    if (!group.isGlobal) return;
    const bus = { eventBusName: this.bus.name };
    this.report(group, `${name}-bus`, this.createRule(group, `${name}-bus`, { name: ruleName, ...bus }), bus);
    this.forward(group, `${name}-away`);
  }

  private createRule(group: WatchedGroup, name: string, args: aws.cloudwatch.EventRuleArgs) {
    const { names, place } = this.args;
    const rule = new aws.cloudwatch.EventRule(
      name,
      {
        description: `Reports to people: ${group.title}`,
        eventPattern: place.apply((here) => JSON.stringify(patternOf(group, names, here))),
        ...args,
      },
      // `pulumi destroy` deletes the rules first, and so reports nothing of the rest.
      { parent: this, dependsOn: this.topic },
    );
    this.rules.push(rule);
    return rule;
  }

  /** Publishes what a rule matches as a text for people. */
  private report(
    group: WatchedGroup,
    name: string,
    rule: aws.cloudwatch.EventRule,
    bus: { eventBusName?: pulumi.Input<string> } = {},
  ): void {
    const { names, place, team } = this.args;
    const inputTransformer = place.apply((here) => transformerOf(group, names, here, team));
    const target = { rule: rule.name, targetId: "people", arn: this.topic.arn, inputTransformer, ...bus };
    this.targets.push(new aws.cloudwatch.EventTarget(name, target, { parent: this, dependsOn: rule }));
  }

  /** IAM's events, and calls on these very rules, are in another region unless the stack is there, too. */
  private forward(group: WatchedGroup, name: string): void {
    const { names, place } = this.args;
    const region = place.apply((here) => iamRegionOf(here.region));
    const state = place.apply((here) => (iamRegionOf(here.region) === here.region ? "DISABLED" : "ENABLED"));
    const rule = this.createRule(group, name, { name: awayRuleOf(names.watch, group), region, state });
    this.targets.push(
      new aws.cloudwatch.EventTarget(
        name,
        { rule: rule.name, targetId: "home", arn: this.bus.arn, roleArn: this.forwarder.arn, region },
        { parent: this, dependsOn: [rule, this.forwarding] },
      ),
    );
  }

  private createAlarm(alarm: WatchAlarm) {
    const topics = [this.topic.arn, ...(this.smsTopic === undefined ? [] : [this.smsTopic.arn])];
    return new aws.cloudwatch.MetricAlarm(
      `${this.name}-${alarm.id}`,
      {
        name: watchAlarmOf(this.args.names.watch, alarm),
        alarmDescription: alarm.description,
        namespace: alarm.namespace,
        metricName: alarm.metric,
        dimensions: alarm.dimensions,
        statistic: alarm.statistic,
        comparisonOperator: alarm.goesOff === "below" ? "LessThanThreshold" : "GreaterThanOrEqualToThreshold",
        threshold: alarm.threshold,
        period: alarm.period,
        evaluationPeriods: alarm.periods,
        treatMissingData: alarm.isSilenceBad ? "breaching" : "notBreaching",
        alarmActions: topics,
        // The end of an alarm is worth a mail, not a text message.
        okActions: [this.topic.arn],
      },
      { parent: this },
    );
  }
}
