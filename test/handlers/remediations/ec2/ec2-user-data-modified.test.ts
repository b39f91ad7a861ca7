import { expectOutcome, expectPlan } from "../../../support/planning";
import { plannedFor } from "../support/attack";
import { InstanceId, instances } from "./support";

describe("ec2-user-data-modified", () => {
  const attack = (states: Record<string, string>, more = {}) =>
    plannedFor(
      "ec2-user-data-modified",
      "ec2:ModifyInstanceAttribute",
      { requestParameters: { instanceId: InstanceId, userData: "<sensitiveDataRemoved>" } },
      { aws: instances(states, more) },
    );

  it("stops the instance, and would start it", async () => {
    expectPlan(
      await attack({ [InstanceId]: "running" }),
      [["StopInstances", { InstanceIds: [InstanceId] }]],
      [["StartInstances", { InstanceIds: [InstanceId] }]],
    );
  });

  it("is already-ok when it does not run or is gone", async () => {
    for (const states of [{ [InstanceId]: "stopped" }, { [InstanceId]: "terminated" }, {}])
      expectOutcome(await attack(states as Record<string, string>), "already-ok");
  });

  it("refuses to stop what only lives while it runs", async () => {
    expectOutcome(await attack({ [InstanceId]: "running" }, { RootDeviceType: "instance-store" }), "refused");
  });
});
