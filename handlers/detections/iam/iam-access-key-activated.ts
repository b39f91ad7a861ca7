import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const iamAccessKeyActivated: Detection = {
  id: "iam-access-key-activated",
  title: "Inactive access key reactivated",
  severity: "medium",
  attack: { technique: "T1098.001" },
  tier: "extended",
  noise: "changes",
  events: ["iam:UpdateAccessKey"],
  remediation: "inverse",
  match(record, context) {
    if (textParameterOf(record, "status") !== "Active") return uninspected(record);
    return calledByHand(
      record,
      context,
      ["accessKeyId", "userName", "status"],
      [
        ...named(record, "AWS::IAM::User", "userName"),
        ...named(record, "AWS::IAM::AccessKey", "accessKeyId"),
      ],
    );
  },
  runbook: [
    "Ask the user why an old key is needed again; somebody may have found it where it was forgotten.",
    "Deactivate it again (UpdateAccessKey) if nobody knows why, and delete it.",
    "Look at what the key did since then, and from which address.",
  ],
  falsePositives: ["A rotation that broke something and is rolled back."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
  ],
};
