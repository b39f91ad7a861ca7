import { undoRegionEnabled } from "./region/region-enabled";
import { undoEc2InstanceCredentialsOutside } from "./ec2/ec2-instance-credentials-outside";
import { undoOffensiveToolUserAgent } from "./offensive/offensive-tool-user-agent";
import { undoBedrockInvocationLoggingDisabled } from "./bedrock/bedrock-invocation-logging-disabled";
import { undoBedrockModelAccessEnabled } from "./bedrock/bedrock-model-access-enabled";
import { undoCloudtrailEventSelectorsWeakened } from "./cloudtrail/cloudtrail-event-selectors-weakened";
import { undoCloudtrailLoggingStopped } from "./cloudtrail/cloudtrail-logging-stopped";
import { undoCloudtrailTrailDeleted } from "./cloudtrail/cloudtrail-trail-deleted";
import { undoCloudtrailTrailWeakened } from "./cloudtrail/cloudtrail-trail-weakened";
import { undoCloudwatchAlarmDisabled } from "./cloudwatch/cloudwatch-alarm-disabled";
import { undoCodebuildProjectPublic } from "./codebuild/codebuild-project-public";
import { undoConfigRecorderOrChannelDeleted } from "./config/config-recorder-or-channel-deleted";
import { undoConfigRecorderStopped } from "./config/config-recorder-stopped";
import { undoEbsDefaultEncryptionDisabled } from "./ebs/ebs-default-encryption-disabled";
import { undoEc2AmiShared } from "./ec2/ec2-ami-shared";
import { undoEc2ImageExported } from "./ec2/ec2-image-exported";
import { undoEc2Imdsv1Enabled } from "./ec2/ec2-imdsv1-enabled";
import { undoEc2InstanceProfileChanged } from "./ec2/ec2-instance-profile-changed";
import { undoEc2KeyPairImported } from "./ec2/ec2-key-pair-imported";
import { undoEc2NaclOpenToWorld } from "./ec2/ec2-nacl-open-to-world";
import { undoEc2PasswordDataBurst } from "./ec2/ec2-password-data-burst";
import { undoEc2SerialConsoleEnabled } from "./ec2/ec2-serial-console-enabled";
import { undoEc2SgOpenToWorld } from "./ec2/ec2-sg-open-to-world";
import { undoEc2SnapshotShared } from "./ec2/ec2-snapshot-shared";
import { undoEc2TrafficMirroring } from "./ec2/ec2-traffic-mirroring";
import { undoEc2UnusualInstanceLaunch } from "./ec2/ec2-unusual-instance-launch";
import { undoEc2UserDataModified } from "./ec2/ec2-user-data-modified";
import { undoVpcFlowLogsDeleted } from "./vpc/vpc-flow-logs-deleted";
import { undoVpcRouteToInternet } from "./vpc/vpc-route-to-internet";
import { undoEcrPolicyPublic } from "./ecr/ecr-policy-public";
import { undoEksClusterAdminGranted } from "./eks/eks-cluster-admin-granted";
import { undoEksControlPlaneLoggingDisabled } from "./eks/eks-control-plane-logging-disabled";
import { undoEventbridgeRuleDisabled } from "./eventbridge/eventbridge-rule-disabled";
import { undoGuarddutyDetectorDeleted } from "./guardduty/guardduty-detector-deleted";
import { undoGuarddutyDetectorDisabled } from "./guardduty/guardduty-detector-disabled";
import { undoGuarddutyFindingsSuppressed } from "./guardduty/guardduty-findings-suppressed";
import { undoGuarddutyMemberRemoved } from "./guardduty/guardduty-member-removed";
import { undoIamAccessKeyForOtherUser } from "./iam/iam-access-key-for-other-user";
import { undoIamAdminPolicyAttachedGroup } from "./iam/iam-admin-policy-attached-group";
import { undoIamAdminPolicyAttachedRole } from "./iam/iam-admin-policy-attached-role";
import { undoIamAdminPolicyAttachedUser } from "./iam/iam-admin-policy-attached-user";
import { undoIamCompromisedKeyQuarantine } from "./iam/iam-compromised-key-quarantine";
import { undoIamInlineAdminPolicy } from "./iam/iam-inline-admin-policy";
import { undoIamLoginProfileCreated } from "./iam/iam-login-profile-created";
import { undoIamLoginProfileUpdated } from "./iam/iam-login-profile-updated";
import { undoIamOidcProviderCreated } from "./iam/iam-oidc-provider-created";
import { undoIamPasswordPolicyWeakened } from "./iam/iam-password-policy-weakened";
import { undoIamPermissionsBoundaryRemoved } from "./iam/iam-permissions-boundary-removed";
import { undoIamPolicyVersionAdmin } from "./iam/iam-policy-version-admin";
import { undoIamQuarantineRemoved } from "./iam/iam-quarantine-removed";
import { undoIamRoleCreatedExternalTrust } from "./iam/iam-role-created-external-trust";
import { undoIamRoleTrustExternal } from "./iam/iam-role-trust-external";
import { undoIamRolesanywhereTrustAnchor } from "./iam/iam-rolesanywhere-trust-anchor";
import { undoIamSamlProviderChanged } from "./iam/iam-saml-provider-changed";
import { undoIamUserAddedToPrivilegedGroup } from "./iam/iam-user-added-to-privileged-group";
import { undoKmsKeyDisabledOrDeletion } from "./kms/kms-key-disabled-or-deletion";
import { undoLambdaFunctionUrlPublic } from "./lambda/lambda-function-url-public";
import { undoLambdaLayerAdded } from "./lambda/lambda-layer-added";
import { undoLambdaPermissionPublic } from "./lambda/lambda-permission-public";
import { undoMacieDisabled } from "./macie/macie-disabled";
import { undoOrgPolicyDetached } from "./org/org-policy-detached";
import { undoRdsActivityStreamStopped } from "./rds/rds-activity-stream-stopped";
import { undoRdsDeletionProtectionDisabled } from "./rds/rds-deletion-protection-disabled";
import { undoRdsInstancePublic } from "./rds/rds-instance-public";
import { undoRdsSnapshotExported } from "./rds/rds-snapshot-exported";
import { undoRdsSnapshotShared } from "./rds/rds-snapshot-shared";
import type { Remediation } from "./remediation";
import { undoRoute53DomainTransfer } from "./route53/route53-domain-transfer";
import { undoDnsQueryLoggingDeleted } from "./dns/dns-query-logging-deleted";
import { undoCloudtrailBucketShortLifecycle } from "./cloudtrail/cloudtrail-bucket-short-lifecycle";
import { undoS3AccessLoggingDisabled } from "./s3/s3-access-logging-disabled";
import { undoS3AccountPublicAccessBlockRemoved } from "./s3/s3-account-public-access-block-removed";
import { undoS3BucketAclPublic } from "./s3/s3-bucket-acl-public";
import { undoS3BucketEncryptionDeleted } from "./s3/s3-bucket-encryption-deleted";
import { undoS3BucketPolicyExternalAccount } from "./s3/s3-bucket-policy-external-account";
import { undoS3BucketPolicyPublic } from "./s3/s3-bucket-policy-public";
import { undoS3BulkDelete } from "./s3/s3-bulk-delete";
import { undoS3ExternalKmsEncryption } from "./s3/s3-external-kms-encryption";
import { undoS3PublicAccessBlockRemoved } from "./s3/s3-public-access-block-removed";
import { undoS3ReplicationExternal } from "./s3/s3-replication-external";
import { undoS3SseCEncryption } from "./s3/s3-sse-c-encryption";
import { undoS3VersioningSuspended } from "./s3/s3-versioning-suspended";
import { undoSecretsBulkRetrieval } from "./secrets/secrets-bulk-retrieval";
import { undoSecretsPolicyPublic } from "./secrets/secrets-policy-public";
import { undoSecurityhubDisabled } from "./securityhub/securityhub-disabled";
import { undoSqsSnsPolicyPublic } from "./sqs/sqs-sns-policy-public";
import { undoSsmParametersBulkDecrypt } from "./ssm/ssm-parameters-bulk-decrypt";
import { undoSsmRemoteExecution } from "./ssm/ssm-remote-execution";
import { undoStsFederationToken } from "./sts/sts-federation-token";
import { undoWafProtectionRemoved } from "./waf/waf-protection-removed";

