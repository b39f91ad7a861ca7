import {
  type Examples,
  matchesAny,
  objectsOf,
  parameterOf,
  planStop,
  resourcesOf,
  type Rule,
  shown,
  textOf,
  valueAt,
} from "cloudtrailer/rule";

/** Anything smaller needs no approval. */
const affordable = ["t3.*", "t4g.*", "m7?.large", "m7?.xlarge"];

export const rule: Rule = {
  id: "ec2-instance-type-over-budget",
  title: "Instance type over budget started",
  severity: "medium",
  events: ["ec2:RunInstances"],
  match(record) {
    const type = textOf(parameterOf(record, "instanceType"));
    if (type === undefined || matchesAny(affordable, type)) return undefined;
    const ids = objectsOf(valueAt(record, "responseElements.instancesSet")).map(
      ({ instanceId }) => instanceId,
    );
    return {
      title: `Instance of type ${type} started`,
      evidence: shown(record, "instanceType"),
      resources: resourcesOf("AWS::EC2::Instance", ...ids),
    };
  },
  remediation: {
    reads: ["ec2:DescribeInstances"],
    writes: ["ec2:StopInstances"],
    // Stopped, not terminated: nothing on its volumes is lost.
    plan: ({ match, region }, aws) =>
      planStop(
        match.resources.map(({ id }) => id),
        region,
        aws,
      ),
  },
  runbook: ["Ask the actor what it is for.", "Start it again when its costs are approved."],
};

const runInstances = (instanceType: string) => ({
  eventSource: "ec2.amazonaws.com",
  eventName: "RunInstances",
  requestParameters: { instanceType },
  responseElements: { instancesSet: { items: [{ instanceId: "i-0a1b2c3d4e5f60718" }] } },
});
const described = (Name: string) => ({
  "ec2:DescribeInstances": {
    Reservations: [
      { Instances: [{ InstanceId: "i-0a1b2c3d4e5f60718", RootDeviceType: "ebs", State: { Name } }] },
    ],
  },
});

export const examples: Examples = {
  hits: [
    {
      record: runInstances("p5.48xlarge"),
      title: "Instance of type p5.48xlarge started",
      resources: ["i-0a1b2c3d4e5f60718"],
      live: described("running"),
      calls: [
        { service: "ec2", operation: "StopInstances", input: { InstanceIds: ["i-0a1b2c3d4e5f60718"] } },
      ],
      rollback: [
        { service: "ec2", operation: "StartInstances", input: { InstanceIds: ["i-0a1b2c3d4e5f60718"] } },
      ],
    },
    {
      name: "somebody has stopped it",
      record: runInstances("p5.48xlarge"),
      live: described("stopped"),
      outcome: "already-ok",
    },
  ],
  misses: [
    { name: "a small one", record: runInstances("t3.micro") },
    { name: "of a family with a pattern", record: runInstances("m7g.xlarge") },
  ],
};
