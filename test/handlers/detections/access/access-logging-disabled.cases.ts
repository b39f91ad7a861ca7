import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
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
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
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
