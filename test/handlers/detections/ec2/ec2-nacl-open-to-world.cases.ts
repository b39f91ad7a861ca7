import { call, type Cases } from "../support/cases";

function entry(event: string, fields: Record<string, unknown> = {}) {
  return call(event, {
    networkAclId: "acl-0a1b2c3d",
    ruleNumber: 90,
    egress: false,
    ruleAction: "allow",
    icmpTypeCode: {},
    portRange: {},
    aclProtocol: "-1",
    cidrBlock: "0.0.0.0/0",
    ...fields,
  });
}

export const cases: Cases = {
  hits: [
    {
      name: "created",
      record: entry("ec2:CreateNetworkAclEntry"),
      evidence: "requestParameters.ruleNumber",
      resources: ["acl-0a1b2c3d"],
    },
    {
      name: "replaced",
      record: entry("ec2:ReplaceNetworkAclEntry", { aclProtocol: "6", portRange: { from: 22, to: 22 } }),
    },
    {
      name: "IPv6",
      record: entry("ec2:CreateNetworkAclEntry", { cidrBlock: undefined, ipv6CidrBlock: "::/0" }),
      evidence: "requestParameters.ipv6CidrBlock",
    },
    {
      name: "for a web server",
      record: entry("ec2:CreateNetworkAclEntry", { aclProtocol: "6", portRange: { from: 443, to: 443 } }),
      severity: "low",
    },
    {
      name: "parameters omitted",
      record: call("ec2:CreateNetworkAclEntry", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "outgoing", record: entry("ec2:CreateNetworkAclEntry", { egress: true }) },
    { name: "denied", record: entry("ec2:ReplaceNetworkAclEntry", { ruleAction: "deny" }) },
    { name: "the own network", record: entry("ec2:CreateNetworkAclEntry", { cidrBlock: "10.0.0.0/16" }) },
  ],
};
