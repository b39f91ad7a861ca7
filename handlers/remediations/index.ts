// Generated from the files of this folder by `npm run docs`.
import { fixBedrockInvocationLoggingDisabled } from "./bedrock/bedrock-invocation-logging-disabled";
import { fixBedrockModelAccessEnabled } from "./bedrock/bedrock-model-access-enabled";
import { fixCloudtrailBucketShortLifecycle } from "./cloudtrail/cloudtrail-bucket-short-lifecycle";
import { fixCloudtrailEventDataStoreDeleted } from "./cloudtrail/cloudtrail-event-data-store-deleted";
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
import { fixDynamodbProtectionRemoved } from "./dynamodb/dynamodb-protection-removed";
import { fixEbsDefaultEncryptionDisabled } from "./ebs/ebs-default-encryption-disabled";
import { fixEc2AmiShared } from "./ec2/ec2-ami-shared";
import { fixEc2ImageExported } from "./ec2/ec2-image-exported";
import { fixEc2Imdsv1Enabled } from "./ec2/ec2-imdsv1-enabled";
import { fixEc2InstanceCredentialsOutside } from "./ec2/ec2-instance-credentials-outside";
import { fixEc2InstanceProfileChanged } from "./ec2/ec2-instance-profile-changed";
import { fixEc2KeyPairCreated } from "./ec2/ec2-key-pair-created";
import { fixEc2KeyPairImported } from "./ec2/ec2-key-pair-imported";
import { fixEc2NaclOpenToWorld } from "./ec2/ec2-nacl-open-to-world";
import { fixEc2PasswordDataBurst } from "./ec2/ec2-password-data-burst";
import { fixEc2PublicAccessBlockDisabled } from "./ec2/ec2-public-access-block-disabled";
import { fixEc2SerialConsoleEnabled } from "./ec2/ec2-serial-console-enabled";
import { fixEc2SgOpenToWorld } from "./ec2/ec2-sg-open-to-world";
import { fixEc2SnapshotShared } from "./ec2/ec2-snapshot-shared";
import { fixEc2TrafficMirroring } from "./ec2/ec2-traffic-mirroring";
import { fixEc2UnusualInstanceLaunch } from "./ec2/ec2-unusual-instance-launch";
import { fixEc2UserDataModified } from "./ec2/ec2-user-data-modified";
import { fixEcrPolicyPublic } from "./ecr/ecr-policy-public";
import { fixEksClusterAdminGranted } from "./eks/eks-cluster-admin-granted";
import { fixEksControlPlaneLoggingDisabled } from "./eks/eks-control-plane-logging-disabled";
import { fixEmrPublicAccessBlockRemoved } from "./emr/emr-public-access-block-removed";
import { fixEventbridgeBusOpened } from "./eventbridge/eventbridge-bus-opened";
import { fixEventbridgeRuleDisabled } from "./eventbridge/eventbridge-rule-disabled";
import { fixGuarddutyDetectorDeleted } from "./guardduty/guardduty-detector-deleted";
import { fixGuarddutyDetectorDisabled } from "./guardduty/guardduty-detector-disabled";
import { fixGuarddutyFindingsSuppressed } from "./guardduty/guardduty-findings-suppressed";
import { fixGuarddutyMemberRemoved } from "./guardduty/guardduty-member-removed";
import { fixIamAccessKeyActivated } from "./iam/iam-access-key-activated";
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
import { fixIamServiceCredentialCreated } from "./iam/iam-service-credential-created";
import { fixIamUserAddedToPrivilegedGroup } from "./iam/iam-user-added-to-privileged-group";
import { fixIamUserRenamed } from "./iam/iam-user-renamed";
import { fixIdentityCenterAssignmentCreated } from "./identity/identity-center-assignment-created";
import { fixIdentityCenterPermissionSetChanged } from "./identity/identity-center-permission-set-changed";
import { fixInspectorDisabled } from "./inspector/inspector-disabled";
import { fixKmsGrantCreated } from "./kms/kms-grant-created";
import { fixKmsKeyDisabledOrDeletion } from "./kms/kms-key-disabled-or-deletion";
import { fixLambdaEventSourceMapped } from "./lambda/lambda-event-source-mapped";
import { fixLambdaFunctionUrlPublic } from "./lambda/lambda-function-url-public";
import { fixLambdaLayerAdded } from "./lambda/lambda-layer-added";
import { fixLambdaLayerShared } from "./lambda/lambda-layer-shared";
import { fixLambdaPermissionPublic } from "./lambda/lambda-permission-public";
import { fixLightsailPortsOpened } from "./lightsail/lightsail-ports-opened";
import { fixMacieDisabled } from "./macie/macie-disabled";
import { fixOffensiveToolUserAgent } from "./offensive/offensive-tool-user-agent";
import { fixOrgPolicyDetached } from "./org/org-policy-detached";
import { fixOrganizationAccountInvited } from "./organization/organization-account-invited";
import { fixOrganizationAccountMoved } from "./organization/organization-account-moved";
import { fixOrganizationDelegatedAdministratorRegistered } from "./organization/organization-delegated-administrator-registered";
import { fixRamResourceShared } from "./ram/ram-resource-shared";
import { fixRdsActivityStreamStopped } from "./rds/rds-activity-stream-stopped";
import { fixRdsBackupsDisabled } from "./rds/rds-backups-disabled";
import { fixRdsDatabaseStopped } from "./rds/rds-database-stopped";
import { fixRdsDeletionProtectionDisabled } from "./rds/rds-deletion-protection-disabled";
import { fixRdsInstancePublic } from "./rds/rds-instance-public";
import { fixRdsSnapshotExported } from "./rds/rds-snapshot-exported";
import { fixRdsSnapshotShared } from "./rds/rds-snapshot-shared";
import { fixRedshiftClusterPublic } from "./redshift/redshift-cluster-public";
import { fixRedshiftSnapshotShared } from "./redshift/redshift-snapshot-shared";
import { fixRegionEnabled } from "./region/region-enabled";
import { fixRoute53DomainTransfer } from "./route53/route53-domain-transfer";
import { fixRoute53ZoneAssociated } from "./route53/route53-zone-associated";
import { fixS3AccessLoggingDisabled } from "./s3/s3-access-logging-disabled";
import { fixS3AccountPublicAccessBlockRemoved } from "./s3/s3-account-public-access-block-removed";
import { fixS3BucketAclPublic } from "./s3/s3-bucket-acl-public";
import { fixS3BucketEncryptionDeleted } from "./s3/s3-bucket-encryption-deleted";
import { fixS3BucketEncryptionForeignKey } from "./s3/s3-bucket-encryption-foreign-key";
import { fixS3BucketPolicyDeleted } from "./s3/s3-bucket-policy-deleted";
import { fixS3BucketPolicyExternalAccount } from "./s3/s3-bucket-policy-external-account";
import { fixS3BucketPolicyPublic } from "./s3/s3-bucket-policy-public";
import { fixS3BulkDelete } from "./s3/s3-bulk-delete";
import { fixS3ExternalKmsEncryption } from "./s3/s3-external-kms-encryption";
import { fixS3PublicAccessBlockRemoved } from "./s3/s3-public-access-block-removed";
import { fixS3ReplicationDeleted } from "./s3/s3-replication-deleted";
import { fixS3ReplicationExternal } from "./s3/s3-replication-external";
import { fixS3SseCEncryption } from "./s3/s3-sse-c-encryption";
import { fixS3VersioningSuspended } from "./s3/s3-versioning-suspended";
import { fixSecretsBulkRetrieval } from "./secrets/secrets-bulk-retrieval";
import { fixSecretsPolicyPublic } from "./secrets/secrets-policy-public";
import { fixSecurityhubDisabled } from "./securityhub/securityhub-disabled";
import { fixSqsSnsPolicyPublic } from "./sqs/sqs-sns-policy-public";
import { fixSsmDocumentShared } from "./ssm/ssm-document-shared";
import { fixSsmParametersBulkDecrypt } from "./ssm/ssm-parameters-bulk-decrypt";
import { fixSsmRemoteExecution } from "./ssm/ssm-remote-execution";
import { fixStsFederationToken } from "./sts/sts-federation-token";
import { fixVpcEndpointServiceOpened } from "./vpc/vpc-endpoint-service-opened";
import { fixVpcFlowLogsDeleted } from "./vpc/vpc-flow-logs-deleted";
import { fixVpcRouteToInternet } from "./vpc/vpc-route-to-internet";
import { fixWafProtectionRemoved } from "./waf/waf-protection-removed";
import type { Remediation } from "./remediation";

