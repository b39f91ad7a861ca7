import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "another user's",
    record: call("iam:UpdateAccessKey", {
      userName: "bob",
      accessKeyId: "AKIAEXAMPLEKEY000002",
      status: "Active",
    }),
    evidence: "requestParameters.accessKeyId",
    resources: ["bob", "AKIAEXAMPLEKEY000002"],
  },
  {
    name: "one's own",
    record: call("iam:UpdateAccessKey", { accessKeyId: "AKIAEXAMPLEKEY000002", status: "Active" }),
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "made inactive",
      record: call("iam:UpdateAccessKey", { accessKeyId: "AKIAEXAMPLEKEY000002", status: "Inactive" }),
    },
  ],
};
