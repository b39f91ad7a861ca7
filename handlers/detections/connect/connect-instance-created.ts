import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const connectInstanceCreated: Detection = {
  id: "connect-instance-created",
  title: "Contact center or phone number created",
  severity: "medium",
  attack: { technique: "T1496.003" },
  tier: "extended",
  noise: "work",
  events: ["connect:ClaimPhoneNumber", "connect:CreateInstance", "connect:StartOutboundVoiceContact"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["instanceAlias", "targetArn", "phoneNumber", "destinationPhoneNumber", "instanceId"],
      named(record, "AWS::Connect::Instance", "instanceId", "instanceAlias", "targetArn"),
    ),
  runbook: [
    "Ask the actor who will make calls from this account.",
    "Delete the instance and release its numbers if nobody can explain them: calls to premium numbers pay their owners.",
    "Deactivate the key, and look at the cost of Amazon Connect in every region.",
  ],
  falsePositives: ["A team that starts using Amazon Connect."],
  references: [
    "https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateInstance.html",
    "https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundVoiceContact.html",
  ],
};
