import type { BaselineKind } from "../baseline";
import { listedWhole } from "../listing";
import { inside } from "../setting";

export const configRule: BaselineKind = {
  type: "AWS::Config::ConfigRule",
  service: "configservice",
  actions: ["config:DescribeConfigRules"],
  read: { DescribeConfigRules: (name) => ({ ConfigRuleNames: [name] }) },
  absent: ["NoSuchConfigRuleException"],
  keep: {
    DescribeConfigRules: {
      ConfigRules: [
        "ConfigRuleName",
        "Description",
        "Scope",
        "Source",
        "InputParameters",
        "MaximumExecutionFrequency",
        "EvaluationModes",
      ],
    },
  },
  list: listedWhole("configservice", "DescribeConfigRules", ["ConfigRules", "ConfigRuleName"]),
  setBy: { "config:PutConfigRule": inside("configRule", "configRuleName") },
};
