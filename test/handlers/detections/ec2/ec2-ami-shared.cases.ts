import { account, call, type Cases, otherAccount } from "../support/cases";

const organizationArn = `arn:aws:organizations::${otherAccount}:organization/o-a1b2c3d4e5`;

function modify(permission: unknown, fields = {}) {
  return call(
    "ec2:ModifyImageAttribute",
    { imageId: "ami-0a1b2c3d4e5f60718", attributeType: "launchPermission", launchPermission: permission },
    fields,
  );
}

export const cases: Cases = {
  hits: [
    {
      name: "everybody",
      record: modify({ add: { items: [{ group: "all" }] } }),
      evidence: "requestParameters.launchPermission.add.items[0].group",
      resources: ["ami-0a1b2c3d4e5f60718"],
    },
    { name: "another account", record: modify({ add: { items: [{ userId: otherAccount }] } }) },
    {
      name: "another account, by a user agent that says it is the marketplace",
      record: modify(
        { add: { items: [{ userId: otherAccount }] } },
        { userAgent: "assets.marketplace.amazonaws.com" },
      ),
    },
    {
      name: "an organization",
      record: modify({ add: { items: [{ organizationArn }] } }),
      evidence: "requestParameters.launchPermission.add.items[0].organizationArn",
    },
    {
      name: "parameters omitted",
      record: call("ec2:ModifyImageAttribute", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "taken away", record: modify({ remove: { items: [{ group: "all" }] } }) },
    { name: "the own account", record: modify({ add: { items: [{ userId: account }] } }) },
    {
      name: "the marketplace",
      record: modify(
        { add: { items: [{ userId: otherAccount }] } },
        { sourceIPAddress: "assets.marketplace.amazonaws.com" },
      ),
    },
    {
      name: "the description",
      record: call("ec2:ModifyImageAttribute", { imageId: "ami-0a1b2c3d", description: { value: "March" } }),
    },
  ],
};
