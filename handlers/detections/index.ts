// Generated from the files of this folder by `npm run docs`.
import { accessAnalyzerDeleted } from "./access/access-analyzer-deleted";
import { accessDeniedBurst } from "./access/access-denied-burst";
import { accessLoggingDisabled } from "./access/access-logging-disabled";
import { accountClosed } from "./account/account-closed";
import { accountCommitmentPurchased } from "./account/account-commitment-purchased";
import { accountContactChanged } from "./account/account-contact-changed";
import { accountCostAlarmDeleted } from "./account/account-cost-alarm-deleted";
import { accountKeyTried } from "./account/account-key-tried";
import { accountServicesEnumerated } from "./account/account-services-enumerated";
import { acmCaDisabled } from "./acm/acm-ca-disabled";
import { acmCertificateExported } from "./acm/acm-certificate-exported";
import { apigatewayApiKeyCreated } from "./apigateway/apigateway-api-key-created";
import { apigatewayRouteCreated } from "./apigateway/apigateway-route-created";
import { appsyncAccessOpened } from "./appsync/appsync-access-opened";
import { autoscalingGroupCreated } from "./autoscaling/autoscaling-group-created";
import { backupCopiedExternal } from "./backup/backup-copied-external";
import { backupDestroyed } from "./backup/backup-destroyed";
import { backupPlanDeleted } from "./backup/backup-plan-deleted";
import { backupProtectionWeakened } from "./backup/backup-protection-weakened";
import { batchWorkloadStarted } from "./batch/batch-workload-started";
import { bedrockGuardrailWeakened } from "./bedrock/bedrock-guardrail-weakened";
import { bedrockInvocationLoggingDisabled } from "./bedrock/bedrock-invocation-logging-disabled";
import { bedrockModelAccessEnabled } from "./bedrock/bedrock-model-access-enabled";
import { bedrockModelInvoked } from "./bedrock/bedrock-model-invoked";
import { bedrockModelMassInvoked } from "./bedrock/bedrock-model-mass-invoked";
import { bedrockModelsEnumerated } from "./bedrock/bedrock-models-enumerated";
import { bedrockModelsProbed } from "./bedrock/bedrock-models-probed";
import { bedrockThroughputPurchased } from "./bedrock/bedrock-throughput-purchased";
import { cloudformationStackCreated } from "./cloudformation/cloudformation-stack-created";
import { cloudfrontDistributionChanged } from "./cloudfront/cloudfront-distribution-changed";
import { cloudshellSessionStarted } from "./cloudshell/cloudshell-session-started";
import { cloudtrailBucketShortLifecycle } from "./cloudtrail/cloudtrail-bucket-short-lifecycle";
import { cloudtrailEventDataStoreDeleted } from "./cloudtrail/cloudtrail-event-data-store-deleted";
import { cloudtrailEventDataStoreNarrowed } from "./cloudtrail/cloudtrail-event-data-store-narrowed";
import { cloudtrailEventSelectorsWeakened } from "./cloudtrail/cloudtrail-event-selectors-weakened";
import { cloudtrailInsightsDisabled } from "./cloudtrail/cloudtrail-insights-disabled";
import { cloudtrailLoggingStopped } from "./cloudtrail/cloudtrail-logging-stopped";
import { cloudtrailTrailDeleted } from "./cloudtrail/cloudtrail-trail-deleted";
import { cloudtrailTrailWeakened } from "./cloudtrail/cloudtrail-trail-weakened";
import { cloudwatchAlarmDisabled } from "./cloudwatch/cloudwatch-alarm-disabled";
import { cloudwatchAlarmSilenced } from "./cloudwatch/cloudwatch-alarm-silenced";
import { cloudwatchLogExportDeleted } from "./cloudwatch/cloudwatch-log-export-deleted";
import { cloudwatchLogGroupDeleted } from "./cloudwatch/cloudwatch-log-group-deleted";
import { codebuildProjectCreated } from "./codebuild/codebuild-project-created";
import { codebuildProjectPublic } from "./codebuild/codebuild-project-public";
import { cognitoCredentialsRequested } from "./cognito/cognito-credentials-requested";
import { cognitoGuestAccessEnabled } from "./cognito/cognito-guest-access-enabled";
import { cognitoIdentityProviderAdded } from "./cognito/cognito-identity-provider-added";
import { cognitoMfaDisabled } from "./cognito/cognito-mfa-disabled";
import { cognitoUserCreated } from "./cognito/cognito-user-created";
import { computeServiceUsed } from "./compute/compute-service-used";
import { computeSessionRequested } from "./compute/compute-session-requested";
import { configAggregationDeleted } from "./config/config-aggregation-deleted";
import { configRecorderNarrowed } from "./config/config-recorder-narrowed";
import { configRecorderOrChannelDeleted } from "./config/config-recorder-or-channel-deleted";
import { configRecorderStopped } from "./config/config-recorder-stopped";
import { connectInstanceCreated } from "./connect/connect-instance-created";
import { consoleLoginFailures } from "./console/console-login-failures";
import { consoleLoginWithoutMfa } from "./console/console-login-without-mfa";
import { consoleRoleSwitched } from "./console/console-role-switched";
import { consoleSigninToken } from "./console/console-signin-token";
import { dataEndpointPublic } from "./data/data-endpoint-public";
import { dataMigrationStarted } from "./data/data-migration-started";
import { dataSentOutside } from "./data/data-sent-outside";
import { dataStoreDeleted } from "./data/data-store-deleted";
import { datasyncTaskCreated } from "./datasync/datasync-task-created";
import { detectiveGraphDeleted } from "./detective/detective-graph-deleted";
import { directoryAccessChanged } from "./directory/directory-access-changed";
import { dnsFirewallWeakened } from "./dns/dns-firewall-weakened";
import { dnsQueryLoggingDeleted } from "./dns/dns-query-logging-deleted";
import { dynamodbBackupRestored } from "./dynamodb/dynamodb-backup-restored";
import { dynamodbProtectionRemoved } from "./dynamodb/dynamodb-protection-removed";
import { dynamodbTableDeleted } from "./dynamodb/dynamodb-table-deleted";
import { dynamodbTableExported } from "./dynamodb/dynamodb-table-exported";
import { dynamodbTableScanned } from "./dynamodb/dynamodb-table-scanned";
import { ebsDefaultEncryptionDisabled } from "./ebs/ebs-default-encryption-disabled";
import { ebsSnapshotDownloaded } from "./ebs/ebs-snapshot-downloaded";
import { ec2AmiDestroyed } from "./ec2/ec2-ami-destroyed";
import { ec2AmiShared } from "./ec2/ec2-ami-shared";
import { ec2ConnectTunnelOpened } from "./ec2/ec2-connect-tunnel-opened";
import { ec2ConsoleRead } from "./ec2/ec2-console-read";
import { ec2DefaultVpcCreated } from "./ec2/ec2-default-vpc-created";
import { ec2ImageExported } from "./ec2/ec2-image-exported";
import { ec2Imdsv1Enabled } from "./ec2/ec2-imdsv1-enabled";
import { ec2InstanceConnectKeyPushed } from "./ec2/ec2-instance-connect-key-pushed";
import { ec2InstanceCredentialsOutside } from "./ec2/ec2-instance-credentials-outside";
import { ec2InstanceProfileChanged } from "./ec2/ec2-instance-profile-changed";
import { ec2InstanceProtected } from "./ec2/ec2-instance-protected";
import { ec2InstancesDestroyed } from "./ec2/ec2-instances-destroyed";
import { ec2InstancesStarted } from "./ec2/ec2-instances-started";
import { ec2KeyPairCreated } from "./ec2/ec2-key-pair-created";
import { ec2KeyPairImported } from "./ec2/ec2-key-pair-imported";
import { ec2LaunchTemplateChanged } from "./ec2/ec2-launch-template-changed";
import { ec2MachineSetUp } from "./ec2/ec2-machine-set-up";
import { ec2NaclChanged } from "./ec2/ec2-nacl-changed";
import { ec2NaclOpenToWorld } from "./ec2/ec2-nacl-open-to-world";
import { ec2PasswordDataBurst } from "./ec2/ec2-password-data-burst";
import { ec2PrefixListOpened } from "./ec2/ec2-prefix-list-opened";
import { ec2PublicAccessBlockDisabled } from "./ec2/ec2-public-access-block-disabled";
import { ec2SerialConsoleEnabled } from "./ec2/ec2-serial-console-enabled";
import { ec2SgOpenToWorld } from "./ec2/ec2-sg-open-to-world";
import { ec2SgUnusualPortOpened } from "./ec2/ec2-sg-unusual-port-opened";
import { ec2SharedSnapshotUsed } from "./ec2/ec2-shared-snapshot-used";
import { ec2SnapshotShared } from "./ec2/ec2-snapshot-shared";
import { ec2SnapshotsCreated } from "./ec2/ec2-snapshots-created";
import { ec2SpotRequested } from "./ec2/ec2-spot-requested";
import { ec2TrafficMirrorPrepared } from "./ec2/ec2-traffic-mirror-prepared";
import { ec2TrafficMirroring } from "./ec2/ec2-traffic-mirroring";
import { ec2UnusualInstanceLaunch } from "./ec2/ec2-unusual-instance-launch";
import { ec2UserDataDownloadBurst } from "./ec2/ec2-user-data-download-burst";
import { ec2UserDataModified } from "./ec2/ec2-user-data-modified";
import { ec2VolumeAttached } from "./ec2/ec2-volume-attached";
import { ec2VolumesDestroyed } from "./ec2/ec2-volumes-destroyed";
import { ecrImagePushed } from "./ecr/ecr-image-pushed";
import { ecrPolicyPublic } from "./ecr/ecr-policy-public";
import { ecrScanningDisabled } from "./ecr/ecr-scanning-disabled";
import { ecsCommandExecuted } from "./ecs/ecs-command-executed";
import { ecsHostExposed } from "./ecs/ecs-host-exposed";
import { ecsWorkloadStarted } from "./ecs/ecs-workload-started";
import { efsFileSystemDeleted } from "./efs/efs-file-system-deleted";
import { efsPolicyOpened } from "./efs/efs-policy-opened";
import { eksAccessEntryCreated } from "./eks/eks-access-entry-created";
import { eksClusterAdminGranted } from "./eks/eks-cluster-admin-granted";
import { eksClusterCreated } from "./eks/eks-cluster-created";
import { eksControlPlaneLoggingDisabled } from "./eks/eks-control-plane-logging-disabled";
import { eksEndpointPublic } from "./eks/eks-endpoint-public";
import { eksIdentityProviderAssociated } from "./eks/eks-identity-provider-associated";
import { elbListenerChanged } from "./elb/elb-listener-changed";
import { emrPublicAccessBlockRemoved } from "./emr/emr-public-access-block-removed";
import { eventbridgeBusOpened } from "./eventbridge/eventbridge-bus-opened";
import { eventbridgeRuleCreated } from "./eventbridge/eventbridge-rule-created";
import { eventbridgeRuleDisabled } from "./eventbridge/eventbridge-rule-disabled";
import { guarddutyDetectorDeleted } from "./guardduty/guardduty-detector-deleted";
import { guarddutyDetectorDisabled } from "./guardduty/guardduty-detector-disabled";
import { guarddutyExportRemoved } from "./guardduty/guardduty-export-removed";
import { guarddutyFindingsSuppressed } from "./guardduty/guardduty-findings-suppressed";
import { guarddutyListDeleted } from "./guardduty/guardduty-list-deleted";
import { guarddutyMemberRemoved } from "./guardduty/guardduty-member-removed";
import { iamAccessKeyActivated } from "./iam/iam-access-key-activated";
import { iamAccessKeyForOtherUser } from "./iam/iam-access-key-for-other-user";
import { iamAccountAliasChanged } from "./iam/iam-account-alias-changed";
import { iamAdminPolicyAttachedGroup } from "./iam/iam-admin-policy-attached-group";
import { iamAdminPolicyAttachedRole } from "./iam/iam-admin-policy-attached-role";
import { iamAdminPolicyAttachedUser } from "./iam/iam-admin-policy-attached-user";
import { iamAuthorizationDetailsRead } from "./iam/iam-authorization-details-read";
import { iamCompromisedKeyQuarantine } from "./iam/iam-compromised-key-quarantine";
import { iamIdentitiesEnumerated } from "./iam/iam-identities-enumerated";
import { iamInlineAdminPolicy } from "./iam/iam-inline-admin-policy";
import { iamInstanceProfileChanged } from "./iam/iam-instance-profile-changed";
import { iamLoginProfileCreated } from "./iam/iam-login-profile-created";
import { iamLoginProfileUpdated } from "./iam/iam-login-profile-updated";
import { iamMfaDeactivated } from "./iam/iam-mfa-deactivated";
import { iamMfaDeviceRegistered } from "./iam/iam-mfa-device-registered";
import { iamOidcProviderChanged } from "./iam/iam-oidc-provider-changed";
import { iamOidcProviderCreated } from "./iam/iam-oidc-provider-created";
import { iamOwnAccessKeyCreated } from "./iam/iam-own-access-key-created";
import { iamOwnLoginProfileCreated } from "./iam/iam-own-login-profile-created";
import { iamPasswordChanged } from "./iam/iam-password-changed";
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
import { iamServiceCredentialCreated } from "./iam/iam-service-credential-created";
import { iamUserAddedToPrivilegedGroup } from "./iam/iam-user-added-to-privileged-group";
import { iamUserCreated } from "./iam/iam-user-created";
import { iamUserRenamed } from "./iam/iam-user-renamed";
import { iamUsersChanged } from "./iam/iam-users-changed";
import { iamUsersLockedOut } from "./iam/iam-users-locked-out";
import { identityCenterAssignmentCreated } from "./identity/identity-center-assignment-created";
import { identityCenterDeviceAuthorized } from "./identity/identity-center-device-authorized";
import { identityCenterIdpChanged } from "./identity/identity-center-idp-changed";
import { identityCenterInstanceDeleted } from "./identity/identity-center-instance-deleted";
import { identityCenterMfaChanged } from "./identity/identity-center-mfa-changed";
import { identityCenterPermissionSetChanged } from "./identity/identity-center-permission-set-changed";
import { identityCenterPermissionSetCreated } from "./identity/identity-center-permission-set-created";
import { identityCenterTrustAdded } from "./identity/identity-center-trust-added";
import { identityCenterUserCreated } from "./identity/identity-center-user-created";
import { inspectorDisabled } from "./inspector/inspector-disabled";
import { kmsAliasChanged } from "./kms/kms-alias-changed";
import { kmsForeignKeyUsed } from "./kms/kms-foreign-key-used";
import { kmsGrantCreated } from "./kms/kms-grant-created";
import { kmsImportedKeyMaterial } from "./kms/kms-imported-key-material";
import { kmsKeyDisabledOrDeletion } from "./kms/kms-key-disabled-or-deletion";
import { kmsKeyPolicyOpened } from "./kms/kms-key-policy-opened";
import { kmsKeyRotationDisabled } from "./kms/kms-key-rotation-disabled";
import { kmsKeyStoreDisconnected } from "./kms/kms-key-store-disconnected";
import { lambdaCodeDownloaded } from "./lambda/lambda-code-downloaded";
import { lambdaCodeOverwritten } from "./lambda/lambda-code-overwritten";
import { lambdaEnvironmentHooked } from "./lambda/lambda-environment-hooked";
import { lambdaEventSourceMapped } from "./lambda/lambda-event-source-mapped";
import { lambdaFunctionCreated } from "./lambda/lambda-function-created";
import { lambdaFunctionInvoked } from "./lambda/lambda-function-invoked";
import { lambdaFunctionUrlPublic } from "./lambda/lambda-function-url-public";
import { lambdaLayerAdded } from "./lambda/lambda-layer-added";
import { lambdaLayerPublished } from "./lambda/lambda-layer-published";
import { lambdaLayerShared } from "./lambda/lambda-layer-shared";
import { lambdaPermissionPublic } from "./lambda/lambda-permission-public";
import { lightsailInstanceCreated } from "./lightsail/lightsail-instance-created";
import { lightsailPortsOpened } from "./lightsail/lightsail-ports-opened";
import { macieDisabled } from "./macie/macie-disabled";
import { networkFirewallRemoved } from "./network/network-firewall-removed";
import { offensiveToolUserAgent } from "./offensive/offensive-tool-user-agent";
import { opensearchDomainOpened } from "./opensearch/opensearch-domain-opened";
import { orgPolicyAttached } from "./org/org-policy-attached";
import { orgPolicyDetached } from "./org/org-policy-detached";
import { organizationAccountCreated } from "./organization/organization-account-created";
import { organizationAccountInvited } from "./organization/organization-account-invited";
import { organizationAccountMoved } from "./organization/organization-account-moved";
import { organizationDelegatedAdministratorRegistered } from "./organization/organization-delegated-administrator-registered";
import { organizationJoined } from "./organization/organization-joined";
import { organizationLeave } from "./organization/organization-leave";
import { organizationServiceAccessDisabled } from "./organization/organization-service-access-disabled";
import { organizationServiceAccessEnabled } from "./organization/organization-service-access-enabled";
import { ownAnswerForged } from "./own/own-answer-forged";
import { ownPartChanged } from "./own/own-part-changed";
import { ownRoleUsed } from "./own/own-role-used";
import { ramResourceShared } from "./ram/ram-resource-shared";
import { rbinRuleWeakened } from "./rbin/rbin-rule-weakened";
import { rdsActivityStreamStopped } from "./rds/rds-activity-stream-stopped";
import { rdsBackupsDisabled } from "./rds/rds-backups-disabled";
import { rdsDataApiEnabled } from "./rds/rds-data-api-enabled";
import { rdsDatabaseStopped } from "./rds/rds-database-stopped";
import { rdsDeleted } from "./rds/rds-deleted";
import { rdsDeletionProtectionDisabled } from "./rds/rds-deletion-protection-disabled";
import { rdsInstancePublic } from "./rds/rds-instance-public";
import { rdsLogsDownloaded } from "./rds/rds-logs-downloaded";
import { rdsMasterPasswordChanged } from "./rds/rds-master-password-changed";
import { rdsSecurityGroupOpened } from "./rds/rds-security-group-opened";
import { rdsSnapshotCreated } from "./rds/rds-snapshot-created";
import { rdsSnapshotExported } from "./rds/rds-snapshot-exported";
import { rdsSnapshotRestored } from "./rds/rds-snapshot-restored";
import { rdsSnapshotShared } from "./rds/rds-snapshot-shared";
import { redshiftClusterPublic } from "./redshift/redshift-cluster-public";
import { redshiftCredentialsRequested } from "./redshift/redshift-credentials-requested";
import { redshiftSnapshotShared } from "./redshift/redshift-snapshot-shared";
import { regionEnabled } from "./region/region-enabled";
import { resourcePolicyOpened } from "./resource/resource-policy-opened";
import { resourceSharedOutside } from "./resource/resource-shared-outside";
import { resourcesMassDeleted } from "./resources/resources-mass-deleted";
import { rootAccessKeyCreated } from "./root/root-access-key-created";
import { rootActivity } from "./root/root-activity";
import { rootConsoleLogin } from "./root/root-console-login";
import { rootCredentialsChanged } from "./root/root-credentials-changed";
import { rootLoginProfileCreated } from "./root/root-login-profile-created";
import { route53DomainTaken } from "./route53/route53-domain-taken";
import { route53DomainTransfer } from "./route53/route53-domain-transfer";
import { route53RecordsChanged } from "./route53/route53-records-changed";
import { route53ZoneAssociated } from "./route53/route53-zone-associated";
import { s3AccessLoggingDisabled } from "./s3/s3-access-logging-disabled";
import { s3AccessPointOpened } from "./s3/s3-access-point-opened";
import { s3AccountPublicAccessBlockRemoved } from "./s3/s3-account-public-access-block-removed";
import { s3BatchJobCreated } from "./s3/s3-batch-job-created";
import { s3BucketAclPublic } from "./s3/s3-bucket-acl-public";
import { s3BucketDeleted } from "./s3/s3-bucket-deleted";
import { s3BucketEncryptionDeleted } from "./s3/s3-bucket-encryption-deleted";
import { s3BucketEncryptionForeignKey } from "./s3/s3-bucket-encryption-foreign-key";
import { s3BucketExpiryShortened } from "./s3/s3-bucket-expiry-shortened";
import { s3BucketPolicyDeleted } from "./s3/s3-bucket-policy-deleted";
import { s3BucketPolicyExternalAccount } from "./s3/s3-bucket-policy-external-account";
import { s3BucketPolicyPublic } from "./s3/s3-bucket-policy-public";
import { s3BulkDelete } from "./s3/s3-bulk-delete";
import { s3ExternalKmsEncryption } from "./s3/s3-external-kms-encryption";
import { s3MfaDeleteDisabled } from "./s3/s3-mfa-delete-disabled";
import { s3ObjectLockWeakened } from "./s3/s3-object-lock-weakened";
import { s3ObjectUploadedPublic } from "./s3/s3-object-uploaded-public";
import { s3ObjectsBulkRead } from "./s3/s3-objects-bulk-read";
import { s3PublicAccessBlockRemoved } from "./s3/s3-public-access-block-removed";
import { s3RansomNoteUploaded } from "./s3/s3-ransom-note-uploaded";
import { s3ReplicationDeleted } from "./s3/s3-replication-deleted";
import { s3ReplicationExternal } from "./s3/s3-replication-external";
import { s3SseCEncryption } from "./s3/s3-sse-c-encryption";
import { s3VersioningSuspended } from "./s3/s3-versioning-suspended";
import { s3WebsiteEnabled } from "./s3/s3-website-enabled";
import { sagemakerWorkloadStarted } from "./sagemaker/sagemaker-workload-started";
import { secretsBulkRetrieval } from "./secrets/secrets-bulk-retrieval";
import { secretsPolicyPublic } from "./secrets/secrets-policy-public";
import { secretsSecretDeleted } from "./secrets/secrets-secret-deleted";
import { securityMembersUnwatched } from "./security/security-members-unwatched";
import { securityToolsDisabled } from "./security/security-tools-disabled";
import { securityhubControlsDisabled } from "./securityhub/securityhub-controls-disabled";
import { securityhubDisabled } from "./securityhub/securityhub-disabled";
import { securityhubFindingsSuppressed } from "./securityhub/securityhub-findings-suppressed";
import { securityhubMemberRemoved } from "./securityhub/securityhub-member-removed";
import { servicequotasIncreaseRequested } from "./servicequotas/servicequotas-increase-requested";
import { sesEnumeration } from "./ses/ses-enumeration";
import { sesIdentityCreated } from "./ses/ses-identity-created";
import { sesIdentityDeleted } from "./ses/ses-identity-deleted";
import { sesMailSent } from "./ses/ses-mail-sent";
import { sesReceiptRuleCreated } from "./ses/ses-receipt-rule-created";
import { sesSendingEnabled } from "./ses/ses-sending-enabled";
import { sesTemplateCreated } from "./ses/ses-template-created";
import { shieldProtectionRemoved } from "./shield/shield-protection-removed";
import { snsSmsEnumerated } from "./sns/sns-sms-enumerated";
import { snsSmsSent } from "./sns/sns-sms-sent";
import { snsSmsSettingsChanged } from "./sns/sns-sms-settings-changed";
import { sqsSnsPolicyPublic } from "./sqs/sqs-sns-policy-public";
import { ssmCommandSent } from "./ssm/ssm-command-sent";
import { ssmDocumentCreated } from "./ssm/ssm-document-created";
import { ssmDocumentShared } from "./ssm/ssm-document-shared";
import { ssmNodeRegistered } from "./ssm/ssm-node-registered";
import { ssmParametersBulkDecrypt } from "./ssm/ssm-parameters-bulk-decrypt";
import { ssmPublicSharingEnabled } from "./ssm/ssm-public-sharing-enabled";
import { ssmRemoteExecution } from "./ssm/ssm-remote-execution";
import { stsAssumeRoot } from "./sts/sts-assume-root";
import { stsFederationToken } from "./sts/sts-federation-token";
import { stsRoleAssumedFromOutside } from "./sts/sts-role-assumed-from-outside";
import { stsSessionToken } from "./sts/sts-session-token";
import { supportCaseCreated } from "./support/support-case-created";
import { transferServerCreated } from "./transfer/transfer-server-created";
import { unusedRegionActivity } from "./unused/unused-region-activity";
import { vpcEndpointServiceOpened } from "./vpc/vpc-endpoint-service-opened";
import { vpcFlowLogsDeleted } from "./vpc/vpc-flow-logs-deleted";
import { vpcPeeringCreated } from "./vpc/vpc-peering-created";
import { vpcPublicAccessBlockRemoved } from "./vpc/vpc-public-access-block-removed";
import { vpcRouteToInternet } from "./vpc/vpc-route-to-internet";
import { vpcVpnCreated } from "./vpc/vpc-vpn-created";
import { wafProtectionRemoved } from "./waf/waf-protection-removed";
import { wafRulesChanged } from "./waf/waf-rules-changed";
import { workmailOrganizationCreated } from "./workmail/workmail-organization-created";
import type { Detection } from "./detection";

