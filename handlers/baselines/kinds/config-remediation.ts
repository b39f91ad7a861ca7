import { callsTo } from "../../aws/call";
import { fieldOf, objectsOf, parameterOf } from "../../cloudtrail/parameters";
import { textOf } from "../../json";
import type { BaselineKind } from "../baseline";
import { described, named, pagesOf } from "../listing";

/** Maximum number of rules in one call. */
const maxRules = 25;

/** Id: the name of the rule it belongs to. */
export const configRemediation: BaselineKind = {
  type: "AWS::Config::RemediationConfiguration",
  service: "configservice",
  actions: ["config:DescribeRemediationConfigurations"],
  read: { DescribeRemediationConfigurations: (name) => ({ ConfigRuleNames: [name] }) },
  absent: ["NoSuchConfigRuleException", "NoSuchRemediationConfigurationException"],
  keep: { DescribeRemediationConfigurations: { RemediationConfigurations: "all" } },
  list: {
    actions: ["config:DescribeConfigRules"],
    of: "region",
    async *pages(aws, region) {
      const operation = "DescribeRemediationConfigurations";
      for await (const page of pagesOf(aws, ["configservice", region, "DescribeConfigRules"], {})) {
        const rules = named(page.ConfigRules, "ConfigRuleName").map(({ id }) => id);
        for (let from = 0; from < rules.length; from += maxRules) {
          const input = { ConfigRuleNames: rules.slice(from, from + maxRules) };
          const answer = await aws(callsTo("configservice", region)(operation, input));
          yield described(
            answer.RemediationConfigurations,
            (one) => one.ConfigRuleName,
            (one) => ({ [operation]: { RemediationConfigurations: [one] } }),
          );
        }
      }
    },
  },
  setBy: {
    "config:PutRemediationConfigurations": (record) =>
      objectsOf(parameterOf(record, "remediationConfigurations")).map((one) =>
        textOf(fieldOf(one, "configRuleName")),
      ),
  },
};
