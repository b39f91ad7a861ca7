import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { unusualTypesIn } from "../readers/instance-types";

export const batchWorkloadStarted: Detection = {
  id: "batch-workload-started",
  title: "Batch jobs or compute environment created",
  severity: "medium",
  attack: { technique: "T1496.001" },
  tier: "extended",
  noise: "work",
  events: [
    "batch:CreateComputeEnvironment",
    "batch:CreateJobQueue",
    "batch:RegisterJobDefinition",
    "batch:SubmitJob",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    const match = calledByHand(
      record,
      context,
      [
        "computeEnvironmentName",
        "computeResources",
        "jobQueueName",
        "jobDefinitionName",
        "jobName",
        "jobDefinition",
        "jobQueue",
        "containerProperties",
      ],
      [
        ...named(record, "AWS::Batch::ComputeEnvironment", "computeEnvironmentName"),
        ...named(record, "AWS::Batch::JobQueue", "jobQueueName", "jobQueue"),
        ...named(record, "AWS::Batch::JobDefinition", "jobDefinitionName", "jobDefinition"),
      ],
    );
    const unusual = unusualTypesIn(record);
    if (match && unusual.length > 0) {
      match.evidence.push(...unusual);
      match.severity = "high";
    }
    return match;
  },
  runbook: [
    "Ask the actor what the jobs compute; disable the compute environment and terminate its jobs if nobody can explain them.",
    "Look in every region for more by the same actor, and check the day's cost.",
    "If nobody can explain it, revoke the actor's permissions and find out how the credentials leaked.",
  ],
  falsePositives: ["A team that starts using Batch."],
  references: [
    "https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateComputeEnvironment.html",
    "https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html",
  ],
};
