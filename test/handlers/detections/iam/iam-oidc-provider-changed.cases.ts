import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const provider = "arn:aws:iam::111122223333:oidc-provider/gitlab.com";

const hits: Case[] = [
  {
    name: "a client",
    record: call("iam:AddClientIDToOpenIDConnectProvider", {
      openIDConnectProviderArn: provider,
      clientID: "x",
    }),
    evidence: "requestParameters.clientID",
    resources: [provider],
  },
  {
    name: "a certificate",
    record: call("iam:UpdateOpenIDConnectProviderThumbprint", {
      openIDConnectProviderArn: provider,
      thumbprintList: ["0".repeat(40)],
    }),
    evidence: "requestParameters.thumbprintList",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
