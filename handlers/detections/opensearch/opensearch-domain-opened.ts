import type { Detection } from "../detection";
import { parameterOf } from "../../cloudtrail/parameters";
import { fieldsOf } from "../../json";
import { named } from "../readers/by-hand";
import { policyOpened } from "../readers/opened";

export const opensearchDomainOpened: Detection = {
  id: "opensearch-domain-opened",
  title: "Search domain opened to everyone or another account",
  severity: "high",
  attack: { technique: "T1530" },
  tier: "extended",
  noise: "rare",
  events: [
    "es:CreateDomain",
    "es:CreateElasticsearchDomain",
    "es:UpdateDomainConfig",
    "es:UpdateElasticsearchDomainConfig",
  ],
  remediation: "alert",
  match(record, context) {
    // In a VPC, the network decides who can reach the domain.
    if (Object.keys(fieldsOf(parameterOf(record, "vPCOptions"))).length > 0) return undefined;
    return policyOpened(record, context, named(record, "AWS::OpenSearchService::Domain", "domainName"));
  },
  runbook: [
    "Set an access policy that names who may connect, or fine-grained access control, unless the whole world may search.",
    "Check the domain's audit log, or the network's, for who connected since then.",
    "Move the domain into a VPC if nobody outside needs it.",
  ],
  falsePositives: ["A domain in a VPC whose policy is changed: the record does not show where it is."],
  references: [
    "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html",
    "https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_UpdateDomainConfig.html",
  ],
};
