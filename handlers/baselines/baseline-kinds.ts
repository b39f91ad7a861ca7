import { picked } from "../json";
import { type Call, type CallAws, unlessGone } from "../aws/call";
import type { PlanContext } from "../remediations/remediation";

/** The state of one thing, as AWS's own answers to the calls that read it, by operation: `{ GetTrail: { Trail: … } }`. */
export type Baseline = Record<string, Record<string, unknown> | undefined>;

/** Something whose states are worth keeping. */
export interface BaselineKind {
  /** CloudFormation's name of the type, or what it would be called there. */
  type: string;
  /** IAM actions that reading one needs. */
  actions: string[];
  /** The calls that read it, and whose answers are the {@link Baseline}. Account-wide things have the id `account`. */
  calls(id: string, region: string): Call[];
  /**
   * By operation and member of its answer, what is kept: all of it, or the members named, of an object or of each item
   * of a list. What changes by itself (times, counters, health) is left out, or every look would be a new state.
   */
  keep: Record<string, Record<string, "all" | string[]>>;
}

/** One of {@link baselineKinds}. */
export type BaselineName = keyof typeof baselineKinds;

/** One call that reads: its input for an id, and what of its answer is kept. */
interface Reading {
  input(id: string): Record<string, unknown>;
  keep: Record<string, "all" | string[]>;
}

function reading(service: string, actions: string[], operations: Record<string, Reading>) {
  return {
    actions,
    calls: (id: string, region: string): Call[] =>
      Object.entries(operations).map(([operation, { input }]) => ({
        service,
        operation,
        region,
        input: input(id),
      })),
    keep: Object.fromEntries(Object.entries(operations).map(([operation, { keep }]) => [operation, keep])),
  };
}

/** AWS's error codes for: there is none. That is a state too. */
const gone = [
  "DBClusterNotFoundFault",
  "InvalidFlowLogId.NotFound",
  "NoSuchBucket",
  "NoSuchBucketPolicy",
  "NoSuchConfigRuleException",
  "NoSuchConfigurationRecorderException",
  "NoSuchDeliveryChannelException",
  "NoSuchEntity",
  "NoSuchEntityException",
  "NoSuchPublicAccessBlockConfiguration",
  "NoSuchRemediationConfigurationException",
  "NoSuchRetentionConfigurationException",
  "NotFoundException",
  "ResourceNotFoundException",
  "ServerSideEncryptionConfigurationNotFoundError",
  "TrailNotFoundException",
  "WAFNonexistentItemException",
];

/**
 * How a thing is now; `{}` when there is none.
 *
 * @throws what the SDK throws when it cannot be read
 */
export async function readBaseline(
  aws: CallAws,
  kind: BaselineKind,
  region: string,
  id: string,
): Promise<Baseline> {
  const answers: Baseline = {};
  for (const call of kind.calls(id, region)) {
    const answer = await unlessGone(aws(call), gone);
    if (answer !== undefined) answers[call.operation] = answer;
  }
  return keptOf(kind, answers);
}

/** What of the answers is kept, as JSON. Also for answers of calls that list, brought into the form of those that read. */
export function keptOf(kind: BaselineKind, answers: Baseline): Baseline {
  const kept: Baseline = {};
  for (const [operation, members] of Object.entries(kind.keep)) {
    const answer = answers[operation];
    if (answer === undefined) continue;
    const json = JSON.parse(JSON.stringify(picked(answer, Object.keys(members)))) as Record<string, unknown>;
    for (const [member, names] of Object.entries(members)) {
      const value = json[member];
      if (value === undefined || names === "all") continue;
      json[member] = Array.isArray(value) ? value.map((one) => picked(one, names)) : picked(value, names);
    }
    kept[operation] = json;
  }
  return kept;
}

