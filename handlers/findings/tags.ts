import { type Call, type CallAws, callsTo, unlessGone } from "../aws/call";
import { iamRegionOf, partitionOf } from "../aws/regions";
import { type Fields, fieldsOf, listOf, textOf } from "../json";
import type { Resource } from "../detections/detection";
import { matchesPattern } from "../pattern";
import { mayAllow, statementsOf } from "../detections/readers/policy";
import { nameInArn } from "../cloudtrail/parameters";
import { iamGone } from "../remediations/support/outcomes";
import type { Finding } from "../detections/finding";

/** What is known of a tag on a finding's resources. */
export type TagVerdict =
  | { has: false }
  | { has: true; counts: true }
  /** @property why the tag is ignored, for people */
  | { has: true; counts: false; why: string };

/** A resource type whose tags can be read, and how they can be set. */
export interface TaggedType {
  /** IAM actions that set tags. */
  sets: string[];
  /** IAM actions that reading needs. */
  reads: string[];
  /** The resource's ARN from its name, id or ARN. `arn` builds one in the account and region. */
  arnOf(id: string, arn: (service: string, resource: string, global?: "iam" | "s3") => string): string;
  /** The call that reads the tags. */
  call(id: string, region: string, arn: string): Call;
  /** The tags in its answer, as keys and values in any form. */
  tagsIn(answer: Fields): unknown;
  /** Error codes that mean that there is no such resource, or no tag on it. */
  none: string[];
  /** The call that reads the resource's own policy, which may let somebody set tags, and the policy in its answer. */
  policy?: { call(id: string, region: string): Call; in(answer: Fields): unknown; none: string[] };
}

/** Type names and id prefixes of EC2 resources, as in ARNs. */
function ec2(resource: string): TaggedType {
  return {
    sets: ["ec2:CreateTags"],
    reads: ["ec2:DescribeTags"],
    // The ARNs of images and snapshots have no account, but only the account's own principals can tag them.
    arnOf: (id, arn) => arn("ec2", `${resource}/${nameInArn(id)}`),
    call: (id, region) =>
      callsTo("ec2", region)("DescribeTags", { Filters: [{ Name: "resource-id", Values: [nameInArn(id)] }] }),
    tagsIn: (answer) => answer.Tags,
    none: [],
  };
}

function iam(subject: "User" | "Role"): TaggedType {
  const resource = subject.toLowerCase();
  return {
    sets: [`iam:Tag${subject}`],
    reads: [`iam:List${subject}Tags`],
    arnOf: (id, arn) => arn("iam", `${resource}/${nameInArn(id)}`, "iam"),
    call: (id, region) =>
      callsTo("iam", iamRegionOf(region))(`List${subject}Tags`, { [`${subject}Name`]: nameInArn(id) }),
    tagsIn: (answer) => answer.Tags,
    none: iamGone,
  };
}

function rds(resource: string, gone: string): TaggedType {
  return {
    sets: ["rds:AddTagsToResource"],
    reads: ["rds:ListTagsForResource"],
    arnOf: (id, arn) => arn("rds", `${resource}:${id}`),
    call: (_, region, arn) => callsTo("rds", region)("ListTagsForResource", { ResourceName: arn }),
    tagsIn: (answer) => answer.TagList,
    none: [gone, `${gone}Fault`],
  };
}

