import { account, call, type Cases } from "../support/cases";

const functionUrl = "https://abcdefghijklmnop.lambda-url.eu-west-1.on.aws/";
const url = (event: string, authType: string) =>
  call(
    event,
    { functionName: "billing", authType },
    {
      responseElements: {
        functionUrl,
        functionArn: `arn:aws:lambda:eu-west-1:${account}:function:billing`,
        authType,
      },
    },
  );

export const cases: Cases = {
  hits: [
    {
      name: "created",
      record: url("lambda:CreateFunctionUrlConfig", "NONE"),
      evidence: "responseElements.functionUrl",
      resources: ["billing"],
    },
    {
      name: "created, with a date in the event's name",
      record: url("lambda:CreateFunctionUrlConfig20211031", "NONE"),
    },
    {
      name: "updated",
      record: url("lambda:UpdateFunctionUrlConfig", "NONE"),
      evidence: "requestParameters.authType",
    },
    {
      name: "parameters omitted",
      record: call("lambda:UpdateFunctionUrlConfig", {
        omitted: true,
        reason: "requestParameters too large",
      }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    { name: "created with authentication", record: url("lambda:CreateFunctionUrlConfig", "AWS_IAM") },
    { name: "updated to authentication", record: url("lambda:UpdateFunctionUrlConfig", "AWS_IAM") },
  ],
};
