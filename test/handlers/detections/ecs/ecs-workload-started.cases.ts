import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a cluster",
    record: call("ecs:CreateCluster", { clusterName: "batch" }),
    evidence: "requestParameters.clusterName",
    resources: ["batch"],
  },
  {
    name: "a definition",
    record: call("ecs:RegisterTaskDefinition", {
      family: "worker",
      containerDefinitions: [{ name: "a", image: "docker.io/example/xmrig" }],
      cpu: "16384",
    }),
    evidence: "requestParameters.containerDefinitions",
    resources: ["worker"],
  },
  {
    name: "a service",
    record: call("ecs:CreateService", {
      cluster: "batch",
      serviceName: "worker",
      taskDefinition: "worker:1",
      desiredCount: 20,
    }),
    evidence: "requestParameters.desiredCount",
    resources: ["worker", "batch"],
  },
  { name: "a task", record: call("ecs:RunTask", { cluster: "batch", taskDefinition: "worker:1", count: 5 }) },
  {
    name: "a task on an instance",
    record: call("ecs:StartTask", { cluster: "batch", taskDefinition: "worker:1" }),
  },
  { name: "capacity", record: call("ecs:CreateCapacityProvider", { name: "gpu" }) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
