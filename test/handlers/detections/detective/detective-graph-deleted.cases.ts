import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "all of it",
    record: call("detective:DeleteGraph", { graphArn: "arn:aws:detective:eu-west-1:111122223333:graph:1" }),
    resources: ["arn:aws:detective:eu-west-1:111122223333:graph:1"],
  },
  {
    name: "members",
    record: call("detective:DeleteMembers", {
      graphArn: "arn:aws:detective:eu-west-1:111122223333:graph:1",
      accountIds: ["444455556666"],
    }),
    evidence: "requestParameters.accountIds",
  },
  {
    name: "this account",
    record: call("detective:DisassociateMembership", {
      graphArn: "arn:aws:detective:eu-west-1:444455556666:graph:1",
    }),
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
