import type { Detection } from "../detection";
import { textParameterOf } from "../../cloudtrail/parameters";
import { nameOf } from "../../cloudtrail/record";
import { calledByHand, named } from "../readers/by-hand";
import { uninspected } from "../readers/uninspected";

export const iamServiceCredentialCreated: Detection = {
  id: "iam-service-credential-created",
  title: "Credential for a service created or activated",
  severity: "medium",
  attack: { technique: "T1098.001" },
  tier: "extended",
  noise: "changes",
  events: [
    "iam:CreateServiceSpecificCredential",
    "iam:ResetServiceSpecificCredential",
    "iam:UpdateSSHPublicKey",
    "iam:UpdateServiceSpecificCredential",
    "iam:UpdateSigningCertificate",
    "iam:UploadSSHPublicKey",
    "iam:UploadSigningCertificate",
  ],
  remediation: "inverse",
  match(record, context) {
    if (nameOf(record).startsWith("Update") && textParameterOf(record, "status") !== "Active")
      return uninspected(record);
    const match = calledByHand(
      record,
      context,
      [
        "userName",
        "serviceName",
        "status",
        "responseElements.serviceSpecificCredential.serviceSpecificCredentialId",
        "serviceSpecificCredentialId",
        "responseElements.sSHPublicKey.sSHPublicKeyId",
        "sSHPublicKeyId",
        "responseElements.certificate.certificateId",
        "certificateId",
      ],
      named(record, "AWS::IAM::User", "userName"),
    );
    // An API key for Bedrock, which model thieves sell.
    if (match && textParameterOf(record, "serviceName") === "bedrock.amazonaws.com") match.severity = "high";
    return match;
  },
  runbook: [
    "Ask the user whose credential it is: it works in addition to passwords and access keys, and few people check for it.",
    "Deactivate it (UpdateServiceSpecificCredential, UpdateSSHPublicKey, UpdateSigningCertificate) if nobody can explain it.",
    "Look at what was done with it: pushes to CodeCommit, queries of Keyspaces, Bedrock models.",
  ],
  falsePositives: ["A developer setting up CodeCommit, Keyspaces or a Bedrock API key."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html",
    "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",
  ],
};
