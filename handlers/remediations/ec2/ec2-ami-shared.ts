import { stopSharing } from "../support/stop-sharing";

/**
 * Takes the accounts and organizations that the event added off the image. Instances and copies that were made in
 * between are theirs.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html
 */
export const fixEc2AmiShared = stopSharing("ec2-ami-shared", {
  kind: "Image",
  attribute: "launchPermission",
  change: "LaunchPermission",
  list: "LaunchPermissions",
});
