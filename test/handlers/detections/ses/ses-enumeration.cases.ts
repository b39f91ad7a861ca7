import { call, type Cases, refused, repeated } from "../support/cases";

const quota = call("ses:GetSendQuota", null, { readOnly: true });
const names = ["GetSendQuota", "ListIdentities", "GetAccountSendingEnabled"];

export const cases: Cases = {
  hits: [
    { name: "the quota", record: quota, evidence: "eventName" },
    { name: "whether sending is on", record: call("ses:GetAccountSendingEnabled", null) },
    { name: "the identities", record: call("ses:ListIdentities", null) },
    {
      name: "whether they are verified",
      record: call("ses:GetIdentityVerificationAttributes", { identities: ["example.com"] }),
    },
    { name: "sending switched on", record: call("ses:UpdateAccountSendingEnabled", { enabled: true }) },
    { name: "the account, version 2", record: call("ses:GetAccount", null) },
    { name: "the identities, version 2", record: call("ses:ListEmailIdentities", null) },
    { name: "one identity", record: call("ses:GetEmailIdentity", { emailIdentity: "example.com" }) },
    { name: "the statistics", record: call("ses:GetSendStatistics", null) },
    { name: "the configurations", record: call("ses:ListConfigurationSets", null) },
    { name: "the addresses", record: call("ses:ListVerifiedEmailAddresses", null) },
    { name: "refused", record: refused(quota), evidence: "errorCode" },
  ],
  quiet: [{ name: "a message sent", record: call("ses:SendEmail", { source: "shop@example.com" }) }],
  everyCall: "only several of them together are reported",
  bursts: [
    {
      name: "three kinds",
      records: repeated(quota, 3, 20, (index) => ({ eventName: names[index] ?? "" })),
      findings: 1,
    },
    {
      name: "two kinds",
      records: repeated(quota, 6, 20, (index) => ({ eventName: names[index % 2] ?? "" })),
      findings: 0,
    },
  ],
};
