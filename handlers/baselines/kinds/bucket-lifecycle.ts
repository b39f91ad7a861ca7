import type { BaselineKind } from "../baseline";
import { buckets } from "../listing";
import { parameter } from "../setting";

/** Id: the bucket's name. */
export const bucketLifecycle: BaselineKind = {
  type: "AWS::S3::BucketLifecycleConfiguration",
  service: "s3",
  actions: ["s3:GetLifecycleConfiguration"],
  read: { GetBucketLifecycleConfiguration: (Bucket) => ({ Bucket }) },
  absent: ["NoSuchBucket", "NoSuchLifecycleConfiguration"],
  keep: { GetBucketLifecycleConfiguration: { Rules: "all", TransitionDefaultMinimumObjectSize: "all" } },
  list: buckets(),
  setBy: { "s3:PutBucketLifecycle": parameter("bucketName") },
};
