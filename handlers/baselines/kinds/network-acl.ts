import type { BaselineKind } from "../baseline";
import { listedWhole } from "../listing";
import { answered, parameter } from "../setting";

/** Id: the network ACL's. */
export const networkAcl: BaselineKind = {
  type: "AWS::EC2::NetworkAcl",
  service: "ec2",
  actions: ["ec2:DescribeNetworkAcls"],
  read: { DescribeNetworkAcls: (id) => ({ NetworkAclIds: [id] }) },
  absent: ["InvalidNetworkAclID.NotFound"],
  keep: { DescribeNetworkAcls: { NetworkAcls: ["NetworkAclId", "Entries"] } },
  list: listedWhole("ec2", "DescribeNetworkAcls", ["NetworkAcls", "NetworkAclId"], {
    input: { MaxResults: 1000 },
  }),
  setBy: {
    "ec2:CreateNetworkAcl": answered("networkAcl", "networkAclId"),
    "ec2:CreateNetworkAclEntry": parameter("networkAclId"),
    "ec2:ReplaceNetworkAclEntry": parameter("networkAclId"),
  },
};
