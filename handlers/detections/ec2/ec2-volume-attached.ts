import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const ec2VolumeAttached: Detection = {
  id: "ec2-volume-attached",
  title: "Volume attached or created from a snapshot",
  severity: "low",
  attack: { technique: "T1578.002" },
  tier: "extended",
  noise: "work",
  events: [
    "ec2:AttachVolume",
    "ec2:CopyImage",
    "ec2:CopySnapshot",
    "ec2:CreateReplaceRootVolumeTask",
    "ec2:CreateVolume",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    // A new, empty volume contains nothing to steal.
    if (nameOf(record) === "CreateVolume" && !textParameterOf(record, "snapshotId"))
      return uninspected(record);
    return calledByHand(
      record,
      context,
      [
        "snapshotId",
        "sourceSnapshotId",
        "sourceImageId",
        "sourceRegion",
        "volumeId",
        "instanceId",
        "imageId",
      ],
      [
        ...named(record, "AWS::EC2::Snapshot", "snapshotId", "sourceSnapshotId"),
        ...named(record, "AWS::EC2::Image", "sourceImageId"),
        ...named(record, "AWS::EC2::Volume", "volumeId"),
        ...named(record, "AWS::EC2::Instance", "instanceId"),
      ],
    );
  },
  runbook: [
    "Ask the actor which disk they wanted to read, and from which instance.",
    "Look at that instance: who may log in to it, where does it send data, which other volumes were attached to it?",
    "Detach and delete the volume if nobody can explain it, and rotate the secrets in its file system.",
  ],
  falsePositives: ["Restores by hand, and storage drivers of clusters running for the first time."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AttachVolume.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateReplaceRootVolumeTask.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-restoring-volume.html",
  ],
};
