import { account, call, type Cases, refused, role } from "../support/cases";

function run(instanceType: string | undefined, maxCount: number, fields = {}) {
  return call(
    "ec2:RunInstances",
    {
      instancesSet: { items: [{ imageId: "ami-0a1b2c3d", minCount: 1, maxCount }] },
      ...(instanceType === undefined ? {} : { instanceType }),
    },
    {
      responseElements: {
        instancesSet: {
          items: [{ instanceId: "i-0a1b2c3d4e5f60718", instanceType: instanceType ?? "g5.xlarge" }],
        },
      },
      ...fields,
    },
  );
}

export const cases: Cases = {
  hits: [
    {
      name: "a type with accelerators",
      record: run("p3.2xlarge", 1),
      evidence: "requestParameters.instanceType",
      resources: ["i-0a1b2c3d4e5f60718"],
    },
    { name: "a whole machine", record: run("m5.metal", 1) },
    { name: "a whole machine of one size", record: run("c7i.metal-48xl", 1) },
    {
      name: "a type that only the response shows",
      record: run(undefined, 1),
      evidence: "responseElements.instancesSet.items[0].instanceType",
    },
    { name: "many", record: run("t3.micro", 10), evidence: "requestParameters.instancesSet" },
    {
      name: "few, where few are many",
      record: run("t3.micro", 3),
      context: { thresholds: { "ec2-unusual-instance-launch": 3 } },
    },
    {
      name: "a region that is not used",
      record: run("t3.micro", 1),
      context: { allowedRegions: ["eu-central-1"] },
      evidence: "awsRegion",
    },
    { name: "refused", record: refused(run("p2.xlarge", 10), "Client.UnauthorizedOperation") },
    {
      name: "more than the account allows",
      record: refused(run("p2.xlarge", 10), "Client.VcpuLimitExceeded"),
    },
    {
      name: "parameters omitted",
      record: call("ec2:RunInstances", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "a common type", record: run("t3.micro", 1) },
    {
      name: "a common type in a region that is used",
      record: run("m5.large", 2),
      context: { allowedRegions: ["eu-west-1"] },
    },
    { name: "wrong input", record: refused(run("p3.2xlarge", 1), "Client.InvalidParameterValue") },
    {
      name: "by automation",
      record: run("p3.2xlarge", 1, { userIdentity: role("training") }),
      context: { automation: [`arn:aws:iam::${account}:role/training`] },
    },
    {
      name: "many, by Auto Scaling",
      record: run("t3.micro", 12, {
        userIdentity: {
          ...role("AWSServiceRoleForAutoScaling", "AutoScaling"),
          invokedBy: "autoscaling.amazonaws.com",
        },
        sourceIPAddress: "autoscaling.amazonaws.com",
      }),
    },
  ],
};
