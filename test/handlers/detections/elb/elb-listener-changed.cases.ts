import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a listener deleted",
    record: call("elasticloadbalancing:DeleteListener", { listenerArn: "l" }),
    resources: ["l"],
  },
  {
    name: "a listener",
    record: call("elasticloadbalancing:CreateListener", {
      loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/1",
      port: 8443,
    }),
    evidence: "requestParameters.port",
    resources: ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/1"],
  },
  {
    name: "a listener changed",
    record: call("elasticloadbalancing:ModifyListener", {
      listenerArn: "l",
      defaultActions: [{ type: "redirect" }],
    }),
    evidence: "requestParameters.defaultActions",
  },
  {
    name: "a rule",
    record: call("elasticloadbalancing:CreateRule", { listenerArn: "l", actions: [{ type: "forward" }] }),
  },
  {
    name: "a rule changed",
    record: call("elasticloadbalancing:ModifyRule", { ruleArn: "r" }),
    resources: ["r"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
