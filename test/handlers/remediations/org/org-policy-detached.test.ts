import { fixOrgPolicyDetached } from "../../../../handlers/remediations/org/org-policy-detached";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

const awsRegion = "us-east-1";

describe("org-policy-detached", () => {
  const input = { PolicyId: "p-examplepolicy", TargetId: "ou-abcd-12345678" };
  const detached = {
    eventName: "DetachPolicy",
    awsRegion,
    requestParameters: { policyId: input.PolicyId, targetId: input.TargetId },
  };
  const targets = (answer: Answers[string]) => ({ aws: { "organizations:ListTargetsForPolicy": answer } });

  it("attaches the policy again", async () => {
    expectPlan(
      await planned(fixOrgPolicyDetached, detached, targets({ Targets: [{ TargetId: "r-abcd" }] })),
      [["AttachPolicy", input]],
      [["DetachPolicy", input]],
    );
  });

  it("is already-ok when it is attached, also on a later page, and changed-since when it is gone", async () => {
    const pages = ({ NextToken }: Record<string, unknown>) =>
      NextToken === undefined ? { Targets: [], NextToken: "2" } : { Targets: [{ TargetId: input.TargetId }] };
    expectOutcome(await planned(fixOrgPolicyDetached, detached, targets(pages)), "already-ok");
    expectOutcome(
      await planned(fixOrgPolicyDetached, detached, targets(failing("PolicyNotFoundException"))),
      "changed-since",
    );
  });

  describe("DisablePolicyType", () => {
    const PolicyType = "SERVICE_CONTROL_POLICY";
    const record = {
      eventName: "DisablePolicyType",
      awsRegion,
      requestParameters: { rootId: "r-abcd", policyType: PolicyType },
    };
    const root = (...PolicyTypes: object[]) => ({
      aws: { "organizations:ListRoots": { Roots: [{ Id: "r-abcd", PolicyTypes }] } },
    });

    it("enables the type again, unless it is", async () => {
      expectPlan(
        await planned(fixOrgPolicyDetached, record, root({ Type: "TAG_POLICY", Status: "ENABLED" })),
        [["EnablePolicyType", { RootId: "r-abcd", PolicyType }]],
        [["DisablePolicyType", { RootId: "r-abcd", PolicyType }]],
      );
      expectOutcome(
        await planned(fixOrgPolicyDetached, record, root({ Type: PolicyType, Status: "ENABLED" })),
        "already-ok",
      );
    });
  });

  it("needs a baseline for the other events", async () => {
    expectOutcome(
      await planned(fixOrgPolicyDetached, { ...detached, eventName: "DeletePolicy" }),
      "needs-baseline",
    );
  });
});
