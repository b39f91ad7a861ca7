import { describeKind } from "./describe-kind";

const state = { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: false } };

describeKind("bucketPublicAccess", {
  read: {
    id: "one",
    answers: { "s3:GetPublicAccessBlock": { ...state, $metadata: {} } },
    state: { GetPublicAccessBlock: state },
  },
  list: {
    answers: {
      "s3:ListBuckets": ({ ContinuationToken }) =>
        ContinuationToken === undefined
          ? { Buckets: [{ Name: "one", BucketRegion: "us-west-2" }], ContinuationToken: "more" }
          : { Buckets: [{ BucketRegion: "us-east-1" }, { Name: "two" }] },
    },
    found: [
      { id: "one", region: "us-west-2" },
      { id: "two", region: "eu-west-1" },
    ],
  },
  setBy: [["s3:PutBucketPublicAccessBlock", { requestParameters: { bucketName: "b" } }, ["b"]]],
});
