import { account, call, type Cases } from "../support/cases";

const arn = `arn:aws:cloudtrail:eu-west-1:${account}:trail/main`;

export const cases: Cases = {
  hits: [
    { name: "a name", record: call("cloudtrail:DeleteTrail", { name: "main" }), resources: ["main"] },
    {
      name: "the trail that feeds this system, by its ARN",
      record: call("cloudtrail:DeleteTrail", { name: arn }),
      context: { trail: { name: "main", arn } },
      evidence: "trail",
    },
  ],
  quiet: [
    {
      name: "another service's event of a like name",
      record: call("iottwinmaker:DeleteTrail", { name: "main" }),
    },
  ],
  everyCall: "no trail is deleted harmlessly",
};
