import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import type { Finding } from "../../detections/finding";
import { fieldsOf, plainTextOf, textOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, refused } from "../support/outcomes";

/**
 * Disables the mapping, so that the function gets no more events. Messages stay in the queue, and a stream's position is
 * kept, so nothing is lost while somebody investigates.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html
 */
export const fixLambdaEventSourceMapped: Remediation = {
  id: "lambda-event-source-mapped",
  reads: ["lambda:GetEventSourceMapping"],
  writes: ["lambda:UpdateEventSourceMapping"],
  async plan({ record, region }: Finding, aws: CallAws) {
    const UUID =
      textOf(fieldsOf(record.responseElements).uUID) ?? textOf(fieldsOf(record.requestParameters).uUID);
    if (UUID === undefined) return refused("the record does not say which mapping it is");
    const call = callsTo("lambda", region);
    const gone = ["ResourceNotFoundException"];
    const live = await unlessGone(aws(call("GetEventSourceMapping", { UUID })), gone);
    if (live === undefined) return alreadyOk(`the event source mapping ${UUID} is gone`);
    if (["Disabled", "Disabling", "Deleting"].includes(plainTextOf(live.State)))
      return alreadyOk(`the event source mapping ${UUID} is disabled`);
    const set = (Enabled: boolean) => call("UpdateEventSourceMapping", { UUID, Enabled });
    return {
      summary: `Disable the event source mapping ${UUID} of ${plainTextOf(live.FunctionArn)}`,
      calls: [{ ...set(false), doneWhen: gone }],
      rollback: [set(true)],
    };
  },
};
