import { expect } from "chai";
import { baselineKinds } from "../../../handlers/baselines/kinds/index";
import { account } from "../../support/factories";
import { expectOutcome, expectPlan, failing, kept } from "../../support/planning";
import { plannedFor, region, stranger } from "./support/attack";

for (const { id, event, attribute, list, change, idMember, thing, gone, more } of [
  {
    id: "ec2-snapshot-shared",
    event: "ModifySnapshotAttribute",
    attribute: "createVolumePermission",
    list: "CreateVolumePermissions",
    change: "CreateVolumePermission",
    idMember: "SnapshotId",
    thing: "snap-0123456789abcdef0",
    gone: "InvalidSnapshot.NotFound",
    more: undefined,
  },
  {
    id: "ec2-ami-shared",
    event: "ModifyImageAttribute",
    attribute: "launchPermission",
    list: "LaunchPermissions",
    change: "LaunchPermission",
    idMember: "ImageId",
    thing: "ami-0123456789abcdef0",
    gone: "InvalidAMIID.NotFound",
    more: "organizationArn",
  },
])
  describe(`remediate ${id}`, () => {
    const describing = event.replace("Modify", "Describe");
    const attack = (items: object, live: unknown) =>
      plannedFor(
        id,
        `ec2:${event}`,
        {
          requestParameters: {
            [idMember.replace(/^./, (c) => c.toLowerCase())]: thing,
            [attribute]: { add: { items } },
          },
        },
        { configured: { trustedAccounts: ["777788889999"] }, aws: { [`ec2:${describing}`]: live as never } },
      );
    const modify = (how: string, ...grantees: object[]) => [
      [event, { [idMember]: thing, Attribute: attribute, [change]: { [how]: grantees } }],
    ];

    it("takes the stranger off who was added, and nobody else", async () => {
      const live = { [list]: [{ UserId: "000000000001" }, { UserId: stranger }, { UserId: "777788889999" }] };
      expectPlan(
        await attack([{ userId: "777788889999" }, { userId: stranger }], live),
        modify("Remove", { UserId: stranger }),
        modify("Add", { UserId: stranger }),
      );
    });

    it("takes the stranger off in whatever form the list came", async () => {
      const live = { [list]: [{ UserId: stranger }] };
      for (const items of [[{}, { userId: stranger }], { userId: stranger }])
        expectPlan(
          await attack(items, live),
          modify("Remove", { UserId: stranger }),
          modify("Add", { UserId: stranger }),
        );
    });

    it("takes everyone off", async () => {
      const live = { [list]: [{ Group: "all" }] };
      expectPlan(
        await attack([{ group: "all" }], live),
        modify("Remove", { Group: "all" }),
        modify("Add", { Group: "all" }),
      );
    });

    if (more !== undefined)
      it("takes an organization off", async () => {
        const OrganizationArn = "arn:aws:organizations::444455556666:organization/o-abcdef1234";
        const plan = await attack([{ [more]: OrganizationArn }], { [list]: [{ OrganizationArn }] });
        expectPlan(plan, modify("Remove", { OrganizationArn }), modify("Add", { OrganizationArn }));
      });

    it("is already-ok when it is not shared any more, or gone", async () => {
      expectOutcome(
        await attack([{ userId: stranger }], { [list]: [{ UserId: "000000000001" }] }),
        "already-ok",
      );
      expectOutcome(await attack([{ userId: stranger }], failing(gone)), "already-ok");
    });
  });

