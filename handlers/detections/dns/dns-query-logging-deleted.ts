import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const dnsQueryLoggingDeleted: Detection = {
  id: "dns-query-logging-deleted",
  title: "Route 53 Resolver query logging deleted",
  severity: "high",
  attack: { technique: "T1685.002", before: "T1562.008" },
  tier: "core",
  noise: "rare",
  events: [
    "route53resolver:DeleteResolverQueryLogConfig",
    "route53resolver:DisassociateResolverQueryLogConfig",
  ],
  remediation: "inverse",
  match(record) {
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.resolverQueryLogConfigId",
        "requestParameters.resourceId",
        "responseElements.resolverQueryLogConfig.destinationArn",
      ),
      resources: [
        ...resourcesOf(
          "AWS::Route53Resolver::ResolverQueryLoggingConfig",
          valueAt(record, "requestParameters.resolverQueryLogConfigId"),
        ),
        ...resourcesOf("AWS::EC2::VPC", valueAt(record, "requestParameters.resourceId")),
      ],
    };
  },
  runbook: [
    "Associate the VPC again, or recreate the configuration from its name and destination in the event's response.",
    "Look for both steps: a configuration can be deleted only after all VPCs are disassociated.",
    "Check the VPC's outgoing traffic in the flow logs for the time without DNS records: tunnels and C2 channels use DNS.",
  ],
  falsePositives: ["A VPC that is torn down; a move to another log destination."],
  references: [
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs.html",
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DeleteResolverQueryLogConfig.html",
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_DisassociateResolverQueryLogConfig.html",
  ],
};
