import type { Call, PlanContext } from "./remediation";

/** The state of one thing, as AWS's own answers to the calls that read it, by operation: `{ GetTrail: { Trail: … } }`. */
export type Baseline = Record<string, Record<string, unknown> | undefined>;

/** Something whose last good state is worth keeping. */
export interface BaselineKind {
  /** CloudFormation's name of the type, or what it would be called there. */
  type: string;
  /** IAM actions that reading it needs. */
  actions: string[];
  /** The calls that read it, and whose answers are the {@link Baseline}. Account-wide things have the id `account`. */
  calls(id: string, region: string): Call[];
}

function reading(
  service: string,
  actions: string[],
  inputs: Record<string, (id: string) => Record<string, unknown>>,
) {
  return {
    actions,
    calls: (id: string, region: string): Call[] =>
      Object.entries(inputs).map(([operation, input]) => ({ service, operation, region, input: input(id) })),
  };
}

/** Everything a remediation of the class `baseline`, or one that is more exact with a baseline, can start from. */
export const baselineKinds = {
  /** Id: the trail's name. Region: its home. */
  trail: {
    type: "AWS::CloudTrail::Trail",
    ...reading("cloudtrail", ["cloudtrail:GetTrail", "cloudtrail:GetEventSelectors"], {
      GetTrail: (Name) => ({ Name }),
      GetEventSelectors: (TrailName) => ({ TrailName }),
    }),
  },
  configRecorder: {
    type: "AWS::Config::ConfigurationRecorder",
    ...reading(
      "configservice",
      ["config:DescribeConfigurationRecorders", "config:DescribeConfigurationRecorderStatus"],
      {
        DescribeConfigurationRecorders: (name) => ({ ConfigurationRecorderNames: [name] }),
        DescribeConfigurationRecorderStatus: (name) => ({ ConfigurationRecorderNames: [name] }),
      },
    ),
  },
  configChannel: {
    type: "AWS::Config::DeliveryChannel",
    ...reading("configservice", ["config:DescribeDeliveryChannels"], {
      DescribeDeliveryChannels: (name) => ({ DeliveryChannelNames: [name] }),
    }),
  },
  configRule: {
    type: "AWS::Config::ConfigRule",
    ...reading("configservice", ["config:DescribeConfigRules"], {
      DescribeConfigRules: (name) => ({ ConfigRuleNames: [name] }),
    }),
  },
  /** Id: the name of the rule that it belongs to. */
  configRemediation: {
    type: "AWS::Config::RemediationConfiguration",
    ...reading("configservice", ["config:DescribeRemediationConfigurations"], {
      DescribeRemediationConfigurations: (name) => ({ ConfigRuleNames: [name] }),
    }),
  },
  configRetention: {
    type: "AWS::Config::RetentionConfiguration",
    ...reading("configservice", ["config:DescribeRetentionConfigurations"], {
      DescribeRetentionConfigurations: (name) => ({ RetentionConfigurationNames: [name] }),
    }),
  },
  flowLog: {
    type: "AWS::EC2::FlowLog",
    ...reading("ec2", ["ec2:DescribeFlowLogs"], { DescribeFlowLogs: (id) => ({ FlowLogIds: [id] }) }),
  },
  cluster: {
    type: "AWS::EKS::Cluster",
    ...reading("eks", ["eks:DescribeCluster"], { DescribeCluster: (name) => ({ name }) }),
  },
  /** Id: the ARN of what the web ACL protects. */
  webAclAssociation: {
    type: "AWS::WAFv2::WebACLAssociation",
    ...reading("wafv2", ["wafv2:GetWebACLForResource", "wafv2:GetWebACL"], {
      GetWebACLForResource: (ResourceArn) => ({ ResourceArn }),
    }),
  },
  /** Id: the ARN of what the web ACL protects. */
  regionalWebAclAssociation: {
    type: "AWS::WAFRegional::WebACLAssociation",
    ...reading("waf-regional", ["waf-regional:GetWebACLForResource", "waf-regional:GetWebACL"], {
      GetWebACLForResource: (ResourceArn) => ({ ResourceArn }),
    }),
  },
  /** Id: the web ACL's ARN. */
  webAclLogging: {
    type: "AWS::WAFv2::LoggingConfiguration",
    ...reading("wafv2", ["wafv2:GetLoggingConfiguration"], {
      GetLoggingConfiguration: (ResourceArn) => ({ ResourceArn }),
    }),
  },
  bucketLogging: {
    type: "AWS::S3::BucketLogging",
    ...reading("s3", ["s3:GetBucketLogging"], { GetBucketLogging: (Bucket) => ({ Bucket }) }),
  },
  bucketEncryption: {
    type: "AWS::S3::BucketEncryption",
    ...reading("s3", ["s3:GetEncryptionConfiguration"], { GetBucketEncryption: (Bucket) => ({ Bucket }) }),
  },
  /** Id: the cluster's ARN. */
  databaseCluster: {
    type: "AWS::RDS::DBCluster",
    ...reading("rds", ["rds:DescribeDBClusters"], {
      DescribeDBClusters: (DBClusterIdentifier) => ({ DBClusterIdentifier }),
    }),
  },
  invocationLogging: {
    type: "AWS::Bedrock::ModelInvocationLoggingConfiguration",
    ...reading("bedrock", ["bedrock:GetModelInvocationLoggingConfiguration"], {
      GetModelInvocationLoggingConfiguration: () => ({}),
    }),
  },
  user: {
    type: "AWS::IAM::User",
    ...reading("iam", ["iam:GetUser"], { GetUser: (UserName) => ({ UserName }) }),
  },
  role: {
    type: "AWS::IAM::Role",
    ...reading("iam", ["iam:GetRole"], { GetRole: (RoleName) => ({ RoleName }) }),
  },
  /** Id: the policy's ARN. */
  managedPolicy: {
    type: "AWS::IAM::ManagedPolicy",
    ...reading("iam", ["iam:GetPolicy"], { GetPolicy: (PolicyArn) => ({ PolicyArn }) }),
  },
  passwordPolicy: {
    type: "AWS::IAM::AccountPasswordPolicy",
    ...reading("iam", ["iam:GetAccountPasswordPolicy"], { GetAccountPasswordPolicy: () => ({}) }),
  },
} satisfies Record<string, BaselineKind>;

/** The id under which a baseline stands in the table of findings: `baseline#AWS::CloudTrail::Trail#eu-west-1/main`. */
export function baselineKeyOf(kind: BaselineKind, region: string, id: string): string {
  return `baseline#${kind.type}#${region}/${id}`;
}

/** The baseline of one thing; undefined when there is none. */
export async function baselineFor(
  context: PlanContext | undefined,
  kind: BaselineKind,
  region: string,
  id: string,
): Promise<Baseline | undefined> {
  const kept = await context?.baselineOf(baselineKeyOf(kind, region, id));
  return typeof kept === "object" && kept !== null ? (kept as Baseline) : undefined;
}
