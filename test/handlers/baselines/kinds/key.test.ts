import { describeKind } from "./describe-kind";

describeKind("key", {
  read: {
    id: "k",
    answers: {
      "kms:DescribeKey": ({ KeyId }) => ({
        KeyMetadata: { KeyId, KeyState: "Enabled", CreationDate: new Date(0) },
      }),
    },
    state: { DescribeKey: { KeyMetadata: { KeyState: "Enabled" } } },
  },
  list: {
    answers: {
      "kms:ListKeys": ({ Marker }) =>
        Marker === undefined ? { Keys: [], NextMarker: "more", Truncated: true } : { Keys: [{ KeyId: "k" }] },
    },
    found: [{ id: "k" }],
  },
  setBy: [
    ["kms:CancelKeyDeletion", { requestParameters: { keyId: "k" } }, ["k"]],
    ["kms:CreateKey", { responseElements: { keyMetadata: { keyId: "k" } } }, ["k"]],
    ["kms:DisableKey", { requestParameters: { keyId: "arn:aws:kms:us-west-2:111122223333:key/k" } }, ["k"]],
    ["kms:EnableKey", { requestParameters: { keyId: "k" } }, ["k"]],
  ],
});
