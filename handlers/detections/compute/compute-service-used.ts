import { textParameterOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";
import { unusualTypesIn } from "../readers/instance-types";
import { uninspected } from "../readers/uninspected";

/** How these services name what is created, its role, and the source of its code. */
const names = [
  "aWSServiceName",
  "name",
  "serviceName",
  "environmentName",
  "applicationName",
  "applicationId",
  "appId",
  "endpointName",
  "id",
  "role",
  "roleArn",
  "repository",
  "imageRecipeArn",
  "publicKey",
  "instanceType",
  "workspaces",
];

/** Services whose first use creates their role, and which start machines or containers. */
const launching = ["autoscaling", "batch", "ecs", "spot", "spotfleet"];

export const computeServiceUsed: Detection = {
  id: "compute-service-used",
  title: "Compute started through a rarely used service",
  severity: "medium",
  attack: { technique: "T1496.001" },
  tier: "extended",
  noise: "work",
  events: [
    "airflow:CreateEnvironment",
    "amplify:CreateApp",
    "amplify:StartJob",
    "apprunner:CreateService",
    "appstream:CreateFleet",
    "appstream:CreateImageBuilder",
    "bedrock-agentcore:CreateAgentRuntime",
    "bedrock-agentcore:CreateCodeInterpreter",
    "braket:CreateQuantumTask",
    "cloud9:CreateEnvironmentEC2",
    "datapipeline:CreatePipeline",
    "deadline:CreateFleet",
    "elasticbeanstalk:CreateEnvironment",
    "elasticmapreduce:RunJobFlow",
    "emr-containers:CreateVirtualCluster",
    "emr-containers:StartJobRun",
    "emr-serverless:CreateApplication",
    "emr-serverless:StartJobRun",
    "gamelift:CreateFleet",
    "glue:CreateDevEndpoint",
    "glue:CreateJob",
    "glue:CreateSession",
    "glue:UpdateDevEndpoint",
    "glue:UpdateJob",
    "iam:CreateServiceLinkedRole",
    "imagebuilder:CreateComponent",
    "imagebuilder:CreateImage",
    "imagebuilder:CreateImagePipeline",
    "imagebuilder:StartImagePipelineExecution",
    "kinesisanalytics:CreateApplication",
    "m2:CreateEnvironment",
    "managedblockchain:CreateNode",
    "medialive:CreateChannel",
    "omics:StartRun",
    "robomaker:CreateSimulationJob",
    "states:CreateStateMachine",
    "workspaces:CreateWorkspaces",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (nameOf(record) === "CreateServiceLinkedRole" && !isForCompute(record)) return uninspected(record);
    const match = calledByHand(record, context, names);
    const unusual = unusualTypesIn(record);
    if (match && unusual.length > 0) {
      match.evidence.push(...unusual);
      match.severity = "high";
    }
    return match;
  },
  runbook: [
    "Ask the actor what runs there: miners use services that start machines and that nobody watches.",
    "Stop what was started if nobody can explain it, and look at the role it was given.",
    "Look in every region for more by the same actor, and check the day's cost.",
  ],
  falsePositives: ["A team that starts using this service."],
  references: [
    "https://docs.aws.amazon.com/glue/latest/webapi/API_CreateDevEndpoint.html",
    "https://docs.aws.amazon.com/amplify/latest/APIReference/API_CreateApp.html",
    "https://docs.aws.amazon.com/emr/latest/APIReference/API_RunJobFlow.html",
    "https://repost.aws/knowledge-center/potential-account-compromise",
  ],
};

function isForCompute(record: CloudTrailRecord): boolean {
  const [service = ""] = (textParameterOf(record, "aWSServiceName") ?? "").split(".");
  return launching.includes(service);
}
