import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const inspectorDisabled: Detection = {
  id: "inspector-disabled",
  title: "Amazon Inspector disabled",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: [
    "inspector2:CreateFilter",
    "inspector2:Disable",
    "inspector2:DisassociateMember",
    "inspector2:UpdateFilter",
  ],
  remediation: "inverse",
  match(record, context) {
    const isFilter = nameOf(record).endsWith("Filter");
    // Other filters only sort findings.
    if (isFilter && textParameterOf(record, "action") !== "SUPPRESS") return uninspected(record);
    const match = calledByHand(record, context, [
      "accountIds",
      "accountId",
      "resourceTypes",
      "name",
      "action",
      "filterCriteria",
    ]);
    if (match && isFilter) match.severity = "low";
    return match;
  },
  runbook: [
    "Enable it again (Enable) for the same accounts and resource types unless another scanner does its work.",
    "Look at what it had found before, and whether that is fixed.",
    "Deny this call to everybody but the security team with a service control policy.",
  ],
  falsePositives: ["A scanner that is replaced by another."],
  references: [
    "https://docs.aws.amazon.com/inspector/v2/APIReference/API_Disable.html",
    "https://docs.aws.amazon.com/inspector/v2/APIReference/API_Enable.html",
  ],
};
