import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "version 2",
    record: call("ses:SendEmail", {
      fromEmailAddress: "ceo@example.com",
      destination: { toAddresses: ["bob@example.org"] },
    }),
    evidence: "requestParameters.fromEmailAddress",
    resources: ["ceo@example.com"],
  },
  {
    name: "raw",
    record: call("ses:SendRawEmail", { source: "ceo@example.com", destinations: ["bob@example.org"] }),
    resources: ["ceo@example.com"],
  },
  {
    name: "a template",
    record: call("ses:SendTemplatedEmail", { source: "ceo@example.com", template: "a" }),
  },
  { name: "bulk", record: call("ses:SendBulkEmail", { fromEmailAddress: "ceo@example.com" }) },
  { name: "bulk, version 1", record: call("ses:SendBulkTemplatedEmail", { source: "ceo@example.com" }) },
  {
    name: "verification",
    record: call("ses:SendCustomVerificationEmail", { emailAddress: "bob@example.org" }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