/**
 * The resource types whose tags exceptions can use, by CloudFormation's name.
 *
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const taggedTypes: Record<string, TaggedType> = {
  "AWS::CloudTrail::Trail": {
    sets: ["cloudtrail:AddTags"],
    reads: ["cloudtrail:ListTags"],
    arnOf: (id, arn) => arn("cloudtrail", `trail/${id}`),
    call: (_, region, arn) => callsTo("cloudtrail", region)("ListTags", { ResourceIdList: [arn] }),
    tagsIn: (answer) => fieldsOf(listOf(answer.ResourceTagList)[0]).TagsList,
    none: ["ResourceNotFoundException"],
  },
  "AWS::EC2::Image": ec2("image"),
  "AWS::EC2::Instance": ec2("instance"),
  "AWS::EC2::NetworkAcl": ec2("network-acl"),
  "AWS::EC2::NetworkInterface": ec2("network-interface"),
  "AWS::EC2::RouteTable": ec2("route-table"),
  "AWS::EC2::SecurityGroup": ec2("security-group"),
  "AWS::EC2::Snapshot": ec2("snapshot"),
  "AWS::EC2::VPC": ec2("vpc"),
  "AWS::EKS::Cluster": {
    sets: ["eks:TagResource"],
    reads: ["eks:ListTagsForResource"],
    arnOf: (id, arn) => arn("eks", `cluster/${id}`),
    call: (_, region, arn) => callsTo("eks", region)("ListTagsForResource", { resourceArn: arn }),
    tagsIn: (answer) => answer.tags,
    none: ["NotFoundException", "ResourceNotFoundException"],
  },
  "AWS::IAM::ManagedPolicy": {
    sets: ["iam:TagPolicy"],
    reads: ["iam:ListPolicyTags"],
    arnOf: (id, arn) => arn("iam", `policy/${id}`, "iam"),
    call: (_, region, arn) => callsTo("iam", iamRegionOf(region))("ListPolicyTags", { PolicyArn: arn }),
    tagsIn: (answer) => answer.Tags,
    none: iamGone,
  },
  "AWS::IAM::Role": iam("Role"),
  "AWS::IAM::User": iam("User"),
  "AWS::KMS::Key": {
    sets: ["kms:TagResource"],
    reads: ["kms:ListResourceTags", "kms:GetKeyPolicy"],
    arnOf: (id, arn) => arn("kms", `key/${id}`),
    call: (id, region) => callsTo("kms", region)("ListResourceTags", { KeyId: id }),
    tagsIn: (answer) => answer.Tags,
    none: ["NotFoundException"],
    policy: {
      call: (id, region) => callsTo("kms", region)("GetKeyPolicy", { KeyId: id, PolicyName: "default" }),
      in: (answer) => answer.Policy,
      none: ["NotFoundException"],
    },
  },
  "AWS::Lambda::Function": {
    sets: ["lambda:TagResource"],
    reads: ["lambda:ListTags", "lambda:GetPolicy"],
    arnOf: (id, arn) => arn("lambda", `function:${id}`),
    call: (_, region, arn) => callsTo("lambda", region)("ListTags", { Resource: arn }),
    tagsIn: (answer) => answer.Tags,
    none: ["ResourceNotFoundException"],
    policy: {
      call: (id, region) => callsTo("lambda", region)("GetPolicy", { FunctionName: id }),
      in: (answer) => answer.Policy,
      none: ["ResourceNotFoundException"],
    },
  },
  "AWS::RDS::DBCluster": rds("cluster", "DBClusterNotFound"),
  "AWS::RDS::DBClusterSnapshot": rds("cluster-snapshot", "DBClusterSnapshotNotFound"),
  "AWS::RDS::DBInstance": rds("db", "DBInstanceNotFound"),
  "AWS::RDS::DBSnapshot": rds("snapshot", "DBSnapshotNotFound"),
  "AWS::S3::Bucket": {
    sets: ["s3:PutBucketTagging", "s3:TagResource"],
    reads: ["s3:GetBucketTagging", "s3:GetBucketPolicy"],
    arnOf: (id, arn) => arn("s3", id, "s3"),
    call: (id, region) => callsTo("s3", region)("GetBucketTagging", { Bucket: nameInArn(id) }),
    tagsIn: (answer) => answer.TagSet,
    none: ["NoSuchTagSet", "NoSuchBucket"],
    policy: {
      call: (id, region) => callsTo("s3", region)("GetBucketPolicy", { Bucket: nameInArn(id) }),
      in: (answer) => answer.Policy,
      none: ["NoSuchBucketPolicy", "NoSuchBucket"],
    },
  },
  "AWS::SNS::Topic": {
    sets: ["sns:TagResource"],
    reads: ["sns:ListTagsForResource", "sns:GetTopicAttributes"],
    arnOf: (id, arn) => arn("sns", id),
    call: (_, region, arn) => callsTo("sns", region)("ListTagsForResource", { ResourceArn: arn }),
    tagsIn: (answer) => answer.Tags,
    none: ["NotFoundException", "ResourceNotFoundException", "ResourceNotFound"],
    policy: {
      call: (id, region) => callsTo("sns", region)("GetTopicAttributes", { TopicArn: id }),
      in: (answer) => fieldsOf(answer.Attributes).Policy,
      none: ["NotFoundException"],
    },
  },
  "AWS::SQS::Queue": {
    sets: ["sqs:TagQueue"],
    reads: ["sqs:ListQueueTags", "sqs:GetQueueAttributes"],
    // The record contains the queue's URL.
    arnOf: (id, arn) => arn("sqs", id.slice(id.lastIndexOf("/") + 1)),
    call: (id, region) => callsTo("sqs", region)("ListQueueTags", { QueueUrl: id }),
    tagsIn: (answer) => answer.Tags,
    none: ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"],
    policy: {
      call: (id, region) =>
        callsTo("sqs", region)("GetQueueAttributes", { QueueUrl: id, AttributeNames: ["Policy"] }),
      in: (answer) => fieldsOf(answer.Attributes).Policy,
      none: ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"],
    },
  },
};

/** Types that belong to another resource of the same finding and need no tags of their own. */
const parts = ["AWS::EC2::SecurityGroupRule", "AWS::IAM::AccessKey"];

