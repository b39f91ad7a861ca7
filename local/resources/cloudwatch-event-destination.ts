import {
  type ConnectionAuthorizationType,
  CreateApiDestinationCommand,
  type CreateConnectionAuthRequestParameters,
  CreateConnectionCommand,
  DeleteApiDestinationCommand,
  DeleteConnectionCommand,
  DescribeApiDestinationCommand,
  DescribeConnectionCommand,
  UpdateApiDestinationCommand,
  UpdateConnectionCommand,
} from "@aws-sdk/client-eventbridge";
import { ifPresent } from "./aws";
import type { InputsOf } from "./property";
import { resourceType } from "./resource-type";

const parameters = {
  kind: "objects",
  of: {
    key: { kind: "text", required: true },
    value: { kind: "text", required: true },
    isValueSecret: { kind: "flag" },
  },
} as const;

const connectionProperties = {
  name: { kind: "text", named: true, replaces: true },
  description: { kind: "text" },
  authorizationType: { kind: "text", required: true },
  authParameters: {
    kind: "object",
    required: true,
    of: {
      apiKey: {
        kind: "object",
        of: { key: { kind: "text", required: true }, value: { kind: "text", required: true } },
      },
      basic: {
        kind: "object",
        of: { username: { kind: "text", required: true }, password: { kind: "text", required: true } },
      },
      invocationHttpParameters: {
        kind: "object",
        of: { queryStrings: parameters, bodies: parameters },
      },
    },
  },
} as const;

type ConnectionInputs = InputsOf<typeof connectionProperties>;

function connectionOf({ name, description, authorizationType, authParameters }: ConnectionInputs) {
  const { apiKey, basic, invocationHttpParameters: invocation } = authParameters;
  const listed = (all: { key: string; value: string; isValueSecret?: boolean }[] | undefined) =>
    all?.map(({ key, value, isValueSecret }) => ({ Key: key, Value: value, IsValueSecret: isValueSecret }));
  const AuthParameters: CreateConnectionAuthRequestParameters = {
    ...(apiKey && { ApiKeyAuthParameters: { ApiKeyName: apiKey.key, ApiKeyValue: apiKey.value } }),
    ...(basic && { BasicAuthParameters: { Username: basic.username, Password: basic.password } }),
    ...(invocation && {
      InvocationHttpParameters: {
        QueryStringParameters: listed(invocation.queryStrings),
        BodyParameters: listed(invocation.bodies),
      },
    }),
  };
  return {
    Name: name,
    Description: description,
    AuthorizationType: authorizationType as ConnectionAuthorizationType,
    AuthParameters,
  };
}

/** AWS does not show what is secret in a connection: it is taken from the state. */
export const eventConnection = resourceType({
  type: "aws:cloudwatch/eventConnection:EventConnection",
  properties: connectionProperties,
  async create(inputs, aws) {
    await aws.events.send(new CreateConnectionCommand(connectionOf(inputs)));
    return inputs.name;
  },
  async put(_id, inputs, aws, olds) {
    if (olds) await aws.events.send(new UpdateConnectionCommand(connectionOf(inputs)));
  },
  async read(id, state, aws) {
    const live = await ifPresent(aws.events.send(new DescribeConnectionCommand({ Name: id })));
    return (
      live && {
        name: live.Name,
        description: live.Description,
        authorizationType: live.AuthorizationType,
        authParameters: state.authParameters,
        arn: live.ConnectionArn,
        secretArn: live.SecretArn,
      }
    );
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.events.send(new DeleteConnectionCommand({ Name: id })));
  },
});

const destinationProperties = {
  name: { kind: "text", named: true, replaces: true },
  description: { kind: "text" },
  invocationEndpoint: { kind: "text", required: true },
  httpMethod: { kind: "text", required: true },
  invocationRateLimitPerSecond: { kind: "number", default: 300 },
  connectionArn: { kind: "text", required: true },
} as const;

const destinationOf = (inputs: InputsOf<typeof destinationProperties>) => ({
  Name: inputs.name,
  Description: inputs.description,
  InvocationEndpoint: inputs.invocationEndpoint,
  HttpMethod: inputs.httpMethod as "POST",
  InvocationRateLimitPerSecond: inputs.invocationRateLimitPerSecond,
  ConnectionArn: inputs.connectionArn,
});

/** https://www.pulumi.com/registry/packages/aws/api-docs/cloudwatch/eventapidestination/ */
export const eventApiDestination = resourceType({
  type: "aws:cloudwatch/eventApiDestination:EventApiDestination",
  properties: destinationProperties,
  async create(inputs, aws) {
    await aws.events.send(new CreateApiDestinationCommand(destinationOf(inputs)));
    return inputs.name;
  },
  async put(_id, inputs, aws, olds) {
    if (olds) await aws.events.send(new UpdateApiDestinationCommand(destinationOf(inputs)));
  },
  async read(id, _state, aws) {
    const live = await ifPresent(aws.events.send(new DescribeApiDestinationCommand({ Name: id })));
    return (
      live && {
        name: live.Name,
        description: live.Description,
        invocationEndpoint: live.InvocationEndpoint,
        httpMethod: live.HttpMethod,
        invocationRateLimitPerSecond: live.InvocationRateLimitPerSecond,
        connectionArn: live.ConnectionArn,
        arn: live.ApiDestinationArn,
      }
    );
  },
  async delete(id, _state, aws) {
    await ifPresent(aws.events.send(new DeleteApiDestinationCommand({ Name: id })));
  },
});
