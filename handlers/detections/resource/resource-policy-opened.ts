import type { Detection } from "../detection";
import { named } from "../readers/by-hand";
import { policyOpened } from "../readers/opened";

/** By the parameter that identifies the policy's resource: its CloudFormation type, or that of the most frequent ones. */
const types = {
  backupVaultName: "AWS::Backup::BackupVault",
  clusterArn: "AWS::MSK::Cluster",
  containerName: "AWS::MediaStore::Container",
  destinationName: "AWS::Logs::Destination",
  domain: "AWS::CodeArtifact::Domain",
  emailIdentity: "AWS::SES::EmailIdentity",
  identity: "AWS::SES::EmailIdentity",
  imageArn: "AWS::ImageBuilder::Image",
  modelPackageGroupName: "AWS::SageMaker::ModelPackageGroup",
  policyName: "AWS::Logs::ResourcePolicy",
  registryName: "AWS::EventSchemas::Registry",
  repository: "AWS::CodeArtifact::Repository",
  resourceARN: "AWS::Kinesis::Stream",
  tableBucketARN: "AWS::S3Tables::TableBucket",
  vaultName: "AWS::Glacier::Vault",
};

export const resourcePolicyOpened: Detection = {
  id: "resource-policy-opened",
  title: "Resource policy opened to everyone or another account",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "rare",
  events: [
    "acm-pca:PutPolicy",
    "backup:PutBackupVaultAccessPolicy",
    "cloudtrail:PutResourcePolicy",
    "codeartifact:PutDomainPermissionsPolicy",
    "codeartifact:PutRepositoryPermissionsPolicy",
    "dynamodb:PutResourcePolicy",
    "glacier:SetVaultAccessPolicy",
    "glue:PutResourcePolicy",
    "imagebuilder:PutImagePolicy",
    "kafka:PutClusterPolicy",
    "kinesis:PutResourcePolicy",
    "logs:PutDestinationPolicy",
    "logs:PutResourcePolicy",
    "mediastore:PutContainerPolicy",
    "redshift-serverless:PutResourcePolicy",
    "redshift:PutResourcePolicy",
    "s3tables:PutTableBucketPolicy",
    "s3tables:PutTablePolicy",
    "sagemaker:PutModelPackageGroupPolicy",
    "schemas:PutResourcePolicy",
    "ses:CreateEmailIdentityPolicy",
    "ses:PutIdentityPolicy",
    "ses:UpdateEmailIdentityPolicy",
    "ssm:PutResourcePolicy",
    "vpc-lattice:PutResourcePolicy",
    "xray:PutResourcePolicy",
  ],
  remediation: "alert",
  match(record, context) {
    return policyOpened(
      record,
      context,
      Object.entries(types).flatMap(([name, type]) => named(record, type, name)),
    );
  },
  runbook: [
    "Remove the statement from the policy unless the resource's owner knows whom it lets in.",
    "Look in the service's log for what outsiders did since then.",
    "If the account is yours or a vendor's, add it to `trustedAccounts`.",
  ],
  falsePositives: ["Vendors and sister accounts that are not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html",
  ],
};
