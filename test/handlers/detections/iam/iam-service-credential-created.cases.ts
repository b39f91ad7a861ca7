import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "of CodeCommit",
    record: call(
      "iam:CreateServiceSpecificCredential",
      { userName: "bob", serviceName: "codecommit.amazonaws.com" },
      { responseElements: { serviceSpecificCredential: { serviceSpecificCredentialId: "ACCAEXAMPLE" } } },
    ),
    evidence: "responseElements.serviceSpecificCredential.serviceSpecificCredentialId",
    resources: ["bob"],
  },
  {
    name: "of Bedrock",
    record: call("iam:CreateServiceSpecificCredential", {
      userName: "bob",
      serviceName: "bedrock.amazonaws.com",
    }),
    severity: "high",
    evidence: "requestParameters.serviceName",
  },
  {
    name: "a new password",
    record: call("iam:ResetServiceSpecificCredential", {
      userName: "bob",
      serviceSpecificCredentialId: "ACCAEXAMPLE",
    }),
    evidence: "requestParameters.serviceSpecificCredentialId",
  },
  {
    name: "activated",
    record: call("iam:UpdateServiceSpecificCredential", {
      userName: "bob",
      serviceSpecificCredentialId: "ACCAEXAMPLE",
      status: "Active",
    }),
    evidence: "requestParameters.status",
  },
  {
    name: "a key",
    record: call("iam:UploadSSHPublicKey", { userName: "bob", sSHPublicKeyBody: "ssh-rsa AAAA" }),
    resources: ["bob"],
  },
  {
    name: "a key activated",
    record: call("iam:UpdateSSHPublicKey", {
      userName: "bob",
      sSHPublicKeyId: "APKAEXAMPLE",
      status: "Active",
    }),
  },
  { name: "a certificate", record: call("iam:UploadSigningCertificate", { userName: "bob" }) },
  {
    name: "a certificate activated",
    record: call("iam:UpdateSigningCertificate", { userName: "bob", certificateId: "C1", status: "Active" }),
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "made inactive",
      record: call("iam:UpdateServiceSpecificCredential", {
        userName: "bob",
        serviceSpecificCredentialId: "ACCAEXAMPLE",
        status: "Inactive",
      }),
    },
  ],
};
