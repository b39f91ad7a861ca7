import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "exported",
    record: call("acm:ExportCertificate", { certificateArn: "c" }),
    evidence: "requestParameters.certificateArn",
    resources: ["c"],
  },
  {
    name: "issued",
    record: call("acm-pca:IssueCertificate", {
      certificateAuthorityArn: "ca",
      validity: { value: 3650, type: "DAYS" },
    }),
    resources: ["ca"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
