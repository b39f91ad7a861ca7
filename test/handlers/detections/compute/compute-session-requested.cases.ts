import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const hits: Case[] = [
  {
    name: "a builder of images",
    record: call("appstream:CreateImageBuilderStreamingURL", { name: "builder" }),
  },
  {
    name: "a remote desktop",
    record: call("ssm-guiconnect:StartConnection", { instanceId: "i-1" }),
    evidence: "requestParameters.instanceId",
  },
  {
    name: "Airflow's command line",
    record: call("airflow:CreateCliToken", { name: "pipelines" }),
    evidence: "requestParameters.name",
  },
  { name: "Airflow's pages", record: call("airflow:CreateWebLoginToken", { name: "pipelines" }) },
  {
    name: "a streamed application",
    record: call("appstream:CreateStreamingURL", { stackName: "s", fleetName: "f" }),
    evidence: "requestParameters.fleetName",
  },
  { name: "a notebook", record: call("athena:CreatePresignedNotebookUrl", { sessionId: "s" }) },
  {
    name: "a member of a development environment",
    record: call("cloud9:CreateEnvironmentMembership", {
      environmentId: "e",
      userArn: "arn:aws:iam::111122223333:user/bob",
      permissions: "read-write",
    }),
    evidence: "requestParameters.userArn",
  },
  {
    name: "steps of a cluster",
    record: call("elasticmapreduce:AddJobFlowSteps", {
      jobFlowId: "j-1",
      steps: [{ name: "x", hadoopJarStep: { jar: "command-runner.jar", args: ["bash", "-c", "id"] } }],
    }),
    evidence: "requestParameters.steps",
  },
  { name: "a studio", record: call("elasticmapreduce:CreateStudioPresignedUrl", { studioId: "s" }) },
  {
    name: "a cluster's password",
    record: call("elasticmapreduce:GetClusterSessionCredentials", { clusterId: "j-1" }),
  },
  {
    name: "a cluster on containers",
    record: call("emr-containers:GetManagedEndpointSessionCredentials", { endpointIdentifier: "e" }),
  },
  { name: "a game server", record: call("gamelift:GetComputeAccess", { fleetId: "f", computeName: "c" }) },
  { name: "a game instance", record: call("gamelift:GetInstanceAccess", { fleetId: "f", instanceId: "i" }) },
  {
    name: "a key to dashboards",
    record: call("grafana:CreateWorkspaceApiKey", { workspaceId: "w", keyRole: "ADMIN" }),
  },
  {
    name: "a token for dashboards",
    record: call("grafana:CreateWorkspaceServiceAccountToken", { workspaceId: "w", serviceAccountId: "1" }),
  },
  {
    name: "a stream's dashboard",
    record: call("kinesisanalytics:CreateApplicationPresignedUrl", { applicationName: "a" }),
  },
  {
    name: "a report for anybody",
    record: call("quicksight:GenerateEmbedUrlForAnonymousUser", { namespace: "default" }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
