import { textParameterOf } from "../../cloudtrail/parameters";
import type { BaselineKind, SetIds } from "../baseline";
import { fieldsOf, listOf } from "../../json";
import { type List, named, pagesOf } from "../listing";
import { eventRuleId, eventRuleOf } from "../names";

/** Id: as in the rule's ARN, `name` on the default bus and `bus/name` on another. AWS-managed rules are not kept. */
export const eventRule: BaselineKind = {
  type: "AWS::Events::Rule",
  service: "events",
  actions: ["events:DescribeRule", "events:ListTargetsByRule"],
  read: {
    DescribeRule: (id) => {
      const { name, bus } = eventRuleOf(id);
      return { Name: name, EventBusName: bus };
    },
    ListTargetsByRule: (id) => {
      const { name, bus } = eventRuleOf(id);
      return { Rule: name, EventBusName: bus, Limit: 100 };
    },
  },
  absent: ["ResourceNotFoundException"],
  keep: {
    DescribeRule: {
      EventPattern: "all",
      ScheduleExpression: "all",
      State: "all",
      Description: "all",
      RoleArn: "all",
    },
    ListTargetsByRule: { Targets: "all" },
  },
  list: {
    actions: ["events:ListEventBuses", "events:ListRules"],
    of: "region",
    async *pages(aws, region) {
      const buses: List = ["events", region, "ListEventBuses"];
      const rules: List = ["events", region, "ListRules"];
      for await (const { EventBuses } of pagesOf(aws, buses, { Limit: 100 }))
        for (const { id: bus } of named(EventBuses, "Name"))
          for await (const { Rules } of pagesOf(aws, rules, { EventBusName: bus, Limit: 100 })) {
            const own = listOf(Rules).filter((rule) => fieldsOf(rule).ManagedBy === undefined);
            yield named(own, "Name").map(({ id }) => ({ id: eventRuleId(id, bus) }));
          }
    },
  },
  setBy: {
    "events:DeleteRule": ruleIn("name"),
    "events:DisableRule": ruleIn("name"),
    "events:EnableRule": ruleIn("name"),
    "events:PutRule": ruleIn("name"),
    "events:PutTargets": ruleIn("rule"),
    "events:RemoveTargets": ruleIn("rule"),
  },
};

function ruleIn(parameter: string): SetIds {
  return (record) => {
    const name = textParameterOf(record, parameter);
    const bus = textParameterOf(record, "eventBusName");
    return [name === undefined ? undefined : eventRuleId(name, bus)];
  };
}
