import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const ecsWorkloadStarted: Detection = {
  id: "ecs-workload-started",
  title: "Containers started on ECS",
  severity: "medium",
  attack: { technique: "T1610" },
  tier: "extended",
  noise: "work",
  events: [
    "ecs:CreateCapacityProvider",
    "ecs:CreateCluster",
    "ecs:CreateService",
    "ecs:RegisterTaskDefinition",
    "ecs:RunTask",
    "ecs:StartTask",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      [
        "clusterName",
        "cluster",
        "serviceName",
        "family",
        "taskDefinition",
        "desiredCount",
        "count",
        "launchType",
        "containerDefinitions",
        "taskRoleArn",
      ],
      [
        ...named(record, "AWS::ECS::Cluster", "clusterName", "cluster"),
        ...named(record, "AWS::ECS::Service", "serviceName"),
        ...named(record, "AWS::ECS::TaskDefinition", "family", "taskDefinition"),
      ],
    ),
  runbook: [
    "Ask the actor what runs there: look at the images of the task definition and where they come from.",
    "Stop the tasks (UpdateService with desiredCount 0, StopTask) if nobody can explain them: miners run in containers, too, and with the task's role.",
    "Look in every region for clusters and services by the same actor, and at the permissions of the task's role.",
  ],
  falsePositives: ["A new deployment pipeline, and a person trying out ECS."],
  references: [
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html",
    "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
  ],
};
