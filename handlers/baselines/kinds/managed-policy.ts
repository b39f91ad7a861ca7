import { iamRegionOf } from "../../aws/regions";
import type { BaselineKind } from "../baseline";
import { described, pagesOf } from "../listing";
import { answered, parameter } from "../setting";

/** Id: the policy's ARN. */
export const managedPolicy: BaselineKind = {
  type: "AWS::IAM::ManagedPolicy",
  service: "iam",
  actions: ["iam:GetPolicy"],
  read: { GetPolicy: (PolicyArn) => ({ PolicyArn }) },
  absent: ["NoSuchEntity", "NoSuchEntityException"],
  keep: { GetPolicy: { Policy: ["Arn", "DefaultVersionId"] } },
  list: {
    actions: ["iam:ListPolicies"],
    of: "account",
    async *pages(aws, stack) {
      const region = iamRegionOf(stack);
      const input = { Scope: "Local", MaxItems: 1000 };
      for await (const page of pagesOf(aws, ["iam", region, "ListPolicies"], input, ["Marker", "Marker"]))
        yield described(
          page.Policies,
          (one) => one.Arn,
          (one) => ({ GetPolicy: { Policy: one } }),
        ).map((listed) => ({ ...listed, region }));
    },
  },
  setBy: {
    "iam:CreatePolicy": answered("policy", "arn"),
    "iam:CreatePolicyVersion": parameter("policyArn"),
    "iam:SetDefaultPolicyVersion": parameter("policyArn"),
  },
};
