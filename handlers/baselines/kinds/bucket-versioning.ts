import type { BaselineKind } from "../baseline";
import { buckets } from "../listing";
import { parameter } from "../setting";

/** Id: the bucket's name. */
export const bucketVersioning: BaselineKind = {
  type: "AWS::S3::BucketVersioning",
  service: "s3",
  actions: ["s3:GetBucketVersioning"],
  read: { GetBucketVersioning: (Bucket) => ({ Bucket }) },
  absent: ["NoSuchBucket"],
  keep: { GetBucketVersioning: { Status: "all" } },
  list: buckets(),
  setBy: { "s3:PutBucketVersioning": parameter("bucketName") },
};
