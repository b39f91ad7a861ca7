import { fixRegionEnabled } from "../../../handlers/remediations/region/region-enabled";
import { fixMacieDisabled } from "../../../handlers/remediations/macie/macie-disabled";
import { fixOrgPolicyDetached } from "../../../handlers/remediations/org/org-policy-detached";
import type { Answers } from "../../support/factories";
import { expectOutcome, expectPlan, failing, planned } from "../../support/planning";

const awsRegion = "us-east-1";

describe("remediate region-enabled", () => {
  const record = { eventName: "EnableRegion", awsRegion, requestParameters: { regionName: "ap-east-1" } };
  const status = (RegionOptStatus: string) => ({
    aws: { "account:GetRegionOptStatus": { RegionOptStatus } },
  });

  it("disables the region", async () => {
    expectPlan(
      await planned(fixRegionEnabled, record, status("ENABLED")),
      [["DisableRegion", { RegionName: "ap-east-1" }]],
      [["EnableRegion", { RegionName: "ap-east-1" }]],
    );
  });

  it("does so for the member account that the event names", async () => {
    const requestParameters = { regionName: "ap-east-1", accountId: "444455556666" };
    const input = { AccountId: "444455556666", RegionName: "ap-east-1" };
    expectPlan(
      await planned(fixRegionEnabled, { ...record, requestParameters }, status("ENABLED")),
      [["DisableRegion", input]],
      [["EnableRegion", input]],
    );
  });

  it("says why not otherwise", async () => {
    expectOutcome(await planned(fixRegionEnabled, record, status("DISABLING")), "already-ok");
    expectOutcome(await planned(fixRegionEnabled, record, status("ENABLING")), "refused");
    expectOutcome(await planned(fixRegionEnabled, record, status("ENABLED_BY_DEFAULT")), "refused");
  });
});

describe("remediate org-policy-detached", () => {
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

describe("remediate macie-disabled", () => {
  const record = (eventName: string, own: object = {}, responseElements: unknown = null) => ({
    eventName,
    awsRegion,
    requestParameters: own,
    responseElements,
  });
  const session = (answer: Answers[string]) => ({ aws: { "macie2:GetMacieSession": answer } });
  const off = session(failing("AccessDeniedException", "Macie is not enabled."));

  it("enables Macie, or ends its pause", async () => {
    expectPlan(
      await planned(fixMacieDisabled, record("DisableMacie"), off),
      [["EnableMacie", { status: "ENABLED" }]],
      [["DisableMacie", {}]],
    );
    expectPlan(
      await planned(
        fixMacieDisabled,
        record("UpdateMacieSession", { status: "PAUSED" }),
        session({ status: "PAUSED" }),
      ),
      [["UpdateMacieSession", { status: "ENABLED" }]],
      [["UpdateMacieSession", { status: "PAUSED" }]],
    );
  });

  it("says why not otherwise", async () => {
    const paused = record("UpdateMacieSession", { status: "PAUSED" });
    expectOutcome(
      await planned(fixMacieDisabled, record("DisableMacie"), session({ status: "ENABLED" })),
      "already-ok",
    );
    expectOutcome(
      await planned(fixMacieDisabled, record("DisableMacie"), session({ status: "PAUSED" })),
      "changed-since",
    );
    expectOutcome(await planned(fixMacieDisabled, paused, off), "changed-since");
  });

  it("tells Macie that is off from Macie that it may not see", async () => {
    const denied = session(
      failing("AccessDeniedException", "User is not authorized to perform: macie2:GetMacieSession"),
    );
    const error = await planned(fixMacieDisabled, record("DisableMacie"), denied).catch(
      (thrown: Error) => thrown,
    );
    if (!(error instanceof Error) || error.name !== "AccessDeniedException")
      throw new Error("expected the denial to be thrown");
  });

  describe("filters", () => {
    const live = {
      id: "f1",
      arn: "arn:aws:macie2:us-east-1:111122223333:findings-filter/f1",
      name: "hide",
      action: "ARCHIVE",
      position: 1,
      findingCriteria: { criterion: { "severity.description": { eq: ["High"] } } },
      tags: {},
    };
    const filter = (answer: Answers[string]) => ({ aws: { "macie2:GetFindingsFilter": answer } });
    const created = record("CreateFindingsFilter", { name: "hide", action: "ARCHIVE" }, { id: "f1" });

    it("deletes one that the event made and takes the archiving out of one that it changed", async () => {
      expectPlan(
        await planned(fixMacieDisabled, created, filter(live)),
        [["DeleteFindingsFilter", { id: "f1" }]],
        [
          [
            "CreateFindingsFilter",
            { name: "hide", action: "ARCHIVE", position: 1, findingCriteria: live.findingCriteria },
          ],
        ],
      );
      expectPlan(
        await planned(
          fixMacieDisabled,
          record("UpdateFindingsFilter", { id: "f1", action: "ARCHIVE" }),
          filter(live),
        ),
        [["UpdateFindingsFilter", { id: "f1", action: "NOOP" }]],
        [["UpdateFindingsFilter", { id: "f1", action: "ARCHIVE" }]],
      );
    });

    it("says why not otherwise", async () => {
      expectOutcome(
        await planned(fixMacieDisabled, created, filter({ ...live, action: "NOOP" })),
        "already-ok",
      );
      expectOutcome(
        await planned(fixMacieDisabled, created, filter(failing("ResourceNotFoundException"))),
        "already-ok",
      );
      expectOutcome(
        await planned(fixMacieDisabled, created, filter({ ...live, name: "ours" })),
        "changed-since",
      );
    });
  });
});
