import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "ses PutEmailIdentityDkimSigningAttributes",
    record: call("ses:PutEmailIdentityDkimSigningAttributes", { emailIdentity: "example.com" }),
  },
  {
    name: "ses PutEmailIdentityMailFromAttributes",
    record: call("ses:PutEmailIdentityMailFromAttributes", { emailIdentity: "example.com" }),
  },
  {
    name: "ses SetIdentityMailFromDomain",
    record: call("ses:SetIdentityMailFromDomain", { identity: "example.com" }),
  },
  {
    name: "version 2",
    record: call("ses:CreateEmailIdentity", { emailIdentity: "example.com" }),
    evidence: "requestParameters.emailIdentity",
    resources: ["example.com"],
  },
  {
    name: "an address",
    record: call("ses:VerifyEmailIdentity", { emailAddress: "ceo@example.com" }),
    resources: ["ceo@example.com"],
  },
  {
    name: "an address, the old way",
    record: call("ses:VerifyEmailAddress", { emailAddress: "ceo@example.com" }),
  },
  {
    name: "a domain",
    record: call("ses:VerifyDomainIdentity", { domain: "example.com" }),
    evidence: "requestParameters.domain",
  },
  { name: "keys of a domain", record: call("ses:VerifyDomainDkim", { domain: "example.com" }) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
