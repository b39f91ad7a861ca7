import {
  CreateDatabaseCommand,
  CreateTableCommand,
  DeleteDatabaseCommand,
  DeleteTableCommand,
  GetDatabaseCommand,
  GetTableCommand,
  UpdateDatabaseCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-glue";
import { type Aws, ifPresent } from "./aws";
import type { InputsOf } from "./property";
import { resourceType } from "./resource-type";

/** https://www.pulumi.com/registry/packages/aws/api-docs/glue/catalogdatabase/ */
export const catalogDatabase = resourceType({
  type: "aws:glue/catalogDatabase:CatalogDatabase",
  properties: {
    name: { kind: "text", named: true, replaces: true },
    description: { kind: "text" },
  },
  async create({ name, description }, { glue, account }) {
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: name, Description: description } }));
    return `${account}:${name}`;
  },
  async put(id, { name, description }, { glue }, olds) {
    if (!olds) return;
    await glue.send(
      new UpdateDatabaseCommand({
        Name: nameIn(id),
        DatabaseInput: { Name: name, Description: description },
      }),
    );
  },
  async read(id, _state, { glue, partition, region, account }) {
    const name = nameIn(id);
    const live = await ifPresent(glue.send(new GetDatabaseCommand({ Name: name })));
    if (!live?.Database) return undefined;
    return {
      name,
      description: live.Database.Description,
      catalogId: account,
      arn: `arn:${partition}:glue:${region}:${account}:database/${name}`,
    };
  },
  async delete(id, _state, { glue }) {
    await ifPresent(glue.send(new DeleteDatabaseCommand({ Name: nameIn(id) })));
  },
});

/** The last part of an id: `111122223333:database:table`. */
function nameIn(id: string): string {
  return id.split(":").at(-1) ?? "";
}

const tableProperties = {
  name: { kind: "text", named: true, replaces: true },
  databaseName: { kind: "text", required: true, replaces: true },
  description: { kind: "text" },
  tableType: { kind: "text" },
  parameters: { kind: "map" },
  partitionKeys: { kind: "objects", of: { name: { kind: "text", required: true }, type: { kind: "text" } } },
  storageDescriptor: {
    kind: "object",
    of: {
      location: { kind: "text" },
      inputFormat: { kind: "text" },
      outputFormat: { kind: "text" },
      serDeInfo: { kind: "object", of: { serializationLibrary: { kind: "text" } } },
      columns: { kind: "objects", of: { name: { kind: "text", required: true }, type: { kind: "text" } } },
    },
  },
} as const;

type Columns = { name: string; type?: string }[] | undefined;

const columnsOf = (columns: Columns) => columns?.map(({ name, type }) => ({ Name: name, Type: type }));

function tableInput(inputs: InputsOf<typeof tableProperties>) {
  const { storageDescriptor: storage } = inputs;
  return {
    DatabaseName: inputs.databaseName,
    TableInput: {
      Name: inputs.name,
      Description: inputs.description,
      TableType: inputs.tableType,
      Parameters: inputs.parameters,
      PartitionKeys: columnsOf(inputs.partitionKeys),
      ...(storage && {
        StorageDescriptor: {
          Location: storage.location,
          InputFormat: storage.inputFormat,
          OutputFormat: storage.outputFormat,
          SerdeInfo: { SerializationLibrary: storage.serDeInfo?.serializationLibrary },
          Columns: columnsOf(storage.columns),
        },
      }),
    },
  };
}

const placeOf = (id: string) => ({ DatabaseName: id.split(":").at(-2) ?? "", Name: nameIn(id) });

/** https://www.pulumi.com/registry/packages/aws/api-docs/glue/catalogtable/ */
export const catalogTable = resourceType({
  type: "aws:glue/catalogTable:CatalogTable",
  properties: tableProperties,
  async create(inputs, { glue, account }) {
    await glue.send(new CreateTableCommand(tableInput(inputs)));
    return `${account}:${inputs.databaseName}:${inputs.name}`;
  },
  async put(_id, inputs, { glue }, olds) {
    if (olds) await glue.send(new UpdateTableCommand(tableInput(inputs)));
  },
  async read(id, _state, aws: Aws) {
    const live = await ifPresent(aws.glue.send(new GetTableCommand(placeOf(id))));
    const table = live?.Table;
    if (!table) return undefined;
    const storage = table.StorageDescriptor;
    const shown = (columns: { Name?: string; Type?: string }[] | undefined) =>
      columns?.map(({ Name, Type }) => ({ name: Name, type: Type }));
    const { DatabaseName: databaseName, Name: name } = placeOf(id);
    return {
      name,
      databaseName,
      description: table.Description,
      tableType: table.TableType,
      parameters: table.Parameters,
      partitionKeys: shown(table.PartitionKeys as Parameters<typeof shown>[0]),
      storageDescriptor: storage && {
        location: storage.Location,
        inputFormat: storage.InputFormat,
        outputFormat: storage.OutputFormat,
        serDeInfo: { serializationLibrary: storage.SerdeInfo?.SerializationLibrary },
        columns: shown(storage.Columns as Parameters<typeof shown>[0]),
      },
      arn: `arn:${aws.partition}:glue:${aws.region}:${aws.account}:table/${databaseName}/${name}`,
    };
  },
  async delete(id, _state, { glue }) {
    await ifPresent(glue.send(new DeleteTableCommand(placeOf(id))));
  },
});
