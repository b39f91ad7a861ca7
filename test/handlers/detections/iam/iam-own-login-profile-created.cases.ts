import { call, type Cases, role, user } from "../support/cases";

const create = (userName: string) =>
  call("iam:CreateLoginProfile", { userName, passwordResetRequired: false });
const inConsole = { ...user("alice"), accessKeyId: "ASIAEXAMPLEKEY000001" };

export const cases: Cases = {
  hits: [
    {
      name: "with a key for programs",
      record: create("alice"),
      severity: "high",
      resources: ["alice"],
      evidence: "userIdentity.accessKeyId",
    },
    { name: "in a session", record: { ...create("alice"), userIdentity: inConsole } },
    {
      name: "without a name, which means oneself",
      record: call(
        "iam:CreateLoginProfile",
        { passwordResetRequired: false },
        { responseElements: { loginProfile: { userName: "alice" } } },
      ),
      severity: "high",
      evidence: "responseElements.loginProfile.userName",
      resources: ["alice"],
    },
    {
      name: "in a session from another network",
      record: { ...create("alice"), userIdentity: inConsole },
      context: { ownNetworks: ["198.51.100.0/24"] },
      severity: "high",
    },
  ],
  quiet: [
    { name: "another user's", record: create("bob") },
    { name: "by a role", record: { ...create("alice"), userIdentity: role("admin", "alice") } },
  ],
};
