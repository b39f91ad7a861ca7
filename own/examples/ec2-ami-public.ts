import {
  alreadyOk,
  callsTo,
  type Examples,
  fieldsOf,
  listOf,
  objectsOf,
  requested,
  resourcesOf,
  type Rule,
  unlessGone,
  valueAt,
} from "cloudtrailer/rule";

const added = "requestParameters.launchPermission.add";

/** What makes an image public. */
const everybody = [{ Group: "all" }];

// The catalogue's ec2-ami-shared also finds sharing with single accounts. This one is for teams that do share with some.
export const rule: Rule = {
  id: "ec2-ami-public",
  title: "AMI public",
  severity: "critical",
  events: ["ec2:ModifyImageAttribute"],
  match(record) {
    const index = objectsOf(valueAt(record, added)).findIndex(({ group }) => group === "all");
    if (index < 0) return undefined;
    return {
      evidence: [{ parameter: `${added}.items[${index}].group`, value: "all", why: "is every AWS account" }],
      resources: resourcesOf("AWS::EC2::Image", valueAt(record, "requestParameters.imageId")),
    };
  },
  remediation: {
    reads: ["ec2:DescribeImageAttribute"],
    writes: ["ec2:ModifyImageAttribute"],
    async plan(finding, aws) {
      const asked = requested(finding, ["imageId"]);
      if ("outcome" in asked) return asked;
      const ImageId = asked.values.imageId;
      const call = callsTo("ec2", finding.region);
      const live = await unlessGone(
        aws(call("DescribeImageAttribute", { ImageId, Attribute: "launchPermission" })),
        ["InvalidAMIID.NotFound", "InvalidAMIID.Unavailable"],
      );
      if (!listOf(live?.LaunchPermissions).some((one) => fieldsOf(one).Group === "all"))
        return alreadyOk(`${ImageId} is not public`);
      return {
        summary: `Make ${ImageId} private again`,
        calls: [call("ModifyImageAttribute", { ImageId, LaunchPermission: { Remove: everybody } })],
        rollback: [call("ModifyImageAttribute", { ImageId, LaunchPermission: { Add: everybody } })],
      };
    },
  },
  runbook: ["Look for keys and code on the image, and rotate what you find: copies of it stay with others."],
};

const modify = (item: object) => ({
  eventSource: "ec2.amazonaws.com",
  eventName: "ModifyImageAttribute",
  requestParameters: {
    imageId: "ami-0a1b2c3d4e5f60718",
    attributeType: "launchPermission",
    launchPermission: { add: { items: [item] } },
  },
});

export const examples: Examples = {
  hits: [
    {
      record: modify({ group: "all" }),
      resources: ["ami-0a1b2c3d4e5f60718"],
      live: {
        "ec2:DescribeImageAttribute": { LaunchPermissions: [{ UserId: "999988887777" }, { Group: "all" }] },
      },
      calls: [
        {
          service: "ec2",
          operation: "ModifyImageAttribute",
          input: { ImageId: "ami-0a1b2c3d4e5f60718", LaunchPermission: { Remove: [{ Group: "all" }] } },
        },
      ],
    },
    {
      name: "somebody has made it private",
      record: modify({ group: "all" }),
      live: { "ec2:DescribeImageAttribute": { LaunchPermissions: [] } },
      outcome: "already-ok",
    },
  ],
  misses: [{ name: "shared with a sister account", record: modify({ userId: "999988887777" }) }],
};