/** Every detection, by id. */
export const detections: Detection[] = [
  accessAnalyzerDeleted,
  accessDeniedBurst,
  accessLoggingDisabled,
  accountClosed,
  accountCommitmentPurchased,
  accountContactChanged,
  accountCostAlarmDeleted,
  accountKeyTried,
  accountServicesEnumerated,
  acmCaDisabled,
  acmCertificateExported,
  apigatewayApiKeyCreated,
  apigatewayRouteCreated,
  appsyncAccessOpened,
  autoscalingGroupCreated,
  backupCopiedExternal,
  backupDestroyed,
  backupPlanDeleted,
  backupProtectionWeakened,
  batchWorkloadStarted,
  bedrockGuardrailWeakened,
  bedrockInvocationLoggingDisabled,
  bedrockModelAccessEnabled,
  bedrockModelInvoked,
  bedrockModelMassInvoked,
  bedrockModelsEnumerated,
  bedrockModelsProbed,
  bedrockThroughputPurchased,
  cloudformationStackCreated,
  cloudfrontDistributionChanged,
  cloudshellSessionStarted,
  cloudtrailBucketShortLifecycle,
  cloudtrailEventDataStoreDeleted,
  cloudtrailEventDataStoreNarrowed,
  cloudtrailEventSelectorsWeakened,
  cloudtrailInsightsDisabled,
  cloudtrailLoggingStopped,
  cloudtrailTrailDeleted,
  cloudtrailTrailWeakened,
  cloudwatchAlarmDisabled,
  cloudwatchAlarmSilenced,
  cloudwatchLogExportDeleted,
  cloudwatchLogGroupDeleted,
  codebuildProjectCreated,
  codebuildProjectPublic,
  cognitoCredentialsRequested,
  cognitoGuestAccessEnabled,
  cognitoIdentityProviderAdded,
  cognitoMfaDisabled,
  cognitoUserCreated,
  computeServiceUsed,
  computeSessionRequested,
  configAggregationDeleted,
  configRecorderNarrowed,
  configRecorderOrChannelDeleted,
  configRecorderStopped,
  connectInstanceCreated,
  consoleLoginFailures,
  consoleLoginWithoutMfa,
  consoleRoleSwitched,
  consoleSigninToken,
  dataEndpointPublic,
  dataMigrationStarted,
  dataSentOutside,
  dataStoreDeleted,
  datasyncTaskCreated,
  detectiveGraphDeleted,
  directoryAccessChanged,
  dnsFirewallWeakened,
  dnsQueryLoggingDeleted,
  dynamodbBackupRestored,
  dynamodbProtectionRemoved,
  dynamodbTableDeleted,
  dynamodbTableExported,
  dynamodbTableScanned,
  ebsDefaultEncryptionDisabled,
  ebsSnapshotDownloaded,
  ec2AmiDestroyed,
  ec2AmiShared,
  ec2ConnectTunnelOpened,
  ec2ConsoleRead,
  ec2DefaultVpcCreated,
  ec2ImageExported,
  ec2Imdsv1Enabled,
  ec2InstanceConnectKeyPushed,
  ec2InstanceCredentialsOutside,
  ec2InstanceProfileChanged,
  ec2InstanceProtected,
  ec2InstancesDestroyed,
  ec2InstancesStarted,
  ec2KeyPairCreated,
  ec2KeyPairImported,
  ec2LaunchTemplateChanged,
  ec2MachineSetUp,
  ec2NaclChanged,
  ec2NaclOpenToWorld,
  ec2PasswordDataBurst,
  ec2PrefixListOpened,
  ec2PublicAccessBlockDisabled,
  ec2SerialConsoleEnabled,
  ec2SgOpenToWorld,
  ec2SgUnusualPortOpened,
  ec2SharedSnapshotUsed,
  ec2SnapshotShared,
  ec2SnapshotsCreated,
  ec2SpotRequested,
  ec2TrafficMirrorPrepared,
  ec2TrafficMirroring,
  ec2UnusualInstanceLaunch,
  ec2UserDataDownloadBurst,
  ec2UserDataModified,
  ec2VolumeAttached,
  ec2VolumesDestroyed,
  ecrImagePushed,
  ecrPolicyPublic,
  ecrScanningDisabled,
  ecsCommandExecuted,
  ecsHostExposed,
  ecsWorkloadStarted,
  efsFileSystemDeleted,
  efsPolicyOpened,
  eksAccessEntryCreated,
  eksClusterAdminGranted,
  eksClusterCreated,
  eksControlPlaneLoggingDisabled,
  eksEndpointPublic,
  eksIdentityProviderAssociated,
  elbListenerChanged,
  emrPublicAccessBlockRemoved,
  eventbridgeBusOpened,
  eventbridgeRuleCreated,
  eventbridgeRuleDisabled,
  guarddutyDetectorDeleted,
  guarddutyDetectorDisabled,
  guarddutyExportRemoved,
  guarddutyFindingsSuppressed,
  guarddutyListDeleted,
  guarddutyMemberRemoved,
  iamAccessKeyActivated,
  iamAccessKeyForOtherUser,
  iamAccountAliasChanged,
  iamAdminPolicyAttachedGroup,
  iamAdminPolicyAttachedRole,
  iamAdminPolicyAttachedUser,
  iamAuthorizationDetailsRead,
  iamCompromisedKeyQuarantine,
  iamIdentitiesEnumerated,
  iamInlineAdminPolicy,
  iamInstanceProfileChanged,
  iamLoginProfileCreated,
  iamLoginProfileUpdated,
  iamMfaDeactivated,
  iamMfaDeviceRegistered,
  iamOidcProviderChanged,
  iamOidcProviderCreated,
  iamOwnAccessKeyCreated,
  iamOwnLoginProfileCreated,
  iamPasswordChanged,
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
  iamServiceCredentialCreated,
  iamUserAddedToPrivilegedGroup,
  iamUserCreated,
  iamUserRenamed,
  iamUsersChanged,
  iamUsersLockedOut,
  identityCenterAssignmentCreated,
  identityCenterDeviceAuthorized,
  identityCenterIdpChanged,
  identityCenterInstanceDeleted,
  identityCenterMfaChanged,
  identityCenterPermissionSetChanged,
  identityCenterPermissionSetCreated,
  identityCenterTrustAdded,
  identityCenterUserCreated,
  inspectorDisabled,
  kmsAliasChanged,
  kmsForeignKeyUsed,
  kmsGrantCreated,
  kmsImportedKeyMaterial,
  kmsKeyDisabledOrDeletion,
  kmsKeyPolicyOpened,
  kmsKeyRotationDisabled,
  kmsKeyStoreDisconnected,
  lambdaCodeDownloaded,
  lambdaCodeOverwritten,
  lambdaEnvironmentHooked,
  lambdaEventSourceMapped,
  lambdaFunctionCreated,
  lambdaFunctionInvoked,
  lambdaFunctionUrlPublic,
  lambdaLayerAdded,
  lambdaLayerPublished,
  lambdaLayerShared,
  lambdaPermissionPublic,
  lightsailInstanceCreated,
  lightsailPortsOpened,
  macieDisabled,
  networkFirewallRemoved,
  offensiveToolUserAgent,
  opensearchDomainOpened,
  orgPolicyAttached,
  orgPolicyDetached,
  organizationAccountCreated,
  organizationAccountInvited,
  organizationAccountMoved,
  organizationDelegatedAdministratorRegistered,
  organizationJoined,
  organizationLeave,
  organizationServiceAccessDisabled,
  organizationServiceAccessEnabled,
  ownAnswerForged,
  ownPartChanged,
  ownRoleUsed,
  ramResourceShared,
  rbinRuleWeakened,
  rdsActivityStreamStopped,
  rdsBackupsDisabled,
  rdsDataApiEnabled,
  rdsDatabaseStopped,
  rdsDeleted,
  rdsDeletionProtectionDisabled,
  rdsInstancePublic,
  rdsLogsDownloaded,
  rdsMasterPasswordChanged,
  rdsSecurityGroupOpened,
  rdsSnapshotCreated,
  rdsSnapshotExported,
  rdsSnapshotRestored,
  rdsSnapshotShared,
  redshiftClusterPublic,
  redshiftCredentialsRequested,
  redshiftSnapshotShared,
  regionEnabled,
  resourcePolicyOpened,
  resourceSharedOutside,
  resourcesMassDeleted,
  rootAccessKeyCreated,
  rootActivity,
  rootConsoleLogin,
  rootCredentialsChanged,
  rootLoginProfileCreated,
  route53DomainTaken,
  route53DomainTransfer,
  route53RecordsChanged,
  route53ZoneAssociated,
  s3AccessLoggingDisabled,
  s3AccessPointOpened,
  s3AccountPublicAccessBlockRemoved,
  s3BatchJobCreated,
  s3BucketAclPublic,
  s3BucketDeleted,
  s3BucketEncryptionDeleted,
  s3BucketEncryptionForeignKey,
  s3BucketExpiryShortened,
  s3BucketPolicyDeleted,
  s3BucketPolicyExternalAccount,
  s3BucketPolicyPublic,
  s3BulkDelete,
  s3ExternalKmsEncryption,
  s3MfaDeleteDisabled,
  s3ObjectLockWeakened,
  s3ObjectUploadedPublic,
  s3ObjectsBulkRead,
  s3PublicAccessBlockRemoved,
  s3RansomNoteUploaded,
  s3ReplicationDeleted,
  s3ReplicationExternal,
  s3SseCEncryption,
  s3VersioningSuspended,
  s3WebsiteEnabled,
  sagemakerWorkloadStarted,
  secretsBulkRetrieval,
  secretsPolicyPublic,
  secretsSecretDeleted,
  securityMembersUnwatched,
  securityToolsDisabled,
  securityhubControlsDisabled,
  securityhubDisabled,
  securityhubFindingsSuppressed,
  securityhubMemberRemoved,
  servicequotasIncreaseRequested,
  sesEnumeration,
  sesIdentityCreated,
  sesIdentityDeleted,
  sesMailSent,
  sesReceiptRuleCreated,
  sesSendingEnabled,
  sesTemplateCreated,
  shieldProtectionRemoved,
  snsSmsEnumerated,
  snsSmsSent,
  snsSmsSettingsChanged,
  sqsSnsPolicyPublic,
  ssmCommandSent,
  ssmDocumentCreated,
  ssmDocumentShared,
  ssmNodeRegistered,
  ssmParametersBulkDecrypt,
  ssmPublicSharingEnabled,
  ssmRemoteExecution,
  stsAssumeRoot,
  stsFederationToken,
  stsRoleAssumedFromOutside,
  stsSessionToken,
  supportCaseCreated,
  transferServerCreated,
  unusedRegionActivity,
  vpcEndpointServiceOpened,
  vpcFlowLogsDeleted,
  vpcPeeringCreated,
  vpcPublicAccessBlockRemoved,
  vpcRouteToInternet,
  vpcVpnCreated,
  wafProtectionRemoved,
  wafRulesChanged,
  workmailOrganizationCreated,
];
