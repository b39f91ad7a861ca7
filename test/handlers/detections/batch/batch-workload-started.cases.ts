import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "computers",
    record: call("batch:CreateComputeEnvironment", {
      computeEnvironmentName: "env",
      computeResources: { instanceTypes: ["m6i.large"], maxvCpus: 256 },
    }),
    evidence: "requestParameters.computeResources",
    resources: ["env"],
  },
  {
    name: "computers with accelerators",
    record: call("batch:CreateComputeEnvironment", {
      computeEnvironmentName: "env",
      computeResources: { instanceTypes: ["p4d.24xlarge"], maxvCpus: 256 },
    }),
    severity: "high",
  },
  { name: "a queue", record: call("batch:CreateJobQueue", { jobQueueName: "q" }) },
  {
    name: "a definition",
    record: call("batch:RegisterJobDefinition", {
      jobDefinitionName: "d",
      containerProperties: { image: "example/xmrig" },
    }),
  },
  {
    name: "a job",
    record: call("batch:SubmitJob", { jobName: "a", jobQueue: "q", jobDefinition: "d" }),
    resources: ["q", "d"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
