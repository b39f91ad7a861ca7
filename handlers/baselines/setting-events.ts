import { fieldsOf, textOf } from "../json";
import { type CloudTrailRecord, eventOf, nameOf } from "../cloudtrail/record";
import {
  fieldOf,
  nameInArn,
  objectsOf,
  parameterOf,
  textParameterOf,
  textsOf,
} from "../cloudtrail/parameters";
import type { BaselineName } from "./baseline-kinds";

/** What a call sets: a kind of things, and how the record names those that it set. */
interface Setting {
  kind: BaselineName;
  ids(record: CloudTrailRecord): (string | undefined)[];
}

function parameter(kind: BaselineName, name: string): Setting {
  return { kind, ids: (record) => [textParameterOf(record, name)] };
}

/** The name is inside of a parameter; AWS's own when the call leaves it out. */
function inside(kind: BaselineName, outer: string, name: string, byDefault?: string): Setting {
  return {
    kind,
    ids: (record) => [textOf(fieldOf(parameterOf(record, outer), name)) ?? byDefault],
  };
}

function answered(kind: BaselineName, ...path: string[]): Setting {
  return {
    kind,
    ids: (record) => [textOf(path.reduce(fieldOf, record.responseElements))],
  };
}

function ofAccount(kind: BaselineName): Setting {
  return { kind, ids: () => ["account"] };
}

function ofTrail(name: string): Setting {
  return {
    kind: "trail",
    ids: (record) => {
      const trail = textParameterOf(record, name);
      return [trail === undefined ? undefined : nameInArn(trail)];
    },
  };
}

/** Clusters have their ARN in the answer; those of database instances have streams, but no baselines. */
function ofDatabaseCluster(id: (record: CloudTrailRecord) => string | undefined): Setting {
  return {
    kind: "databaseCluster",
    ids: (record) => [id(record)].filter((arn) => arn?.split(":")[5] === "cluster"),
  };
}

const clusterInAnswer = (record: CloudTrailRecord) =>
  textOf(fieldOf(record.responseElements, "dBClusterArn"));

function ofKey(id: (record: CloudTrailRecord) => string | undefined): Setting {
  return {
    kind: "key",
    ids: (record) => {
      const key = id(record);
      return [key === undefined ? undefined : nameInArn(key)];
    },
  };
}

const keyAsked = (record: CloudTrailRecord) => textParameterOf(record, "keyId");

/** EC2 writes the ids of new flow logs undecoded: `{"CreateFlowLogsResponse":{"flowLogIdSet":{"item":"fl-…"}}}`. */
function newFlowLogs(record: CloudTrailRecord): string[] {
  const answer = fieldsOf(record.responseElements);
  const set = fieldOf(fieldsOf(answer[`${nameOf(record)}Response`]), "flowLogIdSet");
  const { item } = fieldsOf(set);
  return textsOf(item ?? set);
}

/**
 * The calls that set what baselines are kept of: after one of them the thing is looked at. Calls that only take away
 * are not here; how things were before those is what baselines are for.
 */
