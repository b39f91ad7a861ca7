import { expect } from "chai";
import { baselineKinds } from "../../../handlers/baselines/kinds/index";
import { account } from "../../support/factories";
import { expectOutcome, expectPlan, failing, type Given, kept } from "../../support/planning";
import { plannedFor, region, stranger } from "./support/attack";

const own = {
  Sid: "own",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "*",
  Resource: "*",
};
const open = { Sid: "open", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };
const textOf = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

describe("remediate secrets-policy-public", () => {
  const SecretId = `arn:aws:secretsmanager:${region}:${account}:secret:db-AbCdEf`;
  const attack = (live: unknown, resourcePolicy: string) =>
    plannedFor(
      "secrets-policy-public",
      "secretsmanager:PutResourcePolicy",
      { requestParameters: { secretId: SecretId, resourcePolicy } },
      { aws: { "secretsmanager:GetResourcePolicy": live as never } },
    );
  const put = (ResourcePolicy: string) => ["PutResourcePolicy", { SecretId, ResourcePolicy }];

  it("takes everyone out, and keeps the other statements", async () => {
    const live = textOf(open, own);
    expectPlan(await attack({ ResourcePolicy: live }, live), [put(textOf(own))], [put(live)]);
  });

  it("deletes a policy that has nothing else", async () => {
    const live = textOf({ ...open, Principal: { AWS: [`arn:aws:iam::${stranger}:root`] } });
    expectPlan(
      await attack({ ResourcePolicy: live }, live),
      [["DeleteResourcePolicy", { SecretId }]],
      [put(live)],
    );
  });

  it("is already-ok when the statement, the policy or the secret is gone", async () => {
    for (const live of [{ ResourcePolicy: textOf(own) }, {}, failing("ResourceNotFoundException")])
      expectOutcome(await attack(live, textOf(open)), "already-ok");
  });
});

describe("remediate ecr-policy-public", () => {
  it("takes everyone out of a repository's policy, and keeps the other statements", async () => {
    const live = textOf(own, open);
    const set = (policyText: string) => ["SetRepositoryPolicy", { repositoryName: "app", policyText }];
    expectPlan(
      await plannedFor(
        "ecr-policy-public",
        "ecr:SetRepositoryPolicy",
        { requestParameters: { repositoryName: "app", policyText: live } },
        { aws: { "ecr:GetRepositoryPolicy": { policyText: live } } },
      ),
      [set(textOf(own))],
      [set(live)],
    );
  });

  it("deletes a registry's policy that has nothing else", async () => {
    const live = textOf(open);
    expectPlan(
      await plannedFor(
        "ecr-policy-public",
        "ecr:PutRegistryPolicy",
        { requestParameters: { policyText: live } },
        { aws: { "ecr:GetRegistryPolicy": { policyText: live } } },
      ),
      [["DeleteRegistryPolicy", {}]],
      [["PutRegistryPolicy", { policyText: live }]],
    );
  });

  it("is already-ok when the policy or the repository is gone", async () => {
    for (const code of ["RepositoryPolicyNotFoundException", "RepositoryNotFoundException"])
      expectOutcome(
        await plannedFor(
          "ecr-policy-public",
          "ecr:SetRepositoryPolicy",
          { requestParameters: { repositoryName: "app", policyText: textOf(open) } },
          { aws: { "ecr:GetRepositoryPolicy": failing(code) } },
        ),
        "already-ok",
      );
  });
});

describe("remediate sqs-sns-policy-public, of a queue", () => {
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

  it("takes everyone out, whichever way the policy came", async () => {
    const live = textOf(own, open);
    const attributes = { Policy: live };
    const url = { queueUrl: QueueUrl };
    expectPlan(await attack("SetQueueAttributes", { ...url, attributes }, live), set(textOf(own)), set(live));
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

  it("takes the strangers of an AddPermission out, and keeps the other accounts of its statement", async () => {
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

describe("remediate sqs-sns-policy-public, of a topic", () => {
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

  it("takes everyone out, and keeps the other statements", async () => {
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

describe("remediations of resource policies, with a baseline", () => {
  const topicArn = `arn:aws:sns:${region}:${account}:orders`;
  const queueUrl = `https://sqs.${region}.amazonaws.com/${account}/jobs`;
  const secretId = `arn:aws:secretsmanager:${region}:${account}:secret:db-AbCdEf`;
  const cases: {
    id: string;
    event: string;
    asked(policy: string): object;
    aws(policy: string): Given["aws"];
    baseline(policy: string): Record<string, unknown>;
    set(policy: string): unknown[];
  }[] = [
    {
      id: "secrets-policy-public",
      event: "secretsmanager:PutResourcePolicy",
      asked: (resourcePolicy) => ({ secretId, resourcePolicy }),
      aws: (ResourcePolicy) => ({ "secretsmanager:GetResourcePolicy": { ResourcePolicy } }),
      baseline: (ResourcePolicy) =>
        kept(baselineKinds.secretPolicy, region, "db", { GetResourcePolicy: { ResourcePolicy } }),
      set: (ResourcePolicy) => ["PutResourcePolicy", { SecretId: secretId, ResourcePolicy }],
    },
    {
      id: "ecr-policy-public",
      event: "ecr:SetRepositoryPolicy",
      asked: (policyText) => ({ repositoryName: "app", policyText }),
      aws: (policyText) => ({ "ecr:GetRepositoryPolicy": { policyText } }),
      baseline: (policyText) =>
        kept(baselineKinds.repositoryPolicy, region, "app", { GetRepositoryPolicy: { policyText } }),
      set: (policyText) => ["SetRepositoryPolicy", { repositoryName: "app", policyText }],
    },
    {
      id: "ecr-policy-public",
      event: "ecr:PutRegistryPolicy",
      asked: (policyText) => ({ policyText }),
      aws: (policyText) => ({ "ecr:GetRegistryPolicy": { policyText } }),
      baseline: (policyText) =>
        kept(baselineKinds.registryPolicy, region, "account", { GetRegistryPolicy: { policyText } }),
      set: (policyText) => ["PutRegistryPolicy", { policyText }],
    },
    {
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
    },
    {
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
    },
  ];
  const other = { ...own, Sid: "other", Principal: { AWS: `arn:aws:iam::${account}:role/app` } };

  for (const { id, event, asked, aws, baseline, set } of cases) {
    const attack = (written: string, live: string, before: string) =>
      plannedFor(
        id,
        event,
        { requestParameters: asked(written) as Record<string, unknown> },
        { aws: aws(live), baselines: baseline(before) },
      );

    describe(event, () => {
      it("puts back the policy that the event overwrote, whatever the spelling of what is there", async () => {
        const before = textOf(own, other);
        const live = textOf({ ...open, Principal: { AWS: "*" } });
        expectPlan(await attack(textOf(open), live, before), [set(before)], [set(live)]);
      });

      it("leaves what others wrote since, and takes out what the event opened", async () => {
        const live = textOf(own, open, other);
        const plan = await attack(textOf(own, open), live, textOf(own));
        expectPlan(plan, [set(textOf(own, other))], [set(live)]);
      });

      it("puts back no policy that let in the same", async () => {
        const wider = { ...open, Sid: "wider" };
        const live = textOf(own, { ...open, Action: ["sqs:SendMessage", "sns:Publish"] });
        expectPlan(await attack(live, live, textOf(other, wider)), [set(textOf(own))], [set(live)]);
        expectOutcome(await attack(textOf(open), textOf(open), textOf(open)), "already-ok");
      });
    });
  }
});
