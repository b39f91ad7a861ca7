import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const accountCostAlarmDeleted: Detection = {
  id: "account-cost-alarm-deleted",
  title: "Budget or cost alarm deleted",
  severity: "low",
  attack: { technique: "T1685", before: "T1562" },
  tier: "extended",
  noise: "changes",
  events: [
    "budgets:DeleteBudget",
    "budgets:DeleteBudgetAction",
    "budgets:DeleteNotification",
    "budgets:DeleteSubscriber",
    "ce:DeleteAnomalyMonitor",
    "ce:DeleteAnomalySubscription",
  ],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["budgetName", "actionId", "notification", "monitorArn", "subscriptionArn"],
      [
        ...named(record, "AWS::Budgets::Budget", "budgetName"),
        ...named(record, "AWS::CE::AnomalyMonitor", "monitorArn"),
        ...named(record, "AWS::CE::AnomalySubscription", "subscriptionArn"),
      ],
    ),
  runbook: [
    "Ask the actor which alarm now watches the same costs.",
    "Create it again if there is none: the bill is often the first sign of miners and of models that others pay for.",
    "Look at today's costs by service and region, and for new instances, clusters and quotas.",
  ],
  falsePositives: ["A budget that is replaced by another, or that belonged to a finished project."],
  references: [
    "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html",
    "https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html",
  ],
};
