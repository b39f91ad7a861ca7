import type { Detection } from "../detection";
import { calledByHand } from "../readers/by-hand";

export const cloudshellSessionStarted: Detection = {
  id: "cloudshell-session-started",
  title: "CloudShell used",
  severity: "medium",
  attack: { technique: "T1059.009" },
  tier: "extended",
  noise: "work",
  events: [
    "cloudshell:CreateEnvironment",
    "cloudshell:CreateSession",
    "cloudshell:GetFileDownloadUrls",
    "cloudshell:GetFileUploadUrls",
    "cloudshell:PutCredentials",
    "cloudshell:StartEnvironment",
  ],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match: (record, context) =>
    calledByHand(record, context, ["environmentId", "fileDownloadPath", "fileUploadPath", "vpcConfig"]),
  runbook: [
    "Ask the actor whether it was them: CloudShell is a shell at AWS with their permissions, and its calls come from AWS addresses.",
    "Look at the actor's calls from then on, and at downloaded files (GetFileDownloadUrls).",
    "If it was not them, end their sessions and change their password; deny cloudshell:* where nobody needs it.",
  ],
  falsePositives: ["A person who uses CloudShell for the first time."],
  references: [
    "https://docs.aws.amazon.com/cloudshell/latest/userguide/logging-and-monitoring.html",
    "https://docs.aws.amazon.com/cloudshell/latest/userguide/sec-auth-with-identities.html",
  ],
};
