import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";
import { describePolicyWithBaseline, open, own, textOf } from "../support/resource-policies";

describe("ecr-policy-public", () => {
  it("removes everyone from a repository's policy, and keeps the other statements", async () => {
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

  describePolicyWithBaseline({
    id: "ecr-policy-public",
    event: "ecr:SetRepositoryPolicy",
    asked: (policyText) => ({ repositoryName: "app", policyText }),
    aws: (policyText) => ({ "ecr:GetRepositoryPolicy": { policyText } }),
    baseline: (policyText) =>
      kept(baselineKinds.repositoryPolicy, region, "app", { GetRepositoryPolicy: { policyText } }),
    set: (policyText) => ["SetRepositoryPolicy", { repositoryName: "app", policyText }],
  });

  describePolicyWithBaseline({
    id: "ecr-policy-public",
    event: "ecr:PutRegistryPolicy",
    asked: (policyText) => ({ policyText }),
    aws: (policyText) => ({ "ecr:GetRegistryPolicy": { policyText } }),
    baseline: (policyText) =>
      kept(baselineKinds.registryPolicy, region, "account", { GetRegistryPolicy: { policyText } }),
    set: (policyText) => ["PutRegistryPolicy", { policyText }],
  });
});
