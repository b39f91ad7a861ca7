import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const supportCaseCreated: Detection = {
  id: "support-case-created",
  title: "Support case opened",
  severity: "low",
  attack: { technique: "T1496.001" },
  tier: "extended",
  noise: "work",
  events: ["support:CreateCase"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(record, context, [
      "subject",
      "serviceCode",
      "categoryCode",
      "severityCode",
      "responseElements.caseId",
    ]),
  runbook: [
    "Read the case: intruders request higher quotas, or to leave the SES sandbox, in your name.",
    "If nobody on your team opened it, close it and inform AWS Support.",
    "Look at what the actor did before.",
  ],
  falsePositives: ["A person contacting AWS for the first time."],
  references: [
    "https://docs.aws.amazon.com/awssupport/latest/APIReference/API_CreateCase.html",
    "https://docs.aws.amazon.com/awssupport/latest/user/cloudtrail-logging.html",
  ],
};
