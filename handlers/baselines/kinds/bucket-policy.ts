import type { BaselineKind } from "../baseline";
import { buckets } from "../listing";
import { parameter } from "../setting";

/** Id: the bucket's name. */
export const bucketPolicy: BaselineKind = {
  type: "AWS::S3::BucketPolicy",
  service: "s3",
  actions: ["s3:GetBucketPolicy"],
  read: { GetBucketPolicy: (Bucket) => ({ Bucket }) },
  absent: ["NoSuchBucket", "NoSuchBucketPolicy"],
  keep: { GetBucketPolicy: { Policy: "all" } },
  list: buckets(),
  setBy: { "s3:PutBucketPolicy": parameter("bucketName") },
};
