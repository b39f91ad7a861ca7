import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "detached",
      record: call("organizations:DetachPolicy", { policyId: "p-abcd1234", targetId: "ou-ab12-cdef3456" }),
      resources: ["p-abcd1234"],
    },
    { name: "deleted", record: call("organizations:DeletePolicy", { policyId: "p-abcd1234" }) },
    {
      name: "changed",
      record: call("organizations:UpdatePolicy", { policyId: "p-abcd1234", content: "{}" }),
    },
    {
      name: "a type disabled",
      record: call("organizations:DisablePolicyType", {
        rootId: "r-ab12",
        policyType: "SERVICE_CONTROL_POLICY",
      }),
      resources: ["SERVICE_CONTROL_POLICY"],
    },
  ],
  quiet: [
    {
      name: "attached",
      record: call("organizations:AttachPolicy", { policyId: "p-abcd1234", targetId: "ou-ab12-cdef3456" }),
    },
    {
      name: "a policy of IAM",
      record: call("iam:DeletePolicy", { policyArn: "arn:aws:iam::111122223333:policy/x" }),
    },
  ],
  everyCall: "each changes what the organization allows",
};
