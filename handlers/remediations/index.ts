import { undoCloudtrailLoggingStopped } from "./cloudtrail/cloudtrail-logging-stopped";
import { undoEc2SgOpenToWorld } from "./ec2/ec2-sg-open-to-world";
import { undoIamAccessKeyForOtherUser } from "./iam/iam-access-key-for-other-user";
import { undoIamAdminPolicyAttachedGroup } from "./iam/iam-admin-policy-attached-group";
import { undoIamAdminPolicyAttachedRole } from "./iam/iam-admin-policy-attached-role";
import { undoIamAdminPolicyAttachedUser } from "./iam/iam-admin-policy-attached-user";
import { undoIamInlineAdminPolicy } from "./iam/iam-inline-admin-policy";
import { undoKmsKeyDisabledOrDeletion } from "./kms/kms-key-disabled-or-deletion";
import type { Remediation } from "./remediation";
import { undoS3PublicAccessBlockRemoved } from "./s3/s3-public-access-block-removed";

/** Every remediation. A detection without one is told and never fixed. */
export const remediations: Remediation[] = [
  undoCloudtrailLoggingStopped,
  undoEc2SgOpenToWorld,
  undoIamAccessKeyForOtherUser,
  undoIamAdminPolicyAttachedGroup,
  undoIamAdminPolicyAttachedRole,
  undoIamAdminPolicyAttachedUser,
  undoIamInlineAdminPolicy,
  undoKmsKeyDisabledOrDeletion,
  undoS3PublicAccessBlockRemoved,
];
