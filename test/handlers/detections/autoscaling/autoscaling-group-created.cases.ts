import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a group",
    record: call("autoscaling:CreateAutoScalingGroup", {
      autoScalingGroupName: "g",
      maxSize: 3,
      launchTemplate: { launchTemplateId: "lt-1" },
    }),
    evidence: "requestParameters.maxSize",
    resources: ["g"],
  },
  {
    name: "a large group",
    record: call("autoscaling:CreateAutoScalingGroup", { autoScalingGroupName: "g", maxSize: 999 }),
    severity: "high",
  },
  {
    name: "a group enlarged",
    record: call("autoscaling:UpdateAutoScalingGroup", { autoScalingGroupName: "g", maxSize: 10 }),
  },
  {
    name: "a configuration",
    record: call("autoscaling:CreateLaunchConfiguration", {
      launchConfigurationName: "c",
      instanceType: "m6i.large",
      imageId: "ami-1",
    }),
    resources: ["c"],
  },
  {
    name: "a configuration with accelerators",
    record: call("autoscaling:CreateLaunchConfiguration", {
      launchConfigurationName: "c",
      instanceType: "g5.xlarge",
      imageId: "ami-1",
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
      name: "another health check",
      record: call("autoscaling:UpdateAutoScalingGroup", {
        autoScalingGroupName: "g",
        healthCheckType: "ELB",
      }),
    },
  ],
};
