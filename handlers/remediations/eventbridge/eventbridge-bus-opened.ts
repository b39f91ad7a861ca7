import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import { accountIn } from "../../detections/readers/principal";
import { statementsOf } from "../../detections/readers/policy";
import { fieldsOf, given, textOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, needsBaseline } from "../support/outcomes";

/**
 * Removes the statement that the event added from the bus's policy. If the event set a whole policy, the previous one is
 * unknown.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemovePermission.html
 */
export const fixEventbridgeBusOpened: Remediation = {
  id: "eventbridge-bus-opened",
  reads: ["events:DescribeEventBus"],
  writes: ["events:RemovePermission"],
  async plan({ record, region }: Finding, aws: CallAws) {
    const request = fieldsOf(record.requestParameters);
    const StatementId = textOf(request.statementId);
    const principal = textOf(request.principal);
    if (StatementId === undefined || principal === undefined)
      return needsBaseline("the event set the whole policy of the bus, and the previous one is unknown");
    const bus = given({ EventBusName: textOf(request.eventBusName) });
    const call = callsTo("events", region);
    const gone = ["ResourceNotFoundException"];
    const answer = await unlessGone(
      aws(call("DescribeEventBus", given({ Name: textOf(request.eventBusName) }))),
      gone,
    );
    const live = statementsOf(answer?.Policy).find(({ sid }) => sid === StatementId);
    const what = `the statement ${StatementId} of the policy of the event bus ${bus.EventBusName ?? "default"}`;
    if (live === undefined) return alreadyOk(`${what} is gone`);
    const isTheEvents = live.principals.some(
      ({ value }) => value === principal || accountIn(value) === (accountIn(principal) ?? ""),
    );
    if (!isTheEvents) return changedSince(`${what} has changed since`);
    return {
      summary: `Remove ${what}`,
      calls: [{ ...call("RemovePermission", { ...bus, StatementId }), doneWhen: gone }],
      rollback: [
        call("PutPermission", {
          ...bus,
          StatementId,
          Principal: principal,
          Action: textOf(request.action) ?? "events:PutEvents",
        }),
      ],
    };
  },
};
