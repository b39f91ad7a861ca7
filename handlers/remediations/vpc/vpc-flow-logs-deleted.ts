import { type Call, type CallAws, callsTo } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, picked, sameJson } from "../../json";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { baselineFor } from "../../baselines/baseline";
import { baselineKinds } from "../../baselines/kinds/index";
import type { PlanContext, Remediation } from "../remediation";
import { alreadyOk, needsBaseline, refused } from "../support/outcomes";
import { tagsFor } from "../support/ec2-tags";

/** The type of a flow log's resource, by the prefix of its ID. Longer prefixes first. */
const resourceTypes: [string, string][] = [
  ["tgw-attach-", "TransitGatewayAttachment"],
  ["tgw-", "TransitGateway"],
  ["vpc-", "VPC"],
  ["subnet-", "Subnet"],
  ["eni-", "NetworkInterface"],
];

/**
 * Recreates the deleted flow logs from their baselines: the same resource, traffic, format, destination and tags under a new
 * ID. What they wrote before stays where it is.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFlowLogs.html
 */
export const fixVpcFlowLogsDeleted: Remediation = {
  id: "vpc-flow-logs-deleted",
  reads: ["ec2:DescribeFlowLogs"],
  writes: [
    "ec2:CreateFlowLogs",
    // Flow logs are created with their tags.
    "ec2:CreateTags",
    // For the role that writes to a log group, and for delivery to a bucket or stream.
    "iam:PassRole vpc-flow-logs.amazonaws.com",
    "logs:CreateLogDelivery",
    "firehose:TagDeliveryStream",
    // For a format with fields of ECS.
    "ecs:ListClusters",
    "ecs:ListContainerInstances",
    "ecs:ListServices",
    "ecs:ListTaskDefinitions",
    "ecs:ListTasks",
  ],
  baselines: ["flowLog"],
  async plan(finding: Finding, aws: CallAws, context?: PlanContext) {
    const { record, region } = finding;
    const ids = textsOf(parameterOf(record, "flowLogId") ?? parameterOf(record, "flowLogIds"));
    if (ids.length === 0) return refused("the record does not say which flow logs were deleted");
    const call = callsTo("ec2", region);
    const calls: Call[] = [];
    const rollback: Call[] = [];
    const unknown: string[] = [];
    for (const id of ids) {
      const baseline = await baselineFor(context, baselineKinds.flowLog, region, id);
      const before = fieldsOf(listOf(baseline?.DescribeFlowLogs?.FlowLogs)[0]);
      const input = flowLogInput(before);
      if (input === undefined) {
        unknown.push(id);
        continue;
      }
      const filter = [{ Name: "resource-id", Values: [before.ResourceId] }];
      const live = listOf((await aws(call("DescribeFlowLogs", { Filter: filter }))).FlowLogs).map(fieldsOf);
      if (live.some((one) => sameJson(described(one), described(before)))) continue;
      calls.push(call("CreateFlowLogs", input, { failuresIn: "Unsuccessful" }));
      rollback.unshift({
        ...call("DeleteFlowLogs", {}, { failuresIn: "Unsuccessful" }),
        reverts: [calls.length - 1],
        fromAnswers: { FlowLogIds: { call: calls.length - 1, path: "FlowLogIds" } },
      });
    }
    const rest = unknown.length === 0 ? "" : ` (no baseline shows what ${unknown.join(", ")} were)`;
    if (calls.length > 0)
      return {
        summary: `Recreate the deleted flow logs ${ids.filter((id) => !unknown.includes(id)).join(", ")}${rest}`,
        calls,
        rollback,
      };
    if (unknown.length > 0)
      return needsBaseline(`no baseline shows what the flow logs ${unknown.join(", ")} were`);
    return alreadyOk("there are flow logs like the deleted ones");
  },
};

/** What two flow logs with different IDs have in common if one replaces the other. */
function described(flowLog: unknown): unknown {
  return picked(flowLog, [
    "ResourceId",
    "TrafficType",
    "LogDestinationType",
    "LogDestination",
    "LogGroupName",
    "LogFormat",
    "MaxAggregationInterval",
  ]);
}

function flowLogInput(before: Record<string, unknown>): Record<string, unknown> | undefined {
  const id = plainTextOf(before.ResourceId);
  const type = resourceTypes.find(([prefix]) => id.startsWith(prefix));
  if (type === undefined) return undefined;
  const toLogGroup =
    before.LogDestinationType === undefined || before.LogDestinationType === "cloud-watch-logs";
  return {
    ResourceIds: [id],
    ResourceType: type[1],
    ...picked(before, [
      "LogDestinationType",
      "LogFormat",
      "MaxAggregationInterval",
      "DeliverCrossAccountRole",
    ]),
    // AWS rejects a traffic type for transit gateways.
    ...(id.startsWith("tgw-") ? {} : picked(before, ["TrafficType"])),
    // The log group is described by name and by ARN, and only one may be given.
    ...(toLogGroup
      ? picked(before, ["LogGroupName", "DeliverLogsPermissionArn"])
      : picked(before, ["LogDestination", "DestinationOptions"])),
    ...tagsFor("vpc-flow-log", before.Tags),
  };
}
