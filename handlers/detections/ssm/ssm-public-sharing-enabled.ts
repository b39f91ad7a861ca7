import { textParameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { isByHand, named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const ssmPublicSharingEnabled: Detection = {
  id: "ssm-public-sharing-enabled",
  title: "Public sharing of Systems Manager documents enabled",
  severity: "high",
  attack: { technique: "T1685", before: "T1562.007" },
  tier: "extended",
  noise: "rare",
  events: ["ssm:ResetServiceSetting", "ssm:UpdateServiceSetting"],
  remediation: "alert",
  match(record, context) {
    if (!isByHand(record, context)) return undefined;
    const setting = textParameterOf(record, "settingId") ?? "";
    if (!setting.endsWith("/documents/console/public-sharing-permission")) return uninspected(record);
    // Reset, it is what AWS has as default: enabled.
    const isOn =
      nameOf(record) === "ResetServiceSetting" || textParameterOf(record, "settingValue") === "Enable";
    if (!isOn) return undefined;
    return {
      evidence: shown(record, "settingId", "settingValue"),
      resources: named(record, "AWS::SSM::ServiceSetting", "settingId"),
    };
  },
  runbook: [
    "Ask the actor which document is to be public; scripts often contain names, addresses and secrets.",
    "Block public sharing again (aws ssm update-service-setting, value Disable).",
    "Look for ModifyDocumentPermission with `all` since then.",
  ],
  falsePositives: ["An account that publishes documents for others."],
  references: [
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html",
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateServiceSetting.html",
  ],
};
