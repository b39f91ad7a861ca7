import { fieldsOf } from "../../json";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { arnsOf } from "../readers/principal";
import { textParameterOf } from "../../cloudtrail/parameters";

export const stsSessionToken: Detection = {
  id: "sts-session-token",
  title: "Session token requested by an IAM user",
  severity: "low",
  attack: { technique: "T1550.001" },
  tier: "extended",
  noise: "work",
  events: ["sts:GetSessionToken"],
  remediation: "alert",
  offByDefault:
    "IAM users and tools request session tokens all the time; enable it where there should be no IAM users.",
  match(record) {
    const serialNumber = textParameterOf(record, "serialNumber") ?? "";
    if (fieldsOf(record.userIdentity).type !== "IAMUser" || serialNumber !== "") return undefined;
    return {
      evidence: evidenceAt(record, "userIdentity.arn", "requestParameters.durationSeconds"),
      resources: resourcesOf("AWS::IAM::User", arnsOf(record)[0]),
    };
  },
  runbook: [
    "Find out from userAgent and address which program requested it, and whether the user's owner knows it.",
    "Look for calls with the temporary key from other addresses: a token keeps access alive after the key is found.",
    "If it was not intended, deactivate the user's key and deny sessions issued before now (aws:TokenIssueTime).",
  ],
  falsePositives: ["Command-line tools that cache a session; scripts that request one without MFA."],
  references: [
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_request.html",
  ],
};
