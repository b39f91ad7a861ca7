import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const elbListenerChanged: Detection = {
  id: "elb-listener-changed",
  title: "Load balancer sends traffic elsewhere",
  severity: "low",
  attack: { technique: "T1557" },
  tier: "extended",
  noise: "work",
  events: [
    "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:CreateRule",
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
    "Ask the actor where the traffic goes now; look at redirects and at target groups outside.",
    "Set the listener or rule back from its template if nobody knows the change.",
    "Look at what was sent there since, in the access log.",
  ],
  falsePositives: [
    "A person who changes a load balancer by hand, and controllers that do so for the first time.",
  ],
  references: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html",
  ],
};
