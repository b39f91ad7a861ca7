import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketArn } from "../policies/arns";
import type { Place } from "../policies/document";
import { logBucketPolicy } from "../policies/log-bucket";
import { logTopicPolicy } from "../policies/topics";
import { type DataEvents, selectorsOf } from "./data-events";

export interface TrailArgs {
  /** Where the stack is. */
  place: pulumi.Output<Place>;
  /** Name of the bucket for log files. */
  bucket: string;
  /** Name of the topic for CloudTrail's notifications. */
  topic: string;
  /** Name of the trail. */
  trail: string;
  /** Whether the trail records all regions or only the stack's own. */
  multiRegion: boolean;
  /** How long log files are kept, in days; 0: forever. */
  logFileDays: number;
  /** ARN of the KMS key that encrypts log files; S3's own key if undefined. */
  kmsKey?: string | undefined;
  /** The organization of which the trail records every account; this account alone if undefined. */
  organizationId?: string | undefined;
  /** Data events to record besides management events. */
  dataEvents?: DataEvents[];
}

/** A trail with its bucket for log files and its topic for notifications; nobody else writes to either. */
export class Trail extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  readonly topic: aws.sns.Topic;
  readonly trail: aws.cloudtrail.Trail;
  readonly bucketName: pulumi.Output<string>;
  readonly trailName: pulumi.Output<string>;
  readonly trailArn: pulumi.Output<string>;
  readonly topicArn: pulumi.Output<string>;
  /** The topic for notifications. */
  readonly notifications: aws.sns.Topic;

  constructor(
    private readonly name: string,
    private readonly args: TrailArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cloudtrailer:index:Trail", name, {}, opts);
    this.bucket = this.createBucket();
    const publicAccessBlock = this.blockPublicAccess();
    this.setOwner();
    this.encrypt();
    this.expire(this.keepVersions());
    const bucketPolicy = this.createBucketPolicy(publicAccessBlock);
    this.topic = this.createTopic();
    const topicPolicy = this.createTopicPolicy();
    this.trail = this.createTrail([bucketPolicy, topicPolicy]);
    this.bucketName = this.bucket.bucket;
    this.trailName = this.trail.name;
    this.trailArn = this.trail.arn;
    this.topicArn = this.topic.arn;
    this.notifications = this.topic;
    this.registerOutputs({
      bucket: this.bucket.bucket,
      topicArn: this.topic.arn,
      trailArn: this.trail.arn,
    });
  }

  private createBucket() {
    // `pulumi destroy` must leave nothing behind, log files included.
    return new aws.s3.Bucket(
      `${this.name}-bucket`,
      { bucket: this.args.bucket, forceDestroy: true },
      { parent: this },
    );
  }

  private blockPublicAccess() {
    return new aws.s3.BucketPublicAccessBlock(
      `${this.name}-bucket-public-access`,
      {
        bucket: this.bucket.bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      { parent: this },
    );
  }

  private setOwner() {
    return new aws.s3.BucketOwnershipControls(
      `${this.name}-bucket-owner`,
      { bucket: this.bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      { parent: this },
    );
  }

  private encrypt() {
    return new aws.s3.BucketServerSideEncryptionConfiguration(
      `${this.name}-bucket-encryption`,
      {
        bucket: this.bucket.bucket,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      },
      { parent: this },
    );
  }

  private keepVersions() {
    return new aws.s3.BucketVersioning(
      `${this.name}-bucket-versioning`,
      { bucket: this.bucket.bucket, versioningConfiguration: { status: "Enabled" } },
      { parent: this },
    );
  }

  private expire(versioning: aws.s3.BucketVersioning) {
    const days = this.args.logFileDays;
    const ends = { expiration: { days }, noncurrentVersionExpiration: { noncurrentDays: days } };
    return new aws.s3.BucketLifecycleConfiguration(
      `${this.name}-bucket-lifecycle`,
      {
        bucket: this.bucket.bucket,
        rules: [
          {
            id: "log-files",
            status: "Enabled",
            filter: { prefix: "" },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
            ...(days === 0 ? {} : ends),
          },
        ],
      },
      // A rule for old versions requires versioning.
      { parent: this, dependsOn: [versioning] },
    );
  }

  private createBucketPolicy(publicAccessBlock: aws.s3.BucketPublicAccessBlock) {
    const { bucket, trail, organizationId } = this.args;
    return new aws.s3.BucketPolicy(
      `${this.name}-bucket-policy`,
      {
        bucket: this.bucket.bucket,
        policy: this.args.place.apply((place) =>
          JSON.stringify(logBucketPolicy({ place, bucket, trail, organizationId })),
        ),
      },
      // S3 rejects concurrent changes of a bucket's access.
      { parent: this, dependsOn: [publicAccessBlock] },
    );
  }

  private createTopic() {
    return new aws.sns.Topic(`${this.name}-topic`, { name: this.args.topic }, { parent: this });
  }

  private createTopicPolicy() {
    const { topic, trail } = this.args;
    return new aws.sns.TopicPolicy(
      `${this.name}-topic-policy`,
      {
        arn: this.topic.arn,
        policy: this.args.place.apply((place) => JSON.stringify(logTopicPolicy({ place, topic, trail }))),
      },
      { parent: this },
    );
  }

  private createTrail(policies: pulumi.Resource[]) {
    const { kmsKey, dataEvents = [], organizationId } = this.args;
    const selectors = this.args.place.apply((place) =>
      selectorsOf(dataEvents, bucketArn(place, this.args.bucket)),
    );
    return new aws.cloudtrail.Trail(
      this.name,
      {
        name: this.args.trail,
        s3BucketName: this.bucket.bucket,
        snsTopicName: this.topic.name,
        enableLogging: true,
        enableLogFileValidation: true,
        includeGlobalServiceEvents: true,
        isMultiRegionTrail: this.args.multiRegion,
        ...(kmsKey === undefined ? {} : { kmsKeyId: kmsKey }),
        ...(organizationId === undefined ? {} : { isOrganizationTrail: true }),
        ...(dataEvents.length === 0
          ? {}
          : { advancedEventSelectors: selectors.apply((given) => given ?? []) }),
      },
      // CloudTrail tests both when the trail is created, and refuses to create it if it may not write.
      { parent: this, dependsOn: policies },
    );
  }
}
