import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { evidenceOfOpenings, openingsOf, statementsOf } from "../readers/policy";

export const ecrPolicyPublic: Detection = {
  id: "ecr-policy-public",
  title: "ECR repository policy opened",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "core",
  noise: "rare",
  events: ["ecr:PutRegistryPolicy", "ecr:SetRepositoryPolicy"],
  remediation: "read-modify",
  match(record, context) {
    const statements = statementsOf(valueAt(record, "requestParameters.policyText"));
    const openings = openingsOf(statements, context);
    if (openings.length === 0) return uninspected(record);
    const isPublic = openings.some(({ to }) => to === "everyone");
    return {
      ...(isPublic ? {} : { severity: "medium", title: "ECR repository opened to another account" }),
      evidence: evidenceOfOpenings(openings, "requestParameters.policyText"),
      resources: resourcesOf(
        "AWS::ECR::Repository",
        valueAt(record, "requestParameters.repositoryName") ?? valueAt(record, "responseElements.registryId"),
      ),
    };
  },
  runbook: [
    "Remove the statement from the policy, or delete the policy if it was the only one.",
    "If it allowed PutImage or BatchDeleteImage, compare the digests of the tags in use with those of your builds.",
    "Search the images for secrets and private code that strangers may have pulled; use ECR Public for public images.",
  ],
  falsePositives: [
    "Images that are shared with everybody intentionally.",
    "Sister accounts that pull images and are not yet in `trustedAccounts` (reported as medium).",
  ],
  references: [
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html",
    "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html",
  ],
};
