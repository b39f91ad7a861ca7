import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, textOf, given } from "../../json";
import { statementsOf } from "../../detections/readers/policy";
import { accountIn } from "../../detections/readers/principal";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, changedSince, requested } from "../support/outcomes";

/** Parameters of AddPermission, in the record and in the API. */
const parameters = {
  action: "Action",
  principal: "Principal",
  sourceArn: "SourceArn",
  sourceAccount: "SourceAccount",
  eventSourceToken: "EventSourceToken",
  principalOrgID: "PrincipalOrgID",
  functionUrlAuthType: "FunctionUrlAuthType",
  invokedViaFunctionUrl: "InvokedViaFunctionUrl",
};

/**
 * Removes the statement that the event added from the policy of the function (or of its version or alias); the other
 * statements stay.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html
 */
export const fixLambdaPermissionPublic: Remediation = {
  id: "lambda-permission-public",
  reads: ["lambda:GetPolicy"],
  writes: ["lambda:RemovePermission"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["functionName", "statementId", "action", "principal"]);
    if ("outcome" in asked) return asked;
    const { functionName, statementId: StatementId, action, principal } = asked.values;
    const request = fieldsOf(finding.record.requestParameters);
    const target = given({ FunctionName: functionName, Qualifier: textOf(request.qualifier) });
    const call = callsTo("lambda", finding.region);
    const gone = ["ResourceNotFoundException"];
    const answer = await unlessGone(aws(call("GetPolicy", target)), gone);
    const live = statementsOf(answer?.Policy).find(({ sid }) => sid === StatementId);
    const what = `the statement ${StatementId} of the policy of ${functionName}`;
    if (live === undefined) return alreadyOk(`${what} is gone`);
    const isTheEvents =
      live.actions.includes(action) &&
      live.principals.some(
        ({ value }) => value === principal || accountIn(value) === (accountIn(principal) ?? ""),
      ) &&
      live.conditions.every(({ key }) => isAsked(key, request));
    if (!isTheEvents) return changedSince(`${what} has changed since`);
    const statement = Object.entries(parameters).map(([recorded, member]) => [member, request[recorded]]);
    return {
      summary: `Remove ${what}`,
      calls: [{ ...call("RemovePermission", { ...target, StatementId }), doneWhen: gone }],
      rollback: [call("AddPermission", given({ ...target, StatementId, ...Object.fromEntries(statement) }))],
    };
  },
};

/** Whether the call itself requested a condition on this key (`aws:SourceArn`); otherwise it was added since. */
function isAsked(key: string, request: Record<string, unknown>): boolean {
  const name = key.slice(key.indexOf(":") + 1).toLowerCase();
  return Object.keys(parameters).some((one) => one.toLowerCase() === name && request[one] !== undefined);
}
