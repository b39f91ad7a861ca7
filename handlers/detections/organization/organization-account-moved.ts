import type { Detection } from "../detection";
import { calledByHand, named } from "../readers/by-hand";

export const organizationAccountMoved: Detection = {
  id: "organization-account-moved",
  title: "Account moved to another unit of the organization",
  severity: "medium",
  attack: { technique: "T1666" },
  tier: "extended",
  noise: "rare",
  events: ["organizations:MoveAccount"],
  remediation: "inverse",
  match: (record, context) =>
    calledByHand(
      record,
      context,
      ["accountId", "sourceParentId", "destinationParentId"],
      named(record, "AWS::Organizations::Account", "accountId"),
    ),
  runbook: [
    "Compare the policies of both units: what does the account escape by the move?",
    "Move it back (MoveAccount) if nobody knows why.",
    "Look at what was done in the account since then.",
  ],
  falsePositives: ["A reorganization, and an account that is closed or handed over."],
  references: ["https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html"],
};
