import { describeKind } from "./describe-kind";

const state = { Policy: '{"Statement":[]}' };

describeKind("bucketPolicy", {
  read: {
    id: "one",
    answers: { "s3:GetBucketPolicy": { ...state, $metadata: {} } },
    state: { GetBucketPolicy: state },
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
  setBy: [["s3:PutBucketPolicy", { requestParameters: { bucketName: "b" } }, ["b"]]],
});