const settingEvents: Record<string, Setting[]> = {
  "bedrock:PutModelInvocationLoggingConfiguration": [ofAccount("invocationLogging")],
  "cloudtrail:CreateTrail": [ofTrail("name")],
  "cloudtrail:PutEventSelectors": [ofTrail("trailName")],
  "cloudtrail:UpdateTrail": [ofTrail("name")],
  "config:PutConfigRule": [inside("configRule", "configRule", "configRuleName")],
  "config:PutConfigurationRecorder": [inside("configRecorder", "configurationRecorder", "name", "default")],
  "config:PutDeliveryChannel": [inside("configChannel", "deliveryChannel", "name", "default")],
  "config:PutRemediationConfigurations": [
    {
      kind: "configRemediation",
      ids: (record) =>
        objectsOf(parameterOf(record, "remediationConfigurations")).map((one) =>
          textOf(fieldOf(one, "configRuleName")),
        ),
    },
  ],
  "config:PutRetentionConfiguration": [answered("configRetention", "retentionConfiguration", "name")],
  "config:StartConfigurationRecorder": [parameter("configRecorder", "configurationRecorderName")],
  "ec2:DisableEbsEncryptionByDefault": [ofAccount("ebsEncryption")],
  "ec2:DisableSerialConsoleAccess": [ofAccount("serialConsole")],
  "ec2:EnableEbsEncryptionByDefault": [ofAccount("ebsEncryption")],
  "ec2:EnableSerialConsoleAccess": [ofAccount("serialConsole")],
  "ec2:CreateFlowLogs": [{ kind: "flowLog", ids: newFlowLogs }],
  "eks:CreateCluster": [parameter("cluster", "name")],
  "eks:UpdateClusterConfig": [parameter("cluster", "name")],
  "iam:CreatePolicy": [answered("managedPolicy", "policy", "arn")],
  "iam:CreatePolicyVersion": [parameter("managedPolicy", "policyArn")],
  "iam:CreateRole": [parameter("role", "roleName")],
  "iam:CreateUser": [parameter("user", "userName")],
  "iam:PutRolePermissionsBoundary": [parameter("role", "roleName")],
  "iam:PutUserPermissionsBoundary": [parameter("user", "userName")],
  "iam:SetDefaultPolicyVersion": [parameter("managedPolicy", "policyArn")],
  "iam:UpdateAccountPasswordPolicy": [ofAccount("passwordPolicy")],
  "iam:UpdateAssumeRolePolicy": [parameter("role", "roleName")],
  "kms:CancelKeyDeletion": [ofKey(keyAsked)],
  "kms:CreateKey": [
    ofKey((record) => textOf(fieldOf(fieldOf(record.responseElements, "keyMetadata"), "keyId"))),
  ],
  "kms:DisableKey": [ofKey(keyAsked)],
  "kms:EnableKey": [ofKey(keyAsked)],
  "rds:CreateDBCluster": [ofDatabaseCluster(clusterInAnswer)],
  "rds:ModifyDBCluster": [ofDatabaseCluster(clusterInAnswer)],
  "rds:StartActivityStream": [ofDatabaseCluster((record) => textParameterOf(record, "resourceArn"))],
  "s3:PutBucketEncryption": [parameter("bucketEncryption", "bucketName")],
  "s3:PutBucketLogging": [parameter("bucketLogging", "bucketName")],
  "s3:PutBucketPolicy": [parameter("bucketPolicy", "bucketName")],
  "s3:PutBucketPublicAccessBlock": [parameter("bucketPublicAccess", "bucketName")],
  "s3:PutBucketVersioning": [parameter("bucketVersioning", "bucketName")],
  "wafv2:AssociateWebACL": [parameter("webAclAssociation", "resourceArn")],
  "wafv2:PutLoggingConfiguration": [inside("webAclLogging", "loggingConfiguration", "resourceArn")],
};

/** One thing that baselines are kept of. */
export interface Thing {
  kind: BaselineName;
  region: string;
  id: string;
}

/** The names of the events after which things of these kinds are looked at, without their services. */
export function settingEventNames(kinds: BaselineName[]): string[] {
  return Object.entries(settingEvents)
    .filter(([, settings]) => settings.some(({ kind }) => kinds.includes(kind)))
    .map(([event]) => event.slice(event.indexOf(":") + 1));
}

/** What of these kinds a call has set, by the record of it; one that failed sets nothing, and is not to be asked about. */
export function thingsSetBy(record: CloudTrailRecord, kinds: BaselineName[]): Thing[] {
  const event = eventOf(record);
  const region = textOf(record.awsRegion);
  if (region === undefined || !Object.hasOwn(settingEvents, event)) return [];
  const things = (settingEvents[event] ?? [])
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ kind, ids }) => ids(record).map((id) => ({ kind, region, id })));
  return things.filter((thing): thing is Thing => thing.id !== undefined && thing.id !== "");
}
