import { type Cases, call } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "a new pool",
      record: call("cognito-identity:CreateIdentityPool", {
        identityPoolName: "app",
        allowUnauthenticatedIdentities: true,
      }),
      evidence: "requestParameters.allowUnauthenticatedIdentities",
      resources: ["app"],
    },
    {
      name: "a pool changed",
      record: call("cognito-identity:UpdateIdentityPool", {
        identityPoolId: "eu-west-1:1",
        identityPoolName: "app",
        allowUnauthenticatedIdentities: true,
      }),
    },
    {
      name: "a role for guests",
      record: call("cognito-identity:SetIdentityPoolRoles", {
        identityPoolId: "eu-west-1:1",
        roles: { unauthenticated: "arn:aws:iam::111122223333:role/guest" },
      }),
      evidence: "requestParameters.roles",
    },
  ],
  quiet: [
    {
      name: "without guests",
      record: call("cognito-identity:CreateIdentityPool", {
        identityPoolName: "app",
        allowUnauthenticatedIdentities: false,
      }),
    },
    {
      name: "without guests, changed",
      record: call("cognito-identity:UpdateIdentityPool", {
        identityPoolId: "eu-west-1:1",
        allowUnauthenticatedIdentities: false,
      }),
    },
    {
      name: "a role for users",
      record: call("cognito-identity:SetIdentityPoolRoles", {
        identityPoolId: "eu-west-1:1",
        roles: { authenticated: "arn:aws:iam::111122223333:role/user" },
      }),
    },
  ],
};
