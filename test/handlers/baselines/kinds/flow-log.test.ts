import { describeKind } from "./describe-kind";

const answers = {
  "ec2:DescribeFlowLogs": {
    FlowLogs: [
      { FlowLogId: "fl-1", ResourceId: "vpc-1", CreationTime: new Date(0), FlowLogStatus: "ACTIVE" },
    ],
  },
};

describeKind("flowLog", {
  read: {
    id: "fl-1",
    answers,
    state: { DescribeFlowLogs: { FlowLogs: [{ FlowLogId: "fl-1", ResourceId: "vpc-1" }] } },
  },
  list: { answers, found: [{ id: "fl-1" }] },
  setBy: [
    [
      "ec2:CreateFlowLogs",
      {
        responseElements: {
          CreateFlowLogsResponse: { flowLogIdSet: { item: ["fl-1", "fl-2"] }, unsuccessful: "" },
        },
      },
      ["fl-1", "fl-2"],
    ],
    [
      "ec2:CreateFlowLogs",
      { responseElements: { CreateFlowLogsResponse: { flowLogIdSet: { item: "fl-1" } } } },
      ["fl-1"],
    ],
  ],
});
