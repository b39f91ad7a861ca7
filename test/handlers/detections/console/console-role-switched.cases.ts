import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "from a user",
    record: call("signin:SwitchRole", null, {
      additionalEventData: { SwitchFrom: "arn:aws:iam::444455556666:user/bob" },
      responseElements: { SwitchRole: "Success" },
    }),
    evidence: "additionalEventData.SwitchFrom",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
