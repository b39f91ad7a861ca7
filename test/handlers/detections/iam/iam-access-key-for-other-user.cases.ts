import { call, type Cases, role, root, user } from "../support/cases";

const create = (by: string, asked: string | undefined, got: string) =>
  call("iam:CreateAccessKey", asked === undefined ? null : { userName: asked }, {
    userIdentity: user(by),
    responseElements: { accessKey: { userName: got, accessKeyId: "AKIAEXAMPLENEW000001", status: "Active" } },
  });

export const cases: Cases = {
  hits: [
    {
      name: "another user",
      record: create("alice", "bob", "bob"),
      resources: ["bob", "AKIAEXAMPLENEW000001"],
      evidence: "requestParameters.userName",
    },
    { name: "a user whose name begins with the caller's", record: create("jack", "jackson", "jackson") },
    { name: "a user whose name ends with the caller's", record: create("son", "jackson", "jackson") },
    { name: "known from the answer alone", record: create("alice", undefined, "bob") },
    {
      name: "by a role",
      record: { ...create("alice", "bob", "bob"), userIdentity: role("helpdesk", "bob") },
    },
    { name: "by root", record: { ...create("alice", "bob", "bob"), userIdentity: root() } },
  ],
  quiet: [
    { name: "the own key, named", record: create("alice", "alice", "alice") },
    { name: "the own key, not named", record: create("alice", undefined, "alice") },
    {
      name: "the own key, known by the ARN alone",
      record: {
        ...create("alice", "alice", "alice"),
        userIdentity: { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/team/alice" },
      },
    },
    { name: "root's own key", record: { ...create("alice", undefined, "root"), userIdentity: root() } },
    { name: "nothing said", record: call("iam:CreateAccessKey", null) },
  ],
};
