import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { administratorIn, subjectsOf } from "../readers/administrator";
import { parameterOf } from "../../cloudtrail/parameters";

export const iamInlineAdminPolicy: Detection = {
  id: "iam-inline-admin-policy",
  title: "Inline policy grants administrator rights",
  severity: "high",
  attack: { technique: "T1098.003" },
  tier: "core",
  noise: "rare",
  events: ["iam:PutGroupPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy"],
  remediation: "inverse",
  match(record, context) {
    const path = "requestParameters.policyDocument";
    const evidence = administratorIn(parameterOf(record, "policyDocument"), context, path);
    if (evidence.length === 0) return uninspected(record);
    return { evidence, resources: subjectsOf(record) };
  },
  runbook: [
    "Delete the inline policy, or restore its previous version: an inline policy of that name may have been overwritten.",
    "Find out what the user, role or the group's members did with the new permissions since then.",
    "Ask why it is inline: such grants are hard to find, which is why attackers like them.",
  ],
  falsePositives: ["A deployment role that has full permissions intentionally."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
  ],
};
