import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "off",
    record: call("cognito-idp:SetUserPoolMfaConfig", { userPoolId: "p-1", mfaConfiguration: "OFF" }),
    evidence: "requestParameters.mfaConfiguration",
    resources: ["p-1"],
  },
  {
    name: "off, among all settings",
    record: call("cognito-idp:UpdateUserPool", { userPoolId: "p-1", mfaConfiguration: "OFF" }),
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "on",
      record: call("cognito-idp:SetUserPoolMfaConfig", { userPoolId: "p-1", mfaConfiguration: "ON" }),
    },
    { name: "other settings", record: call("cognito-idp:UpdateUserPool", { userPoolId: "p-1" }) },
  ],
};