describe("remediate ec2-sg-open-to-world, with what its detection names", () => {
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

  it("would bring back the rules with the tags that each had, and not those of AWS", async () => {
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

describe("remediate ec2-sg-open-to-world, of rules that the event modified", () => {
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
  const before = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIpv4: "10.0.0.0/8", Description: "own" };
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

  it("makes the rule again what it was", async () => {
    expectPlan(await attack([rule()], keptAs(before)), [modified(before)], [modified(after)]);
  });

  it("makes one that let another group in let that in again", async () => {
    const traffic = { IpProtocol: "-1", FromPort: -1, ToPort: -1 };
    const plan = await attack([rule()], keptAs({ ...traffic, ReferencedGroupInfo: { GroupId: "sg-1" } }));
    expectPlan(plan, [modified({ ...traffic, ReferencedGroupId: "sg-1" })], [modified(after)]);
  });

  it("brings back those whose state before is known, and says of which it is not", async () => {
    const other = "sgr-00000000000000002";
    const both = [rule(), rule({ SecurityGroupRuleId: other })];
    const plan = await attack(both, keptAs(before, other), updates(id, other));
    expectPlan(plan, [modified(before, other)], [modified(after, other)]);
    expect("summary" in plan && plan.summary).to.include(`what ${id} were before, nothing has kept`);
  });

  it("says what it finds instead", async () => {
    expectOutcome(await attack([], keptAs(before)), "already-ok");
    expectOutcome(await attack([rule()], keptAs(after)), "already-ok");
    expectOutcome(await attack([rule(before)], keptAs(before)), "already-ok");
    expectOutcome(await attack([rule()], {}), "needs-baseline");
    for (const since of [{ CidrIpv4: "192.0.2.0/24" }, { ToPort: 23 }, { IpProtocol: "udp" }])
      expectOutcome(await attack([rule(since)], keptAs(before)), "changed-since");
  });
});

describe("remediate ec2-nacl-open-to-world", () => {
  const NetworkAclId = "acl-0123456789abcdef0";
  const request = {
    networkAclId: NetworkAclId,
    ruleNumber: 90,
    egress: false,
    ruleAction: "allow",
    icmpTypeCode: {},
    portRange: { from: 22, to: 22 },
    aclProtocol: "6",
    cidrBlock: "203.0.113.7/0",
  };
  const entry = {
    RuleNumber: 90,
    Egress: false,
    Protocol: "6",
    RuleAction: "allow",
    CidrBlock: "0.0.0.0/0",
    PortRange: { From: 22, To: 22 },
  };
  const attack = (
    live: unknown,
    event = "CreateNetworkAclEntry",
    own: object = {},
    baselines: Record<string, unknown> = {},
  ) =>
    plannedFor(
      "ec2-nacl-open-to-world",
      `ec2:${event}`,
      { requestParameters: { ...request, ...own } },
      { aws: { "ec2:DescribeNetworkAcls": live as never }, baselines },
    );
  const acl = (...Entries: object[]) => ({ NetworkAcls: [{ NetworkAclId, Entries }] });
  const outgoing = { ...entry, Egress: true };

  it("deletes that entry, and would create it with all that it had", async () => {
    expectPlan(
      await attack(acl(outgoing, entry)),
      [["DeleteNetworkAclEntry", { NetworkAclId, RuleNumber: 90, Egress: false }]],
      [["CreateNetworkAclEntry", { NetworkAclId, ...entry }]],
    );
  });

  it("knows an entry for all traffic, of which EC2 forgets the ports that the call named", async () => {
    const all = {
      RuleNumber: 90,
      Egress: false,
      Protocol: "-1",
      RuleAction: "allow",
      CidrBlock: "0.0.0.0/0",
    };
    expectPlan(
      await attack(acl(all), "CreateNetworkAclEntry", { aclProtocol: "-1", portRange: { from: 0, to: 0 } }),
      [["DeleteNetworkAclEntry", { NetworkAclId, RuleNumber: 90, Egress: false }]],
      [["CreateNetworkAclEntry", { NetworkAclId, ...all }]],
    );
  });

  it("says what it finds instead", async () => {
    expectOutcome(await attack(acl(outgoing)), "already-ok");
    expectOutcome(await attack(failing("InvalidNetworkAclID.NotFound")), "already-ok");
    for (const other of [
      { RuleAction: "deny" },
      { CidrBlock: "10.0.0.0/8" },
      { PortRange: { From: 22, To: 23 } },
    ])
      expectOutcome(await attack(acl({ ...entry, ...other })), "changed-since");
    expectOutcome(await attack(acl(entry), "ReplaceNetworkAclEntry"), "needs-baseline");
  });

  describe("of an entry that the event replaced", () => {
    const before = { ...entry, RuleAction: "deny", CidrBlock: "198.51.100.0/24" };
    const replaced = (live: object, ...was: object[]) =>
      attack(
        acl(live),
        "ReplaceNetworkAclEntry",
        {},
        kept(baselineKinds.networkAcl, region, NetworkAclId, { DescribeNetworkAcls: acl(...was) }),
      );

    it("makes it again what it was", async () => {
      expectPlan(
        await replaced(entry, outgoing, before),
        [["ReplaceNetworkAclEntry", { NetworkAclId, ...before }]],
        [["ReplaceNetworkAclEntry", { NetworkAclId, ...entry }]],
      );
    });

    it("says what it finds instead", async () => {
      expectOutcome(await replaced(entry, entry), "already-ok");
      expectOutcome(await replaced(before, before), "already-ok");
      expectOutcome(await replaced({ ...entry, CidrBlock: "10.0.0.0/8" }, before), "changed-since");
      expectOutcome(await replaced(entry, outgoing), "needs-baseline");
    });
  });
});

const InstanceId = "i-0123456789abcdef0";

/** Answers to DescribeInstances: each instance by its id, in a state. */
function instances(states: Record<string, string>, more: object = {}) {
  return {
    "ec2:DescribeInstances": ({ InstanceIds }: Record<string, unknown>) => {
      const [id = ""] = InstanceIds as string[];
      if (states[id] === undefined) return failing("InvalidInstanceID.NotFound")();
      return {
        Reservations: [
          { Instances: [{ InstanceId: id, State: { Name: states[id] }, RootDeviceType: "ebs", ...more }] },
        ],
      };
    },
  };
}

describe("remediate ec2-user-data-modified", () => {
  const attack = (states: Record<string, string>, more = {}) =>
    plannedFor(
      "ec2-user-data-modified",
      "ec2:ModifyInstanceAttribute",
      { requestParameters: { instanceId: InstanceId, userData: "<sensitiveDataRemoved>" } },
      { aws: instances(states, more) },
    );

  it("stops the instance, and would start it", async () => {
    expectPlan(
      await attack({ [InstanceId]: "running" }),
      [["StopInstances", { InstanceIds: [InstanceId] }]],
      [["StartInstances", { InstanceIds: [InstanceId] }]],
    );
  });

  it("is already-ok when it does not run or is gone", async () => {
    for (const states of [{ [InstanceId]: "stopped" }, { [InstanceId]: "terminated" }, {}])
      expectOutcome(await attack(states as Record<string, string>), "already-ok");
  });

  it("refuses to stop what only lives while it runs", async () => {
    expectOutcome(await attack({ [InstanceId]: "running" }, { RootDeviceType: "instance-store" }), "refused");
  });
});

describe("remediate ec2-unusual-instance-launch", () => {
  it("stops those of the launched instances that still run", async () => {
    const ids = ["i-00000000000000001", "i-00000000000000002", "i-00000000000000003"];
    const [first = "", second = ""] = ids;
    expectPlan(
      await plannedFor(
        "ec2-unusual-instance-launch",
        "ec2:RunInstances",
        {
          requestParameters: {
            instanceType: "p4d.24xlarge",
            instancesSet: { items: [{ minCount: 3, maxCount: 3 }] },
          },
          responseElements: { instancesSet: { items: ids.map((instanceId) => ({ instanceId })) } },
        },
        { aws: instances({ [first]: "running", [second]: "shutting-down" }) },
      ),
      [["StopInstances", { InstanceIds: [first] }]],
      [["StartInstances", { InstanceIds: [first] }]],
    );
  });
});

describe("remediate ec2-imdsv1-enabled", () => {
  const attack = (own: object, HttpTokens: string, state = "running") =>
    plannedFor(
      "ec2-imdsv1-enabled",
      "ec2:ModifyInstanceMetadataOptions",
      { requestParameters: { ModifyInstanceMetadataOptionsRequest: { InstanceId, ...own } } },
      { aws: instances({ [InstanceId]: state }, { MetadataOptions: { HttpTokens } }) },
    );
  const modify = (HttpTokens: string) => [["ModifyInstanceMetadataOptions", { InstanceId, HttpTokens }]];

  it("requires tokens, and leaves the other options", async () => {
    const plan = await attack({ HttpTokens: "optional", HttpPutResponseHopLimit: 64 }, "optional");
    expectPlan(plan, modify("required"), modify("optional"));
  });

  it("says what it finds instead", async () => {
    expectOutcome(await attack({ HttpTokens: "optional" }, "required"), "already-ok");
    expectOutcome(await attack({ HttpTokens: "optional" }, "optional", "terminated"), "already-ok");
    expectOutcome(await attack({ HttpPutResponseHopLimit: 64 }, "required"), "needs-baseline");
  });

  it("does the same to the defaults of the account", async () => {
    const defaults = (HttpTokens: string) => [["ModifyInstanceMetadataDefaults", { HttpTokens }]];
    const attackDefaults = (HttpTokens: string) =>
      plannedFor(
        "ec2-imdsv1-enabled",
        "ec2:ModifyInstanceMetadataDefaults",
        { requestParameters: { ModifyInstanceMetadataDefaultsRequest: { HttpTokens: "optional" } } },
        { aws: { "ec2:GetInstanceMetadataDefaults": { AccountLevel: { HttpTokens } } } },
      );
    expectPlan(await attackDefaults("optional"), defaults("required"), defaults("optional"));
    expectOutcome(await attackDefaults("required"), "already-ok");
  });
});

describe("remediate ec2-serial-console-enabled", () => {
  const attack = (SerialConsoleAccessEnabled: boolean) =>
    plannedFor(
      "ec2-serial-console-enabled",
      "ec2:EnableSerialConsoleAccess",
      { requestParameters: { EnableSerialConsoleAccessRequest: "" } },
      { aws: { "ec2:GetSerialConsoleAccessStatus": { SerialConsoleAccessEnabled } } },
    );

  it("closes it, and would open it", async () => {
    expectPlan(await attack(true), [["DisableSerialConsoleAccess", {}]], [["EnableSerialConsoleAccess", {}]]);
    expectOutcome(await attack(false), "already-ok");
  });
});

describe("remediate ec2-traffic-mirroring", () => {
  const id = "tms-0123456789abcdef0";
  const session = {
    NetworkInterfaceId: "eni-0123456789abcdef0",
    TrafficMirrorTargetId: "tmt-0123456789abcdef0",
    TrafficMirrorFilterId: "tmf-0123456789abcdef0",
    SessionNumber: 1,
    VirtualNetworkId: 7,
  };
  const attack = (live: unknown) =>
    plannedFor(
      "ec2-traffic-mirroring",
      "ec2:CreateTrafficMirrorSession",
      {
        requestParameters: { CreateTrafficMirrorSessionRequest: session },
        responseElements: {
          CreateTrafficMirrorSessionResponse: { trafficMirrorSession: { trafficMirrorSessionId: id } },
        },
      },
      { aws: { "ec2:DescribeTrafficMirrorSessions": live as never } },
    );

  it("deletes the session, and would create it with all that it had", async () => {
    const Tags = [
      { Key: "Name", Value: "x" },
      { Key: "aws:cloudformation:stack-name", Value: "y" },
    ];
    expectPlan(
      await attack({
        TrafficMirrorSessions: [{ ...session, TrafficMirrorSessionId: id, OwnerId: account, Tags }],
      }),
      [["DeleteTrafficMirrorSession", { TrafficMirrorSessionId: id }]],
      [
        [
          "CreateTrafficMirrorSession",
          {
            ...session,
            TagSpecifications: [
              { ResourceType: "traffic-mirror-session", Tags: [{ Key: "Name", Value: "x" }] },
            ],
          },
        ],
      ],
    );
  });

  it("is already-ok when it is gone", async () => {
    expectOutcome(await attack(failing("InvalidTrafficMirrorSessionId.NotFound")), "already-ok");
  });
});

describe("remediate ec2-instance-profile-changed", () => {
  const AssociationId = "iip-assoc-0123456789abcdef0";
  const Arn = `arn:aws:iam::${account}:instance-profile/team/admin`;
  const attack = (live: unknown, event = "AssociateIamInstanceProfile") =>
    plannedFor(
      "ec2-instance-profile-changed",
      `ec2:${event}`,
      {
        requestParameters: { [`${event}Request`]: { InstanceId, IamInstanceProfile: { Name: "admin" } } },
        responseElements: {
          [`${event}Response`]: {
            iamInstanceProfileAssociation: { associationId: AssociationId, instanceId: InstanceId },
          },
        },
      },
      { aws: { "ec2:DescribeIamInstanceProfileAssociations": live as never } },
    );
  const association = (own: object) => ({
    IamInstanceProfileAssociations: [
      { AssociationId, InstanceId, IamInstanceProfile: { Arn }, State: "associated", ...own },
    ],
  });

  it("takes the profile from the instance, and would give it again", async () => {
    expectPlan(
      await attack(association({})),
      [["DisassociateIamInstanceProfile", { AssociationId }]],
      [["AssociateIamInstanceProfile", { InstanceId, IamInstanceProfile: { Arn } }]],
    );
  });

  it("says what it finds instead", async () => {
    expectOutcome(await attack(failing("InvalidAssociationID.NotFound")), "already-ok");
    expectOutcome(await attack(association({ State: "disassociating" })), "already-ok");
    const other = { IamInstanceProfile: { Arn: `arn:aws:iam::${account}:instance-profile/app` } };
    expectOutcome(await attack(association(other)), "changed-since");
    expectOutcome(await attack({}, "ReplaceIamInstanceProfileAssociation"), "needs-baseline");
  });
});

describe("remediate ec2-key-pair-imported", () => {
  const KeyPairId = "key-0123456789abcdef0";
  const attack = (live: unknown) =>
    plannedFor(
      "ec2-key-pair-imported",
      "ec2:ImportKeyPair",
      { requestParameters: { keyName: "ops" }, responseElements: { keyName: "ops", keyPairId: KeyPairId } },
      { aws: { "ec2:DescribeKeyPairs": live as never } },
    );

  it("deletes it by its id, and would import its public key again", async () => {
    const PublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEXAMPLE mallory";
    expectPlan(
      await attack({ KeyPairs: [{ KeyPairId, KeyName: "ops", PublicKey, Tags: [] }] }),
      [["DeleteKeyPair", { KeyPairId }]],
      [["ImportKeyPair", { KeyName: "ops", PublicKeyMaterial: Buffer.from(PublicKey).toString("base64") }]],
    );
  });

  it("is already-ok when it is gone", async () => {
    expectOutcome(await attack(failing("InvalidKeyPair.NotFound")), "already-ok");
  });
});

describe("remediate ec2-image-exported", () => {
  const attack = (event: string, requestParameters: object, responseElements: object, live: unknown) =>
    plannedFor(
      "ec2-image-exported",
      `ec2:${event}`,
      { requestParameters, responseElements },
      { aws: { "ec2:DescribeExportTasks": live as never, "ec2:DescribeExportImageTasks": live as never } },
    );
  const instance = (live: unknown) =>
    attack(
      "CreateInstanceExportTask",
      {
        instanceId: InstanceId,
        targetEnvironment: "vmware",
        exportToS3: { diskImageFormat: "VMDK", containerFormat: "ova", s3Bucket: "loot", s3Prefix: "x/" },
      },
      { exportTask: { exportTaskId: "export-i-1", state: "active" } },
      live,
    );
  const image = (live: unknown) =>
    attack(
      "ExportImage",
      {
        ExportImageRequest: {
          ImageId: "ami-0123456789abcdef0",
          DiskImageFormat: "VMDK",
          S3ExportLocation: { S3Bucket: "loot", S3Prefix: "x/" },
          ClientToken: "t",
        },
      },
      { ExportImageResponse: { exportImageTaskId: "export-ami-1" } },
      live,
    );

  it("cancels the export of an instance while it runs, and would begin it again", async () => {
    expectPlan(
      await instance({ ExportTasks: [{ ExportTaskId: "export-i-1", State: "active" }] }),
      [["CancelExportTask", { ExportTaskId: "export-i-1" }]],
      [
        [
          "CreateInstanceExportTask",
          {
            InstanceId,
            TargetEnvironment: "vmware",
            ExportToS3Task: {
              ContainerFormat: "ova",
              DiskImageFormat: "VMDK",
              S3Bucket: "loot",
              S3Prefix: "x/",
            },
          },
        ],
      ],
    );
  });

  it("cancels the export of an image while it runs, and would begin it again", async () => {
    expectPlan(
      await image({ ExportImageTasks: [{ ExportImageTaskId: "export-ami-1", Status: "active" }] }),
      [["CancelExportTask", { ExportTaskId: "export-ami-1" }]],
      [
        [
          "ExportImage",
          {
            ImageId: "ami-0123456789abcdef0",
            DiskImageFormat: "VMDK",
            S3ExportLocation: { S3Bucket: "loot", S3Prefix: "x/" },
          },
        ],
      ],
    );
  });

  it("says what it finds instead", async () => {
    expectOutcome(await instance({ ExportTasks: [{ State: "completed" }] }), "refused");
    expectOutcome(await instance({ ExportTasks: [{ State: "cancelled" }] }), "already-ok");
    expectOutcome(await image({ ExportImageTasks: [{ Status: "completed" }] }), "refused");
    expectOutcome(await image(failing("InvalidExportImageTaskId.NotFound")), "already-ok");
    const stored = { CreateStoreImageTaskRequest: { ImageId: "ami-0123456789abcdef0", Bucket: "loot" } };
    expectOutcome(await attack("CreateStoreImageTask", stored, {}, {}), "refused");
  });
});

describe("remediate vpc-route-to-internet", () => {
  const RouteTableId = "rtb-0123456789abcdef0";
  const GatewayId = "igw-0123456789abcdef0";
  const attack = (destination: object, live: unknown, event = "CreateRoute") =>
    plannedFor(
      "vpc-route-to-internet",
      `ec2:${event}`,
      { requestParameters: { routeTableId: RouteTableId, gatewayId: GatewayId, ...destination } },
      {
        configured: { protectedRouteTables: [RouteTableId] },
        aws: { "ec2:DescribeRouteTables": live as never },
      },
    );
  const routes = (...Routes: object[]) => ({ RouteTables: [{ RouteTableId, Routes }] });

  for (const [parameter, member, destination, asked = destination] of [
    ["destinationCidrBlock", "DestinationCidrBlock", "0.0.0.0/0"],
    // EC2 keeps the network, not the address in it that the call may have named.
    ["destinationCidrBlock", "DestinationCidrBlock", "0.0.0.0/0", "203.0.113.7/0"],
    ["destinationIpv6CidrBlock", "DestinationIpv6CidrBlock", "::/0"],
    ["destinationIpv6CidrBlock", "DestinationIpv6CidrBlock", "::/0", "2001:db8::/0"],
  ] as const)
    it(`deletes the route to ${asked}, and would create it`, async () => {
      const route = { RouteTableId, [member]: destination };
      expectPlan(
        await attack(
          { [parameter]: asked },
          routes(
            { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local" },
            { [member]: destination, GatewayId },
          ),
        ),
        [["DeleteRoute", route]],
        [["CreateRoute", { ...route, GatewayId }]],
      );
    });

  it("says what it finds instead", async () => {
    const four = { destinationCidrBlock: "0.0.0.0/0" };
    expectOutcome(await attack(four, routes()), "already-ok");
    expectOutcome(await attack(four, failing("InvalidRouteTableID.NotFound")), "already-ok");
    const elsewhere = { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-0123456789abcdef0" };
    expectOutcome(await attack(four, routes(elsewhere)), "changed-since");
    expectOutcome(await attack(four, {}, "ReplaceRoute"), "needs-baseline");
  });
});