/** Everything a remediation of the class `baseline`, or one that is more exact with a baseline, can start from. */
export const baselineKinds = {
  /** Id: the trail's name. Region: its home. */
  trail: {
    type: "AWS::CloudTrail::Trail",
    ...reading("cloudtrail", ["cloudtrail:GetTrail", "cloudtrail:GetEventSelectors"], {
      GetTrail: { input: (Name) => ({ Name }), keep: { Trail: "all" } },
      GetEventSelectors: {
        input: (TrailName) => ({ TrailName }),
        keep: { EventSelectors: "all", AdvancedEventSelectors: "all" },
      },
    }),
  },
  configRecorder: {
    type: "AWS::Config::ConfigurationRecorder",
    ...reading(
      "configservice",
      ["config:DescribeConfigurationRecorders", "config:DescribeConfigurationRecorderStatus"],
      {
        DescribeConfigurationRecorders: {
          input: (name) => ({ ConfigurationRecorderNames: [name] }),
          keep: { ConfigurationRecorders: "all" },
        },
        DescribeConfigurationRecorderStatus: {
          input: (name) => ({ ConfigurationRecorderNames: [name] }),
          keep: { ConfigurationRecordersStatus: ["name", "recording"] },
        },
      },
    ),
  },
  configChannel: {
    type: "AWS::Config::DeliveryChannel",
    ...reading("configservice", ["config:DescribeDeliveryChannels"], {
      DescribeDeliveryChannels: {
        input: (name) => ({ DeliveryChannelNames: [name] }),
        keep: { DeliveryChannels: "all" },
      },
    }),
  },
  configRule: {
    type: "AWS::Config::ConfigRule",
    ...reading("configservice", ["config:DescribeConfigRules"], {
      DescribeConfigRules: {
        input: (name) => ({ ConfigRuleNames: [name] }),
        keep: {
          ConfigRules: [
            "ConfigRuleName",
            "Description",
            "Scope",
            "Source",
            "InputParameters",
            "MaximumExecutionFrequency",
            "EvaluationModes",
          ],
        },
      },
    }),
  },
  /** Id: the name of the rule that it belongs to. */
  configRemediation: {
    type: "AWS::Config::RemediationConfiguration",
    ...reading("configservice", ["config:DescribeRemediationConfigurations"], {
      DescribeRemediationConfigurations: {
        input: (name) => ({ ConfigRuleNames: [name] }),
        keep: { RemediationConfigurations: "all" },
      },
    }),
  },
  configRetention: {
    type: "AWS::Config::RetentionConfiguration",
    ...reading("configservice", ["config:DescribeRetentionConfigurations"], {
      DescribeRetentionConfigurations: {
        input: (name) => ({ RetentionConfigurationNames: [name] }),
        keep: { RetentionConfigurations: "all" },
      },
    }),
  },
  flowLog: {
    type: "AWS::EC2::FlowLog",
    ...reading("ec2", ["ec2:DescribeFlowLogs"], {
      DescribeFlowLogs: {
        input: (id) => ({ FlowLogIds: [id] }),
        keep: {
          FlowLogs: [
            "FlowLogId",
            "ResourceId",
            "TrafficType",
            "LogDestinationType",
            "LogDestination",
            "LogGroupName",
            "LogFormat",
            "MaxAggregationInterval",
            "DeliverLogsPermissionArn",
            "DeliverCrossAccountRole",
            "DestinationOptions",
            "Tags",
          ],
        },
      },
    }),
  },
  cluster: {
    type: "AWS::EKS::Cluster",
    ...reading("eks", ["eks:DescribeCluster"], {
      DescribeCluster: { input: (name) => ({ name }), keep: { cluster: ["name", "logging"] } },
    }),
  },
  /** Id: the ARN of what the web ACL protects. */
  webAclAssociation: {
    type: "AWS::WAFv2::WebACLAssociation",
    ...reading(
      "wafv2",
      [
        "wafv2:GetWebACLForResource",
        "wafv2:GetWebACL",
        // What is protected has to agree: https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html
        "amplify:GetWebACLForResource",
        "apprunner:DescribeWebAclForService",
        "appsync:GetWebACLForResource",
        "cognito-idp:GetWebACLForResource",
        "ec2:GetVerifiedAccessInstanceWebAcl",
        "elasticloadbalancing:GetLoadBalancerWebACL",
      ],
      {
        GetWebACLForResource: { input: (ResourceArn) => ({ ResourceArn }), keep: { WebACL: ["ARN"] } },
      },
    ),
  },
  /** Id: the web ACL's ARN. */
  webAclLogging: {
    type: "AWS::WAFv2::LoggingConfiguration",
    ...reading("wafv2", ["wafv2:GetLoggingConfiguration"], {
      GetLoggingConfiguration: {
        input: (ResourceArn) => ({ ResourceArn }),
        keep: { LoggingConfiguration: "all" },
      },
    }),
  },
  bucketLogging: {
    type: "AWS::S3::BucketLogging",
    ...reading("s3", ["s3:GetBucketLogging"], {
      GetBucketLogging: { input: (Bucket) => ({ Bucket }), keep: { LoggingEnabled: "all" } },
    }),
  },
  bucketEncryption: {
    type: "AWS::S3::BucketEncryption",
    ...reading("s3", ["s3:GetEncryptionConfiguration"], {
      GetBucketEncryption: {
        input: (Bucket) => ({ Bucket }),
        keep: { ServerSideEncryptionConfiguration: "all" },
      },
    }),
  },
  bucketPolicy: {
    type: "AWS::S3::BucketPolicy",
    ...reading("s3", ["s3:GetBucketPolicy"], {
      GetBucketPolicy: { input: (Bucket) => ({ Bucket }), keep: { Policy: "all" } },
    }),
  },
  bucketPublicAccess: {
    type: "AWS::S3::BucketPublicAccessBlock",
    ...reading("s3", ["s3:GetBucketPublicAccessBlock"], {
      GetPublicAccessBlock: {
        input: (Bucket) => ({ Bucket }),
        keep: { PublicAccessBlockConfiguration: "all" },
      },
    }),
  },
  bucketVersioning: {
    type: "AWS::S3::BucketVersioning",
    ...reading("s3", ["s3:GetBucketVersioning"], {
      GetBucketVersioning: { input: (Bucket) => ({ Bucket }), keep: { Status: "all" } },
    }),
  },
  ebsEncryption: {
    type: "AWS::EC2::EbsEncryptionByDefault",
    ...reading("ec2", ["ec2:GetEbsEncryptionByDefault"], {
      GetEbsEncryptionByDefault: { input: () => ({}), keep: { EbsEncryptionByDefault: "all" } },
    }),
  },
  serialConsole: {
    type: "AWS::EC2::SerialConsoleAccess",
    ...reading("ec2", ["ec2:GetSerialConsoleAccessStatus"], {
      GetSerialConsoleAccessStatus: { input: () => ({}), keep: { SerialConsoleAccessEnabled: "all" } },
    }),
  },
  /** Id: the key's id, not its ARN. */
  key: {
    type: "AWS::KMS::Key",
    ...reading("kms", ["kms:DescribeKey"], {
      DescribeKey: { input: (KeyId) => ({ KeyId }), keep: { KeyMetadata: ["KeyState"] } },
    }),
  },
  /** Id: the cluster's ARN. */
  databaseCluster: {
    type: "AWS::RDS::DBCluster",
    ...reading("rds", ["rds:DescribeDBClusters"], {
      DescribeDBClusters: {
        input: (DBClusterIdentifier) => ({ DBClusterIdentifier }),
        keep: { DBClusters: ["DBClusterArn", "ActivityStreamMode", "ActivityStreamKmsKeyId"] },
      },
    }),
  },
  invocationLogging: {
    type: "AWS::Bedrock::ModelInvocationLoggingConfiguration",
    ...reading("bedrock", ["bedrock:GetModelInvocationLoggingConfiguration"], {
      GetModelInvocationLoggingConfiguration: { input: () => ({}), keep: { loggingConfig: "all" } },
    }),
  },
  passwordPolicy: {
    type: "AWS::IAM::AccountPasswordPolicy",
    ...reading("iam", ["iam:GetAccountPasswordPolicy"], {
      GetAccountPasswordPolicy: { input: () => ({}), keep: { PasswordPolicy: "all" } },
    }),
  },
  user: {
    type: "AWS::IAM::User",
    ...reading("iam", ["iam:GetUser"], {
      GetUser: { input: (UserName) => ({ UserName }), keep: { User: ["UserName", "PermissionsBoundary"] } },
    }),
  },
  role: {
    type: "AWS::IAM::Role",
    ...reading("iam", ["iam:GetRole"], {
      GetRole: {
        input: (RoleName) => ({ RoleName }),
        keep: { Role: ["RoleName", "AssumeRolePolicyDocument", "PermissionsBoundary"] },
      },
    }),
  },
  /** Id: the policy's ARN. */
  managedPolicy: {
    type: "AWS::IAM::ManagedPolicy",
    ...reading("iam", ["iam:GetPolicy"], {
      GetPolicy: { input: (PolicyArn) => ({ PolicyArn }), keep: { Policy: ["Arn", "DefaultVersionId"] } },
    }),
  },
} satisfies Record<string, BaselineKind>;

/** The id under which a baseline stands in the table of findings: `baseline#AWS::CloudTrail::Trail#eu-west-1/main`. */
export function baselineKeyOf(kind: BaselineKind, region: string, id: string): string {
  return `baseline#${kind.type}#${region}/${id}`;
}

/** How one thing was before the finding's event; undefined when that is not known. */
export async function baselineFor(
  context: PlanContext | undefined,
  kind: BaselineKind,
  region: string,
  id: string,
): Promise<Baseline | undefined> {
  const kept = await context?.baselineOf(baselineKeyOf(kind, region, id));
  return typeof kept === "object" && kept !== null ? (kept as Baseline) : undefined;
}
