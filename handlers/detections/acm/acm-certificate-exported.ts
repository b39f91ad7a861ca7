import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const acmCertificateExported: Detection = {
  id: "acm-certificate-exported",
  title: "Certificate exported, or issued by a private CA",
  severity: "medium",
  attack: { technique: "T1552.004" },
  tier: "extended",
  noise: "work",
  events: ["acm-pca:IssueCertificate", "acm:ExportCertificate"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["certificateArn", "certificateAuthorityArn", "templateArn", "validity"],
      [
        ...named(record, "AWS::CertificateManager::Certificate", "certificateArn"),
        ...named(record, "AWS::ACMPCA::CertificateAuthority", "certificateAuthorityArn"),
      ],
    ),
  runbook: [
    "Ask the actor where the certificate and its private key are used, and for whom it was issued.",
    "Revoke it (aws acm-pca revoke-certificate) if nobody can say: its holder is trusted by everything that trusts the CA.",
    "Look for IAM Roles Anywhere sessions and for listeners that accept certificates of that CA.",
  ],
  falsePositives: ["A service that gets its certificates from the private CA, seen for the first time."],
  references: [
    "https://docs.aws.amazon.com/acm/latest/APIReference/API_ExportCertificate.html",
    "https://docs.aws.amazon.com/privateca/latest/APIReference/API_IssueCertificate.html",
  ],
};
