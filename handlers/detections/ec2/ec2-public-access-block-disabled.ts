import type { Detection } from "../detection";
import { evidenceAt } from "../readers/evidence";

export const ec2PublicAccessBlockDisabled: Detection = {
  id: "ec2-public-access-block-disabled",
  title: "Public access block for snapshots or images disabled",
  severity: "high",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: ["ec2:DisableImageBlockPublicAccess", "ec2:DisableSnapshotBlockPublicAccess"],
  remediation: "inverse",
  match: (record) => ({ evidence: evidenceAt(record, "eventName", "awsRegion"), resources: [] }),
  runbook: [
    "Enable it again (EnableSnapshotBlockPublicAccess, EnableImageBlockPublicAccess) unless a snapshot or image is public intentionally.",
    "Look for ModifySnapshotAttribute and ModifyImageAttribute by the same actor since then.",
    "Enforce it with a declarative policy of the organization.",
  ],
  falsePositives: ["A vendor's account that publishes images."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableSnapshotBlockPublicAccess.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableImageBlockPublicAccess.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html",
  ],
};
