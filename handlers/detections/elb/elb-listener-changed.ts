import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const elbListenerChanged: Detection = {
  id: "elb-listener-changed",
  title: "Load balancer listener or rule changed",
  severity: "low",
  attack: { technique: "T1557" },
  tier: "extended",
  noise: "work",
  events: [
    "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:CreateRule",
    "elasticloadbalancing:DeleteListener",
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:ModifyRule",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["loadBalancerArn", "listenerArn", "ruleArn", "port", "defaultActions", "actions", "certificates"],
      [
        ...named(record, "AWS::ElasticLoadBalancingV2::LoadBalancer", "loadBalancerArn"),
        ...named(record, "AWS::ElasticLoadBalancingV2::Listener", "listenerArn"),
        ...named(record, "AWS::ElasticLoadBalancingV2::ListenerRule", "ruleArn"),
      ],
    ),
  runbook: [
    "Ask the actor where the traffic now goes; look at redirects and at external target groups.",
    "Restore the listener or rule from its template if nobody can explain the change.",
    "Look in the access log at what was sent there since then.",
  ],
  falsePositives: [
    "A person who changes a load balancer by hand, and controllers that do so for the first time.",
  ],
  references: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html",
  ],
};
