import { describeKind } from "./describe-kind";

const one = { ConfigRuleName: "one", ConfigRuleState: "ACTIVE", Source: { Owner: "AWS" } };

describeKind("configRule", {
  read: {
    id: "one",
    answers: { "configservice:DescribeConfigRules": { ConfigRules: [one] } },
    state: { DescribeConfigRules: { ConfigRules: [{ ConfigRuleName: "one", Source: { Owner: "AWS" } }] } },
  },
  list: {
    answers: {
      "configservice:DescribeConfigRules": ({ NextToken }) =>
        NextToken === undefined
          ? { ConfigRules: [one], NextToken: "more" }
          : { ConfigRules: [{ ConfigRuleName: "two" }] },
    },
    found: [{ id: "one" }, { id: "two" }],
  },
  setBy: [["config:PutConfigRule", { requestParameters: { configRule: { configRuleName: "r" } } }, ["r"]]],
});
