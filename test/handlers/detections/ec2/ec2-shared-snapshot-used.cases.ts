import { type Cases, call, otherAccount } from "../support/cases";

const used = (name: string, fields: object) =>
  call(`ec2:${name}`, null, {
    userIdentity: { invokedBy: "ec2.amazonaws.com" },
    sourceIPAddress: "ec2.amazonaws.com",
    eventType: "AwsServiceEvent",
    ...fields,
  });

export const cases: Cases = {
  hits: [
    {
      name: "a copy, by another account",
      record: used("SharedSnapshotCopyInitiated", {
        serviceEventDetails: { snapshotId: "snap-0a1b2c3d4e5f60718", accountId: otherAccount },
      }),
      evidence: "serviceEventDetails",
      resources: ["snap-0a1b2c3d4e5f60718"],
    },
    {
      name: "a volume, by somebody whom the record does not name",
      record: used("SharedSnapshotVolumeCreated", {
        serviceEventDetails: { snapshotId: "snap-0a1b2c3d4e5f60718" },
      }),
      resources: ["snap-0a1b2c3d4e5f60718"],
    },
    {
      name: "a volume, by another account that the record names as the caller",
      record: used("SharedSnapshotVolumeCreated", {
        userIdentity: { type: "AWSAccount", accountId: otherAccount },
        requestParameters: { snapshotId: "snap-0a1b2c3d4e5f60718" },
      }),
      evidence: "userIdentity.accountId",
    },
  ],
  quiet: ["SharedSnapshotCopyInitiated", "SharedSnapshotVolumeCreated"].map((name) => ({
    name: `${name} by an account that is trusted`,
    record: used(name, {
      serviceEventDetails: { snapshotId: "snap-0a1b2c3d4e5f60718", accountId: otherAccount },
    }),
    context: { trustedAccounts: [otherAccount] },
  })),
};
