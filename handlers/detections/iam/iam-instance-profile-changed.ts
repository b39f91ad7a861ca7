import type { Detection } from "../detection";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";
import { calledByHand, named } from "../readers/by-hand";
import { principalKeyOf } from "../readers/principal";

export const iamInstanceProfileChanged: Detection = {
  id: "iam-instance-profile-changed",
  title: "Several instance profiles created or given a role",
  severity: "low",
  attack: { technique: "T1098.003" },
  tier: "extended",
  noise: "work",
  events: ["iam:AddRoleToInstanceProfile", "iam:CreateInstanceProfile"],
  remediation: "alert",
  burst: {
    windowMinutes: 30,
    threshold: 3,
    countedBy: principalKeyOf,
    distinct: (record) => textsOf(parameterOf(record, "instanceProfileName")),
  },
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
    "Ask the actor which instances should get the roles' permissions: whoever is on one of them has them.",
    "Remove the roles again (RemoveRoleFromInstanceProfile) if nobody knows why.",
    "Look at which instances have the profiles, and at AssociateIamInstanceProfile and RunInstances by the same actor.",
  ],
  falsePositives: [
    "Infrastructure as code that is not in `automation` and creates several kinds of servers.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html",
  ],
};
