import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";

export const vpcFlowLogsDeleted: Detection = {
  id: "vpc-flow-logs-deleted",
  title: "VPC flow logs deleted",
  severity: "high",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "core",
  noise: "rare",
  events: ["ec2:DeleteFlowLogs"],
  remediation: "baseline",
  match(record) {
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.DeleteFlowLogsRequest.FlowLogId",
        "requestParameters.flowLogIds",
      ),
      resources: resourcesOf(
        "AWS::EC2::FlowLog",
        ...textsOf(parameterOf(record, "flowLogId")),
        ...textsOf(parameterOf(record, "flowLogIds")),
      ),
    };
  },
  runbook: [
    "Find the CreateFlowLogs event of the IDs: it names the VPC, subnet or interface and the destination; recreate the flow log from it.",
    "Check that earlier records are still at the destination (log group or bucket).",
    "For the time without flow records, check that VPC's network closely, with GuardDuty and on the hosts.",
  ],
  falsePositives: [
    "A VPC that is torn down together with its flow logs; a change of format or destination, which needs a new flow log.",
  ],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteFlowLogs.html",
    "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
  ],
};
