import type { BaselineKind } from "../baseline";
import { buckets } from "../listing";
import { parameter } from "../setting";

/** Id: the bucket's name. */
export const bucketEncryption: BaselineKind = {
  type: "AWS::S3::BucketEncryption",
  service: "s3",
  actions: ["s3:GetEncryptionConfiguration"],
  read: { GetBucketEncryption: (Bucket) => ({ Bucket }) },
  absent: ["NoSuchBucket", "ServerSideEncryptionConfigurationNotFoundError"],
  keep: { GetBucketEncryption: { ServerSideEncryptionConfiguration: "all" } },
  list: buckets(),
  setBy: { "s3:PutBucketEncryption": parameter("bucketName") },
};
