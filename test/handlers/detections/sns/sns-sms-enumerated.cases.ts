import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "spend limit",
    record: call("sns:GetSMSAttributes", { attributes: ["MonthlySpendLimit"] }),
    evidence: "requestParameters.attributes",
  },
  { name: "sandbox", record: call("sns:GetSMSSandboxAccountStatus", null) },
  {
    name: "refused",
    record: call("sns:GetSMSSandboxAccountStatus", null, {
      errorCode: "AuthorizationError",
      errorMessage: "not authorized",
    }),
  },
  { name: "numbers", record: call("sns:ListOriginationNumbers", null) },
  { name: "numbers of the sandbox", record: call("sns:ListSMSSandboxPhoneNumbers", null) },
  { name: "attributes", record: call("sms-voice:DescribeAccountAttributes", null) },
  { name: "numbers of End User Messaging", record: call("sms-voice:DescribePhoneNumbers", null) },
  { name: "limits", record: call("sms-voice:DescribeSpendLimits", null) },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "throttled", record: call("sns:GetSMSAttributes", null, { errorCode: "ThrottlingException" }) },
    {
      name: "a scanner",
      record: call("sns:GetSMSAttributes", null),
      context: { scanners: ["*:user/alice"] },
    },
  ],
};
