import type { BaselineKind } from "../baseline";
import { oneInEachRegion } from "../listing";
import { theAccount } from "../setting";

/** The policy of all of a region's container images. */
export const registryPolicy: BaselineKind = {
  type: "AWS::ECR::RegistryPolicy",
  service: "ecr",
  actions: ["ecr:GetRegistryPolicy"],
  read: { GetRegistryPolicy: () => ({}) },
  absent: ["RegistryPolicyNotFoundException"],
  keep: { GetRegistryPolicy: { policyText: "all" } },
  list: oneInEachRegion(),
  setBy: {
    "ecr:DeleteRegistryPolicy": theAccount,
    "ecr:PutRegistryPolicy": theAccount,
  },
};
