import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";

export const ebsDefaultEncryptionDisabled: Detection = {
  id: "ebs-default-encryption-disabled",
  title: "EBS default encryption disabled",
  severity: "medium",
  attack: { technique: "T1486" },
  tier: "core",
  noise: "rare",
  events: ["ec2:DisableEbsEncryptionByDefault"],
  remediation: "inverse",
  match(record) {
    return {
      evidence: evidenceAt(record, "awsRegion"),
      resources: resourcesOf("AWS::EC2::EBSEncryptionByDefault", record.awsRegion),
    };
  },
  runbook: [
    "Enable it again (aws ec2 enable-ebs-encryption-by-default) in the region of the event.",
    "List volumes and snapshots created unencrypted since then, and replace them with encrypted copies.",
    "Check whether snapshots were shared or copied afterwards: an unencrypted snapshot can be shared without a key.",
  ],
  falsePositives: ["A migration that needs unencrypted volumes for a short time."],
  references: [
    "https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableEbsEncryptionByDefault.html",
  ],
};
