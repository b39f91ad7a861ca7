import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const servicequotasIncreaseRequested: Detection = {
  id: "servicequotas-increase-requested",
  title: "Higher service quota requested",
  severity: "medium",
  attack: { technique: "T1496.001" },
  tier: "extended",
  noise: "work",
  events: [
    "servicequotas:PutServiceQuotaIncreaseRequestIntoTemplate",
    "servicequotas:RequestServiceQuotaIncrease",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(record, context, ["serviceCode", "quotaCode", "desiredValue", "awsRegion"]),
  runbook: [
    "Ask the actor what needs so much: miners and model thieves request more before they start.",
    "Close the case with AWS Support if nobody can explain it.",
    "Look for RunInstances, RunTask and InvokeModel by the same actor, in every region.",
  ],
  falsePositives: ["A growing product whose team requests an increase by hand for the first time."],
  references: [
    "https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_RequestServiceQuotaIncrease.html",
  ],
};
