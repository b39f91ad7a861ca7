import {
  CreateNamedQueryCommand,
  CreateWorkGroupCommand,
  DeleteNamedQueryCommand,
  DeleteWorkGroupCommand,
  GetNamedQueryCommand,
  GetWorkGroupCommand,
  UpdateWorkGroupCommand,
  type WorkGroupConfiguration,
} from "@aws-sdk/client-athena";
import { ifPresent } from "./aws";
import type { InputsOf } from "./property";
import { resourceType } from "./resource-type";

const workgroupProperties = {
  name: { kind: "text", named: true, replaces: true },
  description: { kind: "text" },
  forceDestroy: { kind: "flag", default: false },
  configuration: {
    kind: "object",
    of: {
      enforceWorkgroupConfiguration: { kind: "flag", default: true },
      bytesScannedCutoffPerQuery: { kind: "number" },
      resultConfiguration: {
        kind: "object",
        of: {
          outputLocation: { kind: "text" },
          encryptionConfiguration: { kind: "object", of: { encryptionOption: { kind: "text" } } },
        },
      },
    },
  },
} as const;

function configurationOf({ configuration }: InputsOf<typeof workgroupProperties>): WorkGroupConfiguration {
  const result = configuration?.resultConfiguration;
  return {
    EnforceWorkGroupConfiguration: configuration?.enforceWorkgroupConfiguration ?? true,
    BytesScannedCutoffPerQuery: configuration?.bytesScannedCutoffPerQuery,
    ResultConfiguration: {
      OutputLocation: result?.outputLocation,
      ...(result?.encryptionConfiguration?.encryptionOption === undefined
        ? {}
        : { EncryptionConfiguration: { EncryptionOption: "SSE_S3" } }),
    },
  };
}

/** AWS answers 400 for a work group or query that does not exist. */
const unlessGone = <T>(answer: Promise<T>): Promise<T | undefined> =>
  ifPresent(answer).catch((error: Error) => {
    if (/not found|is not found|does not exist/i.test(error.message)) return undefined;
    throw error;
  });

/** https://www.pulumi.com/registry/packages/aws/api-docs/athena/workgroup/ */
export const workgroup = resourceType({
  type: "aws:athena/workgroup:Workgroup",
  properties: workgroupProperties,
  async create(inputs, { athena }) {
    const { name, description } = inputs;
    await athena.send(
      new CreateWorkGroupCommand({
        Name: name,
        Description: description,
        Configuration: configurationOf(inputs),
      }),
    );
    return name;
  },
  async put(id, inputs, { athena }, olds) {
    if (!olds) return;
    const { EnforceWorkGroupConfiguration, BytesScannedCutoffPerQuery, ResultConfiguration } =
      configurationOf(inputs);
    await athena.send(
      new UpdateWorkGroupCommand({
        WorkGroup: id,
        Description: inputs.description,
        ConfigurationUpdates: {
          EnforceWorkGroupConfiguration,
          BytesScannedCutoffPerQuery,
          ResultConfigurationUpdates: { OutputLocation: ResultConfiguration?.OutputLocation },
        },
      }),
    );
  },
  async read(id, state, { athena, partition, region, account }) {
    const live = await unlessGone(athena.send(new GetWorkGroupCommand({ WorkGroup: id })));
    if (!live?.WorkGroup) return undefined;
    const { Description, Configuration } = live.WorkGroup;
    return {
      name: id,
      description: Description,
      configuration: Configuration === undefined ? undefined : state.configuration,
      arn: `arn:${partition}:athena:${region}:${account}:workgroup/${id}`,
    };
  },
  async delete(id, { forceDestroy }, { athena }) {
    await unlessGone(
      athena.send(
        new DeleteWorkGroupCommand({ WorkGroup: id, RecursiveDeleteOption: forceDestroy === true }),
      ),
    );
  },
});

/** https://www.pulumi.com/registry/packages/aws/api-docs/athena/namedquery/ */
export const namedQuery = resourceType({
  type: "aws:athena/namedQuery:NamedQuery",
  properties: {
    name: { kind: "text", named: true, replaces: true },
    description: { kind: "text", replaces: true },
    database: { kind: "text", required: true, replaces: true },
    workgroup: { kind: "text", default: "primary", replaces: true },
    query: { kind: "text", required: true, replaces: true },
  },
  async create({ name, description, database, workgroup: WorkGroup, query }, { athena }) {
    const { NamedQueryId } = await athena.send(
      new CreateNamedQueryCommand({
        Name: name,
        Description: description,
        Database: database,
        WorkGroup,
        QueryString: query,
      }),
    );
    if (!NamedQueryId) throw new Error(`CreateNamedQuery of ${name} answered without NamedQueryId`);
    return NamedQueryId;
  },
  async read(id, _state, { athena }) {
    const live = await unlessGone(athena.send(new GetNamedQueryCommand({ NamedQueryId: id })));
    const saved = live?.NamedQuery;
    if (!saved) return undefined;
    return {
      name: saved.Name,
      description: saved.Description,
      database: saved.Database,
      workgroup: saved.WorkGroup,
      query: saved.QueryString,
    };
  },
  async delete(id, _state, { athena }) {
    await unlessGone(athena.send(new DeleteNamedQueryCommand({ NamedQueryId: id })));
  },
});
