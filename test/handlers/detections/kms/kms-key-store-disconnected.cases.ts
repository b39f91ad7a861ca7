import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const customKeyStoreId = "cks-1234567890abcdef0";
const hits: Case[] = [
  {
    name: "disconnected",
    record: call("kms:DisconnectCustomKeyStore", { customKeyStoreId }),
    evidence: "requestParameters.customKeyStoreId",
    resources: [customKeyStoreId],
  },
  { name: "deleted", record: call("kms:DeleteCustomKeyStore", { customKeyStoreId }) },
  {
    name: "another proxy",
    record: call("kms:UpdateCustomKeyStore", {
      customKeyStoreId,
      xksProxyUriEndpoint: "https://keys.example.com",
    }),
    evidence: "requestParameters.xksProxyUriEndpoint",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
