import { call, type Cases, role } from "../support/cases";

const ask = (userAgent: string) =>
  call("signin:GetSigninToken", null, {
    userIdentity: role("Admin"),
    userAgent,
    eventType: "AwsConsoleSignIn",
    responseElements: { credentials: { accessKeyId: "ASIAEXAMPLEKEY000002" }, GetSigninToken: "Success" },
  });

export const cases: Cases = {
  hits: [{ name: "a script", record: ask("python-requests/2.31.0"), evidence: "userAgent" }],
  quiet: [
    { name: "the access portal", record: ask("Jersey/${project.version} (HttpUrlConnection 1.8.0_392)") },
  ],
};
