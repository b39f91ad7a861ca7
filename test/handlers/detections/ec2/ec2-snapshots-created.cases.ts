import { type Cases, byAutomation, byService, call, repeated } from "../support/cases";

const ofVolume = (volumeId: string) =>
  call(
    "ec2:CreateSnapshot",
    { volumeId },
    { responseElements: { snapshotId: "snap-0a1b2c3d4e5f60718", volumeId } },
  );
const one = ofVolume("vol-0a1b2c3d4e5f60718");
const hits = [
  {
    name: "a volume",
    record: one,
    evidence: "requestParameters.volumeId",
    resources: ["vol-0a1b2c3d4e5f60718"],
  },
  {
    name: "all volumes of an instance",
    record: call("ec2:CreateSnapshots", {
      CreateSnapshotsRequest: { InstanceSpecification: { InstanceId: "i-0a1b2c3d4e5f60718" } },
    }),
    evidence: "requestParameters.CreateSnapshotsRequest.InstanceSpecification",
    resources: ["i-0a1b2c3d4e5f60718"],
  },
  {
    name: "an image of an instance",
    record: call("ec2:CreateImage", { instanceId: "i-0a1b2c3d4e5f60718", name: "copy" }),
    evidence: "requestParameters.instanceId",
  },
];
const many = (count: number) =>
  repeated(one, count, 60, (index) => ({ requestParameters: { volumeId: `vol-${index}` } }));

export const cases: Cases = {
  hits,
  quiet: [...byAutomation(hits), ...byService(hits, "backup.amazonaws.com")],
  bursts: [
    { name: "five volumes within an hour", records: many(5), findings: 1 },
    { name: "four volumes", records: many(4), findings: 0 },
    { name: "one volume again and again", records: repeated(one, 20, 60), findings: 0 },
  ],
};
