import { call, type Cases, root } from "../support/cases";

const create = (userName: string, passwordResetRequired?: boolean) =>
  call(
    "iam:CreateLoginProfile",
    passwordResetRequired === undefined ? { userName } : { userName, passwordResetRequired },
  );

export const cases: Cases = {
  hits: [
    { name: "another user, who must change it", record: create("bob", true), resources: ["bob"] },
    { name: "another user, who need not change it", record: create("bob", false), severity: "critical" },
    { name: "nothing said about a change", record: create("bob") },
  ],
  quiet: [
    { name: "the caller's own", record: create("alice", false) },
    { name: "root's", record: call("iam:CreateLoginProfile", null, { userIdentity: root() }) },
  ],
};
