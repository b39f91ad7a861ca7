import { describeKind } from "./describe-kind";

describeKind("configRecorder", {
  read: {
    id: "default",
    answers: {
      "configservice:DescribeConfigurationRecorders": { ConfigurationRecorders: [{ name: "default" }] },
      "configservice:DescribeConfigurationRecorderStatus": {
        ConfigurationRecordersStatus: [{ name: "default", recording: true, lastStopTime: new Date(0) }],
      },
    },
    state: {
      DescribeConfigurationRecorders: { ConfigurationRecorders: [{ name: "default" }] },
      DescribeConfigurationRecorderStatus: {
        ConfigurationRecordersStatus: [{ name: "default", recording: true }],
      },
    },
  },
  list: {
    answers: {
      "configservice:DescribeConfigurationRecorders": { ConfigurationRecorders: [{ name: "default" }] },
    },
    found: [{ id: "default" }],
  },
  setBy: [
    [
      "config:PutConfigurationRecorder",
      { requestParameters: { configurationRecorder: { roleARN: "arn" } } },
      ["default"],
    ],
    [
      "config:StartConfigurationRecorder",
      { requestParameters: { configurationRecorderName: "mine" } },
      ["mine"],
    ],
  ],
});
