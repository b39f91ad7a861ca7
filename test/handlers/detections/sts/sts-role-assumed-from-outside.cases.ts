import { type Case, type Cases, byService, call, otherAccount, role } from "../support/cases";

const assumed = (userIdentity: object, name = "AssumeRole") =>
  call(
    `sts:${name}`,
    { roleArn: "arn:aws:iam::111122223333:role/ops", roleSessionName: "s" },
    { userIdentity: userIdentity as ReturnType<typeof role>, readOnly: true },
  );
const from = (accountId: string) => ({
  type: "AWSAccount",
  principalId: "AROAEXAMPLEROLE000009:s",
  accountId,
});
const saml = { type: "SAMLUser", principalId: "x:bob", userName: "bob", identityProvider: "x" };
const hits: Case[] = [
  {
    name: "another account",
    record: assumed(from(otherAccount)),
    evidence: "userIdentity.accountId",
    resources: ["arn:aws:iam::111122223333:role/ops"],
  },
  { name: "a person of a provider", record: assumed(saml, "AssumeRoleWithSAML"), severity: "low" },
];

export const cases: Cases = {
  hits,
  quiet: [
    {
      name: "a trusted account",
      record: assumed(from(otherAccount)),
      context: { trustedAccounts: [otherAccount] },
    },
    { name: "a role of this account", record: assumed(role("ci")) },
    { name: "a service", record: assumed({ type: "AWSService", invokedBy: "ec2.amazonaws.com" }) },
    ...byService(hits, "sso.amazonaws.com"),
  ],
};
