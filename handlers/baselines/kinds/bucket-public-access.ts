import type { BaselineKind } from "../baseline";
import { buckets } from "../listing";
import { parameter } from "../setting";

/** Id: the bucket's name. */
export const bucketPublicAccess: BaselineKind = {
  type: "AWS::S3::BucketPublicAccessBlock",
  service: "s3",
  actions: ["s3:GetBucketPublicAccessBlock"],
  read: { GetPublicAccessBlock: (Bucket) => ({ Bucket }) },
  absent: ["NoSuchBucket", "NoSuchPublicAccessBlockConfiguration"],
  keep: { GetPublicAccessBlock: { PublicAccessBlockConfiguration: "all" } },
  list: buckets(),
  setBy: { "s3:PutBucketPublicAccessBlock": parameter("bucketName") },
};
