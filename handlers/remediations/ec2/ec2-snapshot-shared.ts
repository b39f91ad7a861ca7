import { stopSharing } from "../support/stop-sharing";

/**
 * Takes the accounts that the event added off the snapshot. Copies and volumes that were made in between are theirs.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html
 */
export const fixEc2SnapshotShared = stopSharing("ec2-snapshot-shared", {
  kind: "Snapshot",
  attribute: "createVolumePermission",
  change: "CreateVolumePermission",
  list: "CreateVolumePermissions",
});
