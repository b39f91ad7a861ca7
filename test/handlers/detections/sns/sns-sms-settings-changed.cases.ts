import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "an application",
    record: call("mobiletargeting:CreateApp", { createApplicationRequest: { name: "a" } }),
  },
  {
    name: "an application's channel",
    record: call("mobiletargeting:UpdateSmsChannel", { applicationId: "a" }),
    evidence: "requestParameters.applicationId",
  },
  {
    name: "limit raised",
    record: call("sns:SetSMSAttributes", { attributes: { MonthlySpendLimit: "1000" } }),
    evidence: "requestParameters.attributes",
  },
  {
    name: "a number for tests",
    record: call("sns:CreateSMSSandboxPhoneNumber", { phoneNumber: "+12065550100" }),
  },
  {
    name: "a number verified",
    record: call("sns:VerifySMSSandboxPhoneNumber", { phoneNumber: "+12065550100" }),
  },
  {
    name: "a number leased",
    record: call("sms-voice:RequestPhoneNumber", { isoCountryCode: "US", numberType: "TOLL_FREE" }),
    evidence: "requestParameters.numberType",
  },
  { name: "limit set", record: call("sms-voice:SetTextMessageSpendLimitOverride", { monthlyLimit: 1000 }) },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
