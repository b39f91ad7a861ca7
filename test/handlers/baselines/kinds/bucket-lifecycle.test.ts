import { describeKind } from "./describe-kind";

const state = {
  Rules: [{ ID: "keep", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 400 } }],
  TransitionDefaultMinimumObjectSize: "all_storage_classes_128K",
};

describeKind("bucketLifecycle", {
  read: {
    id: "one",
    answers: { "s3:GetBucketLifecycleConfiguration": { ...state, $metadata: {} } },
    state: { GetBucketLifecycleConfiguration: state },
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
  setBy: [["s3:PutBucketLifecycle", { requestParameters: { bucketName: "b" } }, ["b"]]],
});
