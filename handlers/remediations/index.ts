// Made from the files of this folder by `npm run docs`.
import { fixBedrockInvocationLoggingDisabled } from "./bedrock/bedrock-invocation-logging-disabled";
import { fixBedrockModelAccessEnabled } from "./bedrock/bedrock-model-access-enabled";
import { fixCloudtrailBucketShortLifecycle } from "./cloudtrail/cloudtrail-bucket-short-lifecycle";
import { fixCloudtrailEventSelectorsWeakened } from "./cloudtrail/cloudtrail-event-selectors-weakened";
import { fixCloudtrailLoggingStopped } from "./cloudtrail/cloudtrail-logging-stopped";
import { fixCloudtrailTrailDeleted } from "./cloudtrail/cloudtrail-trail-deleted";
import { fixCloudtrailTrailWeakened } from "./cloudtrail/cloudtrail-trail-weakened";
import { fixCloudwatchAlarmDisabled } from "./cloudwatch/cloudwatch-alarm-disabled";
import { fixCodebuildProjectPublic } from "./codebuild/codebuild-project-public";
import { fixConfigRecorderNarrowed } from "./config/config-recorder-narrowed";
import { fixConfigRecorderOrChannelDeleted } from "./config/config-recorder-or-channel-deleted";
import { fixConfigRecorderStopped } from "./config/config-recorder-stopped";
import { fixDnsQueryLoggingDeleted } from "./dns/dns-query-logging-deleted";
import { fixEbsDefaultEncryptionDisabled } from "./ebs/ebs-default-encryption-disabled";
import { fixEc2AmiShared } from "./ec2/ec2-ami-shared";
import { fixEc2ImageExported } from "./ec2/ec2-image-exported";
import { fixEc2Imdsv1Enabled } from "./ec2/ec2-imdsv1-enabled";
import { fixEc2InstanceCredentialsOutside } from "./ec2/ec2-instance-credentials-outside";
import { fixEc2InstanceProfileChanged } from "./ec2/ec2-instance-profile-changed";
import { fixEc2KeyPairImported } from "./ec2/ec2-key-pair-imported";
import { fixEc2NaclOpenToWorld } from "./ec2/ec2-nacl-open-to-world";
import { fixEc2PasswordDataBurst } from "./ec2/ec2-password-data-burst";
import { fixEc2SerialConsoleEnabled } from "./ec2/ec2-serial-console-enabled";
import { fixEc2SgOpenToWorld } from "./ec2/ec2-sg-open-to-world";
import { fixEc2SnapshotShared } from "./ec2/ec2-snapshot-shared";
import { fixEc2TrafficMirroring } from "./ec2/ec2-traffic-mirroring";
import { fixEc2UnusualInstanceLaunch } from "./ec2/ec2-unusual-instance-launch";
import { fixEc2UserDataModified } from "./ec2/ec2-user-data-modified";
import { fixEcrPolicyPublic } from "./ecr/ecr-policy-public";
import { fixEksClusterAdminGranted } from "./eks/eks-cluster-admin-granted";
import { fixEksControlPlaneLoggingDisabled } from "./eks/eks-control-plane-logging-disabled";
import { fixEventbridgeRuleDisabled } from "./eventbridge/eventbridge-rule-disabled";
import { fixGuarddutyDetectorDeleted } from "./guardduty/guardduty-detector-deleted";
import { fixGuarddutyDetectorDisabled } from "./guardduty/guardduty-detector-disabled";
import { fixGuarddutyFindingsSuppressed } from "./guardduty/guardduty-findings-suppressed";
import { fixGuarddutyMemberRemoved } from "./guardduty/guardduty-member-removed";
import { fixIamAccessKeyForOtherUser } from "./iam/iam-access-key-for-other-user";
import { fixIamAdminPolicyAttachedGroup } from "./iam/iam-admin-policy-attached-group";
import { fixIamAdminPolicyAttachedRole } from "./iam/iam-admin-policy-attached-role";
import { fixIamAdminPolicyAttachedUser } from "./iam/iam-admin-policy-attached-user";
import { fixIamCompromisedKeyQuarantine } from "./iam/iam-compromised-key-quarantine";
import { fixIamInlineAdminPolicy } from "./iam/iam-inline-admin-policy";
import { fixIamLoginProfileCreated } from "./iam/iam-login-profile-created";
import { fixIamLoginProfileUpdated } from "./iam/iam-login-profile-updated";
import { fixIamOidcProviderCreated } from "./iam/iam-oidc-provider-created";
import { fixIamOwnAccessKeyCreated } from "./iam/iam-own-access-key-created";
import { fixIamOwnLoginProfileCreated } from "./iam/iam-own-login-profile-created";
import { fixIamPasswordPolicyWeakened } from "./iam/iam-password-policy-weakened";
import { fixIamPermissionsBoundaryRemoved } from "./iam/iam-permissions-boundary-removed";
import { fixIamPolicyEscalation } from "./iam/iam-policy-escalation";
import { fixIamPolicyVersionAdmin } from "./iam/iam-policy-version-admin";
import { fixIamQuarantineRemoved } from "./iam/iam-quarantine-removed";
import { fixIamRoleCreatedExternalTrust } from "./iam/iam-role-created-external-trust";
import { fixIamRoleTrustExternal } from "./iam/iam-role-trust-external";
import { fixIamRolesanywhereTrustAnchor } from "./iam/iam-rolesanywhere-trust-anchor";
import { fixIamSamlProviderChanged } from "./iam/iam-saml-provider-changed";
import { fixIamUserAddedToPrivilegedGroup } from "./iam/iam-user-added-to-privileged-group";
import { fixKmsKeyDisabledOrDeletion } from "./kms/kms-key-disabled-or-deletion";
import { fixLambdaFunctionUrlPublic } from "./lambda/lambda-function-url-public";
import { fixLambdaLayerAdded } from "./lambda/lambda-layer-added";
import { fixLambdaPermissionPublic } from "./lambda/lambda-permission-public";
import { fixMacieDisabled } from "./macie/macie-disabled";
import { fixOffensiveToolUserAgent } from "./offensive/offensive-tool-user-agent";
import { fixOrgPolicyDetached } from "./org/org-policy-detached";
import { fixRdsActivityStreamStopped } from "./rds/rds-activity-stream-stopped";
import { fixRdsBackupsDisabled } from "./rds/rds-backups-disabled";
import { fixRdsDeletionProtectionDisabled } from "./rds/rds-deletion-protection-disabled";
import { fixRdsInstancePublic } from "./rds/rds-instance-public";
import { fixRdsSnapshotExported } from "./rds/rds-snapshot-exported";
import { fixRdsSnapshotShared } from "./rds/rds-snapshot-shared";
import { fixRegionEnabled } from "./region/region-enabled";
import { fixRoute53DomainTransfer } from "./route53/route53-domain-transfer";
import { fixS3AccessLoggingDisabled } from "./s3/s3-access-logging-disabled";
import { fixS3AccountPublicAccessBlockRemoved } from "./s3/s3-account-public-access-block-removed";
import { fixS3BucketAclPublic } from "./s3/s3-bucket-acl-public";
import { fixS3BucketEncryptionDeleted } from "./s3/s3-bucket-encryption-deleted";
import { fixS3BucketPolicyExternalAccount } from "./s3/s3-bucket-policy-external-account";
import { fixS3BucketPolicyPublic } from "./s3/s3-bucket-policy-public";
import { fixS3BulkDelete } from "./s3/s3-bulk-delete";
import { fixS3ExternalKmsEncryption } from "./s3/s3-external-kms-encryption";
import { fixS3PublicAccessBlockRemoved } from "./s3/s3-public-access-block-removed";
import { fixS3ReplicationExternal } from "./s3/s3-replication-external";
import { fixS3SseCEncryption } from "./s3/s3-sse-c-encryption";
import { fixS3VersioningSuspended } from "./s3/s3-versioning-suspended";
import { fixSecretsBulkRetrieval } from "./secrets/secrets-bulk-retrieval";
import { fixSecretsPolicyPublic } from "./secrets/secrets-policy-public";
import { fixSecurityhubDisabled } from "./securityhub/securityhub-disabled";
import { fixSqsSnsPolicyPublic } from "./sqs/sqs-sns-policy-public";
import { fixSsmParametersBulkDecrypt } from "./ssm/ssm-parameters-bulk-decrypt";
import { fixSsmRemoteExecution } from "./ssm/ssm-remote-execution";
import { fixStsFederationToken } from "./sts/sts-federation-token";
import { fixVpcFlowLogsDeleted } from "./vpc/vpc-flow-logs-deleted";
import { fixVpcRouteToInternet } from "./vpc/vpc-route-to-internet";
import { fixWafProtectionRemoved } from "./waf/waf-protection-removed";
import type { Remediation } from "./remediation";

