import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nameInArn } from "../handlers/cloudtrail/parameters";
import { logFolder, type LogSource as Source } from "../policies/detector-role";
import type { Place } from "../policies/document";
import { bucketEventsTopicPolicy, logTopicPolicy } from "../policies/topics";
import type { ExistingTrail } from "./existing-trail";

export interface LogSourceArgs {
  /** Where the stack is. */
  place: pulumi.Output<Place>;
  /** The trail and its bucket, which this component never changes. */
  existing: ExistingTrail;
  /** Name of the topic to create, if there is none yet. */
  topic: string;
  /** Where its log files are. */
  source: Source;
}

/**
 * The notifications of an existing trail: a topic of this stack, to which the trail or S3's events in EventBridge publish, or
 * the trail's own. Neither the trail nor its bucket is changed: a bucket has one notification configuration, and putting it
 * would overwrite what others put there.
 */
export class LogSource extends pulumi.ComponentResource {
  /** The topic for notifications: one that was created here, or the ARN of the existing one. */
  readonly notifications: aws.sns.Topic | string;
  readonly bucketName: pulumi.Output<string>;
  readonly trailName: pulumi.Output<string>;
  readonly trailArn: pulumi.Output<string>;
  readonly topicArn: pulumi.Output<string>;

  constructor(
    private readonly name: string,
    private readonly args: LogSourceArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cloudtrailer:index:LogSource", name, {}, opts);
    const { arn, bucket, topic } = args.existing;
    this.notifications = topic ?? this.createTopic();
    this.topicArn = pulumi.output(topic ?? (this.notifications as aws.sns.Topic).arn);
    this.bucketName = pulumi.output(bucket);
    this.trailArn = pulumi.output(arn);
    this.trailName = pulumi.output(nameInArn(arn));
    this.registerOutputs({ bucket, topicArn: this.topicArn, trailArn: arn });
  }

  private createTopic() {
    const { existing, topic: name, place } = this.args;
    const topic = new aws.sns.Topic(`${this.name}-topic`, { name }, { parent: this });
    const policy = new aws.sns.TopicPolicy(
      `${this.name}-topic-policy`,
      {
        arn: topic.arn,
        policy: place.apply((here) =>
          JSON.stringify(
            existing.bucketEvents === true
              ? bucketEventsTopicPolicy({ place: here, topic: name, rule: name })
              : logTopicPolicy({ place: here, topic: name, trail: existing.arn }),
          ),
        ),
      },
      { parent: this },
    );
    if (existing.bucketEvents === true) this.createRule(topic, policy);
    return topic;
  }

  /**
   * S3 sends EventBridge an event of each new object once its owner has switched that on, which is a setting beside the
   * bucket's other notifications.
   *
   * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
   */
  private createRule(topic: aws.sns.Topic, policy: pulumi.Resource) {
    const { existing, topic: name, place, source } = this.args;
    const rule = new aws.cloudwatch.EventRule(
      `${this.name}-log-files`,
      {
        name,
        description: "Sends cloudtrailer each new log file of CloudTrail",
        eventPattern: place.apply((here) =>
          JSON.stringify(newLogFiles(existing.bucket, logFolder(source, here.account))),
        ),
      },
      { parent: this },
    );
    return new aws.cloudwatch.EventTarget(
      `${this.name}-log-files`,
      { rule: rule.name, targetId: "cloudtrailer", arn: topic.arn },
      { parent: this, dependsOn: policy },
    );
  }
}

/** The pattern of S3's events of new log files. */
function newLogFiles(bucket: string, folder: string): object {
  return {
    source: ["aws.s3"],
    "detail-type": ["Object Created"],
    detail: { bucket: { name: [bucket] }, object: { key: [{ prefix: `${folder}CloudTrail/` }] } },
  };
}
