import type { Detection } from "../detection";
import { fieldsOf } from "../../json";
import { calledByHand, named } from "../readers/by-hand";
import { accountIn, isForeign } from "../readers/principal";

export const stsRoleAssumedFromOutside: Detection = {
  id: "sts-role-assumed-from-outside",
  title: "Role assumed from another account",
  severity: "medium",
  attack: { technique: "T1078.004" },
  tier: "extended",
  noise: "work",
  events: ["sts:AssumeRole", "sts:AssumeRoleWithSAML"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  hint: { field: "userIdentity", texts: ['"AWSAccount"', '"SAMLUser"'] },
  match(record, context) {
    const { type, accountId } = fieldsOf(record.userIdentity);
    const isOutside = type === "AWSAccount" && isForeign(accountIn(accountId), context);
    if (!isOutside && type !== "SAMLUser") return undefined;
    const match = calledByHand(
      record,
      context,
      ["userIdentity.accountId", "userIdentity.principalId", "roleArn", "roleSessionName"],
      named(record, "AWS::IAM::Role", "roleArn"),
    );
    // A person signing in through the company's provider.
    if (match && !isOutside) match.severity = "low";
    return match;
  },
  runbook: [
    "Find out whose account it is; if it is yours or a known vendor's, add it to `trustedAccounts`.",
    "Remove it from the role's trust policy if nobody can explain it, and revoke the role's sessions.",
    "Look at what the session did here, by its name and access key.",
  ],
  falsePositives: [
    "Vendors and sister accounts that are not yet in `trustedAccounts`, and a new colleague signing in.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html",
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
  ],
};
