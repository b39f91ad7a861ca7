import { expectOutcome, expectPlan } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("ec2-serial-console-enabled", () => {
  const attack = (SerialConsoleAccessEnabled: boolean) =>
    plannedFor(
      "ec2-serial-console-enabled",
      "ec2:EnableSerialConsoleAccess",
      { requestParameters: { EnableSerialConsoleAccessRequest: "" } },
      { aws: { "ec2:GetSerialConsoleAccessStatus": { SerialConsoleAccessEnabled } } },
    );

  it("closes it, and would open it", async () => {
    expectPlan(await attack(true), [["DisableSerialConsoleAccess", {}]], [["EnableSerialConsoleAccess", {}]]);
    expectOutcome(await attack(false), "already-ok");
  });
});