/** Every remediation, by the id of its detection. */
export const remediations: Remediation[] = [
  fixBedrockInvocationLoggingDisabled,
  fixBedrockModelAccessEnabled,
  fixCloudtrailBucketShortLifecycle,
  fixCloudtrailEventSelectorsWeakened,
  fixCloudtrailLoggingStopped,
  fixCloudtrailTrailDeleted,
  fixCloudtrailTrailWeakened,
  fixCloudwatchAlarmDisabled,
  fixCodebuildProjectPublic,
  fixConfigRecorderNarrowed,
  fixConfigRecorderOrChannelDeleted,
  fixConfigRecorderStopped,
  fixDnsQueryLoggingDeleted,
  fixEbsDefaultEncryptionDisabled,
  fixEc2AmiShared,
  fixEc2ImageExported,
  fixEc2Imdsv1Enabled,
  fixEc2InstanceCredentialsOutside,
  fixEc2InstanceProfileChanged,
  fixEc2KeyPairImported,
  fixEc2NaclOpenToWorld,
  fixEc2PasswordDataBurst,
  fixEc2SerialConsoleEnabled,
  fixEc2SgOpenToWorld,
  fixEc2SnapshotShared,
  fixEc2TrafficMirroring,
  fixEc2UnusualInstanceLaunch,
  fixEc2UserDataModified,
  fixEcrPolicyPublic,
  fixEksClusterAdminGranted,
  fixEksControlPlaneLoggingDisabled,
  fixEventbridgeRuleDisabled,
  fixGuarddutyDetectorDeleted,
  fixGuarddutyDetectorDisabled,
  fixGuarddutyFindingsSuppressed,
  fixGuarddutyMemberRemoved,
  fixIamAccessKeyForOtherUser,
  fixIamAdminPolicyAttachedGroup,
  fixIamAdminPolicyAttachedRole,
  fixIamAdminPolicyAttachedUser,
  fixIamCompromisedKeyQuarantine,
  fixIamInlineAdminPolicy,
  fixIamLoginProfileCreated,
  fixIamLoginProfileUpdated,
  fixIamOidcProviderCreated,
  fixIamOwnAccessKeyCreated,
  fixIamOwnLoginProfileCreated,
  fixIamPasswordPolicyWeakened,
  fixIamPermissionsBoundaryRemoved,
  fixIamPolicyEscalation,
  fixIamPolicyVersionAdmin,
  fixIamQuarantineRemoved,
  fixIamRoleCreatedExternalTrust,
  fixIamRoleTrustExternal,
  fixIamRolesanywhereTrustAnchor,
  fixIamSamlProviderChanged,
  fixIamUserAddedToPrivilegedGroup,
  fixKmsKeyDisabledOrDeletion,
  fixLambdaFunctionUrlPublic,
  fixLambdaLayerAdded,
  fixLambdaPermissionPublic,
  fixMacieDisabled,
  fixOffensiveToolUserAgent,
  fixOrgPolicyDetached,
  fixRdsActivityStreamStopped,
  fixRdsBackupsDisabled,
  fixRdsDeletionProtectionDisabled,
  fixRdsInstancePublic,
  fixRdsSnapshotExported,
  fixRdsSnapshotShared,
  fixRegionEnabled,
  fixRoute53DomainTransfer,
  fixS3AccessLoggingDisabled,
  fixS3AccountPublicAccessBlockRemoved,
  fixS3BucketAclPublic,
  fixS3BucketEncryptionDeleted,
  fixS3BucketPolicyExternalAccount,
  fixS3BucketPolicyPublic,
  fixS3BulkDelete,
  fixS3ExternalKmsEncryption,
  fixS3PublicAccessBlockRemoved,
  fixS3ReplicationExternal,
  fixS3SseCEncryption,
  fixS3VersioningSuspended,
  fixSecretsBulkRetrieval,
  fixSecretsPolicyPublic,
  fixSecurityhubDisabled,
  fixSqsSnsPolicyPublic,
  fixSsmParametersBulkDecrypt,
  fixSsmRemoteExecution,
  fixStsFederationToken,
  fixVpcFlowLogsDeleted,
  fixVpcRouteToInternet,
  fixWafProtectionRemoved,
];
