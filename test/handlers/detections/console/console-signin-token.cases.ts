import { call, type Cases, role } from "../support/cases";

const portal = "Jersey/${project.version} (HttpUrlConnection 1.8.0_392)";
const ask = (userAgent: string, name = "Admin", session = "session") =>
  call("signin:GetSigninToken", null, {
    userIdentity: role(name, session),
    userAgent,
    eventType: "AwsConsoleSignIn",
    responseElements: { credentials: { accessKeyId: "ASIAEXAMPLEKEY000002" }, GetSigninToken: "Success" },
  });

export const cases: Cases = {
  hits: [
    { name: "a script", record: ask("python-requests/2.31.0"), evidence: "userAgent" },
    { name: "a script that calls itself the access portal", record: ask(portal) },
    {
      name: "one whose session is named like its roles",
      record: ask(portal, "Admin", "AWSReservedSSO_Admin_0a1b2c3d"),
    },
  ],
  quiet: [{ name: "the access portal", record: ask(portal, "AWSReservedSSO_Admin_0a1b2c3d", "alice") }],
};
