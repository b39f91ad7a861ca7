import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "settings",
    record: call("sso:PutMfaDeviceManagementForDirectory", {
      directoryId: "d-1",
      configurationType: "APP_AUTHENTICATION_CONFIGURATION",
    }),
    evidence: "requestParameters.configurationType",
  },
  {
    name: "settings, by another name",
    record: call("sso-directory:UpdateMfaDeviceManagementForDirectory", { directoryId: "d-1" }),
  },
  {
    name: "settings of sso",
    record: call("sso:UpdateMfaDeviceManagementForDirectory", { directoryId: "d-1" }),
  },
  { name: "off", record: call("sso-directory:DisableMFA", { directoryId: "d-1" }) },
  {
    name: "a device deleted",
    record: call("sso-directory:DeleteMfaDeviceForUser", {
      identityStoreId: "d-1",
      userId: "u-1",
      deviceId: "m-1",
    }),
    severity: "medium",
    evidence: "requestParameters.deviceId",
  },
  {
    name: "a password",
    record: call("sso-directory:UpdatePassword", { identityStoreId: "d-1", userId: "u-1" }),
    severity: "medium",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
