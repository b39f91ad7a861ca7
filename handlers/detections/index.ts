// Made from the files of this folder by `npm run docs`.
import { accessDeniedBurst } from "./access/access-denied-burst";
import { accountClosed } from "./account/account-closed";
import { backupDestroyed } from "./backup/backup-destroyed";
import { bedrockGuardrailWeakened } from "./bedrock/bedrock-guardrail-weakened";
import { bedrockInvocationLoggingDisabled } from "./bedrock/bedrock-invocation-logging-disabled";
import { bedrockModelAccessEnabled } from "./bedrock/bedrock-model-access-enabled";
import { cloudtrailBucketShortLifecycle } from "./cloudtrail/cloudtrail-bucket-short-lifecycle";
import { cloudtrailEventSelectorsWeakened } from "./cloudtrail/cloudtrail-event-selectors-weakened";
import { cloudtrailLoggingStopped } from "./cloudtrail/cloudtrail-logging-stopped";
import { cloudtrailTrailDeleted } from "./cloudtrail/cloudtrail-trail-deleted";
import { cloudtrailTrailWeakened } from "./cloudtrail/cloudtrail-trail-weakened";
import { cloudwatchAlarmDisabled } from "./cloudwatch/cloudwatch-alarm-disabled";
import { cloudwatchLogGroupDeleted } from "./cloudwatch/cloudwatch-log-group-deleted";
import { codebuildProjectPublic } from "./codebuild/codebuild-project-public";
import { configRecorderOrChannelDeleted } from "./config/config-recorder-or-channel-deleted";
import { configRecorderStopped } from "./config/config-recorder-stopped";
import { consoleLoginFailures } from "./console/console-login-failures";
import { consoleLoginWithoutMfa } from "./console/console-login-without-mfa";
import { consoleSigninToken } from "./console/console-signin-token";
import { dnsQueryLoggingDeleted } from "./dns/dns-query-logging-deleted";
import { ebsDefaultEncryptionDisabled } from "./ebs/ebs-default-encryption-disabled";
import { ec2AmiDestroyed } from "./ec2/ec2-ami-destroyed";
import { ec2AmiShared } from "./ec2/ec2-ami-shared";
import { ec2ImageExported } from "./ec2/ec2-image-exported";
import { ec2Imdsv1Enabled } from "./ec2/ec2-imdsv1-enabled";
import { ec2InstanceConnectKeyPushed } from "./ec2/ec2-instance-connect-key-pushed";
import { ec2InstanceCredentialsOutside } from "./ec2/ec2-instance-credentials-outside";
import { ec2InstanceProfileChanged } from "./ec2/ec2-instance-profile-changed";
import { ec2KeyPairImported } from "./ec2/ec2-key-pair-imported";
import { ec2NaclOpenToWorld } from "./ec2/ec2-nacl-open-to-world";
import { ec2PasswordDataBurst } from "./ec2/ec2-password-data-burst";
import { ec2SerialConsoleEnabled } from "./ec2/ec2-serial-console-enabled";
import { ec2SgOpenToWorld } from "./ec2/ec2-sg-open-to-world";
import { ec2SnapshotShared } from "./ec2/ec2-snapshot-shared";
import { ec2TrafficMirroring } from "./ec2/ec2-traffic-mirroring";
import { ec2UnusualInstanceLaunch } from "./ec2/ec2-unusual-instance-launch";
import { ec2UserDataDownloadBurst } from "./ec2/ec2-user-data-download-burst";
import { ec2UserDataModified } from "./ec2/ec2-user-data-modified";
import { ecrPolicyPublic } from "./ecr/ecr-policy-public";
import { eksClusterAdminGranted } from "./eks/eks-cluster-admin-granted";
import { eksControlPlaneLoggingDisabled } from "./eks/eks-control-plane-logging-disabled";
import { eventbridgeRuleDisabled } from "./eventbridge/eventbridge-rule-disabled";
import { guarddutyDetectorDeleted } from "./guardduty/guardduty-detector-deleted";
import { guarddutyDetectorDisabled } from "./guardduty/guardduty-detector-disabled";
import { guarddutyFindingsSuppressed } from "./guardduty/guardduty-findings-suppressed";
import { guarddutyMemberRemoved } from "./guardduty/guardduty-member-removed";
import { iamAccessKeyForOtherUser } from "./iam/iam-access-key-for-other-user";
import { iamAdminPolicyAttachedGroup } from "./iam/iam-admin-policy-attached-group";
import { iamAdminPolicyAttachedRole } from "./iam/iam-admin-policy-attached-role";
import { iamAdminPolicyAttachedUser } from "./iam/iam-admin-policy-attached-user";
import { iamCompromisedKeyQuarantine } from "./iam/iam-compromised-key-quarantine";
import { iamInlineAdminPolicy } from "./iam/iam-inline-admin-policy";
import { iamLoginProfileCreated } from "./iam/iam-login-profile-created";
import { iamLoginProfileUpdated } from "./iam/iam-login-profile-updated";
import { iamMfaDeactivated } from "./iam/iam-mfa-deactivated";
import { iamOidcProviderCreated } from "./iam/iam-oidc-provider-created";
import { iamPasswordPolicyWeakened } from "./iam/iam-password-policy-weakened";
import { iamPermissionsBoundaryRemoved } from "./iam/iam-permissions-boundary-removed";
import { iamPolicyCreatedAdmin } from "./iam/iam-policy-created-admin";
import { iamPolicyEscalation } from "./iam/iam-policy-escalation";
import { iamPolicyVersionAdmin } from "./iam/iam-policy-version-admin";
import { iamQuarantineRemoved } from "./iam/iam-quarantine-removed";
import { iamRoleCreatedExternalTrust } from "./iam/iam-role-created-external-trust";
import { iamRoleTrustExternal } from "./iam/iam-role-trust-external";
import { iamRolesanywhereTrustAnchor } from "./iam/iam-rolesanywhere-trust-anchor";
import { iamSamlProviderChanged } from "./iam/iam-saml-provider-changed";
import { iamUserAddedToPrivilegedGroup } from "./iam/iam-user-added-to-privileged-group";
import { iamUserCreated } from "./iam/iam-user-created";
import { identityCenterIdpChanged } from "./identity/identity-center-idp-changed";
import { kmsImportedKeyMaterial } from "./kms/kms-imported-key-material";
import { kmsKeyDisabledOrDeletion } from "./kms/kms-key-disabled-or-deletion";
import { kmsKeyPolicyOpened } from "./kms/kms-key-policy-opened";
import { lambdaCodeOverwritten } from "./lambda/lambda-code-overwritten";
import { lambdaFunctionUrlPublic } from "./lambda/lambda-function-url-public";
import { lambdaLayerAdded } from "./lambda/lambda-layer-added";
import { lambdaPermissionPublic } from "./lambda/lambda-permission-public";
import { macieDisabled } from "./macie/macie-disabled";
import { offensiveToolUserAgent } from "./offensive/offensive-tool-user-agent";
import { orgPolicyDetached } from "./org/org-policy-detached";
import { organizationLeave } from "./organization/organization-leave";
import { ownPartChanged } from "./own/own-part-changed";
import { ownRoleUsed } from "./own/own-role-used";
import { rdsActivityStreamStopped } from "./rds/rds-activity-stream-stopped";
import { rdsDeleted } from "./rds/rds-deleted";
import { rdsDeletionProtectionDisabled } from "./rds/rds-deletion-protection-disabled";
import { rdsInstancePublic } from "./rds/rds-instance-public";
import { rdsMasterPasswordChanged } from "./rds/rds-master-password-changed";
import { rdsSnapshotExported } from "./rds/rds-snapshot-exported";
import { rdsSnapshotShared } from "./rds/rds-snapshot-shared";
import { regionEnabled } from "./region/region-enabled";
import { rootAccessKeyCreated } from "./root/root-access-key-created";
import { rootActivity } from "./root/root-activity";
import { rootConsoleLogin } from "./root/root-console-login";
import { rootCredentialsChanged } from "./root/root-credentials-changed";
import { rootLoginProfileCreated } from "./root/root-login-profile-created";
import { route53DomainTransfer } from "./route53/route53-domain-transfer";
import { s3AccessLoggingDisabled } from "./s3/s3-access-logging-disabled";
import { s3AccountPublicAccessBlockRemoved } from "./s3/s3-account-public-access-block-removed";
import { s3BucketAclPublic } from "./s3/s3-bucket-acl-public";
import { s3BucketDeleted } from "./s3/s3-bucket-deleted";
import { s3BucketEncryptionDeleted } from "./s3/s3-bucket-encryption-deleted";
import { s3BucketPolicyExternalAccount } from "./s3/s3-bucket-policy-external-account";
import { s3BucketPolicyPublic } from "./s3/s3-bucket-policy-public";
import { s3BulkDelete } from "./s3/s3-bulk-delete";
import { s3ExternalKmsEncryption } from "./s3/s3-external-kms-encryption";
import { s3MfaDeleteDisabled } from "./s3/s3-mfa-delete-disabled";
import { s3PublicAccessBlockRemoved } from "./s3/s3-public-access-block-removed";
import { s3ReplicationExternal } from "./s3/s3-replication-external";
import { s3SseCEncryption } from "./s3/s3-sse-c-encryption";
import { s3VersioningSuspended } from "./s3/s3-versioning-suspended";
import { secretsBulkRetrieval } from "./secrets/secrets-bulk-retrieval";
import { secretsPolicyPublic } from "./secrets/secrets-policy-public";
import { securityhubDisabled } from "./securityhub/securityhub-disabled";
import { securityhubFindingsSuppressed } from "./securityhub/securityhub-findings-suppressed";
import { sesEnumeration } from "./ses/ses-enumeration";
import { sqsSnsPolicyPublic } from "./sqs/sqs-sns-policy-public";
import { ssmParametersBulkDecrypt } from "./ssm/ssm-parameters-bulk-decrypt";
import { ssmRemoteExecution } from "./ssm/ssm-remote-execution";
import { stsAssumeRoot } from "./sts/sts-assume-root";
import { stsFederationToken } from "./sts/sts-federation-token";
import { stsSessionToken } from "./sts/sts-session-token";
import { unusedRegionActivity } from "./unused/unused-region-activity";
import { vpcFlowLogsDeleted } from "./vpc/vpc-flow-logs-deleted";
import { vpcRouteToInternet } from "./vpc/vpc-route-to-internet";
import { wafProtectionRemoved } from "./waf/waf-protection-removed";
import type { Detection } from "./detection";

