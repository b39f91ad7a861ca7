import { expectOutcome, expectPlan, failing } from "../../../support/planning";
import { plannedFor } from "../support/attack";

describe("ssm-remote-execution", () => {
  it("ends a session that is active", async () => {
    const attack = (...Sessions: object[]) =>
      plannedFor(
        "ssm-remote-execution",
        "ssm:StartSession",
        {
          requestParameters: { target: "i-0123456789abcdef0" },
          responseElements: { sessionId: "mallory-0123456789abcdef0" },
        },
        { aws: { "ssm:DescribeSessions": { Sessions } } },
      );
    const SessionId = "mallory-0123456789abcdef0";
    expectPlan(await attack({ SessionId }), [["TerminateSession", { SessionId }]], []);
    expectOutcome(await attack(), "already-ok");
    expectOutcome(await attack({ SessionId: "other-0123456789abcdef0" }), "already-ok");
  });

  it("cancels a command that has not run yet", async () => {
    const CommandId = "0f0e0d0c-0000-4000-8000-000000000001";
    const attack = (live: unknown) =>
      plannedFor(
        "ssm-remote-execution",
        "ssm:SendCommand",
        {
          requestParameters: {
            documentName: "AWS-RunShellScript",
            parameters: "HIDDEN_DUE_TO_SECURITY_REASONS",
          },
          responseElements: { command: { commandId: CommandId } },
        },
        { aws: { "ssm:ListCommands": live as never } },
      );
    for (const Status of ["Pending", "InProgress"])
      expectPlan(await attack({ Commands: [{ CommandId, Status }] }), [["CancelCommand", { CommandId }]], []);
    expectOutcome(await attack({ Commands: [{ CommandId, Status: "Success" }] }), "already-ok");
    expectOutcome(await attack(failing("InvalidCommandId")), "already-ok");
  });
});
