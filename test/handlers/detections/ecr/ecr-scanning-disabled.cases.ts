import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const hits: Case[] = [
  {
    name: "a repository",
    record: call("ecr:PutImageScanningConfiguration", {
      repositoryName: "shop",
      imageScanningConfiguration: { scanOnPush: false },
    }),
    evidence: "requestParameters.imageScanningConfiguration",
    resources: ["shop"],
  },
  {
    name: "a registry",
    record: call("ecr:PutRegistryScanningConfiguration", { scanType: "BASIC", rules: [] }),
    severity: "medium",
    evidence: "requestParameters.scanType",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "a scan on push",
      record: call("ecr:PutImageScanningConfiguration", {
        repositoryName: "shop",
        imageScanningConfiguration: { scanOnPush: true },
      }),
    },
    {
      name: "a rule for all repositories",
      record: call("ecr:PutRegistryScanningConfiguration", {
        scanType: "BASIC",
        rules: [{ scanFrequency: "SCAN_ON_PUSH", repositoryFilters: [{ filter: "*" }] }],
      }),
    },
  ],
};
