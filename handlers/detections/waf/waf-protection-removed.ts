import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { isAwsService } from "../readers/principal";

export const wafProtectionRemoved: Detection = {
  id: "waf-protection-removed",
  title: "WAF web ACL removed",
  severity: "high",
  attack: { technique: "T1686.001", before: "T1562.007" },
  tier: "core",
  noise: "changes",
  events: [
    "waf:DeleteLoggingConfiguration",
    "waf:DeleteRule",
    "waf:DeleteRuleGroup",
    "waf:DeleteWebACL",
    "waf:DisassociateWebACL",
    "waf-regional:DeleteLoggingConfiguration",
    "waf-regional:DeleteRule",
    "waf-regional:DeleteRuleGroup",
    "waf-regional:DeleteWebACL",
    "waf-regional:DisassociateWebACL",
    "wafv2:DeleteLoggingConfiguration",
    "wafv2:DeleteRule",
    "wafv2:DeleteRuleGroup",
    "wafv2:DeleteWebACL",
    "wafv2:DisassociateWebACL",
  ],
  remediation: "baseline",
  match(record) {
    if (isAwsService(record)) return undefined;
    const names = ["resourceArn", "webACLId", "ruleGroupId", "ruleId", "name", "id", "aRN"];
    const paths = names.map((name) => `requestParameters.${name}`);
    return {
      evidence: evidenceAt(record, ...paths),
      resources: resourcesOf("AWS::WAFv2::WebACL", ...paths.map((path) => valueAt(record, path)).slice(0, 4)),
    };
  },
  runbook: [
    "Find out what is unprotected now: the resource in the event, or what the web ACL was associated with (AWS Config knows).",
    "Associate the web ACL again from its definition in code, including its logging.",
    "Check the access logs of the load balancer, API or distribution since then for requests that the rules used to block.",
  ],
  falsePositives: ["A web ACL that is replaced by another one, and stacks that are destroyed."],
  references: [
    "https://docs.aws.amazon.com/waf/latest/APIReference/API_DisassociateWebACL.html",
    "https://docs.aws.amazon.com/waf/latest/APIReference/API_DeleteWebACL.html",
    "https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating-aws-resource.html",
  ],
};
