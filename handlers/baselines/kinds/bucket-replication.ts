import type { BaselineKind } from "../baseline";
import { buckets } from "../listing";
import { parameter } from "../setting";

/** Id: the bucket's name. */
export const bucketReplication: BaselineKind = {
  type: "AWS::S3::BucketReplication",
  service: "s3",
  actions: ["s3:GetReplicationConfiguration"],
  read: { GetBucketReplication: (Bucket) => ({ Bucket }) },
  absent: ["NoSuchBucket", "ReplicationConfigurationNotFoundError"],
  keep: { GetBucketReplication: { ReplicationConfiguration: "all" } },
  list: buckets(),
  setBy: {
    "s3:DeleteBucketReplication": parameter("bucketName"),
    "s3:PutBucketReplication": parameter("bucketName"),
  },
};
