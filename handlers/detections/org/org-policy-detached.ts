import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { textParameterOf } from "../../cloudtrail/parameters";

export const orgPolicyDetached: Detection = {
  id: "org-policy-detached",
  title: "Organization policy (SCP) detached or deleted",
  severity: "high",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "organizations:DeletePolicy",
    "organizations:DetachPolicy",
    "organizations:DisablePolicyType",
    "organizations:UpdatePolicy",
  ],
  remediation: "inverse",
  match(record) {
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.policyId",
        "requestParameters.targetId",
        "requestParameters.policyType",
      ),
      resources: resourcesOf(
        "AWS::Organizations::Policy",
        textParameterOf(record, "policyId") ?? textParameterOf(record, "policyType"),
      ),
    };
  },
  runbook: [
    "Read what the policy forbids (or forbade), and for which accounts it no longer applies.",
    "Attach it again, or restore its text, unless the change was agreed on.",
    "Look in the affected accounts for calls that the policy used to deny.",
  ],
  falsePositives: ["Changes of guardrails by the platform team or by Control Tower."],
  references: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html",
    "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisablePolicyType.html",
  ],
};
