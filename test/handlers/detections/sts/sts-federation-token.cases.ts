import { call, type Cases } from "../support/cases";

const ask = (parameters: object) =>
  call(
    "sts:GetFederationToken",
    { name: "guest", durationSeconds: 43200, ...parameters },
    { readOnly: true },
  );

export const cases: Cases = {
  hits: [
    { name: "no policy", record: ask({}), resources: ["arn:aws:iam::111122223333:user/alice"] },
    {
      name: "a narrow policy",
      record: ask({ policy: '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}' }),
    },
    {
      name: "a policy with all actions",
      record: ask({ policy: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' }),
      severity: "critical",
    },
    {
      name: "an administrator policy",
      record: ask({ policyArns: [{ arn: "arn:aws:iam::aws:policy/AdministratorAccess" }] }),
      severity: "critical",
    },
  ],
  quiet: [{ name: "a session token", record: call("sts:GetSessionToken", { durationSeconds: 3600 }) }],
  everyCall: "the call itself is obsolete",
};
