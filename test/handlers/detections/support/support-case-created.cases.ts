import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "quota",
    record: call("support:CreateCase", {
      subject: "Limit increase",
      serviceCode: "service-limit-increase",
      severityCode: "normal",
    }),
    evidence: "requestParameters.serviceCode",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
