import { call, type Cases } from "../support/cases";

const create = (url: string) =>
  call("iam:CreateOpenIDConnectProvider", { url, clientIDList: ["sts.amazonaws.com"] });

export const cases: Cases = {
  hits: [
    {
      name: "a cluster, whose it may be",
      record: create("https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"),
      severity: "medium",
    },
    {
      name: "an issuer nobody named",
      record: create("https://login.attacker.example"),
      evidence: "requestParameters.url",
    },
    {
      name: "another issuer than the one named",
      record: create("https://gitlab.com"),
      context: { allowedIdentityProviders: ["token.actions.githubusercontent.com"] },
    },
  ],
  quiet: [
    {
      name: "an issuer of the configuration",
      record: create("https://token.actions.githubusercontent.com"),
      context: { allowedIdentityProviders: ["https://token.actions.githubusercontent.com"] },
    },
    {
      name: "an issuer of a pattern",
      record: create("https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"),
      context: { allowedIdentityProviders: ["oidc.eks.*.amazonaws.com/id/*"] },
    },
  ],
};
