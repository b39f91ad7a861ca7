import { account, call, type Cases, otherAccount } from "../support/cases";

function policy(principal: unknown) {
  return JSON.stringify({
    Version: "2008-10-17",
    Statement: [{ Sid: "pull", Effect: "Allow", Principal: principal, Action: ["ecr:BatchGetImage"] }],
  });
}

const set = (principal: unknown) =>
  call("ecr:SetRepositoryPolicy", {
    repositoryName: "shop/web",
    policyText: policy(principal),
    force: false,
  });

export const cases: Cases = {
  hits: [
    {
      name: "a repository",
      record: set("*"),
      evidence: "requestParameters.policyText.Statement[0]",
      resources: ["shop/web"],
    },
    {
      name: "the registry",
      record: call(
        "ecr:PutRegistryPolicy",
        { policyText: policy({ AWS: "*" }) },
        { responseElements: { registryId: account } },
      ),
      resources: [account],
    },
    {
      name: "a repository, for another account",
      record: set({ AWS: [account, otherAccount] }),
      severity: "medium",
    },
    {
      name: "parameters omitted",
      record: call("ecr:SetRepositoryPolicy", { omitted: true, reason: "requestParameters too large" }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "a repository for the own account", record: set({ AWS: account }) },
    { name: "a repository for a service", record: set({ Service: "lambda.amazonaws.com" }) },
    {
      name: "the registry, for a trusted account",
      record: call("ecr:PutRegistryPolicy", { policyText: policy({ AWS: otherAccount }) }),
      context: { trustedAccounts: [otherAccount] },
    },
    {
      name: "an empty policy",
      record: call("ecr:SetRepositoryPolicy", { repositoryName: "shop/web", policyText: "" }),
    },
  ],
};
