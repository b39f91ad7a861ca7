import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "an issuer",
    record: call("eks:AssociateIdentityProviderConfig", {
      name: "prod",
      oidc: { identityProviderConfigName: "x", issuerUrl: "https://login.attacker.example", clientId: "k8s" },
    }),
    evidence: "requestParameters.oidc",
    resources: ["prod"],
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
