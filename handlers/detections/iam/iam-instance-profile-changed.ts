import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const iamInstanceProfileChanged: Detection = {
  id: "iam-instance-profile-changed",
  title: "Instance profile made, or given a role",
  severity: "low",
  attack: { technique: "T1098.003" },
  tier: "extended",
  events: ["iam:AddRoleToInstanceProfile", "iam:CreateInstanceProfile"],
  remediation: "inverse",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["instanceProfileName", "roleName"],
      [
        ...named(record, "AWS::IAM::InstanceProfile", "instanceProfileName"),
        ...named(record, "AWS::IAM::Role", "roleName"),
      ],
    ),
  runbook: [
    "Ask the actor which instances are to have the role's rights: whoever is on one of them has them, too.",
    "Take the role out again (RemoveRoleFromInstanceProfile) if nobody knows why.",
    "Look at which instances have the profile, and at AssociateIamInstanceProfile and RunInstances by the same actor.",
  ],
  falsePositives: ["A new kind of server, made by hand."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html",
  ],
};
