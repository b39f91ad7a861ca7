import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a task",
    record: call("datasync:CreateTask", {
      sourceLocationArn: "arn:aws:datasync:eu-west-1:111122223333:location/loc-1",
      destinationLocationArn: "arn:aws:datasync:eu-west-1:111122223333:location/loc-2",
    }),
    evidence: "requestParameters.destinationLocationArn",
  },
  {
    name: "a run",
    record: call("datasync:StartTaskExecution", {
      taskArn: "arn:aws:datasync:eu-west-1:111122223333:task/task-1",
    }),
    resources: ["arn:aws:datasync:eu-west-1:111122223333:task/task-1"],
  },
  {
    name: "a bucket",
    record: call("datasync:CreateLocationS3", {
      s3BucketArn: "arn:aws:s3:::payroll",
      s3Config: { bucketAccessRoleArn: "arn:aws:iam::111122223333:role/sync" },
    }),
    resources: ["arn:aws:s3:::payroll"],
  },
  {
    name: "storage elsewhere",
    record: call("datasync:CreateLocationObjectStorage", {
      serverHostname: "storage.example.com",
      bucketName: "loot",
    }),
    evidence: "requestParameters.serverHostname",
  },
  {
    name: "storage at Azure",
    record: call("datasync:CreateLocationAzureBlob", {
      containerUrl: "https://loot.blob.core.windows.net/a",
    }),
    evidence: "requestParameters.containerUrl",
  },
  {
    name: "an agent",
    record: call("datasync:CreateAgent", { agentName: "office" }),
    evidence: "requestParameters.agentName",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