/** Every detection, by id. */
export const detections: Detection[] = [
  accessDeniedBurst,
  accountClosed,
  backupDestroyed,
  bedrockGuardrailWeakened,
  bedrockInvocationLoggingDisabled,
  bedrockModelAccessEnabled,
  cloudtrailBucketShortLifecycle,
  cloudtrailEventSelectorsWeakened,
  cloudtrailLoggingStopped,
  cloudtrailTrailDeleted,
  cloudtrailTrailWeakened,
  cloudwatchAlarmDisabled,
  cloudwatchLogGroupDeleted,
  codebuildProjectPublic,
  configRecorderOrChannelDeleted,
  configRecorderStopped,
  consoleLoginFailures,
  consoleLoginWithoutMfa,
  consoleSigninToken,
  dnsQueryLoggingDeleted,
  ebsDefaultEncryptionDisabled,
  ec2AmiDestroyed,
  ec2AmiShared,
  ec2ImageExported,
  ec2Imdsv1Enabled,
  ec2InstanceConnectKeyPushed,
  ec2InstanceCredentialsOutside,
  ec2InstanceProfileChanged,
  ec2KeyPairImported,
  ec2NaclOpenToWorld,
  ec2PasswordDataBurst,
  ec2SerialConsoleEnabled,
  ec2SgOpenToWorld,
  ec2SnapshotShared,
  ec2TrafficMirroring,
  ec2UnusualInstanceLaunch,
  ec2UserDataDownloadBurst,
  ec2UserDataModified,
  ecrPolicyPublic,
  eksClusterAdminGranted,
  eksControlPlaneLoggingDisabled,
  eventbridgeRuleDisabled,
  guarddutyDetectorDeleted,
  guarddutyDetectorDisabled,
  guarddutyFindingsSuppressed,
  guarddutyMemberRemoved,
  iamAccessKeyForOtherUser,
  iamAdminPolicyAttachedGroup,
  iamAdminPolicyAttachedRole,
  iamAdminPolicyAttachedUser,
  iamCompromisedKeyQuarantine,
  iamInlineAdminPolicy,
  iamLoginProfileCreated,
  iamLoginProfileUpdated,
  iamMfaDeactivated,
  iamOidcProviderCreated,
  iamPasswordPolicyWeakened,
  iamPermissionsBoundaryRemoved,
  iamPolicyCreatedAdmin,
  iamPolicyEscalation,
  iamPolicyVersionAdmin,
  iamQuarantineRemoved,
  iamRoleCreatedExternalTrust,
  iamRoleTrustExternal,
  iamRolesanywhereTrustAnchor,
  iamSamlProviderChanged,
  iamUserAddedToPrivilegedGroup,
  iamUserCreated,
  identityCenterIdpChanged,
  kmsImportedKeyMaterial,
  kmsKeyDisabledOrDeletion,
  kmsKeyPolicyOpened,
  lambdaCodeOverwritten,
  lambdaFunctionUrlPublic,
  lambdaLayerAdded,
  lambdaPermissionPublic,
  macieDisabled,
  offensiveToolUserAgent,
  orgPolicyDetached,
  organizationLeave,
  ownPartChanged,
  ownRoleUsed,
  rdsActivityStreamStopped,
  rdsDeleted,
  rdsDeletionProtectionDisabled,
  rdsInstancePublic,
  rdsMasterPasswordChanged,
  rdsSnapshotExported,
  rdsSnapshotShared,
  regionEnabled,
  rootAccessKeyCreated,
  rootActivity,
  rootConsoleLogin,
  rootCredentialsChanged,
  rootLoginProfileCreated,
  route53DomainTransfer,
  s3AccessLoggingDisabled,
  s3AccountPublicAccessBlockRemoved,
  s3BucketAclPublic,
  s3BucketDeleted,
  s3BucketEncryptionDeleted,
  s3BucketPolicyExternalAccount,
  s3BucketPolicyPublic,
  s3BulkDelete,
  s3ExternalKmsEncryption,
  s3MfaDeleteDisabled,
  s3PublicAccessBlockRemoved,
  s3ReplicationExternal,
  s3SseCEncryption,
  s3VersioningSuspended,
  secretsBulkRetrieval,
  secretsPolicyPublic,
  securityhubDisabled,
  securityhubFindingsSuppressed,
  sesEnumeration,
  sqsSnsPolicyPublic,
  ssmParametersBulkDecrypt,
  ssmRemoteExecution,
  stsAssumeRoot,
  stsFederationToken,
  stsSessionToken,
  unusedRegionActivity,
  vpcFlowLogsDeleted,
  vpcRouteToInternet,
  wafProtectionRemoved,
];
