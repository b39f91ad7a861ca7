import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const hits: Case[] = [
  {
    name: "acm-pca DeleteCertificateAuthority",
    record: call("acm-pca:DeleteCertificateAuthority", {
      certificateAuthorityArn: "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1",
    }),
    evidence: "requestParameters.certificateAuthorityArn",
  },
  {
    name: "acm-pca UpdateCertificateAuthority",
    record: call("acm-pca:UpdateCertificateAuthority", {
      certificateAuthorityArn: "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1",
      status: "DISABLED",
    }),
    evidence: "requestParameters.certificateAuthorityArn",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "enabled again",
      record: call("acm-pca:UpdateCertificateAuthority", { status: "ACTIVE" }),
    },
  ],
};
