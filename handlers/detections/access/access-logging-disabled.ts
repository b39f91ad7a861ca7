import type { Detection } from "../detection";
import { fieldOf, isFalse, objectsOf, parameterOf, textsOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, nameOf } from "../../cloudtrail/record";
import { fieldsOf, textOf } from "../../json";
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
    "apigateway:DeleteAccessLogSettings",
    "apigateway:UpdateStage",
    "elasticloadbalancing:ModifyLoadBalancerAttributes",
    "es:UpdateDomainConfig",
    "es:UpdateElasticsearchDomainConfig",
    "globalaccelerator:UpdateAcceleratorAttributes",
    "network-firewall:UpdateLoggingConfiguration",
    "rds:ModifyDBCluster",
    "rds:ModifyDBInstance",
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
        "cloudwatchLogsExportConfiguration",
        "logPublishingOptions",
        "patchOperations",
        "stageName",
      ],
      [
        ...named(record, "AWS::ElasticLoadBalancingV2::LoadBalancer", "loadBalancerArn"),
        ...named(record, "AWS::ElasticLoadBalancing::LoadBalancer", "loadBalancerName"),
        ...named(record, "AWS::GlobalAccelerator::Accelerator", "acceleratorArn"),
        ...named(record, "AWS::NetworkFirewall::Firewall", "firewallArn", "firewallName"),
        ...named(record, "AWS::Redshift::Cluster", "clusterIdentifier"),
        ...named(record, "AWS::ApiGateway::Stage", "stageName"),
        ...named(record, "AWS::OpenSearchService::Domain", "domainName"),
        ...named(record, "AWS::RDS::DBCluster", "dBClusterIdentifier"),
        ...named(record, "AWS::RDS::DBInstance", "dBInstanceIdentifier"),
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
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CloudwatchLogsExportConfiguration.html",
    "https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateStage.html",
    "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_LogPublishingOption.html",
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
    /^(?:DisableLogging|DeleteQueryLoggingConfig|DeleteAccessLogSettings)$/.test(nameOf(record)) ||
    isExportOff(record) ||
    isStageOff(record) ||
    objectsOf(parameterOf(record, "attributes")).some(
      ({ key, value }) => key === "access_logs.s3.enabled" && isFalse(value),
    ) ||
    isFalse(classic.enabled) ||
    isFalse(parameterOf(record, "flowLogsEnabled")) ||
    (Array.isArray(log) && log.length === 0)
  );
}

/** Logs of a database or search domain that no longer go to CloudWatch Logs. */
function isExportOff(record: CloudTrailRecord): boolean {
  const exported = parameterOf(record, "cloudwatchLogsExportConfiguration");
  return (
    textsOf(fieldOf(exported, "disableLogTypes")).length > 0 ||
    Object.values(fieldsOf(parameterOf(record, "logPublishingOptions"))).some((option) =>
      isFalse(fieldOf(option, "enabled")),
    )
  );
}

/** Whether a stage of an API loses its access log, or the level of its execution log. */
function isStageOff(record: CloudTrailRecord): boolean {
  return objectsOf(parameterOf(record, "patchOperations")).some((patch) => {
    const [op, path, value] = ["op", "path", "value"].map((name) => textOf(fieldOf(patch, name)) ?? "");
    if (path?.startsWith("/accessLogSettings")) return op === "remove" || value === "";
    return path?.endsWith("/logging/loglevel") === true && value === "OFF";
  });
}
