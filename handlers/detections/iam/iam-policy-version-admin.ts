import { uninspected } from "../readers/uninspected";
import { nameOf } from "../../cloudtrail/record";
import { readsOf } from "../ask";
import type { Detection } from "../detection";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { administratorIn, askedPolicy, pathOfDocument } from "../readers/administrator";
import { isAutomation } from "../readers/principal";
import { isTrue, parameterOf, textParameterOf } from "../../cloudtrail/parameters";

export const iamPolicyVersionAdmin: Detection = {
  id: "iam-policy-version-admin",
  title: "Managed policy replaced by an administrator version",
  severity: "high",
  attack: { technique: "T1098" },
  tier: "core",
  noise: "rare",
  events: ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"],
  remediation: "read-modify",
  asks(record, context) {
    if (nameOf(record) !== "SetDefaultPolicyVersion" || isAutomation(record, context)) return [];
    const version = textParameterOf(record, "versionId");
    return version === undefined ? [] : askedPolicy(record, "policyArn", version);
  },
  reads: readsOf.managedPolicy,
  match(record, context, answers = []) {
    const arn = textParameterOf(record, "policyArn");
    const resources = resourcesOf("AWS::IAM::ManagedPolicy", arn);
    if (nameOf(record) === "SetDefaultPolicyVersion") {
      // The event does not contain the version's document: returning to an older, wider version is a known privilege
      // escalation.
      if (isAutomation(record, context)) return undefined;
      const found = answers.flatMap((document) =>
        administratorIn(document, context, pathOfDocument(arn ?? "")),
      );
      if (found.length === 0) return uninspected(record);
      const asked = evidenceAt(record, "requestParameters.policyArn", "requestParameters.versionId");
      return { evidence: [...asked, ...found], resources };
    }
    const path = "requestParameters.policyDocument";
    const evidence = administratorIn(parameterOf(record, "policyDocument"), context, path);
    if (evidence.length === 0 || !isTrue(parameterOf(record, "setAsDefault"))) return uninspected(record);
    return { evidence, resources };
  },
  runbook: [
    "Read the current default version (aws iam get-policy-version) and compare it with the previous one.",
    "Set the previous version as default and delete the new one unless the change was agreed on.",
    "List who has the policy attached (aws iam list-entities-for-policy) and what they did since then: the actor is often among them.",
  ],
  falsePositives: ["An intended administrator policy that gets a new version."],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html",
  ],
};
