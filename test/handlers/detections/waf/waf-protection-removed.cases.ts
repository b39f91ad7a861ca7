import { call, type Cases, role } from "../support/cases";

const calls = ["waf", "waf-regional", "wafv2"].flatMap((source) =>
  [
    call(`${source}:DeleteLoggingConfiguration`, {
      resourceArn: "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1",
    }),
    call(`${source}:DeleteRule`, { ruleId: "r1" }),
    call(`${source}:DeleteRuleGroup`, { name: "group", id: "g1", scope: "REGIONAL" }),
    call(`${source}:DeleteWebACL`, { name: "acl", id: "a1", scope: "REGIONAL" }),
    call(`${source}:DisassociateWebACL`, {
      resourceArn: "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/1",
    }),
  ].map((record) => ({ name: `${source}: ${record.eventName}`, record })),
);

export const cases: Cases = {
  hits: calls,
  quiet: [
    ...calls.map(({ name, record }) => ({
      name: `${name} by Firewall Manager`,
      record: {
        ...record,
        userIdentity: { ...role("AWSServiceRoleForFMS"), invokedBy: "fms.amazonaws.com" },
      },
    })),
    { name: "a rule of EventBridge", record: call("events:DeleteRule", { name: "nightly" }) },
  ],
};
