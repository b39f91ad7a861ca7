import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "attached",
    record: call("ec2:AttachVolume", {
      volumeId: "vol-0a1b2c3d4e5f60718",
      instanceId: "i-0a1b2c3d4e5f60718",
      device: "/dev/sdf",
    }),
    evidence: "requestParameters.volumeId",
    resources: ["vol-0a1b2c3d4e5f60718", "i-0a1b2c3d4e5f60718"],
  },
  {
    name: "made of a snapshot",
    record: call("ec2:CreateVolume", { zone: "eu-west-1a", snapshotId: "snap-0a1b2c3d4e5f60718" }),
    evidence: "requestParameters.snapshotId",
    resources: ["snap-0a1b2c3d4e5f60718"],
  },
  {
    name: "a snapshot copied from another region",
    record: call("ec2:CopySnapshot", {
      sourceRegion: "us-east-1",
      sourceSnapshotId: "snap-0a1b2c3d4e5f60718",
    }),
    evidence: "requestParameters.sourceSnapshotId",
  },
  {
    name: "an image copied from another region",
    record: call("ec2:CopyImage", {
      sourceRegion: "us-east-1",
      sourceImageId: "ami-0a1b2c3d4e5f60718",
      name: "copy",
    }),
    evidence: "requestParameters.sourceImageId",
  },
  {
    name: "the root volume replaced",
    record: call("ec2:CreateReplaceRootVolumeTask", {
      CreateReplaceRootVolumeTaskRequest: {
        InstanceId: "i-0a1b2c3d4e5f60718",
        SnapshotId: "snap-0a1b2c3d4e5f60718",
      },
    }),
    evidence: "requestParameters.CreateReplaceRootVolumeTaskRequest.SnapshotId",
    resources: ["i-0a1b2c3d4e5f60718"],
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "an empty volume", record: call("ec2:CreateVolume", { size: "8", zone: "eu-west-1a" }) },
  ],
};
