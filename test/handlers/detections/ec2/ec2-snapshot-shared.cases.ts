import { account, call, type Cases, otherAccount } from "../support/cases";

function modify(permission: unknown) {
  return call("ec2:ModifySnapshotAttribute", {
    snapshotId: "snap-0a1b2c3d4e5f60718",
    attributeType: "CREATE_VOLUME_PERMISSION",
    createVolumePermission: permission,
  });
}

export const cases: Cases = {
  hits: [
    {
      name: "everybody",
      record: modify({ add: { items: [{ group: "all" }] } }),
      evidence: "requestParameters.createVolumePermission.add.items[0].group",
      resources: ["snap-0a1b2c3d4e5f60718"],
    },
    {
      name: "another account after the own one",
      record: modify({ add: { items: [{ userId: account }, { userId: otherAccount }] } }),
      evidence: "requestParameters.createVolumePermission.add.items[1].userId",
    },
    { name: "another account, not in a list", record: modify({ add: { items: { userId: otherAccount } } }) },
    {
      name: "parameters omitted",
      record: call("ec2:ModifySnapshotAttribute", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "taken away", record: modify({ remove: { items: [{ group: "all" }] } }) },
    { name: "no group", record: modify({ add: { items: [{ group: "none" }] } }) },
    { name: "the own account", record: modify({ add: { items: [{ userId: account }] } }) },
    {
      name: "a trusted account",
      record: modify({ add: { items: [{ userId: otherAccount }] } }),
      context: { trustedAccounts: [otherAccount] },
    },
    { name: "no parameters", record: call("ec2:ModifySnapshotAttribute", null) },
  ],
};
