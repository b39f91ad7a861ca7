import type { Detection } from "../detection";
import { isFalse, objectsOf, parameterOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { fieldsOf } from "../../json";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const accessLoggingDisabled: Detection = {
  id: "access-logging-disabled",
  title: "Access log of a service switched off",
  severity: "medium",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "extended",
  noise: "changes",
  events: [
    "elasticloadbalancing:ModifyLoadBalancerAttributes",
    "globalaccelerator:UpdateAcceleratorAttributes",
    "network-firewall:UpdateLoggingConfiguration",
    "redshift:DisableLogging",
    "route53:DeleteQueryLoggingConfig",
  ],
  remediation: "alert",
  match(record, context) {
    if (!isOff(record)) return uninspected(record);
    return calledByHand(
      record,
      context,
      [
        "attributes",
        "loadBalancerAttributes",
        "flowLogsEnabled",
        "loggingConfiguration",
        "clusterIdentifier",
        "id",
      ],
      [
        ...named(record, "AWS::ElasticLoadBalancingV2::LoadBalancer", "loadBalancerArn"),
        ...named(record, "AWS::ElasticLoadBalancing::LoadBalancer", "loadBalancerName"),
        ...named(record, "AWS::GlobalAccelerator::Accelerator", "acceleratorArn"),
        ...named(record, "AWS::NetworkFirewall::Firewall", "firewallArn", "firewallName"),
        ...named(record, "AWS::Redshift::Cluster", "clusterIdentifier"),
      ],
    );
  },
  runbook: [
    "Enable the log again unless its owner gave it up.",
    "Look at the traffic since then: the VPC's flow logs at least show the addresses.",
    "Look at what else the same actor did.",
  ],
  falsePositives: ["A log that was dropped to save cost, or moved to another bucket."],
  references: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyLoadBalancerAttributes.html",
    "https://docs.aws.amazon.com/redshift/latest/APIReference/API_DisableLogging.html",
    "https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_UpdateLoggingConfiguration.html",
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_DeleteQueryLoggingConfig.html",
  ],
};

function isOff(record: CloudTrailRecord): boolean {
  const classic = fieldsOf(fieldsOf(parameterOf(record, "loadBalancerAttributes")).accessLog);
  const log = fieldsOf(parameterOf(record, "loggingConfiguration")).logDestinationConfigs;
  return (
    /^(?:DisableLogging|DeleteQueryLoggingConfig)$/.test(nameOf(record)) ||
    objectsOf(parameterOf(record, "attributes")).some(
      ({ key, value }) => key === "access_logs.s3.enabled" && isFalse(value),
    ) ||
    isFalse(classic.enabled) ||
    isFalse(parameterOf(record, "flowLogsEnabled")) ||
    (Array.isArray(log) && log.length === 0)
  );
}
