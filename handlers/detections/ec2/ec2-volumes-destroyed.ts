import type { Detection } from "../detection";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";
import { calledByHand, named } from "../readers/by-hand";
import { principalKeyOf } from "../readers/principal";

export const ec2VolumesDestroyed: Detection = {
  id: "ec2-volumes-destroyed",
  title: "Many volumes deleted",
  severity: "high",
  attack: { technique: "T1485" },
  tier: "extended",
  noise: "work",
  events: ["ec2:DeleteVolume"],
  remediation: "alert",
  burst: {
    windowMinutes: 10,
    threshold: 10,
    countedBy: principalKeyOf,
    distinct: (record) => textsOf(parameterOf(record, "volumeId")),
  },
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(record, context, ["volumeId"], named(record, "AWS::EC2::Volume", "volumeId")),
  runbook: [
    "Ask the actor whether this was intended; if not, revoke their permissions at once, while something is left.",
    "Look for copies of the volumes in the Recycle Bin, among snapshots and in AWS Backup.",
    "Keep a Recycle Bin retention rule for volumes and snapshots in every region in use.",
  ],
  falsePositives: ["Clean-up of unused volumes, and storage drivers of clusters that are torn down."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVolume.html",
    "https://docs.aws.amazon.com/ebs/latest/userguide/recycle-bin.html",
  ],
};