/** IAM actions that tag exceptions need. */
export const tagActions = [
  "iam:SimulatePrincipalPolicy",
  ...Object.values(taggedTypes).flatMap(({ reads }) => reads),
];

/** The key, and the pattern for the value, in `team=web*`; undefined if the text is not of that form. */
export function tagFrom(text: string): { key: string; value: string } | undefined {
  const at = text.indexOf("=");
  return at < 1 ? undefined : { key: text.slice(0, at), value: text.slice(at + 1) };
}

/**
 * Whether everything that a finding's call touched has a tag now, and whether that tag counts. It is ignored if, according
 * to IAM's policy simulator, the caller currently has permission to set it, or if that cannot be determined.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 *
 * @param tag `key=value`, the value a pattern
 * @throws what the SDK throws when it cannot read
 */
export async function tagVerdictOf(finding: Finding, tag: string, aws: CallAws): Promise<TagVerdict> {
  const wanted = tagFrom(tag);
  const resources = finding.match.resources.filter(
    (resource) => !parts.includes(resource.type) && !isOfAws(resource),
  );
  if (wanted === undefined || resources.length === 0) return { has: false };
  const found: { type: TaggedType; id: string; arn: string; value: string }[] = [];
  for (const { type: name, id } of resources) {
    const type = Object.hasOwn(taggedTypes, name) ? taggedTypes[name] : undefined;
    if (type === undefined) return { has: false };
    const arn = id.startsWith("arn:") ? id : type.arnOf(id, arnMaker(finding));
    const answer = await unlessGone(aws(type.call(id, finding.region, arn)), type.none);
    const value = answer === undefined ? undefined : tagsOf(type.tagsIn(answer))[wanted.key];
    if (value === undefined || !matchesPattern(wanted.value, value)) return { has: false };
    found.push({ type, id, arn, value });
  }
  const actor = principalOf(finding);
  if ("why" in actor) return { has: true, counts: false, why: actor.why };
  for (const { type, id, arn, value } of found) {
    const why =
      (await whyByPolicyOf(type, id, finding, aws)) ??
      (await whyByPermissions(finding, actor.arn, type.sets, arn, { key: wanted.key, value }, aws));
    if (why !== undefined) return { has: true, counts: false, why };
  }
  return { has: true, counts: true };
}

/** Resources owned by AWS, such as AdministratorAccess, cannot be tagged by anybody here. */
function isOfAws({ id }: Resource): boolean {
  return id.startsWith("arn:") && id.split(":")[4] === "aws";
}

