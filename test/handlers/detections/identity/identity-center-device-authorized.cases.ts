import { account, call, type Cases } from "../support/cases";

function token(event: string, grantType: string) {
  return {
    ...call(event, { clientId: "x", clientSecret: "HIDDEN_DUE_TO_SECURITY_REASONS", grantType }),
    userIdentity: {
      type: "IdentityCenterUser",
      accountId: account,
      onBehalfOf: {
        userId: "544894e8-80c1-707f-60e3-3ba6510dfac1",
        identityStoreArn: `arn:aws:identitystore::${account}:identitystore/d-1234567890`,
      },
      credentialId: "90e292de-5eb8-446e-9602-90f7c45044f7",
    },
  };
}

const device = "urn:ietf:params:oauth:grant-type:device_code";

export const cases: Cases = {
  hits: [
    {
      name: "a token for another device",
      record: token("sso:CreateToken", device),
      evidence: "requestParameters.grantType",
    },
    {
      name: "a token for another device, by the OAuth service",
      record: token("sso-oauth:CreateToken", device),
    },
  ],
  quiet: [
    { name: "a token for the same device", record: token("sso:CreateToken", "authorization_code") },
    { name: "a token renewed", record: token("sso-oauth:CreateToken", "refresh_token") },
  ],
};
