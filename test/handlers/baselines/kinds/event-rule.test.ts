import { describeKind } from "./describe-kind";

const Targets = [{ Id: "1", Arn: "arn:aws:sns:eu-west-1:111122223333:pager" }];
const rule = (name: string, eventBusName?: string) => ({ requestParameters: { name, eventBusName } });
const targets = (name: string, eventBusName?: string) => ({
  requestParameters: { rule: name, eventBusName },
});
const bus = "arn:aws:events:eu-west-1:111122223333:event-bus/aws.partner/example.com/one";

describeKind("eventRule", {
  read: {
    id: "orders/pager",
    answers: {
      "events:DescribeRule": ({ Name, EventBusName }) => ({
        Name,
        EventBusName,
        Arn: "arn",
        EventPattern: "{}",
        State: "ENABLED",
        CreatedBy: "111122223333",
      }),
      "events:ListTargetsByRule": ({ Rule, EventBusName }) => ({
        Targets: Rule === "pager" && EventBusName === "orders" ? Targets : [],
      }),
    },
    state: { DescribeRule: { EventPattern: "{}", State: "ENABLED" }, ListTargetsByRule: { Targets } },
  },
  list: {
    answers: {
      "events:ListEventBuses": { EventBuses: [{ Name: "default" }, { Name: "orders" }] },
      "events:ListRules": ({ EventBusName }) => ({
        Rules:
          EventBusName === "orders"
            ? [{ Name: "pager" }]
            : [{ Name: "every-hour" }, { Name: "AutoScaling", ManagedBy: "autoscaling.amazonaws.com" }],
      }),
    },
    found: [{ id: "every-hour" }, { id: "orders/pager" }],
  },
  setBy: [
    ["events:DeleteRule", rule("pager"), ["pager"]],
    ["events:DisableRule", rule("pager", "default"), ["pager"]],
    ["events:EnableRule", rule("pager", "orders"), ["orders/pager"]],
    ["events:PutRule", rule("pager", bus), ["aws.partner/example.com/one/pager"]],
    [
      "events:PutTargets",
      targets("pager", "arn:aws:events:eu-west-1:111122223333:event-bus/orders"),
      ["orders/pager"],
    ],
    ["events:RemoveTargets", targets("pager"), ["pager"]],
  ],
});
