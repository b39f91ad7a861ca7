import { describeSharing } from "./support";

describeSharing({
  id: "ec2-ami-shared",
  event: "ModifyImageAttribute",
  attribute: "launchPermission",
  list: "LaunchPermissions",
  change: "LaunchPermission",
  idMember: "ImageId",
  thing: "ami-0123456789abcdef0",
  gone: "InvalidAMIID.NotFound",
  more: "organizationArn",
});
