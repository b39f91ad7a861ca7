import { call, type Cases, root } from "../support/cases";

const answer = { responseElements: { accessKey: { accessKeyId: "AKIAEXAMPLENEW000001", status: "Active" } } };

export const cases: Cases = {
  hits: [
    {
      name: "by root, for root",
      record: call("iam:CreateAccessKey", null, { userIdentity: root(), ...answer }),
      resources: ["AKIAEXAMPLENEW000001"],
    },
  ],
  quiet: [
    {
      name: "by root, for a user",
      record: call("iam:CreateAccessKey", { userName: "bob" }, { userIdentity: root(), ...answer }),
    },
    { name: "by a user", record: call("iam:CreateAccessKey", null, answer) },
  ],
};
