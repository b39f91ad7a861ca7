import { byAutomation, byService, call, type Case, type Cases } from "../support/cases";

const instanceId = "i-0123456789abcdef0";
const modify = (fields: object) => call("ec2:ModifyInstanceAttribute", { instanceId, ...fields });

const hits: Case[] = [
  {
    name: "protected from termination",
    record: modify({ disableApiTermination: { value: true } }),
    evidence: "requestParameters.disableApiTermination",
    resources: [instanceId],
  },
  { name: "protected from being stopped", record: modify({ disableApiStop: { value: true } }) },
  {
    name: "as attribute and value",
    record: modify({ attribute: "disableApiTermination", value: "true" }),
    evidence: "requestParameters.attribute",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "no longer protected", record: modify({ disableApiTermination: { value: false } }) },
    { name: "no longer, as text", record: modify({ attribute: "disableApiStop", value: "false" }) },
    { name: "another type", record: modify({ instanceType: { value: "t3.large" } }) },
    { name: "empty, as EC2 records what was not given", record: modify({ disableApiTermination: {} }) },
  ],
};
