import {
  type BucketLifecycleConfiguration,
  type BucketVersioningStatus,
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type ObjectOwnership,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type ServerSideEncryption,
} from "@aws-sdk/client-s3";
import { type Aws, ifPresent } from "../aws";
import { fromWire, toWire } from "../casing";
import { type InputsOf, jsonText, type Properties, type Values } from "../property";
import { type ResourceType, resourceType } from "../resource-type";

const bucket = { kind: "text", required: true, replaces: true } as const;

/** A setting of a bucket that is a separate resource in Pulumi; its id is the bucket's name. */
function bucketSetting<const P extends Properties>(setting: {
  type: string;
  properties: P;
  put(bucket: string, inputs: InputsOf<P>, aws: Aws): Promise<unknown>;
  /** The live properties except `bucket`; undefined if the setting or its bucket does not exist. */
  get(bucket: string, aws: Aws): Promise<Values | undefined>;
  remove(bucket: string, aws: Aws): Promise<unknown>;
}): ResourceType {
  return resourceType({
    type: setting.type,
    properties: { bucket, ...setting.properties },
    async create(inputs, aws) {
      const id = (inputs as Values).bucket as string;
      await setting.put(id, inputs as unknown as InputsOf<P>, aws);
      return id;
    },
    async put(id, inputs, aws, olds) {
      if (olds) await setting.put(id, inputs as unknown as InputsOf<P>, aws);
    },
    async read(id, _state, aws) {
      const live = await ifPresent(setting.get(id, aws));
      return live && { bucket: id, ...live };
    },
    async delete(id, _state, aws) {
      await ifPresent(setting.remove(id, aws));
    },
  });
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketpublicaccessblock/ */
export const bucketPublicAccessBlock = bucketSetting({
  type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  properties: {
    blockPublicAcls: { kind: "flag", default: false },
    blockPublicPolicy: { kind: "flag", default: false },
    ignorePublicAcls: { kind: "flag", default: false },
    restrictPublicBuckets: { kind: "flag", default: false },
  },
  put: (Bucket, inputs, aws) =>
    aws.s3.send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: inputs.blockPublicAcls ?? false,
          BlockPublicPolicy: inputs.blockPublicPolicy ?? false,
          IgnorePublicAcls: inputs.ignorePublicAcls ?? false,
          RestrictPublicBuckets: inputs.restrictPublicBuckets ?? false,
        },
      }),
    ),
  async get(Bucket, aws) {
    const live = await aws.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    return fromWire(live.PublicAccessBlockConfiguration);
  },
  remove: (Bucket, aws) => aws.s3.send(new DeletePublicAccessBlockCommand({ Bucket })),
});

/** https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketownershipcontrols/ */
export const bucketOwnershipControls = bucketSetting({
  type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  properties: {
    rule: { kind: "object", required: true, of: { objectOwnership: { kind: "text", required: true } } },
  },
  put: (Bucket, { rule }, aws) =>
    aws.s3.send(
      new PutBucketOwnershipControlsCommand({
        Bucket,
        OwnershipControls: { Rules: [{ ObjectOwnership: rule.objectOwnership as ObjectOwnership }] },
      }),
    ),
  async get(Bucket, aws) {
    const live = await aws.s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    return { rule: fromWire(live.OwnershipControls?.Rules?.[0]) };
  },
  remove: (Bucket, aws) => aws.s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket })),
});

