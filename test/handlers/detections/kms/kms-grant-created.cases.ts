import { type Cases, call, otherAccount } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "another account",
      record: call(
        "kms:CreateGrant",
        {
          keyId: "arn:aws:kms:eu-west-1:111122223333:key/k",
          granteePrincipal: "arn:aws:iam::444455556666:root",
          operations: ["Decrypt"],
        },
        { responseElements: { grantId: "abc" } },
      ),
      evidence: "responseElements.grantId",
      resources: ["arn:aws:kms:eu-west-1:111122223333:key/k"],
    },
  ],
  quiet: [
    {
      name: "a service",
      record: call("kms:CreateGrant", {
        keyId: "k",
        granteePrincipal: "autoscaling.eu-west-1.amazonaws.com",
        operations: ["Decrypt"],
      }),
    },
    {
      name: "an own role",
      record: call("kms:CreateGrant", { keyId: "k", granteePrincipal: "arn:aws:iam::111122223333:role/app" }),
    },
    {
      name: "a trusted account",
      record: call("kms:CreateGrant", { keyId: "k", granteePrincipal: "arn:aws:iam::444455556666:root" }),
      context: { trustedAccounts: [otherAccount] },
    },
  ],
};
