import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "an instance",
    record: call("connect:CreateInstance", { instanceAlias: "acme", inboundCallsEnabled: true }),
    evidence: "requestParameters.instanceAlias",
    resources: ["acme"],
  },
  {
    name: "a number",
    record: call("connect:ClaimPhoneNumber", {
      targetArn: "arn:aws:connect:eu-west-1:111122223333:instance/1",
      phoneNumber: "+12065550100",
    }),
  },
  {
    name: "a call",
    record: call("connect:StartOutboundVoiceContact", {
      instanceId: "1",
      destinationPhoneNumber: "+12065550100",
    }),
    evidence: "requestParameters.destinationPhoneNumber",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
