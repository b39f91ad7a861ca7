import { call, type Cases } from "../support/cases";

const sources = ["macie", "macie2"];

export const cases: Cases = {
  hits: sources.flatMap((source) => [
    { name: `${source}: disabled`, record: call(`${source}:DisableMacie`, null) },
    {
      name: `${source}: paused`,
      record: call(`${source}:UpdateMacieSession`, { status: "PAUSED" }),
      evidence: "requestParameters.status",
    },
    {
      name: `${source}: a filter that archives`,
      record: call(`${source}:CreateFindingsFilter`, { name: "f", action: "ARCHIVE" }),
    },
    {
      name: `${source}: a filter made to archive`,
      record: call(`${source}:UpdateFindingsFilter`, { id: "f", action: "ARCHIVE" }),
    },
  ]),
  quiet: sources.flatMap((source) => [
    { name: `${source}: switched on`, record: call(`${source}:UpdateMacieSession`, { status: "ENABLED" }) },
    {
      name: `${source}: a saved search`,
      record: call(`${source}:CreateFindingsFilter`, { name: "f", action: "NOOP" }),
    },
    {
      name: `${source}: a saved search changed`,
      record: call(`${source}:UpdateFindingsFilter`, { id: "f", description: "x" }),
    },
  ]),
  everyCall: "to disable has one meaning only",
};
