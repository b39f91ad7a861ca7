import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { numberOf } from "../../cloudtrail/parameters";
import type { Finding } from "../../detections/finding";
import { statementsOf } from "../../detections/readers/policy";
import { accountIn } from "../../detections/readers/principal";
import { fieldsOf, given, textOf } from "../../json";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, refused, requested } from "../support/outcomes";

/**
 * Removes the statement that the event added from the policy of the layer version. Functions that have the layer keep it.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_RemoveLayerVersionPermission.html
 */
export const fixLambdaLayerShared: Remediation = {
  id: "lambda-layer-shared",
  reads: ["lambda:GetLayerVersionPolicy"],
  writes: ["lambda:RemoveLayerVersionPermission"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["layerName", "statementId", "principal"]);
    if ("outcome" in asked) return asked;
    const request = fieldsOf(finding.record.requestParameters);
    const VersionNumber = numberOf(request.versionNumber);
    if (VersionNumber === undefined)
      return refused("the record does not contain requestParameters.versionNumber");
    const { layerName: LayerName, statementId: StatementId, principal: Principal } = asked.values;
    const version = { LayerName, VersionNumber };
    const call = callsTo("lambda", finding.region);
    const gone = ["ResourceNotFoundException"];
    const answer = await unlessGone(aws(call("GetLayerVersionPolicy", version)), gone);
    const live = statementsOf(answer?.Policy).find(({ sid }) => sid === StatementId);
    const what = `the statement ${StatementId} of the policy of version ${VersionNumber} of the layer ${LayerName}`;
    if (live === undefined) return alreadyOk(`${what} is gone`);
    const isTheEvents = live.principals.some(
      ({ value }) => value === Principal || accountIn(value) === (accountIn(Principal) ?? ""),
    );
    if (!isTheEvents) return changedSince(`${what} has changed since`);
    return {
      summary: `Remove ${what}`,
      calls: [{ ...call("RemoveLayerVersionPermission", { ...version, StatementId }), doneWhen: gone }],
      rollback: [
        call(
          "AddLayerVersionPermission",
          given({
            ...version,
            StatementId,
            Principal,
            Action: textOf(request.action) ?? "lambda:GetLayerVersion",
            OrganizationId: textOf(request.organizationId),
          }),
        ),
      ],
    };
  },
};
