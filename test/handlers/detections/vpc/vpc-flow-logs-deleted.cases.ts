import { call, type Cases } from "../support/cases";

const remove = (FlowLogId: unknown) =>
  call(
    "ec2:DeleteFlowLogs",
    { DeleteFlowLogsRequest: { FlowLogId } },
    { responseElements: { DeleteFlowLogsResponse: { unsuccessful: "" } } },
  );

export const cases: Cases = {
  hits: [
    { name: "one flow log", record: remove({ content: "fl-0a1b2c3d", tag: 1 }), resources: ["fl-0a1b2c3d"] },
    {
      name: "several flow logs",
      record: remove([
        { content: "fl-0a1b2c3d", tag: 1 },
        { content: "fl-0e4f5a6b", tag: 2 },
      ]),
      resources: ["fl-0a1b2c3d", "fl-0e4f5a6b"],
    },
  ],
  quiet: [
    {
      name: "a flow log created",
      record: call("ec2:CreateFlowLogs", { CreateFlowLogsRequest: { TrafficType: "ALL" } }),
    },
  ],
  everyCall: "a deleted flow log records nothing, whoever deleted it",
};
