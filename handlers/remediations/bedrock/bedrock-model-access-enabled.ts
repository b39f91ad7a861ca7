import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, textOf } from "../../json";
import { nameOf } from "../../cloudtrail/record";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, refused, requested } from "../support/outcomes";

/**
 * Ends the agreement that gives the account access to the model. There is no call to withdraw submitted use cases and
 * entitlements. The rollback needs the offer from the record, which AWS may have replaced.
 *
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_DeleteFoundationModelAgreement.html
 */
export const fixBedrockModelAccessEnabled: Remediation = {
  id: "bedrock-model-access-enabled",
  reads: ["bedrock:GetFoundationModelAvailability"],
  writes: ["bedrock:DeleteFoundationModelAgreement"],
  async plan(finding: Finding, aws: CallAws) {
    const { record, region } = finding;
    if (nameOf(record) !== "CreateFoundationModelAgreement")
      return refused(`Bedrock has no call to revert a ${nameOf(record)}`);
    const asked = requested(finding, ["modelId"]);
    if ("outcome" in asked) return asked;
    const { modelId } = asked.values;
    const offerToken = textOf(fieldsOf(record.requestParameters).offerToken);
    if (offerToken === undefined)
      return refused(
        "the record does not contain the offer, without which the agreement could not be restored",
      );
    const call = callsTo("bedrock", region);
    const gone = ["ResourceNotFoundException"];
    const answer = await unlessGone(aws(call("GetFoundationModelAvailability", { modelId })), gone);
    const status = fieldsOf(answer?.agreementAvailability).status;
    if (status !== "AVAILABLE" && status !== "PENDING")
      return alreadyOk(`there is no agreement about the model ${modelId}`);
    return {
      summary: `End the agreement about the model ${modelId}`,
      calls: [{ ...call("DeleteFoundationModelAgreement", { modelId }), doneWhen: gone }],
      rollback: [call("CreateFoundationModelAgreement", { modelId, offerToken })],
    };
  },
};
