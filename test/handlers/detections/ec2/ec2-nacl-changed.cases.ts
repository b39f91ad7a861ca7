import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "made",
    record: call("ec2:CreateNetworkAcl", { vpcId: "vpc-1" }),
    evidence: "requestParameters.vpcId",
    resources: ["vpc-1"],
  },
  {
    name: "replaced",
    record: call("ec2:ReplaceNetworkAclAssociation", { associationId: "aclassoc-1", networkAclId: "acl-1" }),
    resources: ["acl-1"],
  },
  { name: "deleted", record: call("ec2:DeleteNetworkAcl", { networkAclId: "acl-1" }) },
  {
    name: "a rule deleted",
    record: call("ec2:DeleteNetworkAclEntry", { networkAclId: "acl-1", ruleNumber: 100, egress: false }),
    evidence: "requestParameters.ruleNumber",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
