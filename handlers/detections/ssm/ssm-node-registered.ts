import type { Detection } from "../detection";
import { named } from "../readers/by-hand";
import { resourcesOf, shown, valueAt } from "../readers/evidence";
import { isAutomation } from "../readers/principal";

export const ssmNodeRegistered: Detection = {
  id: "ssm-node-registered",
  title: "Machine registered with Systems Manager",
  severity: "medium",
  attack: { technique: "T1133" },
  tier: "extended",
  noise: "work",
  events: ["ssm:CreateActivation", "ssm:RegisterManagedInstance"],
  remediation: "alert",
  novel: { days: 30, learning: 14 },
  match(record, context) {
    if (isAutomation(record, context)) return undefined;
    return {
      evidence: shown(
        record,
        "iamRole",
        "registrationLimit",
        "defaultInstanceName",
        "activationId",
        "responseElements.activationId",
        "responseElements.instanceId",
      ),
      resources: [
        ...named(record, "AWS::SSM::Activation", "activationId"),
        ...resourcesOf("AWS::SSM::ManagedInstance", valueAt(record, "responseElements.instanceId")),
      ],
    };
  },
  runbook: [
    "Ask the actor which machines will be registered: with another account's activation, an instance obeys that account.",
    "Delete the activation (DeleteActivation) and deregister unknown machines.",
    "Look at the permissions of the activation's role.",
  ],
  falsePositives: ["A data center whose machines are brought under Systems Manager."],
  references: [
    "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateActivation.html",
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/hybrid-activation-managed-nodes.html",
  ],
};
