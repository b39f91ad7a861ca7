import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const hits: Case[] = [
  {
    name: "cognito-idp CreateIdentityProvider",
    record: call("cognito-idp:CreateIdentityProvider", { providerName: "idp", userPoolId: "eu-west-1_1" }),
    evidence: "requestParameters.providerName",
  },
  {
    name: "cognito-idp UpdateIdentityProvider",
    record: call("cognito-idp:UpdateIdentityProvider", { providerName: "idp", userPoolId: "eu-west-1_1" }),
    evidence: "requestParameters.providerName",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
