import { type Examples, isAwsService, type Rule, shown } from "cloudtrailer/rule";

/** Where the company works. */
const regions = ["eu-central-1", "eu-west-1", "us-east-1"];

export const rule: Rule = {
  id: "ec2-region-unused",
  title: "Something created in a region that nobody uses",
  severity: "high",
  events: [
    "ec2:RunInstances",
    "ec2:CreateVpc",
    "ecs:CreateCluster",
    "eks:CreateCluster",
    "lambda:CreateFunction",
    "rds:CreateDBInstance",
    "sagemaker:CreateNotebookInstance",
  ],
  match(record) {
    if (isAwsService(record) || regions.includes(record.awsRegion)) return undefined;
    return {
      evidence: [
        { parameter: "awsRegion", value: record.awsRegion, why: `is not one of ${regions.join(", ")}` },
        ...shown(record, "instanceType", "functionName", "dBInstanceIdentifier"),
      ],
      resources: [],
    };
  },
  runbook: [
    "Ask the actor. If nobody knows of it, disable their keys first: miners like regions that nobody looks at.",
    "Delete what was created, and deny the region with a service control policy.",
  ],
};

const runInstances = (awsRegion: string) => ({
  eventSource: "ec2.amazonaws.com",
  eventName: "RunInstances",
  awsRegion,
  requestParameters: { instanceType: "p5.48xlarge" },
});

export const examples: Examples = {
  hits: [
    { record: runInstances("ap-southeast-3"), evidence: ["awsRegion", "requestParameters.instanceType"] },
  ],
  misses: [
    { name: "a region in use", record: runInstances("eu-west-1") },
    {
      name: "an AWS service, for somebody whose own call is elsewhere",
      record: {
        ...runInstances("ap-southeast-3"),
        userIdentity: { type: "AWSService", invokedBy: "autoscaling.amazonaws.com" },
      },
    },
  ],
};
