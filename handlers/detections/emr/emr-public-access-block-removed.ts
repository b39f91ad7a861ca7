import type { Detection } from "../detection";
import { fieldOf, isFalse, parameterOf } from "../../cloudtrail/parameters";
import { evidenceAt, parameterPath } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

export const emrPublicAccessBlockRemoved: Detection = {
  id: "emr-public-access-block-removed",
  title: "Block of public EMR clusters switched off",
  severity: "medium",
  attack: { technique: "T1685", before: "T1562.001" },
  tier: "extended",
  noise: "rare",
  events: ["elasticmapreduce:PutBlockPublicAccessConfiguration"],
  remediation: "inverse",
  match(record) {
    const path = parameterPath(record, "blockPublicAccessConfiguration");
    if (
      !isFalse(
        fieldOf(parameterOf(record, "blockPublicAccessConfiguration"), "blockPublicSecurityGroupRules"),
      )
    )
      return uninspected(record);
    return { evidence: evidenceAt(record, `${path}.blockPublicSecurityGroupRules`), resources: [] };
  },
  runbook: [
    "Switch it on again (PutBlockPublicAccessConfiguration) unless a cluster is public on purpose.",
    "Look for RunJobFlow with open security groups by the same actor.",
    "Keep it on in every region, also where no cluster runs.",
  ],
  falsePositives: ["A cluster that has to be reached from the internet."],
  references: [
    "https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-block-public-access.html",
    "https://docs.aws.amazon.com/emr/latest/APIReference/API_PutBlockPublicAccessConfiguration.html",
  ],
};
