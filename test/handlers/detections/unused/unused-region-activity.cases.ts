import { call, type Cases, repeated, role, service } from "../support/cases";

const context = { allowedRegions: ["eu-west-1", "eu-central-*"] };
const launch = (awsRegion: string, more: object = {}) => call("ec2:RunInstances", {}, { awsRegion, ...more });

export const cases: Cases = {
  hits: [
    {
      name: "another region",
      record: launch("ap-south-1"),
      context,
      resources: ["ap-south-1"],
      evidence: "awsRegion",
    },
    { name: "a region nobody has heard of", record: launch("apiso-centralnorth-2r"), context },
  ],
  quiet: [
    { name: "an allowed region", record: launch("eu-west-1"), context },
    { name: "a region of an allowed pattern", record: launch("eu-central-2"), context },
    { name: "no regions configured", record: launch("ap-south-1") },
    { name: "a reading call", record: launch("ap-south-1", { readOnly: true }), context },
    { name: "a global service", record: call("iam:CreateUser", {}, { awsRegion: "us-east-1" }), context },
    {
      name: "a service",
      record: launch("ap-south-1", { userIdentity: service("autoscaling.amazonaws.com") }),
      context,
    },
  ],
  bursts: [
    {
      name: "one finding a day, principal and region",
      records: repeated(launch("ap-south-1"), 20, 60),
      findings: 1,
      context,
    },
    {
      name: "each region and principal for itself",
      records: [launch("ap-south-1"), launch("sa-east-1"), launch("sa-east-1", { userIdentity: role("r") })],
      findings: 3,
      context,
    },
    {
      name: "none in an allowed region",
      records: repeated(launch("eu-west-1"), 20, 60),
      findings: 0,
      context,
    },
  ],
};
