import { account, call, type Cases, otherAccount } from "../support/cases";

const keyId = "1f2e3d4c-aaaa-bbbb-cccc-0123456789ab";

function policy(principal: unknown, condition?: unknown) {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Own",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "Use",
        Effect: "Allow",
        Principal: principal,
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: condition,
      },
    ],
  });
}

const put = (text: unknown) => call("kms:PutKeyPolicy", { keyId, policyName: "default", policy: text });

export const cases: Cases = {
  hits: [
    {
      name: "everyone",
      record: put(policy("*")),
      evidence: "requestParameters.policy.Statement[1]",
      resources: [keyId],
    },
    { name: "another account", record: put(policy({ AWS: `arn:aws:iam::${otherAccount}:root` })) },
    {
      name: "everyone of another account",
      record: put(policy({ AWS: "*" }, { StringEquals: { "kms:CallerAccount": otherAccount } })),
    },
    {
      name: "a new key",
      record: call(
        "kms:CreateKey",
        { policy: policy({ AWS: "*" }), keySpec: "SYMMETRIC_DEFAULT" },
        { responseElements: { keyMetadata: { keyId } } },
      ),
      resources: [keyId],
    },
    {
      name: "a replica",
      record: call("kms:ReplicateKey", {
        keyId,
        replicaRegion: "eu-central-1",
        policy: policy({ AWS: "*" }),
      }),
      resources: [keyId],
    },
    {
      name: "parameters omitted",
      record: call("kms:PutKeyPolicy", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    {
      name: "a replica for the own account",
      record: call("kms:ReplicateKey", {
        keyId,
        replicaRegion: "eu-central-1",
        policy: policy({ AWS: account }),
      }),
    },
    { name: "a replica with the default policy", record: call("kms:ReplicateKey", { keyId }) },
    { name: "the own account", record: put(policy({ AWS: account })) },
    {
      name: "everyone of the own account",
      record: put(
        policy(
          { AWS: "*" },
          { StringEquals: { "kms:CallerAccount": account, "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
        ),
      ),
    },
    {
      name: "a new key with the usual policy",
      record: call("kms:CreateKey", { keyUsage: "ENCRYPT_DECRYPT" }),
    },
    { name: "a broken policy", record: put("not json") },
  ],
};
