import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "sending enabled for a set",
    record: call("ses:PutConfigurationSetSendingOptions", {
      configurationSetName: "s",
      sendingEnabled: true,
    }),
    evidence: "requestParameters.configurationSetName",
  },
  {
    name: "sending enabled for a set, version 1",
    record: call("ses:UpdateConfigurationSetSendingEnabled", { configurationSetName: "s", enabled: true }),
  },
  {
    name: "production access asked for",
    record: call("ses:PutAccountDetails", {
      mailType: "MARKETING",
      websiteURL: "https://example.com",
      productionAccessEnabled: true,
    }),
    evidence: "requestParameters.productionAccessEnabled",
  },
  {
    name: "sending enabled",
    record: call("ses:PutAccountSendingAttributes", { sendingEnabled: true }),
    evidence: "requestParameters.sendingEnabled",
  },
  {
    name: "sending enabled, version 1",
    record: call("ses:UpdateAccountSendingEnabled", { enabled: "true" }),
    evidence: "requestParameters.enabled",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "sending paused", record: call("ses:PutAccountSendingAttributes", { sendingEnabled: false }) },
    {
      name: "sending paused for a set",
      record: call("ses:PutConfigurationSetSendingOptions", { sendingEnabled: false }),
    },
    {
      name: "sending paused for a set, version 1",
      record: call("ses:UpdateConfigurationSetSendingEnabled", { enabled: false }),
    },
    { name: "sending paused, version 1", record: call("ses:UpdateAccountSendingEnabled", null) },
  ],
};
