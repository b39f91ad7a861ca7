import { describeSharing } from "./support";

describeSharing({
  id: "ec2-snapshot-shared",
  event: "ModifySnapshotAttribute",
  attribute: "createVolumePermission",
  list: "CreateVolumePermissions",
  change: "CreateVolumePermission",
  idMember: "SnapshotId",
  thing: "snap-0123456789abcdef0",
  gone: "InvalidSnapshot.NotFound",
});
