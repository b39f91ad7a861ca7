import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const directoryAccessChanged: Detection = {
  id: "directory-access-changed",
  title: "Directory password reset, trust created or data access enabled",
  severity: "medium",
  attack: { technique: "T1098" },
  tier: "extended",
  noise: "changes",
  events: ["ds:CreateTrust", "ds:EnableDirectoryDataAccess", "ds:ResetUserPassword"],
  remediation: "alert",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["directoryId", "userName", "remoteDomainName", "trustDirection", "trustType"],
      [...named(record, "AWS::DirectoryService::MicrosoftAD", "directoryId")],
    ),
  runbook: [
    "Ask the directory's administrators whether they know of it.",
    "Set the password again with its user, delete the trust, or disable data access, unless they do.",
    "Read the domain controllers' security log for sign-ins and changed groups since then.",
  ],
  falsePositives: ["A help desk that resets passwords; a planned trust with another domain."],
  references: [
    "https://docs.aws.amazon.com/directoryservice/latest/devguide/API_ResetUserPassword.html",
    "https://docs.aws.amazon.com/directoryservice/latest/devguide/API_CreateTrust.html",
  ],
};
