import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { matchesAny } from "../../pattern";
import { textParameterOf } from "../../cloudtrail/parameters";

export const iamUserAddedToPrivilegedGroup: Detection = {
  id: "iam-user-added-to-privileged-group",
  title: "User added to a privileged group",
  severity: "medium",
  attack: { technique: "T1098.003" },
  tier: "core",
  events: ["iam:AddUserToGroup"],
  remediation: "inverse",
  match(record, context) {
    const group = textParameterOf(record, "groupName") ?? "";
    if (!/admin/i.test(group) && !matchesAny(context.privilegedGroups, group)) return undefined;
    return {
      evidence: evidenceAt(record, "requestParameters.groupName", "requestParameters.userName"),
      resources: [
        ...resourcesOf("AWS::IAM::User", textParameterOf(record, "userName")),
        ...resourcesOf("AWS::IAM::Group", group),
      ],
    };
  },
  runbook: [
    "Ask the group's owner whether the user belongs there.",
    "If not, remove the user from the group, and see what they did since with its rights.",
    "If actor and user are the same, find out which right let them promote themselves.",
  ],
  falsePositives: ["A new member of the team that runs the account."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html",
  ],
};