/** https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketserversideencryptionconfiguration/ */
export const bucketServerSideEncryptionConfiguration = bucketSetting({
  type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  properties: {
    rules: {
      kind: "objects",
      required: true,
      of: {
        applyServerSideEncryptionByDefault: {
          kind: "object",
          of: {
            sseAlgorithm: { kind: "text", required: true },
            kmsMasterKeyId: { kind: "text" },
          },
        },
        bucketKeyEnabled: { kind: "flag", default: false },
      },
    },
  },
  put: (Bucket, { rules }, aws) =>
    aws.s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: rules.map(({ applyServerSideEncryptionByDefault: by, bucketKeyEnabled }) => ({
            ApplyServerSideEncryptionByDefault: by && {
              SSEAlgorithm: by.sseAlgorithm as ServerSideEncryption,
              KMSMasterKeyID: by.kmsMasterKeyId,
            },
            BucketKeyEnabled: bucketKeyEnabled ?? false,
          })),
        },
      }),
    ),
  async get(Bucket, aws) {
    const live = await aws.s3.send(new GetBucketEncryptionCommand({ Bucket }));
    const rules = live.ServerSideEncryptionConfiguration?.Rules ?? [];
    return {
      rules: rules.map(({ ApplyServerSideEncryptionByDefault: by, BucketKeyEnabled }) => ({
        applyServerSideEncryptionByDefault: by && {
          sseAlgorithm: by.SSEAlgorithm,
          kmsMasterKeyId: by.KMSMasterKeyID,
        },
        bucketKeyEnabled: BucketKeyEnabled,
      })),
    };
  },
  remove: (Bucket, aws) => aws.s3.send(new DeleteBucketEncryptionCommand({ Bucket })),
});

/** https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketversioning/ */
export const bucketVersioning = bucketSetting({
  type: "aws:s3/bucketVersioning:BucketVersioning",
  properties: {
    versioningConfiguration: {
      kind: "object",
      required: true,
      of: { status: { kind: "text", required: true } },
    },
  },
  put: (Bucket, { versioningConfiguration: { status } }, aws) =>
    aws.s3.send(
      new PutBucketVersioningCommand({
        Bucket,
        VersioningConfiguration: { Status: status as BucketVersioningStatus },
      }),
    ),
  async get(Bucket, aws) {
    const { Status } = await aws.s3.send(new GetBucketVersioningCommand({ Bucket }));
    return Status && { versioningConfiguration: { status: Status } };
  },
  // Versioning cannot be removed from a bucket; the AWS provider suspends it, too.
  remove: (Bucket, aws) =>
    aws.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } })),
});

/** https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketlifecycleconfiguration/ */
export const bucketLifecycleConfiguration = bucketSetting({
  type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  properties: {
    rules: {
      kind: "objects",
      required: true,
      of: {
        id: { kind: "text", required: true },
        status: { kind: "text", required: true },
        filter: { kind: "object", of: { prefix: { kind: "text", default: "" } } },
        expiration: {
          kind: "object",
          of: { days: { kind: "number" }, expiredObjectDeleteMarker: { kind: "flag", default: false } },
        },
        noncurrentVersionExpiration: {
          kind: "object",
          of: { noncurrentDays: { kind: "number" }, newerNoncurrentVersions: { kind: "number" } },
        },
        abortIncompleteMultipartUpload: { kind: "object", of: { daysAfterInitiation: { kind: "number" } } },
        transitions: {
          kind: "objects",
          of: { days: { kind: "number" }, storageClass: { kind: "text", required: true } },
        },
      },
    },
  },
  put: (Bucket, { rules }, aws) =>
    aws.s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: {
          Rules: rules.map(({ id, filter = {}, ...rule }) => ({
            ...toWire(rule),
            ID: id,
            Filter: { Prefix: filter.prefix ?? "" },
          })),
        } as BucketLifecycleConfiguration,
      }),
    ),
  async get(Bucket, aws) {
    const { Rules = [] } = await aws.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    return { rules: Rules.map(({ ID, ...rule }) => ({ id: ID, ...fromWire(rule) })) };
  },
  remove: (Bucket, aws) => aws.s3.send(new DeleteBucketLifecycleCommand({ Bucket })),
});

/** https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketpolicy/ */
export const bucketPolicy = bucketSetting({
  type: "aws:s3/bucketPolicy:BucketPolicy",
  properties: { policy: { kind: "json", required: true } },
  put: (Bucket, { policy }, aws) =>
    aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: jsonText(policy) })),
  async get(Bucket, aws) {
    const { Policy } = await aws.s3.send(new GetBucketPolicyCommand({ Bucket }));
    return { policy: Policy };
  },
  remove: (Bucket, aws) => aws.s3.send(new DeleteBucketPolicyCommand({ Bucket })),
});