/** Every remediation. A detection without one is told and never fixed. */
export const remediations: Remediation[] = [
  undoBedrockInvocationLoggingDisabled,
  undoBedrockModelAccessEnabled,
  undoCloudtrailBucketShortLifecycle,
  undoCloudtrailEventSelectorsWeakened,
  undoCloudtrailLoggingStopped,
  undoCloudtrailTrailDeleted,
  undoCloudtrailTrailWeakened,
  undoCloudwatchAlarmDisabled,
  undoCodebuildProjectPublic,
  undoConfigRecorderOrChannelDeleted,
  undoConfigRecorderStopped,
  undoDnsQueryLoggingDeleted,
  undoEbsDefaultEncryptionDisabled,
  undoEc2AmiShared,
  undoEc2ImageExported,
  undoEc2Imdsv1Enabled,
  undoEc2InstanceCredentialsOutside,
  undoEc2InstanceProfileChanged,
  undoEc2KeyPairImported,
  undoEc2NaclOpenToWorld,
  undoEc2PasswordDataBurst,
  undoEc2SerialConsoleEnabled,
  undoEc2SgOpenToWorld,
  undoEc2SnapshotShared,
  undoEc2TrafficMirroring,
  undoEc2UnusualInstanceLaunch,
  undoEc2UserDataModified,
  undoEcrPolicyPublic,
  undoEksClusterAdminGranted,
  undoEksControlPlaneLoggingDisabled,
  undoEventbridgeRuleDisabled,
  undoGuarddutyDetectorDeleted,
  undoGuarddutyDetectorDisabled,
  undoGuarddutyFindingsSuppressed,
  undoGuarddutyMemberRemoved,
  undoIamAccessKeyForOtherUser,
  undoIamAdminPolicyAttachedGroup,
  undoIamAdminPolicyAttachedRole,
  undoIamAdminPolicyAttachedUser,
  undoIamCompromisedKeyQuarantine,
  undoIamInlineAdminPolicy,
  undoIamLoginProfileCreated,
  undoIamLoginProfileUpdated,
  undoIamOidcProviderCreated,
  undoIamPasswordPolicyWeakened,
  undoIamPermissionsBoundaryRemoved,
  undoIamPolicyVersionAdmin,
  undoIamQuarantineRemoved,
  undoIamRoleCreatedExternalTrust,
  undoIamRoleTrustExternal,
  undoIamRolesanywhereTrustAnchor,
  undoIamSamlProviderChanged,
  undoIamUserAddedToPrivilegedGroup,
  undoKmsKeyDisabledOrDeletion,
  undoLambdaFunctionUrlPublic,
  undoLambdaLayerAdded,
  undoLambdaPermissionPublic,
  undoMacieDisabled,
  undoOffensiveToolUserAgent,
  undoOrgPolicyDetached,
  undoRdsActivityStreamStopped,
  undoRdsDeletionProtectionDisabled,
  undoRdsInstancePublic,
  undoRdsSnapshotExported,
  undoRdsSnapshotShared,
  undoRegionEnabled,
  undoRoute53DomainTransfer,
  undoS3AccessLoggingDisabled,
  undoS3AccountPublicAccessBlockRemoved,
  undoS3BucketAclPublic,
  undoS3BucketEncryptionDeleted,
  undoS3BucketPolicyExternalAccount,
  undoS3BucketPolicyPublic,
  undoS3BulkDelete,
  undoS3ExternalKmsEncryption,
  undoS3PublicAccessBlockRemoved,
  undoS3ReplicationExternal,
  undoS3SseCEncryption,
  undoS3VersioningSuspended,
  undoSecretsBulkRetrieval,
  undoSecretsPolicyPublic,
  undoSecurityhubDisabled,
  undoSqsSnsPolicyPublic,
  undoSsmParametersBulkDecrypt,
  undoSsmRemoteExecution,
  undoStsFederationToken,
  undoVpcFlowLogsDeleted,
  undoVpcRouteToInternet,
  undoWafProtectionRemoved,
];
