import { uninspected } from "../readers/uninspected";
import { textOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

const administrator = /\/AmazonEKS(?:Cluster)?AdminPolicy$/;

export const eksClusterAdminGranted: Detection = {
  id: "eks-cluster-admin-granted",
  title: "EKS cluster-admin access granted",
  severity: "high",
  attack: { technique: "T1098.006" },
  tier: "core",
  noise: "rare",
  events: ["eks:AssociateAccessPolicy"],
  remediation: "inverse",
  match(record) {
    const policy = textOf(valueAt(record, "requestParameters.policyArn"));
    if (policy === undefined || !administrator.test(policy)) return uninspected(record);
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.policyArn",
        "requestParameters.principalArn",
        "requestParameters.accessScope",
      ),
      resources: resourcesOf(
        "AWS::EKS::Cluster",
        // The API's path names the cluster `name`, its SDK `clusterName`.
        valueAt(record, "requestParameters.name") ??
          valueAt(record, "requestParameters.clusterName") ??
          valueAt(record, "responseElements.clusterName"),
      ),
    };
  },
  runbook: [
    "Ask the platform team whether this principal should administer the cluster; if not, disassociate the policy and delete the access entry.",
    "Read the cluster's audit log for what the principal did since then: secrets read, role bindings and privileged pods created.",
    "Rotate the service account tokens and IAM roles for service accounts that it could reach.",
  ],
  falsePositives: [
    "Cluster creation by infrastructure as code, which gives its own role the administrator policy.",
  ],
  references: [
    "https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html",
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_AssociateAccessPolicy.html",
    "https://docs.aws.amazon.com/eks/latest/APIReference/API_DisassociateAccessPolicy.html",
  ],
};
