import { expect } from "chai";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixKmsKeyDisabledOrDeletion } from "../../../../handlers/remediations/kms/kms-key-disabled-or-deletion";
import { completedRollback } from "../../../../handlers/remediations/receipt";
import type { Plan } from "../../../../handlers/remediations/remediation";
import { aRecord } from "../../../support/factories";
import {
  callsOf,
  expectOutcome,
  expectPlan,
  failing,
  kept,
  planned,
  rollbackAfter,
} from "../../../support/planning";

describe("kms-key-disabled-or-deletion", () => {
  const disable = { eventName: "DisableKey", requestParameters: { keyId: "key-1" } };
  const schedule = {
    eventName: "ScheduleKeyDeletion",
    requestParameters: { keyId: "key-1", pendingWindowInDays: 7 },
  };
  const state = (KeyState: string) => ({ "kms:DescribeKey": { KeyMetadata: { KeyState } } });

  it("enables a disabled key", async () => {
    expectPlan(
      await planned(fixKmsKeyDisabledOrDeletion, disable, { aws: state("Disabled") }),
      [["EnableKey", { KeyId: "key-1" }]],
      [["DisableKey", { KeyId: "key-1" }]],
    );
  });

  const before = (KeyState: string) =>
    kept(baselineKinds.key, aRecord().awsRegion, "key-1", { DescribeKey: { KeyMetadata: { KeyState } } });
  const deleting = (baselines: Record<string, unknown>, keyId = "key-1") =>
    planned(
      fixKmsKeyDisabledOrDeletion,
      { ...schedule, requestParameters: { keyId } },
      { aws: state("PendingDeletion"), baselines },
    );

  it("enables a key whose deletion it cancels where it is known to have been enabled", async () => {
    const arn = "arn:aws:kms:us-west-2:111122223333:key/key-1";
    const calls = ["CancelKeyDeletion", "EnableKey"];
    expect(callsOf(await deleting(before("Enabled"))).calls).to.deep.equal(
      calls.map((operation) => [operation, { KeyId: "key-1" }]),
    );
    expect(callsOf(await deleting(before("Enabled"), arn)).calls).to.deep.equal(
      calls.map((operation) => [operation, { KeyId: arn }]),
    );
  });

  it("would schedule the deletion that it cancelled, and disable the key where somebody else had cancelled it", async () => {
    const plan = await deleting(before("Enabled"));
    const schedules = ["ScheduleKeyDeletion", { KeyId: "key-1" }];
    expect(rollbackAfter(plan, 1)).to.deep.equal([schedules]);
    expect(rollbackAfter(plan, 2)).to.deep.equal([schedules]);
    const enabled = completedRollback(plan as Plan, [undefined, {}]);
    expect(enabled.map(({ operation }) => operation)).to.deep.equal(["DisableKey"]);
  });

  it("leaves a key disabled that is known to have been disabled", async () => {
    const plan = await deleting(before("Disabled"));
    expect(callsOf(plan).calls).to.deep.equal([["CancelKeyDeletion", { KeyId: "key-1" }]]);
    expect((plan as Plan).summary).to.include("as it was before");
  });

  it("cancels a deletion and leaves the key disabled, and would schedule it with the same window", async () => {
    expectPlan(
      await planned(fixKmsKeyDisabledOrDeletion, schedule, { aws: state("PendingDeletion") }),
      [["CancelKeyDeletion", { KeyId: "key-1" }]],
      [["ScheduleKeyDeletion", { KeyId: "key-1", PendingWindowInDays: 7 }]],
    );
  });

  it("cancels the deletion of a multi-Region primary key, too, which waits for its replicas", async () => {
    const plan = await planned(fixKmsKeyDisabledOrDeletion, schedule, {
      aws: state("PendingReplicaDeletion"),
    });
    expect(callsOf(plan).calls).to.deep.equal([["CancelKeyDeletion", { KeyId: "key-1" }]]);
  });

  it("otherwise says what it finds", async () => {
    expectOutcome(
      await planned(fixKmsKeyDisabledOrDeletion, disable, { aws: state("Enabled") }),
      "already-ok",
    );
    expect(
      await planned(fixKmsKeyDisabledOrDeletion, disable, { aws: state("PendingDeletion") }),
    ).to.deep.equal({
      outcome: "changed-since",
      reason: "the key key-1 was scheduled for deletion: enable it once that is canceled",
    });
    expectOutcome(
      await planned(fixKmsKeyDisabledOrDeletion, schedule, { aws: state("Disabled") }),
      "already-ok",
    );
    const gone = { "kms:DescribeKey": failing("NotFoundException") };
    expectOutcome(await planned(fixKmsKeyDisabledOrDeletion, schedule, { aws: gone }), "changed-since");
  });
});
