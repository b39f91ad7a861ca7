import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const setting = "/ssm/documents/console/public-sharing-permission";

const hits: Case[] = [
  {
    name: "enabled",
    record: call("ssm:UpdateServiceSetting", { settingId: setting, settingValue: "Enable" }),
    evidence: "requestParameters.settingValue",
    resources: [setting],
  },
  { name: "reset", record: call("ssm:ResetServiceSetting", { settingId: setting }) },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "disabled",
      record: call("ssm:UpdateServiceSetting", { settingId: setting, settingValue: "Disable" }),
    },
    {
      name: "another setting",
      record: call("ssm:ResetServiceSetting", { settingId: "/ssm/parameter-store/default-parameter-tier" }),
    },
  ],
};
