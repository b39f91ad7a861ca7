import { uninspected } from "../readers/uninspected";
import { fieldsOf, textOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { isTheWorld } from "../readers/network";

export const vpcRouteToInternet: Detection = {
  id: "vpc-route-to-internet",
  title: "Route to an internet gateway added",
  severity: "low",
  attack: { technique: "T1686.001", before: "T1562.007" },
  tier: "extended",
  noise: "changes",
  events: ["ec2:CreateRoute", "ec2:ReplaceRoute"],
  remediation: "inverse",
  needs: "protectedRouteTables",
  match(record, context) {
    const { routeTableId, gatewayId, destinationCidrBlock, destinationIpv6CidrBlock } = fieldsOf(
      record.requestParameters,
    );
    const opens =
      textOf(gatewayId)?.startsWith("igw-") === true &&
      isTheWorld([destinationCidrBlock, destinationIpv6CidrBlock]);
    if (!opens) return uninspected(record);
    if (!context.protectedRouteTables.includes(textOf(routeTableId) ?? "")) return undefined;
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.gatewayId",
        "requestParameters.destinationCidrBlock",
        "requestParameters.destinationIpv6CidrBlock",
      ),
      resources: resourcesOf("AWS::EC2::RouteTable", routeTableId),
    };
  },
  runbook: [
    "Ask the network team whether the subnets of this table should be public from now on; if not, delete the route.",
    "List what has a public address in those subnets.",
    "Check their flow logs for traffic with the internet since the route was added.",
  ],
  falsePositives: ["A planned change of a formerly private network."],
  references: [
    "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteRoute.html",
  ],
};
