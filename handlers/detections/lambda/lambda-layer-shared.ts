import type { Detection } from "../detection";
import { parameterOf, textParameterOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { shown } from "../readers/evidence";
import { openingsOfGrant } from "../readers/grant";
import { uninspected } from "../readers/uninspected";

export const lambdaLayerShared: Detection = {
  id: "lambda-layer-shared",
  title: "Lambda layer shared outside the account",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "rare",
  events: ["lambda:AddLayerVersionPermission"],
  remediation: "inverse",
  match(record, context) {
    const principal = textParameterOf(record, "principal") ?? "";
    const organization = parameterOf(record, "organizationId");
    const openings = openingsOfGrant(
      principal,
      [["StringEquals", "aws:PrincipalOrgID", organization]],
      context,
    );
    if (openings.length === 0) return uninspected(record);
    return {
      evidence: shown(record, "principal", "organizationId", "statementId", "versionNumber"),
      resources: named(record, "AWS::Lambda::LayerVersion", "layerName"),
    };
  },
  runbook: [
    "Remove the statement (RemoveLayerVersionPermission) unless the layer's owner wants others to have it.",
    "Check what others may have learned from the layer: keys, addresses, code.",
    "Look at who shared it, and what else they did.",
  ],
  falsePositives: ["A layer that a vendor or team publishes intentionally."],
  references: [
    "https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html",
    "https://docs.aws.amazon.com/lambda/latest/api/API_RemoveLayerVersionPermission.html",
  ],
};
