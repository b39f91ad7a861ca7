import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  { name: "appstream CreateImageBuilder", record: call("appstream:CreateImageBuilder", { name: "builder" }) },
  {
    name: "imagebuilder StartImagePipelineExecution",
    record: call("imagebuilder:StartImagePipelineExecution", { imagePipelineArn: "p" }),
  },
  { name: "robomaker CreateSimulationJob", record: call("robomaker:CreateSimulationJob", { iamRole: "r" }) },
  {
    name: "the role of spot instances",
    record: call("iam:CreateServiceLinkedRole", { aWSServiceName: "spot.amazonaws.com" }),
    evidence: "requestParameters.aWSServiceName",
  },
  { name: "airflow CreateEnvironment", record: call("airflow:CreateEnvironment", { name: "e" }) },
  {
    name: "bedrock-agentcore CreateAgentRuntime",
    record: call("bedrock-agentcore:CreateAgentRuntime", { agentRuntimeName: "a" }),
  },
  {
    name: "bedrock-agentcore CreateCodeInterpreter",
    record: call("bedrock-agentcore:CreateCodeInterpreter", { name: "i" }),
  },
  { name: "braket CreateQuantumTask", record: call("braket:CreateQuantumTask", { deviceArn: "d" }) },
  { name: "deadline CreateFleet", record: call("deadline:CreateFleet", { farmId: "f" }) },
  {
    name: "emr-containers CreateVirtualCluster",
    record: call("emr-containers:CreateVirtualCluster", { name: "v" }),
  },
  { name: "emr-containers StartJobRun", record: call("emr-containers:StartJobRun", { name: "j" }) },
  { name: "m2 CreateEnvironment", record: call("m2:CreateEnvironment", { name: "m" }) },
  { name: "managedblockchain CreateNode", record: call("managedblockchain:CreateNode", { networkId: "n" }) },
  { name: "medialive CreateChannel", record: call("medialive:CreateChannel", { name: "c" }) },
  { name: "omics StartRun", record: call("omics:StartRun", { name: "r" }) },
  {
    name: "amplify CreateApp",
    record: call("amplify:CreateApp", { name: "app", repository: "https://github.com/example/app" }),
  },
  { name: "amplify StartJob", record: call("amplify:StartJob", { appId: "d1", branchName: "main" }) },
  {
    name: "appstream CreateFleet",
    record: call("appstream:CreateFleet", { name: "fleet", instanceType: "stream.standard.large" }),
  },
  { name: "apprunner CreateService", record: call("apprunner:CreateService", { serviceName: "web" }) },
  {
    name: "cloud9 CreateEnvironmentEC2",
    record: call("cloud9:CreateEnvironmentEC2", { name: "ide", instanceType: "m5.large" }),
  },
  {
    name: "elasticbeanstalk CreateEnvironment",
    record: call("elasticbeanstalk:CreateEnvironment", { environmentName: "env" }),
  },
  { name: "elasticmapreduce RunJobFlow", record: call("elasticmapreduce:RunJobFlow", { name: "job" }) },
  {
    name: "emr-serverless CreateApplication",
    record: call("emr-serverless:CreateApplication", { name: "job" }),
  },
  { name: "emr-serverless StartJobRun", record: call("emr-serverless:StartJobRun", { applicationId: "a" }) },
  { name: "gamelift CreateFleet", record: call("gamelift:CreateFleet", { name: "fleet" }) },
  { name: "datapipeline CreatePipeline", record: call("datapipeline:CreatePipeline", { name: "p" }) },
  {
    name: "glue CreateDevEndpoint",
    record: call("glue:CreateDevEndpoint", {
      endpointName: "dev",
      roleArn: "arn:aws:iam::111122223333:role/glue",
    }),
  },
  {
    name: "glue CreateJob",
    record: call("glue:CreateJob", { name: "j", role: "arn:aws:iam::111122223333:role/glue" }),
  },
  {
    name: "glue CreateSession",
    record: call("glue:CreateSession", { id: "s", role: "arn:aws:iam::111122223333:role/glue" }),
  },
  {
    name: "glue UpdateDevEndpoint",
    record: call("glue:UpdateDevEndpoint", { endpointName: "dev", publicKey: "ssh-rsa AAAA" }),
  },
  { name: "glue UpdateJob", record: call("glue:UpdateJob", { jobName: "j" }) },
  { name: "imagebuilder CreateComponent", record: call("imagebuilder:CreateComponent", { name: "c" }) },
  {
    name: "imagebuilder CreateImage",
    record: call("imagebuilder:CreateImage", {
      imageRecipeArn: "arn:aws:imagebuilder:eu-west-1:111122223333:image-recipe/r",
    }),
  },
  {
    name: "imagebuilder CreateImagePipeline",
    record: call("imagebuilder:CreateImagePipeline", { name: "p" }),
  },
  {
    name: "kinesisanalytics CreateApplication",
    record: call("kinesisanalytics:CreateApplication", { applicationName: "a" }),
  },
  {
    name: "states CreateStateMachine",
    record: call("states:CreateStateMachine", { name: "s", roleArn: "arn:aws:iam::111122223333:role/s" }),
  },
  {
    name: "workspaces CreateWorkspaces",
    record: call("workspaces:CreateWorkspaces", {
      workspaces: [{ directoryId: "d-1", userName: "bob", bundleId: "wsb-1" }],
    }),
  },
  {
    name: "with accelerators",
    record: call("elasticmapreduce:RunJobFlow", {
      name: "job",
      instances: { masterInstanceType: "p3.2xlarge" },
    }),
    severity: "high",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "the role of another service",
      record: call("iam:CreateServiceLinkedRole", { aWSServiceName: "support.amazonaws.com" }),
    },
  ],
};
