import { expect } from "chai";
import { rulesAnswered, rulesRequested } from "../../../../handlers/detections/readers/security-group-rules";
import { ec2SgOpenToWorld } from "../../../../handlers/detections/ec2/ec2-sg-open-to-world";
import { account, call, emptyContext } from "../support/cases";

const answer = (id: string, fields: Record<string, unknown>) => ({
  securityGroupRuleId: id,
  groupId: "sg-0a1b2c3d",
  isEgress: false,
  ipProtocol: "tcp",
  fromPort: 22,
  toPort: 22,
  ...fields,
});

describe("the rules of a security group call", () => {
  it("have the ranges of both address families, with their paths", () => {
    const record = call("ec2:AuthorizeSecurityGroupIngress", {
      groupId: "sg-0a1b2c3d",
      ipPermissions: {
        items: [
          {
            ipProtocol: "tcp",
            fromPort: 22,
            toPort: 22,
            ipRanges: { items: [{ cidrIp: "10.0.0.0/8" }, { cidrIp: "0.0.0.0/0" }] },
            ipv6Ranges: { items: [{ cidrIpv6: "::/0" }] },
          },
        ],
      },
    });
    const ranges = rulesRequested(record).flatMap((rule) => rule.ranges);
    const path = "requestParameters.ipPermissions.items[0]";
    expect(ranges).deep.equal([
      { parameter: `${path}.ipRanges.items[0].cidrIp`, cidr: "10.0.0.0/8" },
      { parameter: `${path}.ipRanges.items[1].cidrIp`, cidr: "0.0.0.0/0" },
      { parameter: `${path}.ipv6Ranges.items[0].cidrIpv6`, cidr: "::/0" },
    ]);
  });

  it("with the same traffic are one, so that four quarters are the world", () => {
    const quarter = (cidrIp: string, fromPort = 22) => ({
      ipProtocol: "tcp",
      fromPort,
      toPort: 22,
      ipRanges: { items: [{ cidrIp }] },
    });
    const quarters = ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"];
    const match = (items: object[]) =>
      ec2SgOpenToWorld.match(
        call("ec2:AuthorizeSecurityGroupIngress", { groupId: "sg-0a1b2c3d", ipPermissions: { items } }),
        { ...emptyContext, account },
      );
    const found = match(quarters.map((cidr) => quarter(cidr)))?.evidence.map(({ parameter }) => parameter);
    expect(found).deep.equal(
      [0, 1, 2, 3].map((index) => `requestParameters.ipPermissions.items[${index}].ipRanges.items[0].cidrIp`),
    );
    expect(match(quarters.slice(0, 1).map((cidr) => quarter(cidr)))).equal(undefined);
    expect(match(quarters.map((cidr, index) => quarter(cidr, 22 - index)))).equal(undefined);
  });

  it("are read in a wrapper and with capital letters, as newer calls have them", () => {
    const rule = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0", tag: 1 }] };
    const request = { GroupId: "sg-0a1b2c3d", IpPermissions: [rule] };
    for (const parameters of [request, { AuthorizeSecurityGroupIngressRequest: request }]) {
      const record = call("ec2:AuthorizeSecurityGroupIngress", parameters);
      const found = rulesRequested(record).flatMap(({ traffic, ranges }) =>
        ranges.map(({ cidr }) => [traffic, cidr]),
      );
      expect(found).deep.equal([[{ protocol: "tcp", fromPort: 22, toPort: 22 }, "0.0.0.0/0"]]);
      expect(ec2SgOpenToWorld.match(record, { ...emptyContext, account })?.resources[0]?.id).equal(
        "sg-0a1b2c3d",
      );
    }
  });

  it("have their ids in the response", () => {
    const record = call("ec2:AuthorizeSecurityGroupIngress", null, {
      responseElements: { securityGroupRuleSet: { items: answer("sgr-0a", { cidrIpv4: "0.0.0.0/0" }) } },
    });
    expect(rulesAnswered(record).map(({ ruleId }) => ruleId)).deep.equal(["sgr-0a"]);
  });

  it("of a mixed call are distinguished: only the offending ones are named", () => {
    const record = call(
      "ec2:AuthorizeSecurityGroupIngress",
      {
        groupId: "sg-0a1b2c3d",
        ipPermissions: {
          items: [
            {
              ipProtocol: "tcp",
              fromPort: 22,
              toPort: 22,
              ipRanges: { items: [{ cidrIp: "10.0.0.0/8" }, { cidrIp: "203.0.113.7/0" }] },
            },
            { ipProtocol: "tcp", fromPort: 443, toPort: 443, ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] } },
          ],
        },
      },
      {
        responseElements: {
          securityGroupRuleSet: {
            items: [
              answer("sgr-office", { cidrIpv4: "10.0.0.0/8" }),
              answer("sgr-world", { cidrIpv4: "0.0.0.0/0" }),
              answer("sgr-web", { cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443 }),
              answer("sgr-egress", { cidrIpv4: "0.0.0.0/0", isEgress: true }),
            ],
          },
        },
      },
    );
    const match = ec2SgOpenToWorld.match(record, { ...emptyContext, account });
    expect(match?.evidence.map(({ value }) => value)).deep.equal(["203.0.113.7/0"]);
    expect(match?.resources).deep.equal([
      { type: "AWS::EC2::SecurityGroup", id: "sg-0a1b2c3d" },
      { type: "AWS::EC2::SecurityGroupRule", id: "sgr-world" },
    ]);
  });
});
