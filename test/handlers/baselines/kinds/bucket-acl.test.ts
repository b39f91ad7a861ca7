import { describeKind } from "./describe-kind";

const state = {
  Owner: { ID: "0a1b" },
  Grants: [{ Grantee: { ID: "0a1b", Type: "CanonicalUser" }, Permission: "FULL_CONTROL" }],
};

describeKind("bucketAcl", {
  read: {
    id: "one",
    answers: { "s3:GetBucketAcl": { ...state, $metadata: {} } },
    state: { GetBucketAcl: state },
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
  setBy: [["s3:PutBucketAcl", { requestParameters: { bucketName: "b" } }, ["b"]]],
});
