import type { Detection } from "../detection";
import { parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { fieldsOf } from "../../json";
import { named, shown } from "../readers/by-hand";
import { policyOpened } from "../readers/opened";
import { accountIn, isForeign } from "../readers/principal";

export const eventbridgeBusOpened: Detection = {
  id: "eventbridge-bus-opened",
  title: "Event bus opened to everyone or another account",
  severity: "high",
  attack: { technique: "T1546" },
  tier: "extended",
  events: ["events:PutPermission"],
  remediation: "inverse",
  match(record, context) {
    const resources = named(record, "AWS::Events::EventBus", "eventBusName");
    const principal = textParameterOf(record, "principal") ?? "";
    const isLimited =
      textParameterOf(record, "condition") !== undefined ||
      Object.keys(fieldsOf(parameterOf(record, "condition"))).length > 0;
    if (principal === "*" ? isLimited : !isForeign(accountIn(principal), context))
      return policyOpened(record, context, resources);
    return { evidence: shown(record, "principal", "action", "statementId"), resources };
  },
  runbook: [
    "Remove the statement (RemovePermission) unless the owner of the bus knows the account.",
    "Look at the rules of the bus: what can somebody set off who sends events that look like yours?",
    "Read the events that came from outside since.",
  ],
  falsePositives: [
    "A bus that collects the events of an organization, and sister accounts that are not yet among the trusted accounts.",
  ],
  references: [
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html",
    "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html",
  ],
};
