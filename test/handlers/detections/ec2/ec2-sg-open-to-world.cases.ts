import { call, type Cases } from "../support/cases";

const groupId = "sg-0a1b2c3d4e5f60718";

function authorize(parameters: unknown, rules: unknown[] = []) {
  return call(
    "ec2:AuthorizeSecurityGroupIngress",
    { groupId, ...(parameters as object) },
    { responseElements: { _return: true, securityGroupRuleSet: { items: rules } } },
  );
}

function flat(cidrIp: string, fromPort: number, toPort: number, ipProtocol = "tcp") {
  return { ipPermissions: {}, ipProtocol, fromPort, toPort, cidrIp };
}

function permission(ipProtocol: string, from: number, to: number, four: string[], six: string[] = []) {
  return {
    ipProtocol,
    fromPort: from,
    toPort: to,
    groups: {},
    ipRanges: { items: four.map((cidrIp) => ({ cidrIp })) },
    ipv6Ranges: { items: six.map((cidrIpv6) => ({ cidrIpv6 })) },
    prefixListIds: {},
  };
}

function rule(id: string, fields: Record<string, unknown>) {
  return {
    groupId,
    securityGroupRuleId: id,
    isEgress: false,
    ipProtocol: "tcp",
    fromPort: 22,
    toPort: 22,
    ...fields,
  };
}

function modify(update: unknown) {
  return call("ec2:ModifySecurityGroupRules", {
    ModifySecurityGroupRulesRequest: { GroupId: groupId, SecurityGroupRule: update },
  });
}

const update = (fields: Record<string, unknown>, id = "sgr-0a") => ({
  tag: 1,
  SecurityGroupRuleId: id,
  SecurityGroupRule: { IpProtocol: "tcp", FromPort: 22, ToPort: 22, ...fields },
});

export const cases: Cases = {
  hits: [
    {
      name: "flat",
      record: authorize(flat("0.0.0.0/0", 22, 22), [rule("sgr-0a", { cidrIpv4: "0.0.0.0/0" })]),
      evidence: "requestParameters.cidrIp",
      resources: [groupId, "sgr-0a"],
    },
    {
      name: "flat, with the group's name alone",
      record: call("ec2:AuthorizeSecurityGroupIngress", {
        groupName: "web",
        ...flat("0.0.0.0/0", 3389, 3389),
      }),
      resources: ["web"],
    },
    { name: "an address before a prefix of length 0", record: authorize(flat("203.0.113.77/0", 5432, 5432)) },
    {
      name: "nested, IPv6",
      record: authorize({ ipPermissions: { items: [permission("tcp", 22, 22, [], ["::/0"])] } }),
      evidence: "requestParameters.ipPermissions.items[0].ipv6Ranges.items[0].cidrIpv6",
    },
    {
      name: "nested, one permission not in a list",
      record: authorize({ ipPermissions: { items: permission("tcp", 22, 22, ["0.0.0.0/0"]) } }),
    },
    {
      name: "a range of ports with a sensitive one in it",
      record: authorize({ ipPermissions: { items: [permission("tcp", 3000, 4000, ["0.0.0.0/0"])] } }),
    },
    {
      name: "all ports",
      record: authorize({ ipPermissions: { items: [permission("udp", 0, 65_535, ["0.0.0.0/0"])] } }),
    },
    {
      name: "all traffic",
      record: authorize({ ipPermissions: { items: [permission("-1", -1, -1, ["0.0.0.0/0"])] } }),
    },
    {
      name: "both halves of the internet",
      record: authorize(
        { ipPermissions: { items: [permission("tcp", 22, 22, ["0.0.0.0/1", "128.0.0.0/1"])] } },
        [rule("sgr-0a", { cidrIpv4: "0.0.0.0/1" }), rule("sgr-0b", { cidrIpv4: "128.0.0.0/1" })],
      ),
      resources: ["sgr-0a", "sgr-0b"],
    },
    {
      name: "four quarters of the internet",
      record: authorize({
        ipPermissions: {
          items: [permission("tcp", 22, 22, ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"])],
        },
      }),
    },
    {
      name: "the response alone",
      record: call("ec2:AuthorizeSecurityGroupIngress", null, {
        responseElements: { securityGroupRuleSet: { items: rule("sgr-0a", { cidrIpv4: "0.0.0.0/0" }) } },
      }),
      evidence: "responseElements.securityGroupRuleSet.items[0].cidrIpv4",
      resources: [groupId, "sgr-0a"],
    },
    {
      name: "a rule modified",
      record: modify(update({ CidrIpv4: "0.0.0.0/0" })),
      evidence:
        "requestParameters.ModifySecurityGroupRulesRequest.SecurityGroupRule[0].SecurityGroupRule.CidrIpv4",
      resources: [groupId, "sgr-0a"],
    },
    {
      name: "the second of two rules modified",
      record: modify([update({ CidrIpv4: "10.0.0.0/8" }), update({ CidrIpv6: "::/0" }, "sgr-0b")]),
      resources: ["sgr-0b"],
    },
    {
      name: "a rule for all traffic modified, which may be for outgoing traffic",
      record: modify(update({ CidrIpv4: "0.0.0.0/0", IpProtocol: "-1", FromPort: -1, ToPort: -1 })),
      severity: "medium",
    },
    {
      name: "parameters omitted",
      record: call("ec2:AuthorizeSecurityGroupIngress", {
        omitted: true,
        reason: "requestParameters too large",
      }),
      couldNotInspect: true,
    },
    ...[25, 110, 143, 4333, 5500, 5601, 6443].map((port) => ({
      name: `port ${port}`,
      record: authorize(flat("0.0.0.0/0", port, port)),
    })),
    ...[3000, 5000, 8080, 8088, 8888, 31_000].map((port) => ({
      name: `port ${port}, for development`,
      record: authorize(flat("0.0.0.0/0", port, port)),
      severity: "medium" as const,
    })),
    { name: "all node ports", record: authorize(flat("::/0", 30_000, 32_767)), severity: "medium" },
    { name: "ports for development and others", record: authorize(flat("0.0.0.0/0", 5000, 5500)) },
  ],
  quiet: [
    { name: "a port that only another detection is about", record: authorize(flat("0.0.0.0/0", 8443, 8443)) },
    { name: "a web server", record: authorize(flat("0.0.0.0/0", 443, 443)) },
    { name: "an office", record: authorize(flat("198.51.100.0/24", 22, 22)) },
    { name: "the own network", record: authorize(flat("10.0.0.0/8", 0, 65_535)) },
    { name: "ping", record: authorize(flat("0.0.0.0/0", -1, -1, "icmp")) },
    {
      name: "another security group",
      record: authorize({
        ipPermissions: { items: [{ ...permission("-1", -1, -1, []), groups: { items: [{ groupId }] } }] },
      }),
    },
    { name: "a rule modified for the own network", record: modify(update({ CidrIpv4: "10.0.0.0/8" })) },
    { name: "no parameters", record: call("ec2:AuthorizeSecurityGroupIngress", null) },
  ],
};
