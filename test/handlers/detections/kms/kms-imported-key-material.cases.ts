import { call, type Cases } from "../support/cases";

const keyId = "1f2e3d4c-aaaa-bbbb-cccc-0123456789ab";

export const cases: Cases = {
  hits: [
    {
      name: "imported",
      record: call("kms:ImportKeyMaterial", {
        keyId,
        validTo: "Mar 5, 2025, 9:15:27 AM",
        expirationModel: "KEY_MATERIAL_EXPIRES",
      }),
      evidence: "requestParameters.expirationModel",
      resources: [keyId],
    },
    { name: "deleted", record: call("kms:DeleteImportedKeyMaterial", { keyId }), resources: [keyId] },
  ],
  quiet: [{ name: "asked how to import", record: call("kms:GetParametersForImport", { keyId }) }],
  everyCall: "the events are rare, and each changes who holds the key",
};
