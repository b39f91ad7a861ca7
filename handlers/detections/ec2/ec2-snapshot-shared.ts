import { uninspected } from "../readers/uninspected";
import type { Detection } from "../detection";
import { resourcesOf, valueAt } from "../readers/evidence";
import { sharedWith } from "../readers/shared-with";

export const ec2SnapshotShared: Detection = {
  id: "ec2-snapshot-shared",
  title: "EBS snapshot shared or public",
  severity: "critical",
  attack: { technique: "T1537" },
  tier: "core",
  noise: "rare",
  events: ["ec2:ModifySnapshotAttribute"],
  remediation: "inverse",
  match(record, context) {
    const evidence = sharedWith(record, "createVolumePermission", context);
    if (evidence.length === 0) return uninspected(record);
    return {
      evidence,
      resources: resourcesOf("AWS::EC2::Snapshot", valueAt(record, "requestParameters.snapshotId")),
    };
  },
  runbook: [
    "Revoke the permission; the other account keeps a volume or copy it has already made.",
    "Find out which volume the snapshot is from and what was on it; rotate the keys and passwords it contains.",
    "Look for CreateSnapshot and more sharing by the same actor in all regions, and block public sharing of snapshots for the account.",
  ],
  falsePositives: ["Snapshots for a sister account or supplier that is not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html",
  ],
};
