import type { Detection } from "../detection";
import { fieldOf, parameterOf, textsOf } from "../../cloudtrail/parameters";
import type { CloudTrailRecord } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { resourcesOf, valueAt } from "../readers/evidence";
import { principalKeyOf } from "../readers/principal";

export const ec2SnapshotsCreated: Detection = {
  id: "ec2-snapshots-created",
  title: "Snapshots or images of many volumes created",
  severity: "medium",
  attack: { technique: "T1578.001" },
  tier: "extended",
  noise: "work",
  events: ["ec2:CreateImage", "ec2:CreateSnapshot", "ec2:CreateSnapshots"],
  remediation: "alert",
  burst: { windowMinutes: 60, threshold: 5, countedBy: principalKeyOf, distinct: sourcesOf },
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      [
        "volumeId",
        "instanceId",
        "InstanceSpecification",
        "responseElements.snapshotId",
        "responseElements.imageId",
      ],
      [
        ...named(record, "AWS::EC2::Volume", "volumeId"),
        ...resourcesOf("AWS::EC2::Instance", ...instancesOf(record)),
        ...resourcesOf("AWS::EC2::Snapshot", valueAt(record, "responseElements.snapshotId")),
      ],
    ),
  runbook: [
    "Ask the actor what the copies are for; a snapshot gives access to a disk's data without touching the instance.",
    "Look for the next steps: ModifySnapshotAttribute, CopySnapshot, ModifyImageAttribute, CreateVolume by the same actor.",
    "Delete the snapshots and images if nobody can explain them, and revoke the actor's permissions.",
  ],
  falsePositives: [
    "Third-party backup tools running for the first time, and a person who saves machines before a change.",
  ],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshots.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-creating-snapshot.html",
  ],
};

function instancesOf(record: CloudTrailRecord): unknown[] {
  return [
    parameterOf(record, "instanceId"),
    fieldOf(parameterOf(record, "InstanceSpecification"), "InstanceId"),
  ];
}

/** What is copied; calls that do not say so are distinguished by their events. */
function sourcesOf(record: CloudTrailRecord): string[] {
  const [source = record.eventID] = [parameterOf(record, "volumeId"), ...instancesOf(record)].filter(
    (id) => id !== undefined,
  );
  return textsOf(source);
}
