import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "an instance",
    record: call("sso:DeleteInstance", { instanceArn: "arn:aws:sso:::instance/ssoins-1" }),
    evidence: "requestParameters.instanceArn",
    resources: ["arn:aws:sso:::instance/ssoins-1"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
