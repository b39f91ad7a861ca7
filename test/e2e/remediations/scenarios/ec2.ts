import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { type Owner, type Scenario, type Step } from "../scenario";

const ec2 = (operation: string, input: Record<string, unknown>): Step => ({
  service: "ec2",
  operation,
  input,
});

/** What `path` leads to in an answer: `Vpc.VpcId`, `Reservations.0.Instances`. */
async function made(owner: Owner, step: Step, path: string): Promise<string> {
  let value: unknown = await owner(step);
  for (const field of path.split(".")) value = (value as Record<string, unknown>)[field];
  return String(value);
}

const makeVpc = (owner: Owner) => made(owner, ec2("CreateVpc", { CidrBlock: "10.9.0.0/16" }), "Vpc.VpcId");

const runInstance = (owner: Owner) =>
  made(
    owner,
    ec2("RunInstances", { ImageId: "ami-12345678", InstanceType: "t3.micro", MinCount: 1, MaxCount: 1 }),
    "Instances.0.InstanceId",
  );

const securityGroup: Scenario<string> = {
  id: "ec2-sg-open-to-world",
  async make(owner, GroupName) {
    const VpcId = await makeVpc(owner);
    const group = ec2("CreateSecurityGroup", { GroupName, Description: "x", VpcId });
    const GroupId = await made(owner, group, "GroupId");
    const IpRanges = [{ CidrIp: "10.0.0.0/8", Description: "own" }];
    const IpPermissions = [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges }];
    await owner(ec2("AuthorizeSecurityGroupIngress", { GroupId, IpPermissions }));
    return GroupId;
  },
  attack: (GroupId) => {
    const IpRanges = [{ CidrIp: "0.0.0.0/0", Description: "mine" }];
    const IpPermissions = [{ IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges }];
    return ec2("AuthorizeSecurityGroupIngress", { GroupId, IpPermissions });
  },
  state: (GroupId) => [
    ec2("DescribeSecurityGroupRules", { Filters: [{ Name: "group-id", Values: [GroupId] }] }),
    ec2("DescribeSecurityGroups", { GroupIds: [GroupId] }),
  ],
  anew: ["SecurityGroupRuleId", "SecurityGroupRuleArn"],
};

const networkAcl: Scenario<string> = {
  id: "ec2-nacl-open-to-world",
  async make(owner) {
    const VpcId = await makeVpc(owner);
    return made(owner, ec2("CreateNetworkAcl", { VpcId }), "NetworkAcl.NetworkAclId");
  },
  attack: (NetworkAclId) =>
    ec2("CreateNetworkAclEntry", {
      NetworkAclId,
      RuleNumber: 90,
      Protocol: "-1",
      RuleAction: "allow",
      Egress: false,
      CidrBlock: "0.0.0.0/0",
    }),
  state: (NetworkAclId) => [ec2("DescribeNetworkAcls", { NetworkAclIds: [NetworkAclId] })],
};

const modifiedRule: Scenario<{ group: string; rule: string }> = {
  id: securityGroup.id,
  what: "a rule that is modified",
  async make(owner, name) {
    const group = await securityGroup.make(owner, name);
    const Filters = [{ Name: "group-id", Values: [group] }];
    const { SecurityGroupRules } = (await owner(ec2("DescribeSecurityGroupRules", { Filters }))) as {
      SecurityGroupRules: { SecurityGroupRuleId: string; IsEgress: boolean }[];
    };
    const rule = SecurityGroupRules.find(({ IsEgress }) => !IsEgress);
    return { group, rule: rule?.SecurityGroupRuleId ?? "" };
  },
  baseline: ({ rule }) => ({ kind: baselineKinds.securityGroupRule, id: rule }),
  attack: ({ group, rule }) =>
    ec2("ModifySecurityGroupRules", {
      GroupId: group,
      SecurityGroupRules: [
        {
          SecurityGroupRuleId: rule,
          SecurityGroupRule: {
            IpProtocol: "tcp",
            FromPort: 22,
            ToPort: 3389,
            CidrIpv4: "0.0.0.0/0",
            Description: "mine",
          },
        },
      ],
    }),
  state: ({ group }) => securityGroup.state(group),
};

const replacedEntry: Scenario<string> = {
  ...networkAcl,
  what: "an entry that is replaced",
  async make(owner, name) {
    const NetworkAclId = await networkAcl.make(owner, name);
    const entry = {
      RuleNumber: 90,
      Protocol: "6",
      RuleAction: "deny",
      Egress: false,
      CidrBlock: "10.0.0.0/8",
    };
    await owner(ec2("CreateNetworkAclEntry", { NetworkAclId, ...entry, PortRange: { From: 22, To: 22 } }));
    return NetworkAclId;
  },
  baseline: (id) => ({ kind: baselineKinds.networkAcl, id }),
  attack: (acl) => ({ ...networkAcl.attack(acl), operation: "ReplaceNetworkAclEntry" }),
};

const instanceProfile: Scenario<{ instance: string; profile: string }> = {
  id: "ec2-instance-profile-changed",
  async make(owner, InstanceProfileName) {
    await owner({ service: "iam", operation: "CreateInstanceProfile", input: { InstanceProfileName } });
    return { instance: await runInstance(owner), profile: InstanceProfileName };
  },
  attack: ({ instance, profile }) =>
    ec2("AssociateIamInstanceProfile", { InstanceId: instance, IamInstanceProfile: { Name: profile } }),
  state: ({ instance }) => [
    ec2("DescribeIamInstanceProfileAssociations", {
      Filters: [
        { Name: "instance-id", Values: [instance] },
        { Name: "state", Values: ["associated"] },
      ],
    }),
  ],
  anew: ["AssociationId", "Timestamp"],
};

const launch: Scenario<string> = {
  id: "ec2-unusual-instance-launch",
  async make(_, name) {
    return name;
  },
  attack: (name) =>
    ec2("RunInstances", {
      ImageId: "ami-12345678",
      InstanceType: "p3.2xlarge",
      MinCount: 2,
      MaxCount: 2,
      TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "Name", Value: name }] }],
    }),
  state: (name) => [ec2("DescribeInstances", { Filters: [{ Name: "tag:Name", Values: [name] }] })],
  contains: true,
  anew: ["StateTransitionReason", "StateReason", "LaunchTime", "PublicIpAddress", "PublicDnsName"],
};

const route: Scenario<{ RouteTableId: string; GatewayId: string }> = {
  id: "vpc-route-to-internet",
  async make(owner) {
    const VpcId = await makeVpc(owner);
    const RouteTableId = await made(owner, ec2("CreateRouteTable", { VpcId }), "RouteTable.RouteTableId");
    const gateway = ec2("CreateInternetGateway", {});
    const GatewayId = await made(owner, gateway, "InternetGateway.InternetGatewayId");
    await owner(ec2("AttachInternetGateway", { VpcId, InternetGatewayId: GatewayId }));
    await owner(ec2("CreateRoute", { RouteTableId, GatewayId, DestinationCidrBlock: "192.0.2.0/24" }));
    return { RouteTableId, GatewayId };
  },
  attack: (gateway) => ec2("CreateRoute", { ...gateway, DestinationCidrBlock: "0.0.0.0/0" }),
  state: ({ RouteTableId }) => [ec2("DescribeRouteTables", { RouteTableIds: [RouteTableId] })],
  configured: ({ RouteTableId }) => ({ protectedRouteTables: [RouteTableId] }),
};

/** Instances and networks. */
export const instances = [
  route,
  securityGroup,
  modifiedRule,
  networkAcl,
  replacedEntry,
  instanceProfile,
  launch,
] as Scenario[];
