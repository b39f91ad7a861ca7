import type { Detection } from "../detection";
import { isTrue, textParameterOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { isByHand } from "../readers/by-hand";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { isScanner, principalKeyOf } from "../readers/principal";

export const iamIdentitiesEnumerated: Detection = {
  id: "iam-identities-enumerated",
  title: "IAM users, groups and policies listed",
  severity: "medium",
  attack: { technique: "T1087.004" },
  tier: "extended",
  noise: "work",
  events: [
    "iam:GetAccessKeyLastUsed",
    "iam:GetAccountPasswordPolicy",
    "iam:GetAccountSummary",
    "iam:GetGroup",
    "iam:GetGroupPolicy",
    "iam:GetLoginProfile",
    "iam:GetUserPolicy",
    "iam:ListAccessKeys",
    "iam:ListAccountAliases",
    "iam:ListAttachedGroupPolicies",
    "iam:ListAttachedUserPolicies",
    "iam:ListEntitiesForPolicy",
    "iam:ListGroupPolicies",
    "iam:ListGroups",
    "iam:ListGroupsForUser",
    "iam:ListInstanceProfiles",
    "iam:ListMFADevices",
    "iam:ListOpenIDConnectProviders",
    "iam:ListPolicies",
    "iam:ListRoles",
    "iam:ListSAMLProviders",
    "iam:ListSSHPublicKeys",
    "iam:ListServiceSpecificCredentials",
    "iam:ListSigningCertificates",
    "iam:ListUserPolicies",
    "iam:ListUsers",
    "iam:ListVirtualMFADevices",
    "iam:SimulatePrincipalPolicy",
  ],
  remediation: "alert",
  burst: {
    windowMinutes: 10,
    threshold: 8,
    countedBy: principalKeyOf,
    distinct: (record) => [nameOf(record)],
  },
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (!isByHand(record, context) || isScanner(record, context) || isOfConsole(record)) return undefined;
    return {
      evidence: evidenceAt(record, "eventName", "requestParameters.userName", "requestParameters.groupName"),
      resources: resourcesOf("AWS::IAM::User", textParameterOf(record, "userName")),
    };
  },
  runbook: [
    "Ask the actor what they needed to know: tools that look for privilege escalation begin with these calls.",
    "Look at what the same actor called next: AttachUserPolicy, CreateAccessKey, AssumeRole, UpdateAssumeRolePolicy.",
    "Without an explanation, deactivate the key or revoke the role's sessions; name inventory tools in `scanners`.",
  ],
  falsePositives: [
    "Inventory and posture tools that are not in `scanners`, and infrastructure as code that refreshes many users and groups.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html",
    "https://repost.aws/knowledge-center/potential-account-compromise",
  ],
};

/** CloudTrail marks console sessions itself; a single page lists many things. */
function isOfConsole(record: CloudTrailRecord): boolean {
  return isTrue(record.sessionCredentialFromConsole);
}
