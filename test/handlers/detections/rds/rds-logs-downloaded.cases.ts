import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a part",
    record: call("rds:DownloadDBLogFilePortion", {
      dBInstanceIdentifier: "orders",
      logFileName: "error/postgresql.log",
    }),
    evidence: "requestParameters.logFileName",
    resources: ["orders"],
  },
  {
    name: "all of it",
    record: call("rds:DownloadCompleteDBLogFile", {
      dBInstanceIdentifier: "orders",
      logFileName: "error/postgresql.log",
    }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
