import type { Detection } from "../detection";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { parameterPath } from "../readers/evidence";
import { accountIn, isForeign } from "../readers/principal";
import { uninspected } from "../readers/uninspected";

export const vpcEndpointServiceOpened: Detection = {
  id: "vpc-endpoint-service-opened",
  title: "Endpoint service opened to everyone or another account",
  severity: "high",
  attack: { technique: "T1199" },
  tier: "extended",
  noise: "rare",
  events: ["ec2:ModifyVpcEndpointServicePermissions"],
  remediation: "inverse",
  match(record, context) {
    const outside = textsOf(parameterOf(record, "AddAllowedPrincipals")).filter(
      (principal) => principal === "*" || isForeign(accountIn(principal), context),
    );
    if (outside.length === 0) return uninspected(record);
    return {
      evidence: outside.map((value) => ({
        parameter: parameterPath(record, "AddAllowedPrincipals"),
        value,
        why: value === "*" ? "is every AWS account" : "is another account",
      })),
      resources: named(record, "AWS::EC2::VPCEndpointService", "ServiceId"),
    };
  },
  runbook: [
    "Remove the principal again (ModifyVpcEndpointServicePermissions) unless the service's owner knows it.",
    "Look at the connections that were requested and accepted (DescribeVpcEndpointConnections).",
    "Require acceptance of new connections.",
  ],
  falsePositives: ["A service sold to others, and sister accounts that are not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointServicePermissions.html",
    "https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html",
  ],
};
