import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region, stranger } from "../support/attack";
import { describePolicyWithBaseline, open, own, textOf } from "../support/resource-policies";

describe("secrets-policy-public", () => {
  const SecretId = `arn:aws:secretsmanager:${region}:${account}:secret:db-AbCdEf`;
  const attack = (live: unknown, resourcePolicy: string) =>
    plannedFor(
      "secrets-policy-public",
      "secretsmanager:PutResourcePolicy",
      { requestParameters: { secretId: SecretId, resourcePolicy } },
      { aws: { "secretsmanager:GetResourcePolicy": live as never } },
    );
  const put = (ResourcePolicy: string) => ["PutResourcePolicy", { SecretId, ResourcePolicy }];

  it("removes everyone, and keeps the other statements", async () => {
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

  const secretId = `arn:aws:secretsmanager:${region}:${account}:secret:db-AbCdEf`;

  describePolicyWithBaseline({
    id: "secrets-policy-public",
    event: "secretsmanager:PutResourcePolicy",
    asked: (resourcePolicy) => ({ secretId, resourcePolicy }),
    aws: (ResourcePolicy) => ({ "secretsmanager:GetResourcePolicy": { ResourcePolicy } }),
    baseline: (ResourcePolicy) =>
      kept(baselineKinds.secretPolicy, region, "db", { GetResourcePolicy: { ResourcePolicy } }),
    set: (ResourcePolicy) => ["PutResourcePolicy", { SecretId: secretId, ResourcePolicy }],
  });
});
