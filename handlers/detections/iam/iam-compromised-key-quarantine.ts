import type { Detection } from "../detection";
import { resourcesOf } from "../readers/evidence";
import { quarantinePolicyOf } from "../readers/quarantine";
import { textParameterOf } from "../../cloudtrail/parameters";

export const iamCompromisedKeyQuarantine: Detection = {
  id: "iam-compromised-key-quarantine",
  title: "AWS quarantined a leaked access key",
  severity: "critical",
  attack: { technique: "T1552.001" },
  tier: "core",
  noise: "none",
  events: ["iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:AttachUserPolicy", "iam:PutUserPolicy"],
  remediation: "contain",
  match(record) {
    const policy = quarantinePolicyOf(record);
    if (policy === undefined) return undefined;
    const parameter = textParameterOf(record, "policyArn") === undefined ? "policyName" : "policyArn";
    return {
      evidence: [
        {
          parameter: `requestParameters.${parameter}`,
          value: textParameterOf(record, parameter),
          why: "is what AWS attaches when it finds an access key in public",
        },
      ],
      resources: [
        ...resourcesOf("AWS::IAM::User", textParameterOf(record, "userName")),
        ...resourcesOf("AWS::IAM::Role", textParameterOf(record, "roleName")),
        ...resourcesOf("AWS::IAM::Group", textParameterOf(record, "groupName")),
      ],
    };
  },
  runbook: [
    "Deactivate all access keys of the user; the quarantine stops only some calls. AWS has opened a support case that names the key.",
    "Search CloudTrail for the key in all regions: new users, instances, Lambda functions, changed policies.",
    "Find where the key was published (repository, image, site), remove it there, and give the program a role or a new key.",
  ],
  falsePositives: ["A drill in which a person attaches the policy."],
  references: [
    "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
  ],
};
