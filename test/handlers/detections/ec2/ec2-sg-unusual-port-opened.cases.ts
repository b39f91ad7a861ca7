import { call, type Cases } from "../support/cases";

const authorize = (cidrIp: string, fromPort: number, toPort = fromPort, ipProtocol = "tcp") =>
  call("ec2:AuthorizeSecurityGroupIngress", {
    groupId: "sg-0a1b2c3d4e5f60718",
    ipPermissions: {},
    ipProtocol,
    fromPort,
    toPort,
    cidrIp,
  });
const modify = (rule: object) =>
  call("ec2:ModifySecurityGroupRules", {
    ModifySecurityGroupRulesRequest: {
      GroupId: "sg-0a1b2c3d4e5f60718",
      SecurityGroupRule: { SecurityGroupRuleId: "sgr-0a1b2c3d", SecurityGroupRule: rule },
    },
  });

export const cases: Cases = {
  hits: [
    {
      name: "a port of its own",
      record: authorize("0.0.0.0/0", 8443),
      evidence: "requestParameters.cidrIp",
      resources: ["sg-0a1b2c3d4e5f60718"],
    },
    { name: "some of them, UDP", record: authorize("0.0.0.0/0", 51_820, 51_830, "udp") },
    {
      name: "a modified rule",
      record: modify({ IpProtocol: "tcp", FromPort: 9500, ToPort: 9500, CidrIpv4: "0.0.0.0/0" }),
    },
  ],
  quiet: [
    { name: "the web", record: authorize("0.0.0.0/0", 443) },
    { name: "the web over QUIC", record: authorize("0.0.0.0/0", 443, 443, "udp") },
    { name: "ping", record: authorize("0.0.0.0/0", 8, -1, "icmp") },
    { name: "an office", record: authorize("203.0.113.0/24", 8443) },
    { name: "what is reported as worse", record: authorize("0.0.0.0/0", 22) },
    {
      name: "a rule modified for the own network",
      record: modify({ IpProtocol: "tcp", FromPort: 9500, ToPort: 9500, CidrIpv4: "10.0.0.0/8" }),
    },
  ],
};
