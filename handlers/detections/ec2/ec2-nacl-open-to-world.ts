import { uninspected } from "../readers/uninspected";
import { fieldsOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isTheWorld, sensitiveTraffic } from "../readers/network";
import { isFalse } from "../../cloudtrail/parameters";

export const ec2NaclOpenToWorld: Detection = {
  id: "ec2-nacl-open-to-world",
  title: "Network ACL opened to the internet",
  severity: "medium",
  attack: { technique: "T1686.001", before: "T1562.007" },
  tier: "core",
  noise: "changes",
  events: ["ec2:CreateNetworkAclEntry", "ec2:ReplaceNetworkAclEntry"],
  remediation: "inverse",
  match(record) {
    const request = fieldsOf(record.requestParameters);
    const opens =
      request.ruleAction === "allow" &&
      isFalse(request.egress) &&
      isTheWorld([request.cidrBlock, request.ipv6CidrBlock]);
    if (!opens) return uninspected(record);
    const { from, to } = fieldsOf(request.portRange);
    const traffic = sensitiveTraffic({ protocol: request.aclProtocol, fromPort: from, toPort: to });
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.cidrBlock",
        "requestParameters.ipv6CidrBlock",
        "requestParameters.aclProtocol",
        "requestParameters.portRange",
        "requestParameters.ruleNumber",
      ),
      resources: resourcesOf("AWS::EC2::NetworkAcl", valueAt(record, "requestParameters.networkAclId")),
      // A public web server needs this entry; the security groups behind it still apply.
      ...(traffic.length === 0 ? { severity: "low" } : {}),
    };
  },
  runbook: [
    "Delete the entry by its number unless the network team knows it, and check which entries with lower numbers still deny.",
    "List what in this ACL's subnets has a public address and an equally open security group.",
    "Read the flow logs of those subnets for new sources since then.",
  ],
  falsePositives: ["Subnets for public load balancers; a new VPC, whose ACLs are often left open by design."],
  references: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAclEntry.html",
  ],
};
