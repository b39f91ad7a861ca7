import { stopSharing } from "../support/stop-sharing";

/**
 * Stops sharing the image with the accounts and organizations that the event added. They keep instances and copies made in
 * the meantime.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html
 */
export const fixEc2AmiShared = stopSharing("ec2-ami-shared", {
  kind: "Image",
  attribute: "launchPermission",
  change: "LaunchPermission",
  list: "LaunchPermissions",
});
