import {
  type AttributeDefinition,
  type BillingMode,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type GlobalSecondaryIndex,
  type GlobalSecondaryIndexUpdate,
  type KeySchemaElement,
  type KeyType,
  ListTagsOfResourceCommand,
  type ProjectionType,
  type ScalarAttributeType,
  type TableDescription,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import { type Aws, ifPresent, tagChanges, tagList, tagMap } from "./aws";
import { type InputsOf, isSame } from "./property";
import { resourceType } from "./resource-type";

/** Seconds that a table may take to exist, or to be gone. */
const waitLimit = 60;

const properties = {
  name: { kind: "text", named: true, replaces: true },
  billingMode: { kind: "text", required: true },
  hashKey: { kind: "text", required: true, replaces: true },
  rangeKey: { kind: "text", replaces: true },
  attributes: {
    kind: "objects",
    required: true,
    of: { name: { kind: "text", required: true }, type: { kind: "text", required: true } },
  },
  globalSecondaryIndexes: {
    kind: "objects",
    of: {
      name: { kind: "text", required: true },
      keySchemas: {
        kind: "objects",
        required: true,
        of: {
          attributeName: { kind: "text", required: true },
          keyType: { kind: "text", required: true },
        },
      },
      projectionType: { kind: "text", required: true },
      nonKeyAttributes: { kind: "texts" },
    },
  },
  ttl: { kind: "object", of: { attributeName: { kind: "text" }, enabled: { kind: "flag", default: false } } },
  pointInTimeRecovery: {
    kind: "object",
    default: { enabled: false },
    of: { enabled: { kind: "flag", required: true } },
  },
  serverSideEncryption: {
    kind: "object",
    default: { enabled: false },
    of: { enabled: { kind: "flag", required: true } },
  },
  deletionProtectionEnabled: { kind: "flag", default: false },
  tags: { kind: "map" },
} as const;

type Inputs = InputsOf<typeof properties>;

type Index = NonNullable<Inputs["globalSecondaryIndexes"]>[number];

function keySchema({ hashKey, rangeKey }: Inputs): KeySchemaElement[] {
  const hash = { AttributeName: hashKey, KeyType: "HASH" } as const;
  return rangeKey ? [hash, { AttributeName: rangeKey, KeyType: "RANGE" }] : [hash];
}

function keyOf(table: TableDescription, type: "HASH" | "RANGE"): string | undefined {
  return table.KeySchema?.find(({ KeyType }) => KeyType === type)?.AttributeName;
}

function definitions({ attributes }: Inputs): AttributeDefinition[] {
  return attributes.map(({ name, type }) => ({
    AttributeName: name,
    AttributeType: type as ScalarAttributeType,
  }));
}

function indexOf({ name, keySchemas, projectionType, nonKeyAttributes }: Index): GlobalSecondaryIndex {
  return {
    IndexName: name,
    KeySchema: keySchemas.map(({ attributeName, keyType }) => ({
      AttributeName: attributeName,
      KeyType: keyType as KeyType,
    })),
    Projection: {
      ProjectionType: projectionType as ProjectionType,
      ...(nonKeyAttributes === undefined ? {} : { NonKeyAttributes: nonKeyAttributes }),
    },
  };
}

/**
 * Creates and deletes indexes, one at a time, as in AWS; a changed one is deleted and created again.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
 */
async function putIndexes(TableName: string, inputs: Inputs, olds: Partial<Inputs>, aws: Aws): Promise<void> {
  const before = olds.globalSecondaryIndexes ?? [];
  const after = inputs.globalSecondaryIndexes ?? [];
  const same = (one: Index) => (other: Index) =>
    JSON.stringify(indexOf(one)) === JSON.stringify(indexOf(other));
  const gone = before.filter((one) => !after.some(same(one)));
  const made = after.filter((one) => !before.some(same(one)));
  const update = (change: GlobalSecondaryIndexUpdate) =>
    aws.dynamodb.send(
      new UpdateTableCommand({
        TableName,
        AttributeDefinitions: definitions(inputs),
        GlobalSecondaryIndexUpdates: [change],
      }),
    );
  for (const { name } of gone) await update({ Delete: { IndexName: name } });
  for (const one of made) await update({ Create: indexOf(one) });
}

async function putRecoveryAndTtl(
  TableName: string,
  inputs: Inputs,
  olds: Partial<Inputs>,
  aws: Aws,
): Promise<void> {
  const { ttl, pointInTimeRecovery } = inputs;
  if (!isSame(properties.ttl, olds.ttl, ttl)) {
    const AttributeName = ttl?.attributeName ?? olds.ttl?.attributeName;
    const TimeToLiveSpecification = { AttributeName, Enabled: ttl?.enabled ?? false };
    await aws.dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  }
  const PointInTimeRecoveryEnabled = pointInTimeRecovery?.enabled ?? false;
  if (PointInTimeRecoveryEnabled !== (olds.pointInTimeRecovery?.enabled ?? false)) {
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled };
    await aws.dynamodb.send(
      new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }),
    );
  }
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/dynamodb/table/ */
export const table = resourceType({
  type: "aws:dynamodb/table:Table",
  properties,
  async create(inputs, aws) {
    await aws.dynamodb.send(
      new CreateTableCommand({
        TableName: inputs.name,
        BillingMode: inputs.billingMode as BillingMode,
        KeySchema: keySchema(inputs),
        AttributeDefinitions: definitions(inputs),
        ...(inputs.globalSecondaryIndexes === undefined
          ? {}
          : { GlobalSecondaryIndexes: inputs.globalSecondaryIndexes.map(indexOf) }),
        SSESpecification: { Enabled: inputs.serverSideEncryption?.enabled ?? false },
        DeletionProtectionEnabled: inputs.deletionProtectionEnabled ?? false,
      }),
    );
    return inputs.name;
  },
  async put(id, inputs, aws, olds) {
    if (olds) {
      await aws.dynamodb.send(
        new UpdateTableCommand({
          TableName: id,
          BillingMode: inputs.billingMode as BillingMode,
          SSESpecification: { Enabled: inputs.serverSideEncryption?.enabled ?? false },
          DeletionProtectionEnabled: inputs.deletionProtectionEnabled ?? false,
        }),
      );
      await putIndexes(id, inputs, olds, aws);
    }
    await waitUntilTableExists(
      { client: aws.dynamodb, maxWaitTime: waitLimit, minDelay: 1 },
      { TableName: id },
    );
    await putRecoveryAndTtl(id, inputs, (olds ?? {}) as Partial<Inputs>, aws);
    const tags = tagChanges(olds?.tags, inputs.tags);
    const ResourceArn = `arn:${aws.partition}:dynamodb:${aws.region}:${aws.account}:table/${id}`;
    if (tags.removed.length)
      await aws.dynamodb.send(new UntagResourceCommand({ ResourceArn, TagKeys: tags.removed }));
    if (Object.keys(tags.set).length) {
      await aws.dynamodb.send(new TagResourceCommand({ ResourceArn, Tags: tagList(tags.set) }));
    }
  },
  async read(id, _state, aws) {
    const TableName = id;
    const live = await ifPresent(aws.dynamodb.send(new DescribeTableCommand({ TableName })));
    if (!live?.Table) return undefined;
    const { Table } = live;
    const { TimeToLiveDescription: ttl } = await aws.dynamodb.send(
      new DescribeTimeToLiveCommand({ TableName }),
    );
    const backups = await aws.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
    const recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
    const tagging = await aws.dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn: Table.TableArn }));
    const tags = tagMap(tagging.Tags);
    return {
      name: Table.TableName,
      billingMode: Table.BillingModeSummary?.BillingMode ?? "PROVISIONED",
      hashKey: keyOf(Table, "HASH"),
      rangeKey: keyOf(Table, "RANGE"),
      attributes: Table.AttributeDefinitions?.map((each) => ({
        name: each.AttributeName,
        type: each.AttributeType,
      })),
      globalSecondaryIndexes: Table.GlobalSecondaryIndexes?.map((index) => ({
        name: index.IndexName,
        keySchemas: index.KeySchema?.map(({ AttributeName, KeyType }) => ({
          attributeName: AttributeName,
          keyType: KeyType,
        })),
        projectionType: index.Projection?.ProjectionType,
        nonKeyAttributes: index.Projection?.NonKeyAttributes,
      })),
      ttl:
        ttl?.TimeToLiveStatus === "ENABLED" ? { attributeName: ttl.AttributeName, enabled: true } : undefined,
      pointInTimeRecovery: { enabled: recovery?.PointInTimeRecoveryStatus === "ENABLED" },
      serverSideEncryption: { enabled: Table.SSEDescription?.Status === "ENABLED" },
      deletionProtectionEnabled: Table.DeletionProtectionEnabled,
      tags,
      tagsAll: tags,
      arn: Table.TableArn,
    };
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.dynamodb.send(new DeleteTableCommand({ TableName: id })));
    await waitUntilTableNotExists(
      { client: aws.dynamodb, maxWaitTime: waitLimit, minDelay: 1 },
      { TableName: id },
    );
  },
});
