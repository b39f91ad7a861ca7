import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { iamRegionOf } from "../handlers/aws/regions";
import { ruleOnBusArn } from "../policies/arns";
import type { Place } from "../policies/document";
import { eventsBusPolicy } from "../policies/events-bus";
import { forwarderPolicy, forwarderTrust } from "../policies/forwarder";
import { watchTopicPolicy } from "../policies/topics";
import { busPattern, type FastRule, type FastRules, forgedPattern, ruleNameOf } from "./fast-patterns";

export interface FastArgs {
  /** Where the stack is. */
  place: pulumi.Output<Place>;
  /** Name of the topic, the bus and the role, and the beginning of the names of the rules. */
  name: string;
  /** The stack's region and that of IAM's events, or every region that the account has enabled. */
  regions: "home" | "all";
  /** What each region sends. */
  patterns: FastRules;
  /** The organization whose accounts send records, too; undefined without members. */
  organizationId?: string | undefined;
}

/** The ends of the names of the rules on the bus. */
const onBus = { records: "records", forged: "forged" };

/**
 * The fast path: in each region, rules that send records of CloudTrail's to a bus at home within seconds, and on it a rule that
 * publishes them to a topic, to which the function is subscribed. Log files bring the same records after minutes, and all others.
 */
export class Fast extends pulumi.ComponentResource {
  readonly topic: aws.sns.Topic;
  /** The regions that send records. */
  readonly regions: pulumi.Output<string[]>;
  /** How many detections see some or all of their calls in log files alone. */
  readonly lateDetections: number;
  /** What publishes the records that regions send. */
  readonly receivers: pulumi.Resource[];
  private readonly bus: aws.cloudwatch.EventBus;
  private readonly forwarder: aws.iam.Role;

  constructor(
    private readonly name: string,
    private readonly args: FastArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cloudtrailer:index:Fast", name, {}, opts);
    this.topic = this.createTopic();
    const topicPolicy = this.createTopicPolicy();
    this.forwarder = this.createForwarder();
    const forwarding = this.letForward();
    this.bus = this.createBus();
    const busPolicy = this.createBusPolicy();
    const policies = [topicPolicy, forwarding, busPolicy];
    const published = [...this.publish("records", policies), ...this.publish("forged", policies)];
    this.receivers = [this.topic, this.forwarder, this.bus, ...policies, ...published];
    this.regions = this.regionsOf();
    this.lateDetections = args.patterns.byLogFilesAlone.length;
    this.sayWhatItCosts();
    this.registerOutputs({ topicArn: this.topic.arn, regions: this.regions });
  }

  /**
   * Lets each region send. Its rules are created after the function, and deleted before it: the calls that destroy the stack
   * would otherwise invoke it, and Lambda would then create its log group again.
   * @param detector what the records invoke
   * @returns everything created here
   */
  sendTo(detector: pulumi.Resource[]): pulumi.Output<pulumi.Resource[]> {
    const earlier = [...this.receivers, ...detector];
    return this.regions.apply((regions) => [
      ...this.receivers,
      ...regions.flatMap((region) =>
        this.args.patterns.rules.flatMap((rule) => this.send(rule, region, earlier)),
      ),
    ]);
  }

  /** A preview says what comes within seconds, what does not, and what that costs. */
  private sayWhatItCosts(): void {
    if (!pulumi.runtime.isDryRun()) return;
    const { rules } = this.args.patterns;
    const where = this.args.regions === "home" ? "; records of other regions come in log files alone" : "";
    this.regions.apply((regions) =>
      pulumi.log.info(
        `Records come within seconds from ${regions.join(", ")}${where}. That takes ${this.receivers.length + 2 * rules.length * regions.length} resources, ` +
          "which cost nothing, and 1 USD for each million records that are sent. " +
          `${this.lateDetections} detections see some of their calls in log files alone (docs/fast.md).`,
        this,
      ),
    );
  }

  private createTopic() {
    // The function verifies signatures of version 2 alone; version 1 is by SHA-1.
    return new aws.sns.Topic(
      `${this.name}-topic`,
      { name: this.args.name, signatureVersion: 2 },
      { parent: this },
    );
  }

