import { describeKind } from "./describe-kind";

const answers = {
  "ec2:DescribeSecurityGroupRules": {
    SecurityGroupRules: [
      {
        SecurityGroupRuleId: "sgr-1",
        GroupId: "sg-1",
        IsEgress: false,
        IpProtocol: "tcp",
        FromPort: 22,
        ToPort: 22,
        CidrIpv4: "10.0.0.0/8",
        Description: "own",
        Tags: [],
      },
    ],
  },
};
const rule = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, CidrIpv4: "10.0.0.0/8", Description: "own" };
const added = {
  responseElements: {
    securityGroupRuleSet: { items: [{ securityGroupRuleId: "sgr-1" }, { securityGroupRuleId: "sgr-2" }] },
  },
};

describeKind("securityGroupRule", {
  read: {
    id: "sgr-1",
    answers,
    state: { DescribeSecurityGroupRules: { SecurityGroupRules: [rule] } },
  },
  list: { answers, found: [{ id: "sgr-1" }] },
  setBy: [
    ["ec2:AuthorizeSecurityGroupEgress", added, ["sgr-1", "sgr-2"]],
    ["ec2:AuthorizeSecurityGroupIngress", added, ["sgr-1", "sgr-2"]],
    [
      "ec2:ModifySecurityGroupRules",
      {
        requestParameters: {
          ModifySecurityGroupRulesRequest: {
            GroupId: "sg-1",
            SecurityGroupRule: { SecurityGroupRuleId: "sgr-1", SecurityGroupRule: { IpProtocol: "tcp" } },
          },
        },
      },
      ["sgr-1"],
    ],
  ],
});
