import { call, type Cases } from "../support/cases";

const names = [
  "AssociateDirectory",
  "CreateBearerToken",
  "CreateExternalIdPConfigurationForDirectory",
  "CreateProvisioningTenant",
  "DisableExternalIdPConfigurationForDirectory",
  "DisassociateDirectory",
  "EnableExternalIdPConfigurationForDirectory",
  "ImportExternalIdPCertificate",
];

export const cases: Cases = {
  hits: ["sso", "sso-directory"].flatMap((source) =>
    names.map((name) => ({
      name: `${source}: ${name}`,
      record: call(`${source}:${name}`, { directoryId: "d-9067abcdef" }),
      resources: ["d-9067abcdef"],
    })),
  ),
  quiet: [
    {
      name: "the directory described",
      record: call("sso-directory:DescribeDirectory", { directoryId: "d-9067abcdef" }),
    },
  ],
  everyCall: "each changes who may sign in",
};
