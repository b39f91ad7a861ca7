import { ListWorkGroupsCommand } from "@aws-sdk/client-athena";
import { ListTrailsCommand } from "@aws-sdk/client-cloudtrail";
import { DescribeAlarmsCommand, ListDashboardsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import { type EventBridgeClient, ListEventBusesCommand, ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { GetDatabasesCommand } from "@aws-sdk/client-glue";
import { ListPoliciesCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { ListStateMachinesCommand } from "@aws-sdk/client-sfn";
import { ListSubscriptionsCommand, ListTopicsCommand } from "@aws-sdk/client-sns";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import type { Aws } from "./resources/aws";
import type { Values } from "./resources/property";

/** The last part of an ARN or URL: the name that people use. */
const lastPart = (text = "") => text.split(/[:/]/).at(-1) ?? text;

/** Everything in an account by kind, each under its name; a subscription under that of its topic. */
const lists: Record<string, (aws: Aws) => Promise<(string | undefined)[]>> = {
  alarm: async ({ cloudwatch }) =>
    (await cloudwatch.send(new DescribeAlarmsCommand({}))).MetricAlarms?.map(({ AlarmName }) => AlarmName) ??
    [],
  bucket: async ({ s3 }) =>
    (await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name) ?? [],
  database: async ({ glue }) =>
    (await glue.send(new GetDatabasesCommand({}))).DatabaseList?.map(({ Name }) => Name) ?? [],
  dashboard: async ({ cloudwatch }) =>
    (await cloudwatch.send(new ListDashboardsCommand({}))).DashboardEntries?.map(
      ({ DashboardName }) => DashboardName,
    ) ?? [],
  "event bus": async ({ events }) =>
    (await events.send(new ListEventBusesCommand({}))).EventBuses?.map(({ Name }) => Name) ?? [],
  function: async ({ lambda }) =>
    (await lambda.send(new ListFunctionsCommand({}))).Functions?.map(({ FunctionName }) => FunctionName) ??
    [],
  "log group": async ({ logs }) =>
    (await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.map(({ logGroupName }) => logGroupName) ??
    [],
  "managed policy": async ({ iam }) =>
    (await iam.send(new ListPoliciesCommand({ Scope: "Local" }))).Policies?.map(
      ({ PolicyName }) => PolicyName,
    ) ?? [],
  queue: async ({ sqs }) => (await sqs.send(new ListQueuesCommand({}))).QueueUrls?.map(lastPart) ?? [],
  role: async ({ iam }) =>
    (await iam.send(new ListRolesCommand({}))).Roles?.map(({ RoleName }) => RoleName) ?? [],
  rule: async ({ events }) => namesOfRules(events),
  "rule in another region": async ({ ec2, eventsIn, region: home }) => {
    const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({}));
    const others = Regions.map(({ RegionName }) => String(RegionName)).filter((region) => region !== home);
    return (await Promise.all(others.map((region) => namesOfRules(eventsIn(region))))).flat();
  },
  "state machine": async ({ states }) =>
    (await states.send(new ListStateMachinesCommand({}))).stateMachines?.map(({ name }) => name) ?? [],
  subscription: async ({ sns }) =>
    (await sns.send(new ListSubscriptionsCommand({}))).Subscriptions?.map(({ TopicArn }) =>
      lastPart(TopicArn),
    ) ?? [],
  table: async ({ dynamodb }) => (await dynamodb.send(new ListTablesCommand({}))).TableNames ?? [],
  topic: async ({ sns }) =>
    (await sns.send(new ListTopicsCommand({}))).Topics?.map(({ TopicArn }) => lastPart(TopicArn)) ?? [],
  "work group": async ({ athena }) =>
    (await athena.send(new ListWorkGroupsCommand({}))).WorkGroups?.map(({ Name }) => Name) ?? [],
  trail: async ({ cloudtrail }) =>
    (await cloudtrail.send(new ListTrailsCommand({}))).Trails?.map(({ Name }) => Name) ?? [],
};

async function namesOfRules(events: EventBridgeClient): Promise<(string | undefined)[]> {
  return (await events.send(new ListRulesCommand({}))).Rules?.map(({ Name }) => Name) ?? [];
}

/**
 * What the account lists under the names of some resources: `bucket lambdasharp-blue-cloudtrail`. An account on this
 * machine is small, so one page of each list has everything.
 */
export async function leftovers(resources: readonly { outputs: Values }[], aws: Aws): Promise<string[]> {
  const names = new Set(
    resources.flatMap(({ outputs }) => [outputs.name, outputs.bucket, outputs.dashboardName]),
  );
  const found = await Promise.all(
    Object.entries(lists).map(async ([kind, list]) => {
      const all = await list(aws);
      return all.filter((name) => name !== undefined && names.has(name)).map((name) => `${kind} ${name}`);
    }),
  );
  return found.flat().sort();
}
