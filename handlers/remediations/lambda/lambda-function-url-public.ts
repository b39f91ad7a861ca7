import { type CallAws, callsTo, unlessGone } from "../../aws/call";
import { fieldsOf, textOf, given } from "../../json";
import type { Finding } from "../../detections/finding";
import type { Remediation } from "../remediation";
import { alreadyOk, requested } from "../support/outcomes";

/**
 * Makes the function's URL require signed requests. The URL itself stays: a new one would have another name.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionUrlConfig.html
 */
export const fixLambdaFunctionUrlPublic: Remediation = {
  id: "lambda-function-url-public",
  reads: ["lambda:GetFunctionUrlConfig"],
  writes: ["lambda:UpdateFunctionUrlConfig"],
  async plan(finding: Finding, aws: CallAws) {
    const asked = requested(finding, ["functionName"]);
    if ("outcome" in asked) return asked;
    const { functionName } = asked.values;
    const Qualifier = textOf(fieldsOf(finding.record.requestParameters).qualifier);
    const target = given({ FunctionName: functionName, Qualifier });
    const call = callsTo("lambda", finding.region);
    const gone = ["ResourceNotFoundException"];
    const live = await unlessGone(aws(call("GetFunctionUrlConfig", target)), gone);
    if (live === undefined) return alreadyOk(`the function ${functionName} has no URL`);
    if (live.AuthType !== "NONE") return alreadyOk(`the URL of ${functionName} requires signed requests`);
    const set = (AuthType: string) => call("UpdateFunctionUrlConfig", { ...target, AuthType });
    return {
      summary: `Make the URL of the function ${functionName} require signed requests`,
      calls: [{ ...set("AWS_IAM"), doneWhen: gone }],
      rollback: [set("NONE")],
    };
  },
};
