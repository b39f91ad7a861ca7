import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";

export const route53DomainTransfer: Detection = {
  id: "route53-domain-transfer",
  title: "Domain transfer lock disabled or domain transferred",
  severity: "high",
  attack: { technique: "T1584.001" },
  tier: "core",
  noise: "rare",
  events: ["route53domains:DisableDomainTransferLock", "route53domains:TransferDomainToAnotherAwsAccount"],
  remediation: "inverse",
  match(record) {
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.domainName",
        "requestParameters.accountId",
        "responseElements.operationId",
      ),
      resources: resourcesOf("AWS::Route53Domains::Domain", valueAt(record, "requestParameters.domainName")),
    };
  },
  runbook: [
    "Call the domain's owner now: a completed transfer to another registrar cannot be reversed.",
    "Lock the domain again, or cancel the transfer to the other account before it is accepted there.",
    "Check the domain's contact e-mail addresses and who requested its authorization code.",
  ],
  falsePositives: ["A planned move of the domain to another registrar or account."],
  references: [
    "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/domain-lock.html",
    "https://docs.aws.amazon.com/Route53/latest/APIReference/API_domains_CancelDomainTransferToAnotherAwsAccount.html",
  ],
};
