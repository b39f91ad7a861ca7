import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "new",
    record: call("ec2:CreateLaunchTemplate", {
      CreateLaunchTemplateRequest: {
        LaunchTemplateName: "web",
        LaunchTemplateData: { InstanceType: "m6i.large" },
      },
    }),
    resources: ["web"],
    evidence: "requestParameters.CreateLaunchTemplateRequest.LaunchTemplateName",
  },
  {
    name: "new, with accelerators",
    record: call("ec2:CreateLaunchTemplate", {
      CreateLaunchTemplateRequest: {
        LaunchTemplateName: "web",
        LaunchTemplateData: { InstanceType: "p3.2xlarge" },
      },
    }),
    severity: "high",
  },
  {
    name: "a version",
    record: call("ec2:CreateLaunchTemplateVersion", {
      CreateLaunchTemplateVersionRequest: { LaunchTemplateId: "lt-1", VersionDescription: "v2" },
    }),
    resources: ["lt-1"],
  },
  {
    name: "the default",
    record: call("ec2:ModifyLaunchTemplate", {
      ModifyLaunchTemplateRequest: { LaunchTemplateId: "lt-1", SetDefaultVersion: 2 },
    }),
    evidence: "requestParameters.ModifyLaunchTemplateRequest.SetDefaultVersion",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
