import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a budget",
    record: call("budgets:DeleteBudget", { accountId: "111122223333", budgetName: "monthly" }),
    evidence: "requestParameters.budgetName",
    resources: ["monthly"],
  },
  {
    name: "what a budget does",
    record: call("budgets:DeleteBudgetAction", { budgetName: "monthly", actionId: "a" }),
  },
  { name: "a notification", record: call("budgets:DeleteNotification", { budgetName: "monthly" }) },
  { name: "a subscriber", record: call("budgets:DeleteSubscriber", { budgetName: "monthly" }) },
  { name: "a monitor", record: call("ce:DeleteAnomalyMonitor", { monitorArn: "m" }), resources: ["m"] },
  {
    name: "its subscription",
    record: call("ce:DeleteAnomalySubscription", { subscriptionArn: "s" }),
    resources: ["s"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
