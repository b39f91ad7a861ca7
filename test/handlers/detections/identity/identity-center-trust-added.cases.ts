import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const hits: Case[] = [
  {
    name: "sso CreateApplication",
    record: call("sso:CreateApplication", { name: "app", applicationProviderArn: "p" }),
    evidence: "requestParameters.name",
  },
  {
    name: "sso CreateInstanceAccessControlAttributeConfiguration",
    record: call("sso:CreateInstanceAccessControlAttributeConfiguration", { instanceArn: "i" }),
    evidence: "requestParameters.instanceArn",
  },
  {
    name: "sso CreateTrustedTokenIssuer",
    record: call("sso:CreateTrustedTokenIssuer", { name: "issuer", trustedTokenIssuerType: "OIDC_JWT" }),
    evidence: "requestParameters.name",
  },
  {
    name: "sso PutApplicationGrant",
    record: call("sso:PutApplicationGrant", { applicationArn: "a" }),
    evidence: "requestParameters.applicationArn",
  },
  {
    name: "sso UpdateInstanceAccessControlAttributeConfiguration",
    record: call("sso:UpdateInstanceAccessControlAttributeConfiguration", { instanceArn: "i" }),
    evidence: "requestParameters.instanceArn",
  },
  {
    name: "sso UpdateTrustedTokenIssuer",
    record: call("sso:UpdateTrustedTokenIssuer", { trustedTokenIssuerArn: "t" }),
    evidence: "requestParameters.trustedTokenIssuerArn",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
