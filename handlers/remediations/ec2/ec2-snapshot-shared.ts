import { stopSharing } from "../support/stop-sharing";

/**
 * Stops sharing the snapshot with the accounts that the event added. They keep copies and volumes made in the meantime.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html
 */
export const fixEc2SnapshotShared = stopSharing("ec2-snapshot-shared", {
  kind: "Snapshot",
  attribute: "createVolumePermission",
  change: "CreateVolumePermission",
  list: "CreateVolumePermissions",
});