function arnMaker({ account, region }: Finding): Parameters<TaggedType["arnOf"]>[1] {
  const partition = partitionOf(region);
  return (service, resource, global) => {
    const place = global === undefined ? `${region}:${account}` : global === "iam" ? `:${account}` : ":";
    return `arn:${partition}:${service}:${place}:${resource}`;
  };
}

/** Tags as a list of keys and values, in any of the services' spellings, or as a map. */
function tagsOf(tags: unknown): Record<string, string> {
  const pairs = Array.isArray(tags)
    ? tags
        .map(fieldsOf)
        .map((tag) => [textOf(tag.Key) ?? textOf(tag.TagKey), textOf(tag.Value) ?? textOf(tag.TagValue)])
    : Object.entries(fieldsOf(tags)).map(([key, value]) => [key, textOf(value)]);
  return Object.fromEntries(
    pairs.filter(([key, value]) => key !== undefined && value !== undefined),
  ) as Record<string, string>;
}

/** The user or role whose permissions count, or why they are unknown. */
function principalOf({ actor, account }: Finding): { arn: string } | { why: string } {
  if (actor.type === "Root") return { why: "root may set any tag" };
  const arn = actor.role === undefined ? actor.arn : actor.role.arn;
  const [, , service, , owner, resource = ""] = (arn ?? "").split(":");
  if (arn === undefined || service !== "iam" || !/^(?:user|role)\//.test(resource))
    return { why: `it is unknown whether ${actor.name} may set it` };
  if (owner !== account)
    return { why: `${actor.name} belongs to account ${owner}, whose permissions are unknown` };
  return { arn };
}

/** Why the actor's own permissions may let them set a tag; undefined if they do not. */
async function whyByPermissions(
  { region }: Pick<Finding, "region">,
  actor: string,
  actions: string[],
  arn: string,
  { key, value }: { key: string; value: string },
  aws: CallAws,
): Promise<string | undefined> {
  const answer = await aws(
    callsTo("iam", iamRegionOf(region))("SimulatePrincipalPolicy", {
      PolicySourceArn: actor,
      ActionNames: actions,
      ResourceArns: [arn],
      ContextEntries: [
        { ContextKeyName: "aws:TagKeys", ContextKeyValues: [key], ContextKeyType: "stringList" },
        { ContextKeyName: `aws:RequestTag/${key}`, ContextKeyValues: [value], ContextKeyType: "string" },
      ],
    }),
  );
  const results = listOf(answer.EvaluationResults).map(fieldsOf);
  for (const action of actions) {
    const result = results.find((one) => one.EvalActionName === action);
    const decision = textOf(result?.EvalDecision);
    if (decision === "allowed") return `${actor} may set it (${action})`;
    if (decision !== "implicitDeny" && decision !== "explicitDeny")
      return `it is unknown whether ${actor} may set it (${action})`;
    // A condition on facts that only the actor's own call would show, such as MFA or an address.
    const missing = listOf(result?.MissingContextValues);
    if (missing.length > 0)
      return `${actor} may be able to set it (${action}), depending on ${missing.join(", ")}`;
  }
  return undefined;
}

/** Why a resource's own policy may let the actor set tags; undefined if it lets nobody. */
async function whyByPolicyOf(
  { policy, sets }: TaggedType,
  id: string,
  finding: Finding,
  aws: CallAws,
): Promise<string | undefined> {
  if (policy === undefined) return undefined;
  const answer = await unlessGone(aws(policy.call(id, finding.region)), policy.none);
  // Naming the account only delegates to the permissions of its own principals.
  const isAccount = (value: string) =>
    value === finding.account || value.endsWith(`::${finding.account}:root`);
  const letting = statementsOf(answer === undefined ? undefined : policy.in(answer)).some(
    (statement) =>
      statement.effect === "Allow" &&
      sets.some((action) => mayAllow(statement, action)) &&
      !statement.principals.every(
        ({ kind, value, not }) => !not && (kind === "Service" || (kind === "AWS" && isAccount(value))),
      ),
  );
  return letting ? `the policy of ${id} itself lets somebody set tags` : undefined;
}
