import { describeKind } from "./describe-kind";

const retention = { Name: "default", RetentionPeriodInDays: 30 };
const answers = { "configservice:DescribeRetentionConfigurations": { RetentionConfigurations: [retention] } };

describeKind("configRetention", {
  read: {
    id: "default",
    answers,
    state: { DescribeRetentionConfigurations: { RetentionConfigurations: [retention] } },
  },
  list: { answers, found: [{ id: "default" }] },
  setBy: [
    [
      "config:PutRetentionConfiguration",
      { responseElements: { retentionConfiguration: { name: "default" } } },
      ["default"],
    ],
  ],
});
