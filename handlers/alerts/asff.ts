import { partitionOf } from "../aws/regions";
import { leavesNothing } from "../findings/result";
import type { Severity } from "../settings";
import { cut } from "./clean";
import { descriptionOf, type OcsfBasis } from "./ocsf";

/** A finding in the AWS Security Finding Format, as BatchImportFindings takes it. */
export interface SecurityHubFinding {
  SchemaVersion: "2018-10-08";
  Id: string;
  ProductArn: string;
  AwsAccountId: string;
  Severity: { Label: string; Original: Severity };
  Workflow: { Status: "NEW" | "RESOLVED" };
  RecordState: "ACTIVE" | "ARCHIVED";
  [attribute: string]: unknown;
}

/** Types of resources in Security Hub, by ours. All others are `Other`. */
const resourceTypes: Record<string, string> = {
  "AWS::ApiGateway::RestApi": "AwsApiGatewayRestApi",
  "AWS::AutoScaling::AutoScalingGroup": "AwsAutoScalingAutoScalingGroup",
  "AWS::Backup::BackupVault": "AwsBackupBackupVault",
  "AWS::Backup::RecoveryPoint": "AwsBackupRecoveryPoint",
  "AWS::CloudTrail::Trail": "AwsCloudTrailTrail",
  "AWS::CloudWatch::Alarm": "AwsCloudWatchAlarm",
  "AWS::CodeBuild::Project": "AwsCodeBuildProject",
  "AWS::DynamoDB::Table": "AwsDynamoDbTable",
  "AWS::EC2::Instance": "AwsEc2Instance",
  "AWS::EC2::NetworkAcl": "AwsEc2NetworkAcl",
  "AWS::EC2::SecurityGroup": "AwsEc2SecurityGroup",
  "AWS::EC2::VPC": "AwsEc2Vpc",
  "AWS::EC2::VPCPeeringConnection": "AwsEc2VpcPeeringConnection",
  "AWS::EC2::Volume": "AwsEc2Volume",
  "AWS::ECR::Repository": "AwsEcrRepository",
  "AWS::ECS::Cluster": "AwsEcsCluster",
  "AWS::EFS::FileSystem": "AwsEfsFileSystem",
  "AWS::EKS::Cluster": "AwsEksCluster",
  "AWS::Events::Rule": "AwsEventsRule",
  "AWS::GuardDuty::Detector": "AwsGuardDutyDetector",
  "AWS::IAM::AccessKey": "AwsIamAccessKey",
  "AWS::IAM::Group": "AwsIamGroup",
  "AWS::IAM::ManagedPolicy": "AwsIamPolicy",
  "AWS::IAM::Role": "AwsIamRole",
  "AWS::IAM::User": "AwsIamUser",
  "AWS::KMS::Key": "AwsKmsKey",
  "AWS::Kinesis::Stream": "AwsKinesisStream",
  "AWS::Lambda::Function": "AwsLambdaFunction",
  "AWS::Lambda::LayerVersion": "AwsLambdaLayerVersion",
  "AWS::MSK::Cluster": "AwsMskCluster",
  "AWS::NetworkFirewall::Firewall": "AwsNetworkFirewallFirewall",
  "AWS::OpenSearchService::Domain": "AwsOpenSearchServiceDomain",
  "AWS::RDS::DBCluster": "AwsRdsDbCluster",
  "AWS::RDS::DBInstance": "AwsRdsDbInstance",
  "AWS::RDS::DBSnapshot": "AwsRdsDbSnapshot",
  "AWS::Redshift::Cluster": "AwsRedshiftCluster",
  "AWS::Route53::HostedZone": "AwsRoute53HostedZone",
  "AWS::S3::Bucket": "AwsS3Bucket",
  "AWS::S3::Object": "AwsS3Object",
  "AWS::SNS::Topic": "AwsSnsTopic",
  "AWS::SQS::Queue": "AwsSqsQueue",
  "AWS::SecretsManager::Secret": "AwsSecretsManagerSecret",
  "AWS::WAFv2::WebACL": "AwsWafv2WebAcl",
};

const labels: Record<Severity, string> = {
  critical: "CRITICAL",
  high: "HIGH",
  medium: "MEDIUM",
  low: "LOW",
  info: "INFORMATIONAL",
};

/** Security Hub's limits. */
const maxTitle = 256;
const maxDescription = 1_024;
const maxText = 512;
const maxResources = 32;

/** How a finding is imported. */
export interface Import {
  /** Where Security Hub takes it: findings of integrations belong to the importing account. */
  home?: { account: string; region: string };
  /** Whether there is nothing left to do. By default, the outcome says so. */
  isDone?: boolean;
  /** ISO date-time; by default, when the finding was seen. An older import does not replace a newer one. */
  updatedAt?: string;
}

/**
 * An alert in the AWS Security Finding Format. Whoever investigates has the workflow, which an import sets only when it
 * creates the finding; a provider archives what is done.
 *
 * Source: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html
 */
export function asffOf(
  alert: OcsfBasis,
  { home = alert, isDone = leavesNothing(alert.outcome), updatedAt = alert.when.seenAt }: Import = {},
): SecurityHubFinding {
  const { id, detection, title, account, region, team, what, who, when, runbook, references } = alert;
  const partition = partitionOf(home.region);
  const called = Date.parse(when.eventTime);
  const resources =
    what.resources.length === 0 ? [{ type: "", id: `AWS::::Account:${account}` }] : what.resources;
  return {
    SchemaVersion: "2018-10-08",
    Id: id,
    ProductArn: `arn:${partition}:securityhub:${home.region}:${home.account}:product/${home.account}/default`,
    ProductName: "cloudtrailer",
    CompanyName: "cloudtrailer",
    GeneratorId: `cloudtrailer/${detection}`,
    AwsAccountId: home.account,
    // A team's own rule may name no technique.
    Types: [alert.attack === undefined ? "Unusual Behaviors" : `TTPs/${alert.attack.technique}`],
    ...(Number.isNaN(called) ? {} : { FirstObservedAt: new Date(called).toISOString() }),
    CreatedAt: when.seenAt,
    UpdatedAt: updatedAt,
    Severity: { Label: labels[alert.severity], Original: alert.severity },
    Title: cut(title, maxTitle),
    Description: cut(descriptionOf(alert), maxDescription),
    Remediation: {
      Recommendation: {
        Text: cut(runbook.join(" "), maxText),
        ...(references[0] === undefined ? {} : { Url: references[0] }),
      },
    },
    ...(alert.console === undefined ? {} : { SourceUrl: alert.console }),
    ProductFields: {
      "cloudtrailer/team": team,
      "cloudtrailer/account": account,
      "cloudtrailer/event": what.event,
      "cloudtrailer/actor": cut(who.arn ?? who.name, 1_000),
      ...(alert.outcome === undefined ? {} : { "cloudtrailer/outcome": alert.outcome }),
      ...(alert.rollback === undefined
        ? {}
        : { "cloudtrailer/rollback": cut(alert.rollback.command, 1_000) }),
    },
    Resources: resources.slice(0, maxResources).map((one) => ({
      Type: typeOf(one.type),
      Id: cut(one.id, 512),
      Partition: partitionOf(region),
      Region: region,
    })),
    Workflow: { Status: isDone ? "RESOLVED" : "NEW" },
    RecordState: isDone ? "ARCHIVED" : "ACTIVE",
  };
}

function typeOf(type: string): string {
  return Object.hasOwn(resourceTypes, type)
    ? (resourceTypes[type] ?? "Other")
    : type === ""
      ? "AwsAccount"
      : "Other";
}
