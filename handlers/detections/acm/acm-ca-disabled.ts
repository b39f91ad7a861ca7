import { parameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const acmCaDisabled: Detection = {
  id: "acm-ca-disabled",
  title: "Private certificate authority disabled or deleted",
  severity: "high",
  attack: { technique: "T1489" },
  tier: "extended",
  noise: "rare",
  events: ["acm-pca:DeleteCertificateAuthority", "acm-pca:UpdateCertificateAuthority"],
  remediation: "alert",
  match(record, context) {
    const isUpdate = nameOf(record) === "UpdateCertificateAuthority";
    if (isUpdate && parameterOf(record, "status") !== "DISABLED") return uninspected(record);
    return calledByHand(
      record,
      context,
      ["certificateAuthorityArn", "status", "permanentDeletionTimeInDays"],
      named(record, "AWS::ACMPCA::CertificateAuthority", "certificateAuthorityArn"),
    );
  },
  runbook: [
    "Restore the authority (RestoreCertificateAuthority) within its waiting period, and enable it again.",
    "Find out which services have certificates from it: they cannot renew them any more.",
    "Look at what else the same actor disabled or deleted.",
  ],
  falsePositives: ["An authority that is replaced."],
  references: [
    "https://docs.aws.amazon.com/privateca/latest/APIReference/API_DeleteCertificateAuthority.html",
    "https://docs.aws.amazon.com/privateca/latest/APIReference/API_UpdateCertificateAuthority.html",
  ],
};
