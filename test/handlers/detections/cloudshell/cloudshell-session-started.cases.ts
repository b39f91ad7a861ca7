import { type Case, type Cases, byAutomation, call } from "../support/cases";

const hits: Case[] = [
  { name: "made", record: call("cloudshell:CreateEnvironment", {}) },
  {
    name: "opened",
    record: call("cloudshell:CreateSession", { environmentId: "e-1" }),
    evidence: "requestParameters.environmentId",
  },
  { name: "started", record: call("cloudshell:StartEnvironment", { environmentId: "e-1" }) },
  { name: "credentials", record: call("cloudshell:PutCredentials", { environmentId: "e-1" }) },
  {
    name: "a file fetched",
    record: call("cloudshell:GetFileDownloadUrls", { environmentId: "e-1", fileDownloadPath: "loot.zip" }),
    evidence: "requestParameters.fileDownloadPath",
  },
  {
    name: "a file brought",
    record: call("cloudshell:GetFileUploadUrls", { environmentId: "e-1", fileUploadPath: "tool.sh" }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits)] };
