import type { Detection } from "../detection";
import { parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { isAdministratorPolicy } from "../readers/administrator";
import { calledByHand, named } from "../readers/by-hand";
import { parameterPath } from "../readers/evidence";
import { statementsOf } from "../readers/policy";
import { administratorStatementsOf, evidenceOfAdministrator } from "../readers/rights";
import { uninspected } from "../readers/uninspected";

export const identityCenterPermissionSetChanged: Detection = {
  id: "identity-center-permission-set-changed",
  title: "Permission set changed",
  severity: "medium",
  attack: { technique: "T1098.003" },
  tier: "core",
  noise: "changes",
  events: [
    "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
    "sso:AttachManagedPolicyToPermissionSet",
    "sso:DeletePermissionsBoundaryFromPermissionSet",
    "sso:PutInlinePolicyToPermissionSet",
    "sso:PutPermissionsBoundaryToPermissionSet",
  ],
  remediation: "inverse",
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      ["managedPolicyArn", "customerManagedPolicyReference", "permissionsBoundary", "permissionSetArn"],
      [
        ...named(record, "AWS::SSO::PermissionSet", "permissionSetArn"),
        ...named(record, "AWS::IAM::ManagedPolicy", "managedPolicyArn"),
      ],
    );
    if (match === undefined) return undefined;
    const hidden = uninspected(record);
    if (hidden !== undefined) return hidden;
    const statements = administratorStatementsOf(
      statementsOf(parameterOf(record, "inlinePolicy")),
      context.account,
    );
    match.evidence.push(...evidenceOfAdministrator(statements, parameterPath(record, "inlinePolicy")));
    const policy = textParameterOf(record, "managedPolicyArn");
    if (statements.length > 0 || (policy !== undefined && isAdministratorPolicy(policy, context)))
      match.severity = "high";
    return match;
  },
  runbook: [
    "Ask the actor who needs the permissions: everybody with the permission set has them, in every account where it is assigned.",
    "Remove them again (DetachManagedPolicyFromPermissionSet, PutInlinePolicyToPermissionSet) and provision the set if nobody knows why.",
    "List where the set is assigned, and what was done with it since then.",
  ],
  falsePositives: [
    "An Identity Center administrator at work. Name the role of your own process in `automation`.",
  ],
  references: [
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_AttachManagedPolicyToPermissionSet.html",
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutInlinePolicyToPermissionSet.html",
    "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_DetachManagedPolicyFromPermissionSet.html",
  ],
};
