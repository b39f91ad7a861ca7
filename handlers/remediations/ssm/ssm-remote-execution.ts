import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, listOf, plainTextOf, textOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { NoPlan, Plan, Remediation } from "../remediation";
import { alreadyOk, refused } from "../support/outcomes";

/**
 * Ends the session, or cancels the command where it has not run yet. What was done on the instances stays done. There is no
 * rollback: an ended session or command cannot continue, and the command must not be run again.
 *
 * Sources: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_TerminateSession.html
 * and https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CancelCommand.html
 */
export const fixSsmRemoteExecution: Remediation = {
  id: "ssm-remote-execution",
  reads: ["ssm:DescribeSessions", "ssm:ListCommands"],
  writes: ["ssm:TerminateSession", "ssm:CancelCommand"],
  plan: (finding, aws) =>
    nameOf(finding.record) === "SendCommand" ? planCommand(finding, aws) : planSession(finding, aws),
};

async function planSession({ record, region }: Finding, aws: CallAws): Promise<Plan | NoPlan> {
  const SessionId = textOf(fieldsOf(record.responseElements).sessionId);
  if (SessionId === undefined) return refused("the record does not contain responseElements.sessionId");
  const call = callsTo("ssm", region);
  const answer = await aws(
    call("DescribeSessions", { State: "Active", Filters: [{ key: "SessionId", value: SessionId }] }),
  );
  if (!listOf(answer.Sessions).some((session) => fieldsOf(session).SessionId === SessionId))
    return alreadyOk(`the session ${SessionId} has ended`);
  return {
    summary: `End the session ${SessionId}`,
    calls: [call("TerminateSession", { SessionId })],
    rollback: [],
  };
}

async function planCommand({ record, region }: Finding, aws: CallAws): Promise<Plan | NoPlan> {
  const CommandId = textOf(fieldsOf(fieldsOf(record.responseElements).command).commandId);
  if (CommandId === undefined)
    return refused("the record does not contain responseElements.command.commandId");
  const call = callsTo("ssm", region);
  const answer = await unlessGone(aws(call("ListCommands", { CommandId })), ["InvalidCommandId"]);
  const [live] = listOf(answer?.Commands).map(fieldsOf);
  if (live === undefined || !["Pending", "InProgress"].includes(plainTextOf(live.Status)))
    return alreadyOk(`the command ${CommandId} has ended`);
  return {
    summary: `Cancel the command ${CommandId}`,
    calls: [call("CancelCommand", { CommandId })],
    rollback: [],
  };
}
