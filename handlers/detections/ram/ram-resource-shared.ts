import type { Detection } from "../detection";
import { parameterOf, textsOf } from "../../cloudtrail/parameters";
import { named } from "../readers/by-hand";
import { parameterPath, resourcesOf, valueAt } from "../readers/evidence";
import { isOwnOrganizationArn } from "../readers/organization";
import { accountIn, isForeign } from "../readers/principal";
import { uninspected } from "../readers/uninspected";

export const ramResourceShared: Detection = {
  id: "ram-resource-shared",
  title: "Resources shared with another account",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "rare",
  events: ["ram:AssociateResourceShare", "ram:CreateResourceShare"],
  remediation: "inverse",
  match(record, context) {
    const outside = textsOf(parameterOf(record, "principals")).filter((principal) =>
      isOfOrganization(principal)
        ? context.organization !== undefined && !isOwnOrganizationArn(principal, context)
        : isForeign(accountIn(principal), context),
    );
    if (outside.length === 0) return uninspected(record);
    return {
      evidence: outside.map((value) => ({
        parameter: parameterPath(record, "principals"),
        value,
        why: isOfOrganization(value) ? "is another organization" : "is another account",
      })),
      resources: [
        ...named(record, "AWS::RAM::ResourceShare", "resourceShareArn"),
        ...resourcesOf(
          "AWS::RAM::ResourceShare",
          valueAt(record, "responseElements.resourceShare.resourceShareArn"),
        ),
        ...resourcesOf("AWS::RAM::Resource", ...textsOf(parameterOf(record, "resourceArns"))),
      ],
    };
  },
  runbook: [
    "Remove the account from the share (DisassociateResourceShare) unless the resources' owner knows it.",
    "Look at what is shared: subnets and transit gateways lead into your networks, snapshots and tables contain data.",
    "Allow shares only within the organization (allowExternalPrincipals false).",
  ],
  falsePositives: ["Vendors and sister accounts that are not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html",
    "https://docs.aws.amazon.com/ram/latest/APIReference/API_DisassociateResourceShare.html",
  ],
};

/** An organization's ARN names the account that manages it. */
function isOfOrganization(principal: string): boolean {
  return /^arn:[a-z-]+:organizations:/.test(principal);
}
