import type { BaselineKind } from "../baseline";
import { buckets } from "../listing";
import { parameter } from "../setting";

/** Id: the bucket's name. */
export const bucketLogging: BaselineKind = {
  type: "AWS::S3::BucketLogging",
  service: "s3",
  actions: ["s3:GetBucketLogging"],
  read: { GetBucketLogging: (Bucket) => ({ Bucket }) },
  absent: ["NoSuchBucket"],
  keep: { GetBucketLogging: { LoggingEnabled: "all" } },
  list: buckets(),
  setBy: { "s3:PutBucketLogging": parameter("bucketName") },
};
