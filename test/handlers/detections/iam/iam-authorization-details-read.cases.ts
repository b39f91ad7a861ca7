import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "everything",
    record: call("iam:GetAccountAuthorizationDetails", { filter: ["User", "Role"] }),
    evidence: "requestParameters.filter",
  },
  { name: "the credential report is made", record: call("iam:GenerateCredentialReport", null) },
  { name: "the credential report is read", record: call("iam:GetCredentialReport", null) },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "a scanner that is known",
      record: call("iam:GetCredentialReport", null),
      context: { scanners: ["*:user/alice"] },
    },
  ],
};
