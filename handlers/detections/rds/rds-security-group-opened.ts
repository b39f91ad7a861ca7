import type { Detection } from "../detection";
import { parameterOf, textParameterOf, textsOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { isTheWorld } from "../readers/network";
import { accountIn, isForeign } from "../readers/principal";
import { uninspected } from "../readers/uninspected";

export const rdsSecurityGroupOpened: Detection = {
  id: "rds-security-group-opened",
  title: "EC2-Classic database security group opened",
  severity: "high",
  attack: { technique: "T1686.001", before: "T1562.007" },
  tier: "extended",
  noise: "rare",
  events: [
    "elasticache:AuthorizeCacheSecurityGroupIngress",
    "elasticache:CreateCacheSecurityGroup",
    "rds:AuthorizeDBSecurityGroupIngress",
    "rds:CreateDBSecurityGroup",
    "rds:DeleteDBSecurityGroup",
    "redshift:AuthorizeClusterSecurityGroupIngress",
  ],
  remediation: "alert",
  match(record, context) {
    const evidence = shown(record, "cIDRIP", "eC2SecurityGroupOwnerId", "eC2SecurityGroupName");
    const resources = [
      ...named(record, "AWS::RDS::DBSecurityGroup", "dBSecurityGroupName"),
      ...named(record, "AWS::Redshift::ClusterSecurityGroup", "clusterSecurityGroupName"),
      ...named(record, "AWS::ElastiCache::SecurityGroup", "cacheSecurityGroupName"),
    ];
    // Nobody creates or deletes these any more: they are for databases outside a VPC.
    if (!nameOf(record).startsWith("Authorize")) return { evidence, resources, severity: "low" };
    const isOpen =
      isTheWorld(textsOf(parameterOf(record, "cIDRIP"))) ||
      isForeign(accountIn(textParameterOf(record, "eC2SecurityGroupOwnerId")), context);
    return isOpen ? { evidence, resources } : uninspected(record);
  },
  runbook: [
    "Remove the network or account again (RevokeDBSecurityGroupIngress or its equivalent) unless it must connect.",
    "Check the database's connection log from that time on.",
    "Move the remaining databases of this kind into a VPC.",
  ],
  falsePositives: ["An old database that is still outside a VPC."],
  references: [
    "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_AuthorizeDBSecurityGroupIngress.html",
    "https://docs.aws.amazon.com/redshift/latest/APIReference/API_AuthorizeClusterSecurityGroupIngress.html",
  ],
};
