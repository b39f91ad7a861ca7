import type { Detection } from "../detection";
import { eventOf } from "../../cloudtrail/record";
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
  contactArn: "AWS::SSMContacts::Contact",
  firewallRuleGroupArn: "AWS::Route53Resolver::FirewallRuleGroup",
  projectArn: "AWS::Rekognition::Project",
  registryName: "AWS::EventSchemas::Registry",
  repository: "AWS::CodeArtifact::Repository",
  resourceARN: "AWS::Kinesis::Stream",
  restApiId: "AWS::ApiGateway::RestApi",
  tableBucketARN: "AWS::S3Tables::TableBucket",
  vectorBucketName: "AWS::S3Vectors::VectorBucket",
  vaultName: "AWS::Glacier::Vault",
};

/**
 * Policies that do not decide alone whom they let in: the API's authorizers, or the network that it is in, do as well. Those of
 * a sink and an image are about what others send, or can read anyway.
 */
const otherwiseGuarded = [
  "apigateway:CreateRestApi",
  "apigateway:UpdateRestApi",
  "ecr-public:SetRepositoryPolicy",
  "oam:PutSinkPolicy",
  "vpc-lattice:PutAuthPolicy",
];

export const resourcePolicyOpened: Detection = {
  id: "resource-policy-opened",
  title: "Resource policy opened to everyone or another account",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "rare",
  events: [
    "acm-pca:PutPolicy",
    "apigateway:CreateRestApi",
    "apigateway:UpdateRestApi",
    "backup:PutBackupVaultAccessPolicy",
    "bedrock-agentcore:PutResourcePolicy",
    "bedrock:PutResourcePolicy",
    "cleanrooms-ml:PutConfiguredAudienceModelPolicy",
    "cloudfront:PutResourcePolicy",
    "cloudtrail:PutResourcePolicy",
    "codeartifact:PutDomainPermissionsPolicy",
    "codeartifact:PutRepositoryPermissionsPolicy",
    "codebuild:PutResourcePolicy",
    "comprehend:PutResourcePolicy",
    "dsql:PutClusterPolicy",
    "dynamodb:PutResourcePolicy",
    "ecr-public:SetRepositoryPolicy",
    "entityresolution:PutPolicy",
    "glacier:SetVaultAccessPolicy",
    "glue:PutResourcePolicy",
    "imagebuilder:PutComponentPolicy",
    "imagebuilder:PutContainerRecipePolicy",
    "imagebuilder:PutImagePolicy",
    "imagebuilder:PutImageRecipePolicy",
    "kafka:PutClusterPolicy",
    "kinesis:PutResourcePolicy",
    "lambda:PutResourcePolicy",
    "lex:CreateResourcePolicy",
    "lex:UpdateResourcePolicy",
    "logs:PutDeliveryDestinationPolicy",
    "logs:PutDestinationPolicy",
    "logs:PutResourcePolicy",
    "mediastore:PutContainerPolicy",
    "network-firewall:PutResourcePolicy",
    "oam:PutSinkPolicy",
    "organizations:PutResourcePolicy",
    "redshift-serverless:PutResourcePolicy",
    "redshift:PutResourcePolicy",
    "refactor-spaces:PutResourcePolicy",
    "rekognition:PutProjectPolicy",
    "route53resolver:PutFirewallRuleGroupPolicy",
    "route53resolver:PutResolverQueryLogConfigPolicy",
    "route53resolver:PutResolverRulePolicy",
    "rum:PutResourcePolicy",
    "s3-outposts:PutAccessPointPolicy",
    "s3-outposts:PutBucketPolicy",
    "s3express:PutBucketPolicy",
    "s3tables:PutTableBucketPolicy",
    "s3tables:PutTablePolicy",
    "s3vectors:PutVectorBucketPolicy",
    "sagemaker:PutModelPackageGroupPolicy",
    "schemas:PutResourcePolicy",
    "ses:CreateEmailIdentityPolicy",
    "ses:PutIdentityPolicy",
    "ses:UpdateEmailIdentityPolicy",
    "sms-voice:PutResourcePolicy",
    "ssm-contacts:PutContactPolicy",
    "ssm-incidents:PutResourcePolicy",
    "ssm:PutResourcePolicy",
    "vpc-lattice:PutAuthPolicy",
    "vpc-lattice:PutResourcePolicy",
    "wafv2:PutPermissionPolicy",
    "xray:PutResourcePolicy",
  ],
  remediation: "alert",
  match(record, context) {
    const match = policyOpened(
      record,
      context,
      Object.entries(types).flatMap(([name, type]) => named(record, type, name)),
    );
    if (match?.severity !== "critical" || !otherwiseGuarded.includes(eventOf(record))) return match;
    return { ...match, severity: "medium" };
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
