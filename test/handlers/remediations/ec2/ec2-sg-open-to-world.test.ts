import { expect } from "chai";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixEc2SgOpenToWorld } from "../../../../handlers/remediations/ec2/ec2-sg-open-to-world";
import { account } from "../../../support/factories";
import { callsOf, expectOutcome, expectPlan, failing, kept, planned } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";

describe("ec2-sg-open-to-world", () => {
  describe("with what its detection names", () => {
    const items = [
      { securityGroupRuleId: "sgr-00000000000000001", cidr: "0.0.0.0/0", port: 22 },
      { securityGroupRuleId: "sgr-00000000000000002", cidr: "10.0.0.0/8", port: 22 },
      { securityGroupRuleId: "sgr-00000000000000003", cidr: "0.0.0.0/0", port: 443 },
    ].map(({ securityGroupRuleId, cidr, port }) => ({
      groupId: "sg-0123456789abcdef0",
      groupOwnerId: account,
      securityGroupRuleId,
      isEgress: false,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      cidrIpv4: cidr,
    }));
    const live = ({ SecurityGroupRuleIds }: Record<string, unknown>) => ({
      SecurityGroupRules: items
        .filter(({ securityGroupRuleId }) => (SecurityGroupRuleIds as string[]).includes(securityGroupRuleId))
        .map((rule) => ({
          SecurityGroupRuleId: rule.securityGroupRuleId,
          GroupId: rule.groupId,
          IsEgress: false,
          IpProtocol: "tcp",
          FromPort: rule.fromPort,
          ToPort: rule.toPort,
          CidrIpv4: rule.cidrIpv4,
        })),
    });
    const nested = {
      groupId: "sg-0123456789abcdef0",
      ipPermissions: {
        items: [
          {
            ipProtocol: "tcp",
            fromPort: 22,
            toPort: 22,
            ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }, { cidrIp: "10.0.0.0/8" }] },
          },
          { ipProtocol: "tcp", fromPort: 443, toPort: 443, ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] } },
        ],
      },
    };

    it("would restore the rules with the tags that each had, and not those of AWS", async () => {
      const tags: Record<string, object[]> = {
        "sgr-00000000000000004": [
          { Key: "team", Value: "red" },
          { Key: "aws:cloudformation:stack-name", Value: "web" },
        ],
      };
      const added = ["sgr-00000000000000001", "sgr-00000000000000004", "sgr-00000000000000005"].map(
        (id, index) => ({
          ...items[0],
          securityGroupRuleId: id,
          fromPort: [22, 3389, 3306][index],
          toPort: [22, 3389, 3306][index],
        }),
      );
      const plan = await plannedFor(
        "ec2-sg-open-to-world",
        "ec2:AuthorizeSecurityGroupIngress",
        {
          requestParameters: { groupId: "sg-0123456789abcdef0", ipPermissions: {} },
          responseElements: { _return: true, securityGroupRuleSet: { items: added } },
        },
        {
          aws: {
            "ec2:DescribeSecurityGroupRules": ({ SecurityGroupRuleIds }) => {
              const [id = ""] = SecurityGroupRuleIds as string[];
              const rule = added.find((one) => one.securityGroupRuleId === id);
              const Tags = tags[id] ?? [];
              return {
                SecurityGroupRules: [
                  {
                    SecurityGroupRuleId: id,
                    GroupId: rule?.groupId,
                    IsEgress: false,
                    IpProtocol: "tcp",
                    FromPort: rule?.fromPort,
                    ToPort: rule?.toPort,
                    CidrIpv4: "0.0.0.0/0",
                    Tags,
                  },
                ],
              };
            },
          },
        },
      );
      if ("outcome" in plan) throw new Error(plan.reason);
      const portsAndTags = plan.rollback.map(({ input }) => [
        (input.IpPermissions as { FromPort: number }[]).map(({ FromPort }) => FromPort),
        input.TagSpecifications,
      ]);
      expect(portsAndTags).to.deep.equal([
        [[3306], undefined],
        [[3389], [{ ResourceType: "security-group-rule", Tags: [{ Key: "team", Value: "red" }] }]],
        [[22], undefined],
      ]);
    });

    for (const [shape, requestParameters] of [
      ["nested", nested],
      ["omitted by EC2", { groupId: "sg-0123456789abcdef0", ipPermissions: {} }],
    ] as const)
      it(`revokes the offending rule alone, the request ${shape}`, async () => {
        const plan = await plannedFor(
          "ec2-sg-open-to-world",
          "ec2:AuthorizeSecurityGroupIngress",
          { requestParameters, responseElements: { _return: true, securityGroupRuleSet: { items } } },
          { aws: { "ec2:DescribeSecurityGroupRules": live } },
        );
        if ("outcome" in plan) throw new Error(plan.reason);
        expect(plan.calls.map(({ input }) => input)).to.deep.equal([
          { GroupId: "sg-0123456789abcdef0", SecurityGroupRuleIds: ["sgr-00000000000000001"] },
        ]);
      });

    it("revokes each by a call of its own, so that one that is gone keeps no other open", async () => {
      const both = [items[0], { ...items[0], securityGroupRuleId: "sgr-00000000000000004", fromPort: 0 }];
      const plan = await plannedFor(
        "ec2-sg-open-to-world",
        "ec2:AuthorizeSecurityGroupIngress",
        {
          requestParameters: { groupId: "sg-0123456789abcdef0", ipPermissions: {} },
          responseElements: { securityGroupRuleSet: both },
        },
        {
          aws: {
            "ec2:DescribeSecurityGroupRules": ({ SecurityGroupRuleIds }) => ({
              SecurityGroupRules: both
                .filter((rule) =>
                  (SecurityGroupRuleIds as string[]).includes(String(rule?.securityGroupRuleId)),
                )
                .map((rule) => ({
                  SecurityGroupRuleId: rule?.securityGroupRuleId,
                  GroupId: rule?.groupId,
                  IpProtocol: "tcp",
                  FromPort: rule?.fromPort,
                  ToPort: rule?.toPort,
                  CidrIpv4: rule?.cidrIpv4,
                })),
            }),
          },
        },
      );
      if ("outcome" in plan) throw new Error(plan.reason);
      expect(plan.calls.map(({ input }) => input.SecurityGroupRuleIds)).to.deep.equal([
        ["sgr-00000000000000001"],
        ["sgr-00000000000000004"],
      ]);
      expect(plan.rollback.map(({ reverts }) => reverts)).to.deep.equal([[1], [0]]);
    });
  });

  describe("of rules that the event modified", () => {
    const GroupId = "sg-0123456789abcdef0";
    const id = "sgr-00000000000000001";
    const rule = (own: object = {}) => ({
      SecurityGroupRuleId: id,
      GroupId,
      IsEgress: false,
      IpProtocol: "tcp",
      FromPort: 22,
      ToPort: 22,
      CidrIpv4: "0.0.0.0/0",
      ...own,
    });
    const before = {
      IpProtocol: "tcp",
      FromPort: 22,
      ToPort: 22,
      CidrIpv4: "10.0.0.0/8",
      Description: "own",
    };
    const after = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIpv4: "0.0.0.0/0" };
    const keptAs = (was: object, of = id) =>
      kept(baselineKinds.securityGroupRule, region, of, {
        DescribeSecurityGroupRules: { SecurityGroupRules: [was] },
      });
    const updates = (...ids: string[]) =>
      ids.map((SecurityGroupRuleId) => ({
        SecurityGroupRuleId,
        SecurityGroupRule: { IpProtocol: "6", FromPort: 22, ToPort: 22, CidrIpv4: "0.0.0.0/0" },
      }));
    const attack = (
      live: object[],
      baselines: Record<string, unknown>,
      SecurityGroupRule: unknown = updates(id),
    ) =>
      plannedFor(
        "ec2-sg-open-to-world",
        "ec2:ModifySecurityGroupRules",
        { requestParameters: { ModifySecurityGroupRulesRequest: { GroupId, SecurityGroupRule } } },
        {
          baselines,
          aws: {
            "ec2:DescribeSecurityGroupRules": ({ SecurityGroupRuleIds }) => ({
              SecurityGroupRules: live.filter((one) =>
                (SecurityGroupRuleIds as string[]).includes(
                  (one as { SecurityGroupRuleId: string }).SecurityGroupRuleId,
                ),
              ),
            }),
          },
        },
      );
    const modified = (SecurityGroupRule: object, of = id) => [
      "ModifySecurityGroupRules",
      { GroupId, SecurityGroupRules: [{ SecurityGroupRuleId: of, SecurityGroupRule }] },
    ];

    it("restores the rule", async () => {
      expectPlan(await attack([rule()], keptAs(before)), [modified(before)], [modified(after)]);
    });

    it("makes one that let another group in let that in again", async () => {
      const traffic = { IpProtocol: "-1", FromPort: -1, ToPort: -1 };
      const plan = await attack([rule()], keptAs({ ...traffic, ReferencedGroupInfo: { GroupId: "sg-1" } }));
      expectPlan(plan, [modified({ ...traffic, ReferencedGroupId: "sg-1" })], [modified(after)]);
    });

    it("restores those whose state before is known, and says of which it is not", async () => {
      const other = "sgr-00000000000000002";
      const both = [rule(), rule({ SecurityGroupRuleId: other })];
      const plan = await attack(both, keptAs(before, other), updates(id, other));
      expectPlan(plan, [modified(before, other)], [modified(after, other)]);
      expect("summary" in plan && plan.summary).to.include(`no baseline shows what ${id} were before`);
    });

    it("otherwise says what it finds", async () => {
      expectOutcome(await attack([], keptAs(before)), "already-ok");
      expectOutcome(await attack([rule()], keptAs(after)), "already-ok");
      expectOutcome(await attack([rule(before)], keptAs(before)), "already-ok");
      expectOutcome(await attack([rule()], {}), "needs-baseline");
      for (const since of [{ CidrIpv4: "192.0.2.0/24" }, { ToPort: 23 }, { IpProtocol: "udp" }])
        expectOutcome(await attack([rule(since)], keptAs(before)), "changed-since");
    });
  });

  const added = (id: string, own: object = {}) => ({
    securityGroupRuleId: id,
    groupId: "sg-1",
    isEgress: false,
    ipProtocol: "tcp",
    fromPort: 22,
    toPort: 22,
    cidrIpv4: "0.0.0.0/0",
    ...own,
  });
  const record = {
    eventName: "AuthorizeSecurityGroupIngress",
    awsRegion: "eu-west-1",
    responseElements: {
      securityGroupRuleSet: { items: [added("sgr-1"), added("sgr-2", { cidrIpv4: "10.0.0.0/8" })] },
    },
  };
  const offending = { evidence: [], resources: [{ type: "AWS::EC2::SecurityGroupRule", id: "sgr-1" }] };
  const rule = (own: object = {}) => ({
    SecurityGroupRuleId: "sgr-1",
    GroupId: "sg-1",
    IsEgress: false,
    IpProtocol: "tcp",
    FromPort: 22,
    ToPort: 22,
    CidrIpv4: "0.0.0.0/0",
    ...own,
  });
  const live = (...SecurityGroupRules: object[]) => ({
    "ec2:DescribeSecurityGroupRules": { SecurityGroupRules },
  });

  it("revokes the offending rule by its id and not its neighbor of the same call", async () => {
    const plan = await planned(fixEc2SgOpenToWorld, record, {
      aws: live(rule({ Description: "ssh" })),
      match: offending,
    });
    expectPlan(
      plan,
      [["RevokeSecurityGroupIngress", { GroupId: "sg-1", SecurityGroupRuleIds: ["sgr-1"] }]],
      [
        [
          "AuthorizeSecurityGroupIngress",
          {
            GroupId: "sg-1",
            IpPermissions: [
              {
                IpProtocol: "tcp",
                FromPort: 22,
                ToPort: 22,
                IpRanges: [{ CidrIp: "0.0.0.0/0", Description: "ssh" }],
              },
            ],
          },
        ],
      ],
    );
  });

  it("would authorize all traffic over IPv6 again without ports", async () => {
    const all = { ipProtocol: "-1", fromPort: -1, toPort: -1, cidrIpv4: undefined, cidrIpv6: "::/0" };
    const responseElements = { securityGroupRuleSet: { items: [added("sgr-1", all)] } };
    const now = rule({ IpProtocol: "-1", FromPort: -1, ToPort: -1, CidrIpv4: undefined, CidrIpv6: "::/0" });
    const plan = await planned(
      fixEc2SgOpenToWorld,
      { ...record, responseElements },
      { aws: live(now), match: offending },
    );
    expect(callsOf(plan).rollback).to.deep.equal([
      [
        "AuthorizeSecurityGroupIngress",
        { GroupId: "sg-1", IpPermissions: [{ IpProtocol: "-1", Ipv6Ranges: [{ CidrIpv6: "::/0" }] }] },
      ],
    ]);
  });

  it("is already-ok when the rule is gone, and changed-since when it was modified", async () => {
    const gone = { "ec2:DescribeSecurityGroupRules": failing("InvalidSecurityGroupRuleId.NotFound") };
    expectOutcome(await planned(fixEc2SgOpenToWorld, record, { aws: gone, match: offending }), "already-ok");
    for (const change of [{ CidrIpv4: "10.0.0.0/8" }, { ToPort: 443 }, { IpProtocol: "udp" }])
      expectOutcome(
        await planned(fixEc2SgOpenToWorld, record, { aws: live(rule(change)), match: offending }),
        "changed-since",
      );
  });

  it("needs the ids of the rules that were added", async () => {
    expectOutcome(await planned(fixEc2SgOpenToWorld, record), "refused");
  });
});
