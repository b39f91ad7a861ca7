import { expect } from "chai";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { completedRollback } from "../../../../handlers/remediations/receipt";
import type { Plan } from "../../../../handlers/remediations/remediation";
import { fixVpcFlowLogsDeleted } from "../../../../handlers/remediations/vpc/vpc-flow-logs-deleted";
import { expectOutcome, expectPlan, kept, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";

describe("vpc-flow-logs-deleted", () => {
  const deleted = (content: unknown) => ({
    eventName: "DeleteFlowLogs",
    awsRegion,
    requestParameters: { DeleteFlowLogsRequest: { FlowLogId: content } },
  });
  const flowLog = (own: object = {}) => ({
    FlowLogId: "fl-1",
    ResourceId: "vpc-1",
    TrafficType: "ALL",
    LogDestinationType: "s3",
    LogDestination: "arn:aws:s3:::flow-logs",
    LogFormat: "${version} ${srcaddr}",
    MaxAggregationInterval: 60,
    FlowLogStatus: "ACTIVE",
    CreationTime: "2026-01-01T00:00:00Z",
    Tags: [
      { Key: "aws:cloudformation:stack-name", Value: "net" },
      { Key: "team", Value: "red" },
    ],
    ...own,
  });
  const live = (...FlowLogs: object[]) => ({ "ec2:DescribeFlowLogs": { FlowLogs } });
  const baseline = (id: string, own: object = {}) =>
    kept(baselineKinds.flowLog, awsRegion, id, { DescribeFlowLogs: { FlowLogs: [flowLog(own)] } });

  it("recreates each from its baseline, and would delete it by its new id", async () => {
    const plan = await planned(
      fixVpcFlowLogsDeleted,
      deleted([
        { tag: 1, content: "fl-1" },
        { tag: 2, content: "fl-2" },
        { tag: 3, content: "fl-3" },
      ]),
      {
        aws: live(),
        baselines: {
          ...baseline("fl-1", {
            Tags: [
              { Key: "aws:cloudformation:stack-name", Value: "network" },
              { Key: "team", Value: "red" },
            ],
          }),
          ...baseline("fl-2", {
            ResourceId: "tgw-1",
            LogDestinationType: "cloud-watch-logs",
            LogGroupName: "flow",
            LogDestination: "arn:aws:logs:eu-west-1:111122223333:log-group:flow",
            DeliverLogsPermissionArn: "arn:aws:iam::111122223333:role/flow",
            Tags: [],
          }),
        },
      },
    );
    expectPlan(
      plan,
      [
        [
          "CreateFlowLogs",
          {
            ResourceIds: ["vpc-1"],
            ResourceType: "VPC",
            TrafficType: "ALL",
            LogDestinationType: "s3",
            LogDestination: "arn:aws:s3:::flow-logs",
            LogFormat: "${version} ${srcaddr}",
            MaxAggregationInterval: 60,
            TagSpecifications: [{ ResourceType: "vpc-flow-log", Tags: [{ Key: "team", Value: "red" }] }],
          },
        ],
        [
          "CreateFlowLogs",
          {
            ResourceIds: ["tgw-1"],
            ResourceType: "TransitGateway",
            LogDestinationType: "cloud-watch-logs",
            LogGroupName: "flow",
            DeliverLogsPermissionArn: "arn:aws:iam::111122223333:role/flow",
            LogFormat: "${version} ${srcaddr}",
            MaxAggregationInterval: 60,
          },
        ],
      ],
      [
        ["DeleteFlowLogs", {}],
        ["DeleteFlowLogs", {}],
      ],
    );
    expect(
      completedRollback(plan as Plan, [{ FlowLogIds: ["fl-8"] }, { FlowLogIds: ["fl-9"] }]).map(
        ({ input }) => input,
      ),
    ).to.deep.equal([{ FlowLogIds: ["fl-9"] }, { FlowLogIds: ["fl-8"] }]);
  });

  it("otherwise says why not", async () => {
    const one = deleted({ tag: 1, content: "fl-1" });
    expectOutcome(await planned(fixVpcFlowLogsDeleted, one, { aws: live() }), "needs-baseline");
    const again = live(flowLog({ FlowLogId: "fl-7", Tags: [] }));
    expectOutcome(
      await planned(fixVpcFlowLogsDeleted, one, { aws: again, baselines: baseline("fl-1") }),
      "already-ok",
    );
    expectOutcome(await planned(fixVpcFlowLogsDeleted, deleted(undefined)), "refused");
  });
});
