/** A client of the AWS SDK, as far as this system uses it. */
export interface SdkClient {
  send(command: unknown): Promise<Record<string, unknown>>;
}

/** A module `@aws-sdk/client-*`: the constructors of the client and its commands, by name. */
export type SdkModule = Record<string, new (input: unknown) => SdkClient>;

/** One AWS service: the name of its client, and how to load the runtime's copy of the SDK when it is needed. */
export interface AwsService {
  client: string;
  load(): SdkModule;
}

/**
 * Every AWS service that can be called, by its name in the AWS CLI (`s3` stands for `aws s3api`). Literal module names
 * only: nothing from a record can choose what is loaded.
 */
export const awsServices: Record<string, AwsService> = {
  account: { client: "AccountClient", load: () => require("@aws-sdk/client-account") as SdkModule },
  backup: { client: "BackupClient", load: () => require("@aws-sdk/client-backup") as SdkModule },
  bedrock: { client: "BedrockClient", load: () => require("@aws-sdk/client-bedrock") as SdkModule },
  cloudformation: {
    client: "CloudFormationClient",
    load: () => require("@aws-sdk/client-cloudformation") as SdkModule,
  },
  cloudtrail: { client: "CloudTrailClient", load: () => require("@aws-sdk/client-cloudtrail") as SdkModule },
  cloudwatch: { client: "CloudWatchClient", load: () => require("@aws-sdk/client-cloudwatch") as SdkModule },
  codebuild: { client: "CodeBuildClient", load: () => require("@aws-sdk/client-codebuild") as SdkModule },
  configservice: {
    client: "ConfigServiceClient",
    load: () => require("@aws-sdk/client-config-service") as SdkModule,
  },
  dynamodb: { client: "DynamoDBClient", load: () => require("@aws-sdk/client-dynamodb") as SdkModule },
  ec2: { client: "EC2Client", load: () => require("@aws-sdk/client-ec2") as SdkModule },
  ecr: { client: "ECRClient", load: () => require("@aws-sdk/client-ecr") as SdkModule },
  eks: { client: "EKSClient", load: () => require("@aws-sdk/client-eks") as SdkModule },
  emr: { client: "EMRClient", load: () => require("@aws-sdk/client-emr") as SdkModule },
  events: { client: "EventBridgeClient", load: () => require("@aws-sdk/client-eventbridge") as SdkModule },
  guardduty: { client: "GuardDutyClient", load: () => require("@aws-sdk/client-guardduty") as SdkModule },
  iam: { client: "IAMClient", load: () => require("@aws-sdk/client-iam") as SdkModule },
  inspector2: { client: "Inspector2Client", load: () => require("@aws-sdk/client-inspector2") as SdkModule },
  kms: { client: "KMSClient", load: () => require("@aws-sdk/client-kms") as SdkModule },
  lambda: { client: "LambdaClient", load: () => require("@aws-sdk/client-lambda") as SdkModule },
  lightsail: { client: "LightsailClient", load: () => require("@aws-sdk/client-lightsail") as SdkModule },
  logs: {
    client: "CloudWatchLogsClient",
    load: () => require("@aws-sdk/client-cloudwatch-logs") as SdkModule,
  },
  macie2: { client: "Macie2Client", load: () => require("@aws-sdk/client-macie2") as SdkModule },
  organizations: {
    client: "OrganizationsClient",
    load: () => require("@aws-sdk/client-organizations") as SdkModule,
  },
  ram: { client: "RAMClient", load: () => require("@aws-sdk/client-ram") as SdkModule },
  rds: { client: "RDSClient", load: () => require("@aws-sdk/client-rds") as SdkModule },
  redshift: { client: "RedshiftClient", load: () => require("@aws-sdk/client-redshift") as SdkModule },
  rolesanywhere: {
    client: "RolesAnywhereClient",
    load: () => require("@aws-sdk/client-rolesanywhere") as SdkModule,
  },
  route53: { client: "Route53Client", load: () => require("@aws-sdk/client-route-53") as SdkModule },
  route53domains: {
    client: "Route53DomainsClient",
    load: () => require("@aws-sdk/client-route-53-domains") as SdkModule,
  },
  route53resolver: {
    client: "Route53ResolverClient",
    load: () => require("@aws-sdk/client-route53resolver") as SdkModule,
  },
  s3: { client: "S3Client", load: () => require("@aws-sdk/client-s3") as SdkModule },
  s3control: { client: "S3ControlClient", load: () => require("@aws-sdk/client-s3-control") as SdkModule },
  secretsmanager: {
    client: "SecretsManagerClient",
    load: () => require("@aws-sdk/client-secrets-manager") as SdkModule,
  },
  securityhub: {
    client: "SecurityHubClient",
    load: () => require("@aws-sdk/client-securityhub") as SdkModule,
  },
  sns: { client: "SNSClient", load: () => require("@aws-sdk/client-sns") as SdkModule },
  sqs: { client: "SQSClient", load: () => require("@aws-sdk/client-sqs") as SdkModule },
  ssm: { client: "SSMClient", load: () => require("@aws-sdk/client-ssm") as SdkModule },
  "sso-admin": { client: "SSOAdminClient", load: () => require("@aws-sdk/client-sso-admin") as SdkModule },
  stepfunctions: { client: "SFNClient", load: () => require("@aws-sdk/client-sfn") as SdkModule },
  sts: { client: "STSClient", load: () => require("@aws-sdk/client-sts") as SdkModule },
  wafv2: { client: "WAFV2Client", load: () => require("@aws-sdk/client-wafv2") as SdkModule },
};
