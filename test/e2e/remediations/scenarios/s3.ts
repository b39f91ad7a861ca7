import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { type Owner, type Scenario, type Step } from "../scenario";

const stranger = "444455556666";

const s3 = (operation: string, input: Record<string, unknown>): Step => ({ service: "s3", operation, input });

/** A bucket from before S3 blocked public access to all new ones. */
async function makeOpenBucket(owner: Owner, name: string): Promise<string> {
  const Bucket = await makeBucket(owner, name);
  await owner(s3("DeletePublicAccessBlock", { Bucket }));
  const Rules = [{ ObjectOwnership: "ObjectWriter" }];
  await owner(s3("PutBucketOwnershipControls", { Bucket, OwnershipControls: { Rules } }));
  return Bucket;
}

async function makeBucket(owner: Owner, name: string): Promise<string> {
  const Bucket = name.toLowerCase();
  await owner(s3("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: "us-west-2" } }));
  return Bucket;
}

/** Everything that can be read about a bucket. */
const bucketState = (Bucket: string): Step[] =>
  [
    "GetBucketPolicy",
    "GetPublicAccessBlock",
    "GetBucketAcl",
    "GetBucketVersioning",
    "GetBucketEncryption",
    "GetBucketReplication",
  ].map((operation) => s3(operation, { Bucket }));

const block = (flags: Partial<Record<string, boolean>>) => ({
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
  ...flags,
});

const statement = (Bucket: string, AWS: string | string[], Sid: string) => ({
  Sid,
  Effect: "Allow",
  Principal: { AWS },
  Action: "s3:GetObject",
  Resource: `arn:aws:s3:::${Bucket}/*`,
});
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const forAccounts = (Bucket: string, ...accounts: string[]) => ({
  ...statement(Bucket, "*", "shared"),
  Condition: { StringEquals: { "aws:PrincipalAccount": accounts } },
});
const own = (Bucket: string) => statement(Bucket, "arn:aws:iam::111122223333:root", "own");

const publicAccessBlock: Scenario<string> = {
  id: "s3-public-access-block-removed",
  async make(owner, name) {
    const Bucket = await makeBucket(owner, name);
    await owner(s3("PutPublicAccessBlock", { Bucket, PublicAccessBlockConfiguration: block({}) }));
    return Bucket;
  },
  attack: (Bucket) => s3("DeletePublicAccessBlock", { Bucket }),
  state: bucketState,
};

const policyPublic: Scenario<string> = {
  id: "s3-bucket-policy-public",
  make: makeOpenBucket,
  attack: (Bucket) =>
    s3("PutBucketPolicy", { Bucket, Policy: policy(own(Bucket), statement(Bucket, "*", "open")) }),
  state: bucketState,
  contains: true,
};

const policyExternal: Scenario<string> = {
  id: "s3-bucket-policy-external-account",
  async make(owner, name) {
    const Bucket = await makeBucket(owner, name);
    await owner(s3("PutBucketPolicy", { Bucket, Policy: policy(own(Bucket)) }));
    return Bucket;
  },
  attack: (Bucket) =>
    s3("PutBucketPolicy", { Bucket, Policy: policy(own(Bucket), statement(Bucket, stranger, "loot")) }),
  state: bucketState,
};

/** A statement for everyone in some accounts, one of which is a stranger's. */
const policyExternalByCondition: Scenario<string> = {
  ...policyExternal,
  what: "named by a condition beside the account's own",
  async make(owner, name) {
    const Bucket = await makeBucket(owner, name);
    await owner(s3("PutBucketPolicy", { Bucket, Policy: policy(forAccounts(Bucket, "111122223333")) }));
    return Bucket;
  },
  attack: (Bucket) =>
    s3("PutBucketPolicy", { Bucket, Policy: policy(forAccounts(Bucket, "111122223333", "444455556666")) }),
};

const acl: Scenario<string> = {
  id: "s3-bucket-acl-public",
  make: makeOpenBucket,
  attack: (Bucket) => s3("PutBucketAcl", { Bucket, ACL: "public-read-write" }),
  state: bucketState,
};

const versioning: Scenario<string> = {
  id: "s3-versioning-suspended",
  async make(owner, name) {
    const Bucket = await makeBucket(owner, name);
    await owner(s3("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    return Bucket;
  },
  attack: (Bucket) => s3("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Suspended" } }),
  state: bucketState,
};

const encryption: Scenario<string> = {
  id: "s3-bucket-encryption-deleted",
  async make(owner, name) {
    const Bucket = await makeBucket(owner, name);
    const key = { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "arn:aws:kms:us-west-2:111122223333:key/1" };
    const Rules = [{ ApplyServerSideEncryptionByDefault: key, BucketKeyEnabled: true }];
    await owner(s3("PutBucketEncryption", { Bucket, ServerSideEncryptionConfiguration: { Rules } }));
    return Bucket;
  },
  attack: (Bucket) => s3("DeleteBucketEncryption", { Bucket }),
  state: bucketState,
  baseline: (Bucket) => ({ kind: baselineKinds.bucketEncryption, id: Bucket }),
};

const replicationRule = (ID: string, Priority: number, Account?: string) => ({
  ID,
  Priority,
  Status: "Enabled",
  Filter: { Prefix: ID },
  DeleteMarkerReplication: { Status: "Disabled" },
  Destination: { Bucket: `arn:aws:s3:::${ID}`, ...(Account === undefined ? {} : { Account }) },
});
const Role = "arn:aws:iam::111122223333:role/replication";

const replication: Scenario<string> = {
  id: "s3-replication-external",
  async make(owner, name) {
    const Bucket = await makeBucket(owner, name);
    const versioned = { Bucket, VersioningConfiguration: { Status: "Enabled" } };
    await owner(s3("PutBucketVersioning", versioned));
    await owner(s3("PutBucketVersioning", { ...versioned, Bucket: await makeBucket(owner, `${Bucket}-to`) }));
    const ReplicationConfiguration = { Role, Rules: [replicationRule(`${Bucket}-to`, 1)] };
    await owner(s3("PutBucketReplication", { Bucket, ReplicationConfiguration }));
    return Bucket;
  },
  attack: (Bucket) => {
    const Rules = [replicationRule(`${Bucket}-to`, 1), replicationRule("loot", 2, stranger)];
    return s3("PutBucketReplication", { Bucket, ReplicationConfiguration: { Role, Rules } });
  },
  state: bucketState,
};

const replicationOverwritten: Scenario<string> = {
  ...replication,
  what: "in the place of the own one",
  attack: (Bucket) => {
    const ReplicationConfiguration = { Role, Rules: [replicationRule("loot", 1, stranger)] };
    return s3("PutBucketReplication", { Bucket, ReplicationConfiguration });
  },
  baseline: (Bucket) => ({ kind: baselineKinds.bucketReplication, id: Bucket }),
};

const replicationDeleted: Scenario<string> = {
  ...replication,
  id: "s3-replication-deleted",
  attack: (Bucket) => s3("DeleteBucketReplication", { Bucket }),
  baseline: (Bucket) => ({ kind: baselineKinds.bucketReplication, id: Bucket }),
};

const policyDeleted: Scenario<string> = {
  id: "s3-bucket-policy-deleted",
  async make(owner, name) {
    const Bucket = await makeBucket(owner, name);
    const Statement = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${Bucket}/*`,
      Condition: { Null: { "s3:x-amz-server-side-encryption": "true" } },
    };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [Statement] });
    await owner(s3("PutBucketPolicy", { Bucket, Policy }));
    return Bucket;
  },
  attack: (Bucket) => s3("DeleteBucketPolicy", { Bucket }),
  state: bucketState,
  baseline: (Bucket) => ({ kind: baselineKinds.bucketPolicy, id: Bucket }),
};

const foreignKey: Scenario<string> = {
  ...encryption,
  id: "s3-bucket-encryption-foreign-key",
  attack: (Bucket) => {
    const key = { SSEAlgorithm: "aws:kms", KMSMasterKeyID: `arn:aws:kms:us-west-2:${stranger}:key/1` };
    const Rules = [{ ApplyServerSideEncryptionByDefault: key }];
    return s3("PutBucketEncryption", { Bucket, ServerSideEncryptionConfiguration: { Rules } });
  },
};

/** Buckets. */
export const buckets = [
  publicAccessBlock,
  policyPublic,
  policyExternal,
  policyExternalByCondition,
  acl,
  versioning,
  encryption,
  replication,
  replicationOverwritten,
  replicationDeleted,
  policyDeleted,
  foreignKey,
] as Scenario[];
