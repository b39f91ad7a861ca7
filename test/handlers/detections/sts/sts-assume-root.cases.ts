import { call, type Cases } from "../support/cases";

export const cases: Cases = {
  hits: [
    {
      name: "a task in a member account",
      record: call("sts:AssumeRoot", {
        targetPrincipal: "444455556666",
        taskPolicyArn: { arn: "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy" },
      }),
      resources: ["444455556666"],
    },
  ],
  quiet: [
    { name: "a role", record: call("sts:AssumeRole", { roleArn: "arn:aws:iam::444455556666:role/r" }) },
  ],
  everyCall: "root is root, for whatever task",
};
