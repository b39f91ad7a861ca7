import { describeKind } from "./describe-kind";

const state = { Status: "Enabled" };

describeKind("bucketVersioning", {
  read: {
    id: "one",
    answers: { "s3:GetBucketVersioning": { ...state, $metadata: {} } },
    state: { GetBucketVersioning: state },
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
  setBy: [["s3:PutBucketVersioning", { requestParameters: { bucketName: "b" } }, ["b"]]],
});
