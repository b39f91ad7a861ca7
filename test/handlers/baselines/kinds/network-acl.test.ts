import { describeKind } from "./describe-kind";

const Entries = [
  { RuleNumber: 100, Protocol: "-1", RuleAction: "deny", Egress: false, CidrBlock: "0.0.0.0/0" },
];
const answers = {
  "ec2:DescribeNetworkAcls": {
    NetworkAcls: [{ NetworkAclId: "acl-1", Entries, Associations: [], VpcId: "vpc-1" }],
  },
};

describeKind("networkAcl", {
  read: {
    id: "acl-1",
    answers,
    state: { DescribeNetworkAcls: { NetworkAcls: [{ NetworkAclId: "acl-1", Entries }] } },
  },
  list: { answers, found: [{ id: "acl-1" }] },
  setBy: [
    ["ec2:CreateNetworkAcl", { responseElements: { networkAcl: { networkAclId: "acl-1" } } }, ["acl-1"]],
    ["ec2:CreateNetworkAclEntry", { requestParameters: { networkAclId: "acl-1" } }, ["acl-1"]],
    ["ec2:ReplaceNetworkAclEntry", { requestParameters: { networkAclId: "acl-1" } }, ["acl-1"]],
  ],
});
