import { describeKind } from "./describe-kind";

const rules = Array.from({ length: 30 }, (_, index) => ({ ConfigRuleName: `rule-${index}` }));

describeKind("configRemediation", {
  read: {
    id: "rule-29",
    answers: {
      "configservice:DescribeRemediationConfigurations": {
        RemediationConfigurations: [{ ConfigRuleName: "rule-29", TargetId: "AWS-StopEC2Instance" }],
      },
    },
    state: {
      DescribeRemediationConfigurations: {
        RemediationConfigurations: [{ ConfigRuleName: "rule-29", TargetId: "AWS-StopEC2Instance" }],
      },
    },
  },
  list: {
    answers: {
      "configservice:DescribeConfigRules": { ConfigRules: rules },
      "configservice:DescribeRemediationConfigurations": ({ ConfigRuleNames }) => ({
        RemediationConfigurations: (ConfigRuleNames as string[])
          .filter((name) => name === "rule-2" || name === "rule-29")
          .map((ConfigRuleName) => ({ ConfigRuleName, TargetId: "AWS-StopEC2Instance" })),
      }),
    },
    found: [{ id: "rule-2" }, { id: "rule-29" }],
  },
  setBy: [
    [
      "config:PutRemediationConfigurations",
      {
        requestParameters: { remediationConfigurations: [{ configRuleName: "a" }, { configRuleName: "b" }] },
      },
      ["a", "b"],
    ],
  ],
});
