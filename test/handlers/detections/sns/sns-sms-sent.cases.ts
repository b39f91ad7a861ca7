import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "to a number",
    record: call("sns:Publish", {
      phoneNumber: "HIDDEN_DUE_TO_SECURITY_REASONS",
      message: "HIDDEN_DUE_TO_SECURITY_REASONS",
    }),
    evidence: "requestParameters.phoneNumber",
  },
  {
    name: "by End User Messaging",
    record: call("sms-voice:SendTextMessage", {
      destinationPhoneNumber: "+12065550100",
      messageBody: "HIDDEN_DUE_TO_SECURITY_REASONS",
    }),
    evidence: "requestParameters.destinationPhoneNumber",
  },
  {
    name: "a picture",
    record: call("sms-voice:SendMediaMessage", { destinationPhoneNumber: "+12065550100" }),
  },
  { name: "a call", record: call("sms-voice:SendVoiceMessage", { destinationPhoneNumber: "+12065550100" }) },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "to a topic",
      record: call("sns:Publish", {
        topicArn: "arn:aws:sns:eu-west-1:111122223333:orders",
        message: "HIDDEN_DUE_TO_SECURITY_REASONS",
      }),
    },
  ],
};