/** Every remediation, by the id of its detection. */
export const remediations: Remediation[] = [
  fixBedrockInvocationLoggingDisabled,
  fixBedrockModelAccessEnabled,
  fixCloudtrailBucketShortLifecycle,
  fixCloudtrailEventDataStoreDeleted,
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
  fixDynamodbProtectionRemoved,
  fixEbsDefaultEncryptionDisabled,
  fixEc2AmiShared,
  fixEc2ImageExported,
  fixEc2Imdsv1Enabled,
  fixEc2InstanceCredentialsOutside,
  fixEc2InstanceProfileChanged,
  fixEc2KeyPairCreated,
  fixEc2KeyPairImported,
  fixEc2NaclOpenToWorld,
  fixEc2PasswordDataBurst,
  fixEc2PublicAccessBlockDisabled,
  fixEc2SerialConsoleEnabled,
  fixEc2SgOpenToWorld,
  fixEc2SnapshotShared,
  fixEc2TrafficMirroring,
  fixEc2UnusualInstanceLaunch,
  fixEc2UserDataModified,
  fixEcrPolicyPublic,
  fixEksClusterAdminGranted,
  fixEksControlPlaneLoggingDisabled,
  fixEmrPublicAccessBlockRemoved,
  fixEventbridgeBusOpened,
  fixEventbridgeRuleDisabled,
  fixGuarddutyDetectorDeleted,
  fixGuarddutyDetectorDisabled,
  fixGuarddutyFindingsSuppressed,
  fixGuarddutyMemberRemoved,
  fixIamAccessKeyActivated,
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
  fixIamServiceCredentialCreated,
  fixIamUserAddedToPrivilegedGroup,
  fixIamUserRenamed,
  fixIdentityCenterAssignmentCreated,
  fixIdentityCenterPermissionSetChanged,
  fixInspectorDisabled,
  fixKmsGrantCreated,
  fixKmsKeyDisabledOrDeletion,
  fixLambdaEventSourceMapped,
  fixLambdaFunctionUrlPublic,
  fixLambdaLayerAdded,
  fixLambdaLayerShared,
  fixLambdaPermissionPublic,
  fixLightsailPortsOpened,
  fixMacieDisabled,
  fixOffensiveToolUserAgent,
  fixOrgPolicyDetached,
  fixOrganizationAccountInvited,
  fixOrganizationAccountMoved,
  fixOrganizationDelegatedAdministratorRegistered,
  fixRamResourceShared,
  fixRdsActivityStreamStopped,
  fixRdsBackupsDisabled,
  fixRdsDatabaseStopped,
  fixRdsDeletionProtectionDisabled,
  fixRdsInstancePublic,
  fixRdsSnapshotExported,
  fixRdsSnapshotShared,
  fixRedshiftClusterPublic,
  fixRedshiftSnapshotShared,
  fixRegionEnabled,
  fixRoute53DomainTransfer,
  fixRoute53ZoneAssociated,
  fixS3AccessLoggingDisabled,
  fixS3AccountPublicAccessBlockRemoved,
  fixS3BucketAclPublic,
  fixS3BucketEncryptionDeleted,
  fixS3BucketEncryptionForeignKey,
  fixS3BucketPolicyDeleted,
  fixS3BucketPolicyExternalAccount,
  fixS3BucketPolicyPublic,
  fixS3BulkDelete,
  fixS3ExternalKmsEncryption,
  fixS3PublicAccessBlockRemoved,
  fixS3ReplicationDeleted,
  fixS3ReplicationExternal,
  fixS3SseCEncryption,
  fixS3VersioningSuspended,
  fixSecretsBulkRetrieval,
  fixSecretsPolicyPublic,
  fixSecurityhubDisabled,
  fixSqsSnsPolicyPublic,
  fixSsmDocumentShared,
  fixSsmParametersBulkDecrypt,
  fixSsmRemoteExecution,
  fixStsFederationToken,
  fixVpcEndpointServiceOpened,
  fixVpcFlowLogsDeleted,
  fixVpcRouteToInternet,
  fixWafProtectionRemoved,
];
