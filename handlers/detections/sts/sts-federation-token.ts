import { textOf } from "../../json";
import type { Detection } from "../detection";
import { isAdministratorPolicy } from "../readers/administrator";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { statementsOf } from "../readers/policy";
import { administratorStatementsOf } from "../readers/rights";
import { arnsOf } from "../readers/principal";
import { objectsOf, parameterOf } from "../../cloudtrail/parameters";

export const stsFederationToken: Detection = {
  id: "sts-federation-token",
  title: "Federation token requested by an IAM user",
  severity: "high",
  attack: { technique: "T1550.001" },
  tier: "core",
  noise: "rare",
  events: ["sts:GetFederationToken"],
  remediation: "contain",
  match(record, context) {
    const statements = administratorStatementsOf(
      statementsOf(parameterOf(record, "policy")),
      context.account,
    );
    const isAdministrator =
      statements.length > 0 ||
      objectsOf(parameterOf(record, "policyArns")).some(({ arn }) =>
        isAdministratorPolicy(textOf(arn) ?? "", context),
      );
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.name",
        "requestParameters.policy",
        "requestParameters.policyArns",
        "requestParameters.durationSeconds",
      ),
      resources: resourcesOf("AWS::IAM::User", arnsOf(record)[0]),
      severity: isAdministrator ? "critical" : "high",
    };
  },
  runbook: [
    "Ask the user's owner: hardly anything but old federation brokers calls GetFederationToken.",
    "The token outlives the key that created it: deactivate the key and deny the user everything for tokens issued before now (aws:TokenIssueTime).",
    "Look for calls and console logins by the FederatedUser of that name.",
  ],
  falsePositives: ["Your own federation broker that uses this old method."],
  references: [
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html",
  ],
};
