import { rulesAnswered, rulesRequested } from "../../detections/readers/security-group-rules";
import type { BaselineKind } from "../baseline";
import { listedWhole } from "../listing";

/** Id: the rule's. */
export const securityGroupRule: BaselineKind = {
  type: "AWS::EC2::SecurityGroupRule",
  service: "ec2",
  actions: ["ec2:DescribeSecurityGroupRules"],
  read: { DescribeSecurityGroupRules: (id) => ({ SecurityGroupRuleIds: [id] }) },
  absent: ["InvalidSecurityGroupRuleId.NotFound"],
  keep: {
    DescribeSecurityGroupRules: {
      SecurityGroupRules: [
        "IpProtocol",
        "FromPort",
        "ToPort",
        "CidrIpv4",
        "CidrIpv6",
        "PrefixListId",
        "ReferencedGroupInfo",
        "Description",
      ],
    },
  },
  list: listedWhole("ec2", "DescribeSecurityGroupRules", ["SecurityGroupRules", "SecurityGroupRuleId"], {
    input: { MaxResults: 1000 },
  }),
  setBy: {
    "ec2:AuthorizeSecurityGroupEgress": (record) => rulesAnswered(record).map(({ ruleId }) => ruleId),
    "ec2:AuthorizeSecurityGroupIngress": (record) => rulesAnswered(record).map(({ ruleId }) => ruleId),
    "ec2:ModifySecurityGroupRules": (record) => rulesRequested(record).map(({ ruleId }) => ruleId),
  },
};
