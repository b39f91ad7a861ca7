import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isAwsService, principalKeyOf } from "../readers/principal";

export const ec2AmiDestroyed: Detection = {
  id: "ec2-ami-destroyed",
  title: "AMIs or snapshots removed in bulk",
  severity: "medium",
  attack: { technique: "T1485" },
  tier: "extended",
  noise: "work",
  events: ["ec2:DeleteSnapshot", "ec2:DeregisterImage"],
  remediation: "alert",
  burst: { windowMinutes: 10, threshold: 10, countedBy: principalKeyOf },
  match(record) {
    // AWS Backup and Data Lifecycle Manager remove what has expired.
    if (isAwsService(record)) return undefined;
    return {
      evidence: evidenceAt(record, "requestParameters.snapshotId", "requestParameters.imageId"),
      resources: [
        ...resourcesOf("AWS::EC2::Snapshot", valueAt(record, "requestParameters.snapshotId")),
        ...resourcesOf("AWS::EC2::Image", valueAt(record, "requestParameters.imageId")),
      ],
    };
  },
  runbook: [
    "Ask the actor whether this is a clean-up; if not, stop them before the rest is gone.",
    "Look in the region's Recycle Bin: with a retention rule, images and snapshots can be restored.",
    "Find copies in other regions and accounts, and create new snapshots of the volumes that matter.",
  ],
  falsePositives: ["Image pipelines and clean-up jobs that remove old versions in one run."],
  references: [
    "https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/deregister-ami.html",
  ],
};
