import { call, type Cases, repeated, role, service } from "../support/cases";

const snapshot = call("ec2:DeleteSnapshot", { snapshotId: "snap-0a1b2c3d4e5f60718", force: false });

export const cases: Cases = {
  hits: [
    { name: "a snapshot", record: snapshot, resources: ["snap-0a1b2c3d4e5f60718"] },
    {
      name: "an image",
      record: call("ec2:DeregisterImage", { imageId: "ami-0a1b2c3d4e5f60718" }),
      evidence: "requestParameters.imageId",
      resources: ["ami-0a1b2c3d4e5f60718"],
    },
  ],
  quiet: [
    {
      name: "a snapshot that has outlived its plan",
      record: { ...snapshot, userIdentity: service("backup.amazonaws.com") },
    },
    {
      name: "an image that has outlived its plan",
      record: call(
        "ec2:DeregisterImage",
        { imageId: "ami-0a1b2c3d4e5f60718" },
        { userIdentity: role("AWSDataLifecycleManagerDefaultRole"), sourceIPAddress: "dlm.amazonaws.com" },
      ),
    },
  ],
  bursts: [
    { name: "ten snapshots", records: repeated(snapshot, 10, 5), findings: 1 },
    { name: "nine snapshots", records: repeated(snapshot, 9, 5), findings: 0 },
  ],
};