  private createTopicPolicy() {
    const { name, place } = this.args;
    const policy = place.apply((here) => {
      const rules = publishingRulesOf(name, here);
      return JSON.stringify(watchTopicPolicy({ place: here, topic: name, rules, alarms: [] }));
    });
    return new aws.sns.TopicPolicy(
      `${this.name}-topic-policy`,
      { arn: this.topic.arn, policy },
      { parent: this },
    );
  }

  private createForwarder() {
    return new aws.iam.Role(
      `${this.name}-forwarder`,
      {
        name: this.args.name,
        assumeRolePolicy: this.args.place.apply((place) => JSON.stringify(forwarderTrust(place))),
      },
      { parent: this },
    );
  }

  private letForward() {
    const { name, place } = this.args;
    return new aws.iam.RolePolicy(
      `${this.name}-forwarder-policy`,
      {
        name: "forward",
        role: this.forwarder.name,
        policy: place.apply((here) => JSON.stringify(forwarderPolicy(here, name))),
      },
      { parent: this },
    );
  }

  private createBus() {
    return new aws.cloudwatch.EventBus(
      `${this.name}-bus`,
      { name: this.args.name, description: "Records that cloudtrailer gets within seconds" },
      { parent: this },
    );
  }

  private createBusPolicy() {
    const { name, place, organizationId } = this.args;
    return new aws.cloudwatch.EventBusPolicy(
      `${this.name}-bus-policy`,
      {
        eventBusName: this.bus.name,
        policy: place.apply((here) => JSON.stringify(eventsBusPolicy(here, name, name, organizationId))),
      },
      { parent: this },
    );
  }

  /** A rule on the bus that publishes to the topic. */
  private publish(id: keyof typeof onBus, policies: pulumi.Resource[]): pulumi.Resource[] {
    const name = `${this.name}-bus-${id}`;
    const bus = { eventBusName: this.bus.name };
    const pattern = id === "records" ? busPattern : forgedPattern;
    const rule = new aws.cloudwatch.EventRule(
      name,
      {
        name: ruleNameOf(this.args.name, onBus[id]),
        description: "Publishes to cloudtrailer what the rules of each region have sent",
        eventPattern: JSON.stringify(pattern),
        state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        ...bus,
      },
      { parent: this, dependsOn: policies },
    );
    const target = new aws.cloudwatch.EventTarget(
      name,
      { rule: rule.name, targetId: "cloudtrailer", arn: this.topic.arn, ...bus },
      { parent: this, dependsOn: rule },
    );
    return [rule, target];
  }

  /** Known while a preview runs, so that it shows the rules of every region. */
  private regionsOf(): pulumi.Output<string[]> {
    const { place, regions } = this.args;
    const home = place.apply(({ region }) => [...new Set([region, iamRegionOf(region)])]);
    if (regions === "home") return home;
    return pulumi
      .all([home, aws.getRegionsOutput({}, { parent: this })])
      .apply(([first, { names }]) => [...new Set([...first, ...[...names].sort()])]);
  }

  /** A rule on the default bus of a region that forwards to the bus at home. */
  private send(
    { id, description, pattern, state }: FastRule,
    region: string,
    earlier: pulumi.Resource[],
  ): pulumi.Resource[] {
    const name = `${this.name}-${region}-${id}`;
    const rule = new aws.cloudwatch.EventRule(
      name,
      {
        name: ruleNameOf(this.args.name, id),
        region,
        description,
        eventPattern: JSON.stringify(pattern),
        state,
      },
      { parent: this, dependsOn: earlier },
    );
    const target = new aws.cloudwatch.EventTarget(
      name,
      { rule: rule.name, region, targetId: "home", arn: this.bus.arn, roleArn: this.forwarder.arn },
      { parent: this, dependsOn: rule },
    );
    return [rule, target];
  }
}

/** ARNs of the rules that publish records. */
export function publishingRulesOf(name: string, place: Place): string[] {
  return Object.values(onBus).map((id) => ruleOnBusArn(place, name, ruleNameOf(name, id)));
}
