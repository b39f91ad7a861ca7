import type { Detection } from "../detection";
import { parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { openingsOfGrant } from "../readers/grant";
import { policyOpened } from "../readers/opened";
import { documentOf } from "../readers/policy";

export const eventbridgeBusOpened: Detection = {
  id: "eventbridge-bus-opened",
  title: "Event bus opened to everyone or another account",
  severity: "high",
  attack: { technique: "T1546" },
  tier: "extended",
  noise: "rare",
  events: ["events:PutPermission"],
  remediation: "inverse",
  match(record, context) {
    const resources = named(record, "AWS::Events::EventBus", "eventBusName");
    const principal = textParameterOf(record, "principal") ?? "";
    const { type, key, value } = documentOf(parameterOf(record, "condition"));
    const openings = openingsOfGrant(principal, [[type, key, value]], context);
    if (openings.length === 0) return policyOpened(record, context, resources);
    return { evidence: shown(record, "principal", "condition", "action", "statementId"), resources };
  },
  runbook: [
    "Remove the statement (RemovePermission) unless the bus's owner knows the account.",
    "Look at the bus's rules: what can somebody trigger who sends events that look like yours?",
    "Read the events that came from outside since then.",
  ],
  falsePositives: [
    "A bus that collects an organization's events, and sister accounts that are not yet in `trustedAccounts`.",
  ],
  references: [
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html",
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html",
  ],
};
