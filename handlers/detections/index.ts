import type { Detection } from "./detection";
import { accessDeniedBurst } from "./any/access-denied-burst";
import { backupDestroyed } from "./backup/backup-destroyed";
import { bedrockModelAccessEnabled } from "./bedrock/bedrock-model-access-enabled";
import { codebuildProjectPublic } from "./codebuild/codebuild-project-public";
import { ebsDefaultEncryptionDisabled } from "./ec2/ebs-default-encryption-disabled";
import { ec2AmiDestroyed } from "./ec2/ec2-ami-destroyed";
import { ec2AmiShared } from "./ec2/ec2-ami-shared";
import { ec2ImageExported } from "./ec2/ec2-image-exported";
import { ec2Imdsv1Enabled } from "./ec2/ec2-imdsv1-enabled";
import { ec2InstanceConnectKeyPushed } from "./ec2/ec2-instance-connect-key-pushed";
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
import { vpcFlowLogsDeleted } from "./ec2/vpc-flow-logs-deleted";
import { vpcRouteToInternet } from "./ec2/vpc-route-to-internet";
import { ecrPolicyPublic } from "./ecr/ecr-policy-public";
import { eksClusterAdminGranted } from "./eks/eks-cluster-admin-granted";
import { eksControlPlaneLoggingDisabled } from "./eks/eks-control-plane-logging-disabled";
import { kmsImportedKeyMaterial } from "./kms/kms-imported-key-material";
import { kmsKeyDisabledOrDeletion } from "./kms/kms-key-disabled-or-deletion";
import { kmsKeyPolicyOpened } from "./kms/kms-key-policy-opened";
import { lambdaCodeOverwritten } from "./lambda/lambda-code-overwritten";
import { lambdaFunctionUrlPublic } from "./lambda/lambda-function-url-public";
import { lambdaLayerAdded } from "./lambda/lambda-layer-added";
import { lambdaPermissionPublic } from "./lambda/lambda-permission-public";
import { rdsActivityStreamStopped } from "./rds/rds-activity-stream-stopped";
import { rdsDeleted } from "./rds/rds-deleted";
import { rdsDeletionProtectionDisabled } from "./rds/rds-deletion-protection-disabled";
import { rdsInstancePublic } from "./rds/rds-instance-public";
import { rdsMasterPasswordChanged } from "./rds/rds-master-password-changed";
import { rdsSnapshotExported } from "./rds/rds-snapshot-exported";
import { rdsSnapshotShared } from "./rds/rds-snapshot-shared";
import { route53DomainTransfer } from "./route53domains/route53-domain-transfer";
import { cloudtrailBucketShortLifecycle } from "./s3/cloudtrail-bucket-short-lifecycle";
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
import { secretsBulkRetrieval } from "./secretsmanager/secrets-bulk-retrieval";
import { secretsPolicyPublic } from "./secretsmanager/secrets-policy-public";
import { sesEnumeration } from "./ses/ses-enumeration";
import { consoleLoginFailures } from "./signin/console-login-failures";
import { sqsSnsPolicyPublic } from "./sqs/sqs-sns-policy-public";
import { ssmParametersBulkDecrypt } from "./ssm/ssm-parameters-bulk-decrypt";
import { ssmRemoteExecution } from "./ssm/ssm-remote-execution";

/** The catalogue: every detection. */
export const detections: Detection[] = [
  accessDeniedBurst,
  backupDestroyed,
  bedrockModelAccessEnabled,
  cloudtrailBucketShortLifecycle,
  codebuildProjectPublic,
  consoleLoginFailures,
  ebsDefaultEncryptionDisabled,
  ec2AmiDestroyed,
  ec2AmiShared,
  ec2ImageExported,
  ec2Imdsv1Enabled,
  ec2InstanceConnectKeyPushed,
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
  kmsImportedKeyMaterial,
  kmsKeyDisabledOrDeletion,
  kmsKeyPolicyOpened,
  lambdaCodeOverwritten,
  lambdaFunctionUrlPublic,
  lambdaLayerAdded,
  lambdaPermissionPublic,
  rdsActivityStreamStopped,
  rdsDeleted,
  rdsDeletionProtectionDisabled,
  rdsInstancePublic,
  rdsMasterPasswordChanged,
  rdsSnapshotExported,
  rdsSnapshotShared,
  route53DomainTransfer,
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
  sesEnumeration,
  sqsSnsPolicyPublic,
  ssmParametersBulkDecrypt,
  ssmRemoteExecution,
  vpcFlowLogsDeleted,
  vpcRouteToInternet,
];
