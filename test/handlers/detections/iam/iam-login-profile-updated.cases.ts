import { call, type Cases, role } from "../support/cases";

const update = (userName: string) =>
  call("iam:UpdateLoginProfile", { userName, passwordResetRequired: true });

export const cases: Cases = {
  hits: [
    { name: "another user", record: update("bob"), resources: ["bob"] },
    { name: "by a role", record: { ...update("bob"), userIdentity: role("helpdesk", "alice") } },
    {
      name: "from a session that is named like the user",
      record: { ...update("bob"), userIdentity: role("self-service", "bob") },
    },
  ],
  quiet: [{ name: "the caller's own", record: update("alice") }],
};
