import { account, call, type Cases } from "../support/cases";

const name = "cloudtrailer-chat-red--security";
const topic = `arn:aws:sns:eu-west-1:${account}:${name}`;
const role = (of: string) => `arn:aws:iam::${account}:role/${of}`;
const alerts = `arn:aws:sns:eu-west-1:${account}:security-alerts-red`;
const context = { ownResources: [topic, role(name), alerts, role("cloudtrailer-lambda-role-red")] };

const answer = [{ key: "cloudtrailer-answer", value: "approve:0:0" }];
const sessionOf = (of: string) => ({
  userIdentity: {
    type: "AssumedRole",
    arn: `arn:aws:sts::${account}:assumed-role/${of}/alice`,
    accountId: account,
    sessionContext: { sessionIssuer: { type: "Role", arn: role(of) } },
  },
});

export const cases: Cases = {
  hits: [
    {
      name: "a user",
      record: call("sns:TagResource", { resourceArn: topic, tags: answer }),
      context,
      evidence: "requestParameters.resourceArn",
      resources: [topic],
    },
    {
      name: "another role",
      record: call("sns:TagResource", { resourceArn: topic, tags: answer }, sessionOf("Administrators")),
      context,
    },
    {
      name: "a role of the same name elsewhere",
      record: call(
        "sns:TagResource",
        { resourceArn: topic, tags: [{ key: "team", value: "red" }, ...answer] },
        {
          userIdentity: {
            type: "AssumedRole",
            sessionContext: {
              sessionIssuer: { type: "Role", arn: `arn:aws:iam::444455556666:role/${name}` },
            },
          },
        },
      ),
      context,
    },
  ],
  quiet: [
    {
      name: "the room's own role",
      record: call("sns:TagResource", { resourceArn: topic, tags: answer }, sessionOf(name)),
      context,
    },
    {
      name: "another tag",
      record: call("sns:TagResource", { resourceArn: topic, tags: [{ key: "team", value: "red" }] }),
      context,
    },
    {
      name: "another topic",
      record: call("sns:TagResource", { resourceArn: alerts, tags: answer }),
      context,
    },
    {
      name: "another team's room",
      record: call("sns:TagResource", { resourceArn: topic.replace("red", "blue"), tags: answer }),
      context,
    },
  ],
};
