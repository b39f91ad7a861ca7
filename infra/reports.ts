import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../policies/document";
import { reportsBucketPolicy } from "../policies/history";

export interface ReportsArgs {
  /** Where the stack is. */
  place: pulumi.Output<Place>;
  /** Name of the bucket. */
  bucket: string;
  /** Name of the role of the function that writes results of hunts; undefined without hunts. */
  history: string | undefined;
  /** How long results are kept, in days; 0: forever. */
  days: number;
}

/** The bucket for the results of hunts and queries: nobody but CloudTrail writes to the log bucket. */
export class Reports extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;

  constructor(
    private readonly name: string,
    private readonly args: ReportsArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cloudtrailer:index:Reports", name, {}, opts);
    this.bucket = this.createBucket();
    this.protect();
    this.registerOutputs({ bucket: this.bucket.bucket });
  }

  private createBucket() {
    // `pulumi destroy` must leave nothing behind, results included.
    return new aws.s3.Bucket(this.name, { bucket: this.args.bucket, forceDestroy: true }, { parent: this });
  }

  private protect() {
    const { bucket } = this.bucket;
    const { name } = this;
    const publicAccessBlock = new aws.s3.BucketPublicAccessBlock(
      `${name}-public-access`,
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      { parent: this },
    );
    new aws.s3.BucketOwnershipControls(
      `${name}-owner`,
      { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      { parent: this },
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      `${name}-encryption`,
      { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
      { parent: this },
    );
    new aws.s3.BucketLifecycleConfiguration(
      `${name}-lifecycle`,
      {
        bucket,
        rules: [
          {
            id: "results",
            status: "Enabled",
            filter: { prefix: "" },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
            ...(this.args.days === 0 ? {} : { expiration: { days: this.args.days } }),
          },
        ],
      },
      { parent: this },
    );
    new aws.s3.BucketPolicy(
      `${name}-policy`,
      {
        bucket,
        policy: this.args.place.apply((place) =>
          JSON.stringify(reportsBucketPolicy(place, this.args.bucket, this.args.history)),
        ),
      },
      // S3 rejects concurrent changes of a bucket's access.
      { parent: this, dependsOn: [publicAccessBlock] },
    );
  }
}
