import { textParameterOf } from "../../cloudtrail/parameters";
import { fieldsOf, listOf, textOf } from "../../json";
import { matchesAny } from "../../pattern";
import type { DetectionContext } from "../../settings";
import { type HeldPolicy, readsOf } from "../ask";
import type { Detection, Evidence } from "../detection";
import { administratorIn, isAdministratorPolicy, pathOfDocument } from "../readers/administrator";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { statementsOf } from "../readers/policy";
import { escalationsOf, evidenceOfEscalations } from "../readers/rights";
import { uninspected } from "../readers/uninspected";

export const iamUserAddedToPrivilegedGroup: Detection = {
  id: "iam-user-added-to-privileged-group",
  title: "User added to a privileged group",
  severity: "medium",
  attack: { technique: "T1098.003" },
  tier: "core",
  noise: "changes",
  events: ["iam:AddUserToGroup"],
  remediation: "inverse",
  asks(record) {
    const group = textParameterOf(record, "groupName");
    if (group === undefined) return [];
    return [{ kind: "groupPolicies", parameter: "requestParameters.groupName", group }];
  },
  reads: readsOf.groupPolicies,
  match(record, context, answers = []) {
    const group = textParameterOf(record, "groupName") ?? "";
    const isNamed = /admin/i.test(group) || matchesAny(context.privilegedGroups, group);
    const found = answers.flatMap((held) =>
      listOf(held).flatMap((policy) => privilegeIn(fieldsOf(policy), context)),
    );
    if (!isNamed && found.length === 0) return uninspected(record);
    return {
      evidence: [
        ...evidenceAt(record, "requestParameters.groupName", "requestParameters.userName"),
        ...found,
      ],
      resources: [
        ...resourcesOf("AWS::IAM::User", textParameterOf(record, "userName")),
        ...resourcesOf("AWS::IAM::Group", group),
      ],
      ...(found.length > 0
        ? { severity: "high", title: "User added to a group with administrator rights" }
        : {}),
    };
  },
  runbook: [
    "Ask the group's owner whether the user belongs there.",
    "If not, remove the user from the group, and find out what they did since then with its permissions.",
    "If actor and user are the same, find out which permission let them promote themselves.",
  ],
  falsePositives: ["A new member of the team that runs the account."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html",
  ],
};

/** What in a group's policy makes its members administrators, or leads there. */
function privilegeIn({ arn, document }: HeldPolicy, context: DetectionContext): Evidence[] {
  const name = textOf(arn);
  if (name !== undefined && isAdministratorPolicy(name, context))
    return [{ parameter: "policies of the group", value: name, why: "makes its members administrators" }];
  const path = name === undefined ? "inline policy of the group" : pathOfDocument(name);
  const found = administratorIn(document, context, path);
  if (found.length > 0) return found;
  const escalations = escalationsOf(statementsOf(document), context.account);
  return evidenceOfEscalations(
    escalations.filter(({ isIndirect }) => !isIndirect),
    path,
  );
}
