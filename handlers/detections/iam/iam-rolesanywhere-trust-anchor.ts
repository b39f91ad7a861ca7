import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf, valueAt } from "../readers/evidence";
import { uninspected } from "../readers/uninspected";

/** What decides who gets in, and as whom. */
const changed = ["requestParameters.roleArns", "requestParameters.source"];

export const iamRolesanywhereTrustAnchor: Detection = {
  id: "iam-rolesanywhere-trust-anchor",
  title: "IAM Roles Anywhere trust anchor or profile created or changed",
  severity: "high",
  attack: { technique: "T1098.003" },
  tier: "core",
  noise: "rare",
  events: [
    "rolesanywhere:CreateProfile",
    "rolesanywhere:CreateTrustAnchor",
    "rolesanywhere:UpdateProfile",
    "rolesanywhere:UpdateTrustAnchor",
  ],
  remediation: "inverse",
  match(record) {
    const isPrivateCa = valueAt(record, "requestParameters.source.sourceType") === "AWS_ACM_PCA";
    if (nameOf(record).endsWith("TrustAnchor") && isPrivateCa) return undefined;
    // Another name, or another length of sessions.
    if (nameOf(record).startsWith("Update") && !changed.some((name) => valueAt(record, name) !== undefined))
      return uninspected(record);
    return {
      evidence: evidenceAt(
        record,
        "requestParameters.source.sourceType",
        "requestParameters.roleArns",
        "requestParameters.name",
      ),
      resources: [
        ...resourcesOf(
          "AWS::RolesAnywhere::TrustAnchor",
          valueAt(record, "responseElements.trustAnchor.trustAnchorArn") ??
            valueAt(record, "requestParameters.trustAnchorId") ??
            valueAt(record, "responseElements.trustAnchor.trustAnchorId"),
        ),
        ...resourcesOf(
          "AWS::RolesAnywhere::Profile",
          valueAt(record, "responseElements.profile.profileArn") ??
            valueAt(record, "requestParameters.profileId") ??
            valueAt(record, "responseElements.profile.profileId"),
        ),
      ],
    };
  },
  runbook: [
    "Read the certificate of the trust anchor: is that CA yours? Whoever holds its key can get sessions without any AWS credentials.",
    "Disable the trust anchor or profile (it can be enabled again) until its owner has explained it.",
    "List the roles that trust rolesanywhere.amazonaws.com, and CreateSession events since then.",
  ],
  falsePositives: ["Servers outside AWS migrating from access keys to certificates."],
  references: [
    "https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html",
    "https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateTrustAnchor.html",
    "https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateProfile.html",
  ],
};
