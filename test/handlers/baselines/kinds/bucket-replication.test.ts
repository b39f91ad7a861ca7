import { describeKind } from "./describe-kind";

const ReplicationConfiguration = { Role: "arn:aws:iam::111122223333:role/r", Rules: [{ ID: "own" }] };
const asked = { requestParameters: { bucketName: "b" } };

describeKind("bucketReplication", {
  read: {
    id: "one",
    answers: { "s3:GetBucketReplication": { ReplicationConfiguration, $metadata: {} } },
    state: { GetBucketReplication: { ReplicationConfiguration } },
  },
  list: {
    answers: { "s3:ListBuckets": { Buckets: [{ Name: "one", BucketRegion: "us-west-2" }] } },
    found: [{ id: "one", region: "us-west-2" }],
  },
  setBy: [
    ["s3:DeleteBucketReplication", asked, ["b"]],
    ["s3:PutBucketReplication", asked, ["b"]],
  ],
});
