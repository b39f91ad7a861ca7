import { expect } from "chai";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region, stranger } from "../support/attack";
import { describePolicyWithBaseline, open, own, textOf } from "../support/resource-policies";

describe("sqs-sns-policy-public", () => {
  describe("of a queue", () => {
    const QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/jobs`;
    const attack = (
      event: string,
      requestParameters: object,
      Policy: string | undefined,
      responseElements: object | null = null,
    ) =>
      plannedFor(
        "sqs-sns-policy-public",
        `sqs:${event}`,
        { requestParameters, responseElements },
        {
          aws: {
            "sqs:GetQueueUrl": (input) => {
              expect(input).to.deep.equal({ QueueName: "jobs", QueueOwnerAWSAccountId: account });
              return { QueueUrl };
            },
            "sqs:GetQueueAttributes": { Attributes: Policy === undefined ? {} : { Policy } },
          },
        },
      );
    const set = (Policy: string) => [["SetQueueAttributes", { QueueUrl, Attributes: { Policy } }]];

    it("removes everyone, whichever way the policy came", async () => {
      const live = textOf(own, open);
      const attributes = { Policy: live };
      const url = { queueUrl: QueueUrl };
      expectPlan(
        await attack("SetQueueAttributes", { ...url, attributes }, live),
        set(textOf(own)),
        set(live),
      );
      expectPlan(
        await attack("CreateQueue", { queueName: "jobs", attributes }, live, url),
        set(textOf(own)),
        set(live),
      );
    });

    it("sends nothing to the host that the caller wrote into the queue's URL", async () => {
      const live = textOf(open);
      const queueUrl = `https://attacker.example/${account}/jobs`;
      expectPlan(
        await attack("SetQueueAttributes", { queueUrl, attributes: { Policy: live } }, live),
        set(""),
        set(live),
      );
    });

    it("removes the strangers of an AddPermission, and keeps the other accounts of its statement", async () => {
      const arn = (id: string) => `arn:aws:iam::${id}:root`;
      const labelled = (...ids: string[]) => ({
        ...own,
        Sid: "shared",
        Principal: { AWS: ids.length === 1 ? ids[0] : ids },
      });
      const live = textOf(own, labelled(arn(account), arn(stranger)));
      const parameters = {
        queueUrl: QueueUrl,
        label: "shared",
        aWSAccountIds: [account, stranger],
        actions: ["*"],
      };
      expectPlan(
        await attack("AddPermission", parameters, live),
        set(textOf(own, labelled(arn(account)))),
        set(live),
      );
      expectOutcome(await attack("AddPermission", parameters, textOf(own)), "already-ok");
      // As the fix leaves it, and as it may have been before the event: neither lets the stranger in.
      expectOutcome(await attack("AddPermission", parameters, textOf(labelled(arn(account)))), "already-ok");
    });

    it("is already-ok without a policy", async () => {
      const parameters = { queueUrl: QueueUrl, attributes: { Policy: textOf(open) } };
      expectOutcome(await attack("SetQueueAttributes", parameters, undefined), "already-ok");
    });
  });

  describe("of a topic", () => {
    const TopicArn = `arn:aws:sns:${region}:${account}:news`;
    const attack = (live: unknown, written: string) =>
      plannedFor(
        "sqs-sns-policy-public",
        "sns:SetTopicAttributes",
        { requestParameters: { topicArn: TopicArn, attributeName: "Policy", attributeValue: written } },
        { aws: { "sns:GetTopicAttributes": live as never } },
      );
    const set = (AttributeValue: unknown) => [
      ["SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue }],
    ];
    const answer = (Policy: string) => ({ Attributes: { Policy } });

    it("removes everyone, and keeps the other statements", async () => {
      const live = textOf(own, open);
      expectPlan(await attack(answer(live), live), set(textOf(own)), set(live));
    });

    it("gives a topic whose policy has nothing else the one that it was born with", async () => {
      const live = textOf(open);
      const plan = await attack(answer(live), live);
      if ("outcome" in plan) throw new Error(plan.reason);
      const policy = JSON.parse(String(plan.calls[0]?.input.AttributeValue));
      expect(policy.Statement).to.have.length(1);
      expect(policy.Statement[0]).to.deep.include({
        Resource: TopicArn,
        Condition: { StringEquals: { "AWS:SourceOwner": account } },
      });
    });

    it("is already-ok when the topic is gone", async () => {
      expectOutcome(await attack(failing("NotFoundException"), textOf(open)), "already-ok");
    });
  });

  const topicArn = `arn:aws:sns:${region}:${account}:orders`;
  const queueUrl = `https://sqs.${region}.amazonaws.com/${account}/jobs`;

  describePolicyWithBaseline({
    id: "sqs-sns-policy-public",
    event: "sqs:SetQueueAttributes",
    asked: (Policy) => ({ queueUrl, attributes: { Policy } }),
    aws: (Policy) => ({
      "sqs:GetQueueUrl": { QueueUrl: queueUrl },
      "sqs:GetQueueAttributes": { Attributes: { Policy } },
    }),
    baseline: (Policy) =>
      kept(baselineKinds.queuePolicy, region, "jobs", { GetQueueAttributes: { Attributes: { Policy } } }),
    set: (Policy) => ["SetQueueAttributes", { QueueUrl: queueUrl, Attributes: { Policy } }],
  });

  describePolicyWithBaseline({
    id: "sqs-sns-policy-public",
    event: "sns:SetTopicAttributes",
    asked: (attributeValue) => ({ topicArn, attributeName: "Policy", attributeValue }),
    aws: (Policy) => ({ "sns:GetTopicAttributes": { Attributes: { Policy } } }),
    baseline: (Policy) =>
      kept(baselineKinds.topicPolicy, region, topicArn, { GetTopicAttributes: { Attributes: { Policy } } }),
    set: (AttributeValue) => [
      "SetTopicAttributes",
      { TopicArn: topicArn, AttributeName: "Policy", AttributeValue },
    ],
  });
});
