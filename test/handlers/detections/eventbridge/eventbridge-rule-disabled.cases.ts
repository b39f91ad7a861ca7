import { call, type Cases, role } from "../support/cases";

const byService = {
  userIdentity: { ...role("AWSServiceRoleForAutoScaling"), invokedBy: "autoscaling.amazonaws.com" },
  sourceIPAddress: "autoscaling.amazonaws.com",
};
const calls = {
  DisableRule: call("events:DisableRule", { name: "guardduty-to-pager" }),
  DeleteRule: call("events:DeleteRule", { name: "guardduty-to-pager", force: false }),
  RemoveTargets: call("events:RemoveTargets", { rule: "guardduty-to-pager", ids: ["1"] }),
  PutRule: call("events:PutRule", {
    name: "guardduty-to-pager",
    eventPattern: '{"source":["aws.guardduty"]}',
    state: "DISABLED",
  }),
};

export const cases: Cases = {
  hits: [
    { name: "a rule disabled", record: calls.DisableRule, resources: ["guardduty-to-pager"] },
    { name: "a rule deleted", record: calls.DeleteRule },
    {
      name: "targets removed",
      record: calls.RemoveTargets,
      severity: "low",
      resources: ["guardduty-to-pager"],
    },
    {
      name: "a rule put anew and disabled",
      record: calls.PutRule,
      severity: "low",
      resources: ["guardduty-to-pager"],
    },
    {
      name: "an own rule disabled",
      record: calls.DisableRule,
      context: { ownResources: ["arn:aws:events:eu-west-1:111122223333:rule/guardduty-to-pager"] },
      severity: "critical",
    },
  ],
  quiet: [
    ...Object.entries(calls).map(([name, record]) => ({
      name: `${name} by Auto Scaling`,
      record: { ...record, ...byService },
    })),
    ...["ENABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", undefined].map((state) => ({
      name: `a rule put ${state ?? "without a state, which enables it"}`,
      record: call("events:PutRule", { name: "every-hour", scheduleExpression: "rate(1 hour)", state }),
    })),
    {
      name: "a rule of a load balancer",
      record: call("elasticloadbalancing:DeleteRule", {
        ruleArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/a/1/2/3",
      }),
    },
  ],
};
