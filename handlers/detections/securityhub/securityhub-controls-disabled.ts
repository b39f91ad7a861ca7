import { objectsOf, parameterOf, fieldOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { isByHand, named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const securityhubControlsDisabled: Detection = {
  id: "securityhub-controls-disabled",
  title: "Security Hub controls or integrations disabled",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "changes",
  events: [
    "securityhub:BatchUpdateStandardsControlAssociations",
    "securityhub:DisableImportFindingsForProduct",
    "securityhub:UpdateStandardsControl",
  ],
  remediation: "alert",
  match(record, context) {
    if (!isByHand(record, context)) return undefined;
    if (!disables(record)) return uninspected(record);
    return {
      evidence: shown(
        record,
        "standardsControlArn",
        "controlStatus",
        "disabledReason",
        "standardsControlAssociationUpdates",
        "productSubscriptionArn",
      ),
      resources: [
        ...named(record, "AWS::SecurityHub::Standard", "standardsControlArn"),
        ...named(record, "AWS::SecurityHub::ProductSubscription", "productSubscriptionArn"),
      ],
    };
  },
  runbook: [
    "Read which controls, or whose findings, Security Hub no longer shows.",
    "Enable them again unless the security team decided it; a disabled control says nothing about what broke it.",
    "Look for changes by the same actor that the controls would have reported.",
  ],
  falsePositives: [
    "Controls that the security team does not need: name the principal that sets them in `automation`.",
  ],
  references: [
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateStandardsControlAssociations.html",
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_UpdateStandardsControl.html",
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DisableImportFindingsForProduct.html",
  ],
};

function disables(record: CloudTrailRecord): boolean {
  switch (nameOf(record)) {
    case "UpdateStandardsControl":
      return parameterOf(record, "controlStatus") === "DISABLED";
    case "BatchUpdateStandardsControlAssociations":
      return objectsOf(parameterOf(record, "standardsControlAssociationUpdates")).some(
        (update) => fieldOf(update, "associationStatus") === "DISABLED",
      );
    default:
      return true;
  }
}
