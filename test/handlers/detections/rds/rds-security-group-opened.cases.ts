import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "the world",
      record: call("rds:AuthorizeDBSecurityGroupIngress", {
        dBSecurityGroupName: "default",
        cIDRIP: "0.0.0.0/0",
      }),
      evidence: "requestParameters.cIDRIP",
      resources: ["default"],
    },
    {
      name: "another account",
      record: call("elasticache:AuthorizeCacheSecurityGroupIngress", {
        cacheSecurityGroupName: "default",
        eC2SecurityGroupName: "g",
        eC2SecurityGroupOwnerId: "444455556666",
      }),
      evidence: "requestParameters.eC2SecurityGroupOwnerId",
    },
    {
      name: "a warehouse",
      record: call("redshift:AuthorizeClusterSecurityGroupIngress", {
        clusterSecurityGroupName: "default",
        cIDRIP: "0.0.0.0/0",
      }),
    },
    {
      name: "a new group",
      record: call("rds:CreateDBSecurityGroup", { dBSecurityGroupName: "g" }),
      severity: "low",
    },
    {
      name: "a new group of a cache",
      record: call("elasticache:CreateCacheSecurityGroup", { cacheSecurityGroupName: "g" }),
      severity: "low",
      resources: ["g"],
    },
    {
      name: "a group deleted",
      record: call("rds:DeleteDBSecurityGroup", { dBSecurityGroupName: "g" }),
      severity: "low",
    },
  ],
  quiet: [
    {
      name: "the office",
      record: call("rds:AuthorizeDBSecurityGroupIngress", {
        dBSecurityGroupName: "default",
        cIDRIP: "198.51.100.0/24",
      }),
    },
    {
      name: "a warehouse and the office",
      record: call("redshift:AuthorizeClusterSecurityGroupIngress", {
        clusterSecurityGroupName: "default",
        cIDRIP: "198.51.100.0/24",
      }),
    },
    {
      name: "an own group",
      record: call("elasticache:AuthorizeCacheSecurityGroupIngress", {
        cacheSecurityGroupName: "default",
        eC2SecurityGroupName: "g",
        eC2SecurityGroupOwnerId: "111122223333",
      }),
    },
  ],
  everyCall: "nobody creates or deletes database security groups any more",
};
