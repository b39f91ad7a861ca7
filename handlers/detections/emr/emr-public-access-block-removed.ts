import type { Detection } from "../detection";
import { fieldOf, isFalse, parameterOf } from "../../cloudtrail/parameters";
import { evidenceAt, parameterPath } from "../readers/evidence";
import { isOfMostPorts, portRangesOf } from "../readers/port-ranges";
import { uninspected } from "../readers/uninspected";

export const emrPublicAccessBlockRemoved: Detection = {
  id: "emr-public-access-block-removed",
  title: "EMR public access block disabled",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: ["elasticmapreduce:PutBlockPublicAccessConfiguration"],
  remediation: "inverse",
  match(record) {
    const path = parameterPath(record, "blockPublicAccessConfiguration");
    const configuration = parameterOf(record, "blockPublicAccessConfiguration");
    if (isFalse(fieldOf(configuration, "blockPublicSecurityGroupRules")))
      return { evidence: evidenceAt(record, `${path}.blockPublicSecurityGroupRules`), resources: [] };
    const permitted = "permittedPublicSecurityGroupRuleRanges";
    if (!portRangesOf(fieldOf(configuration, permitted)).some(isOfMostPorts)) return uninspected(record);
    return { evidence: evidenceAt(record, `${path}.${permitted}`), resources: [] };
  },
  runbook: [
    "Enable it again (PutBlockPublicAccessConfiguration) unless a cluster is public intentionally.",
    "Look for RunJobFlow with open security groups by the same actor.",
    "Keep it on in every region, even where no cluster runs.",
  ],
  falsePositives: ["A cluster that must be reachable from the internet."],
  references: [
    "https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-block-public-access.html",
    "https://docs.aws.amazon.com/emr/latest/APIReference/API_PutBlockPublicAccessConfiguration.html",
  ],
};
