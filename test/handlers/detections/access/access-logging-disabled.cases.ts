import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "an API, without its access log",
    record: call("apigateway:UpdateStage", {
      restApiId: "a",
      stageName: "live",
      patchOperations: [{ op: "remove", path: "/accessLogSettings" }],
    }),
    evidence: "requestParameters.patchOperations",
    resources: ["live"],
  },
  {
    name: "an API, without its execution log",
    record: call("apigateway:UpdateStage", {
      restApiId: "a",
      stageName: "live",
      patchOperations: [{ op: "replace", path: "/*/*/logging/loglevel", value: "OFF" }],
    }),
  },
  {
    name: "an HTTP API",
    record: call("apigateway:DeleteAccessLogSettings", { apiId: "a", stageName: "live" }),
  },
  ...["es:UpdateDomainConfig", "es:UpdateElasticsearchDomainConfig"].map((event) => ({
    name: `a search domain by ${event}`,
    record: call(event, {
      domainName: "search",
      logPublishingOptions: { AUDIT_LOGS: { cloudWatchLogsLogGroupArn: "group", enabled: false } },
    }),
    evidence: "requestParameters.logPublishingOptions",
    resources: ["search"],
  })),
  {
    name: "a database",
    record: call("rds:ModifyDBInstance", {
      dBInstanceIdentifier: "orders",
      cloudwatchLogsExportConfiguration: { disableLogTypes: ["audit"] },
    }),
    evidence: "requestParameters.cloudwatchLogsExportConfiguration",
    resources: ["orders"],
  },
  {
    name: "a cluster of databases",
    record: call("rds:ModifyDBCluster", {
      dBClusterIdentifier: "orders",
      cloudwatchLogsExportConfiguration: { disableLogTypes: ["audit"], enableLogTypes: [] },
    }),
    resources: ["orders"],
  },
  {
    name: "a load balancer",
    record: call("elasticloadbalancing:ModifyLoadBalancerAttributes", {
      loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/1",
      attributes: [{ key: "access_logs.s3.enabled", value: "false" }],
    }),
    evidence: "requestParameters.attributes",
    resources: ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/1"],
  },
  {
    name: "a classic one",
    record: call("elasticloadbalancing:ModifyLoadBalancerAttributes", {
      loadBalancerName: "web",
      loadBalancerAttributes: { accessLog: { enabled: false } },
    }),
    resources: ["web"],
  },
  {
    name: "an accelerator",
    record: call("globalaccelerator:UpdateAcceleratorAttributes", {
      acceleratorArn: "arn:aws:globalaccelerator::111122223333:accelerator/1",
      flowLogsEnabled: false,
    }),
  },
  {
    name: "a firewall",
    record: call("network-firewall:UpdateLoggingConfiguration", {
      firewallName: "edge",
      loggingConfiguration: { logDestinationConfigs: [] },
    }),
    resources: ["edge"],
  },
  {
    name: "a warehouse",
    record: call("redshift:DisableLogging", { clusterIdentifier: "warehouse" }),
    resources: ["warehouse"],
  },
  { name: "questions of DNS", record: call("route53:DeleteQueryLoggingConfig", { id: "q" }) },
];

export const cases: Cases = {
  hits,
  everyCall: "DeleteAccessLogSettings always deletes a log",
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "an API with a log",
      record: call("apigateway:UpdateStage", {
        restApiId: "a",
        stageName: "live",
        patchOperations: [
          {
            op: "replace",
            path: "/accessLogSettings/destinationArn",
            value: "arn:aws:logs:eu-west-1:1:log-group:a",
          },
          { op: "replace", path: "/*/*/logging/loglevel", value: "INFO" },
        ],
      }),
    },
    ...["es:UpdateDomainConfig", "es:UpdateElasticsearchDomainConfig"].map((event) => ({
      name: `a search domain with logs by ${event}`,
      record: call(event, { domainName: "search", logPublishingOptions: { AUDIT_LOGS: { enabled: true } } }),
    })),
    ...["rds:ModifyDBInstance", "rds:ModifyDBCluster"].map((event) => ({
      name: `more logs by ${event}`,
      record: call(event, { cloudwatchLogsExportConfiguration: { enableLogTypes: ["audit"] } }),
    })),
    {
      name: "switched on",
      record: call("elasticloadbalancing:ModifyLoadBalancerAttributes", {
        attributes: [{ key: "access_logs.s3.enabled", value: "true" }],
      }),
    },
    {
      name: "an accelerator, on",
      record: call("globalaccelerator:UpdateAcceleratorAttributes", { flowLogsEnabled: true }),
    },
    {
      name: "a firewall with logs",
      record: call("network-firewall:UpdateLoggingConfiguration", {
        firewallName: "edge",
        loggingConfiguration: { logDestinationConfigs: [{ logType: "FLOW" }] },
      }),
    },
  ],
};
