import { account, call, type Cases } from "../support/cases";

const arn = `arn:aws:cloudtrail:eu-west-1:${account}:trail/main`;

export const cases: Cases = {
  hits: [
    { name: "a name", record: call("cloudtrail:StopLogging", { name: "main" }), resources: ["main"] },
    {
      name: "an ARN, of the trail that feeds this system",
      record: call("cloudtrail:StopLogging", { name: arn }),
      context: { trail: { name: "main", arn } },
      evidence: "trail",
    },
    { name: "no parameters", record: call("cloudtrail:StopLogging", null) },
  ],
  quiet: [{ name: "logging started", record: call("cloudtrail:StartLogging", { name: "main" }) }],
  everyCall: "no trail is stopped harmlessly",
};
