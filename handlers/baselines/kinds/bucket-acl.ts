import type { BaselineKind } from "../baseline";
import { buckets } from "../listing";
import { parameter } from "../setting";

/** Id: the bucket's name. */
export const bucketAcl: BaselineKind = {
  type: "AWS::S3::BucketAcl",
  service: "s3",
  actions: ["s3:GetBucketAcl"],
  read: { GetBucketAcl: (Bucket) => ({ Bucket }) },
  absent: ["NoSuchBucket"],
  keep: { GetBucketAcl: { Owner: "all", Grants: "all" } },
  list: buckets(),
  setBy: { "s3:PutBucketAcl": parameter("bucketName") },
};
