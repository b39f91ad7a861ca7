import { fieldOf, textsOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { fieldsOf } from "../../json";
import type { BaselineKind } from "../baseline";
import { listedWhole } from "../listing";

export const flowLog: BaselineKind = {
  type: "AWS::EC2::FlowLog",
  service: "ec2",
  actions: ["ec2:DescribeFlowLogs"],
  read: { DescribeFlowLogs: (id) => ({ FlowLogIds: [id] }) },
  absent: ["InvalidFlowLogId.NotFound"],
  keep: {
    DescribeFlowLogs: {
      FlowLogs: [
        "FlowLogId",
        "ResourceId",
        "TrafficType",
        "LogDestinationType",
        "LogDestination",
        "LogGroupName",
        "LogFormat",
        "MaxAggregationInterval",
        "DeliverLogsPermissionArn",
        "DeliverCrossAccountRole",
        "DestinationOptions",
        "Tags",
      ],
    },
  },
  list: listedWhole("ec2", "DescribeFlowLogs", ["FlowLogs", "FlowLogId"], { input: { MaxResults: 1000 } }),
  setBy: { "ec2:CreateFlowLogs": newFlowLogs },
};

/** EC2 records the ids of new flow logs undecoded: `{"CreateFlowLogsResponse":{"flowLogIdSet":{"item":"fl-…"}}}`. */
function newFlowLogs(record: CloudTrailRecord): string[] {
  const answer = fieldsOf(record.responseElements);
  const set = fieldOf(fieldsOf(answer[`${nameOf(record)}Response`]), "flowLogIdSet");
  const { item } = fieldsOf(set);
  return textsOf(item ?? set);
}
