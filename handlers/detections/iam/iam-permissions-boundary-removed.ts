import { nameOf } from "../../cloudtrail/record";
import type { Detection } from "../detection";
import { readsOf } from "../ask";
import {
  administratorIn,
  askedPolicy,
  isAdministratorPolicy,
  pathOfDocument,
} from "../readers/administrator";
import { evidenceAt, resourcesOf } from "../readers/evidence";
import { matchesAny } from "../../pattern";
import { textParameterOf } from "../../cloudtrail/parameters";

export const iamPermissionsBoundaryRemoved: Detection = {
  id: "iam-permissions-boundary-removed",
  title: "Permissions boundary removed or changed",
  severity: "medium",
  attack: { technique: "T1098" },
  tier: "extended",
  noise: "rare",
  events: [
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteUserPermissionsBoundary",
    "iam:PutRolePermissionsBoundary",
    "iam:PutUserPermissionsBoundary",
  ],
  remediation: "baseline",
  asks: (record) => askedPolicy(record, "permissionsBoundary"),
  reads: readsOf.managedPolicy,
  match(record, context, answers = []) {
    const boundary = textParameterOf(record, "permissionsBoundary");
    const unbounded = answers.flatMap((document) =>
      administratorIn(document, context, pathOfDocument(boundary ?? "")),
    );
    if (nameOf(record).startsWith("Put")) {
      if (boundary === undefined) return undefined;
      // Without a list it is unknown which boundaries are right; one that allows everything is always wrong.
      const isStranger =
        context.allowedBoundaries.length > 0 && !matchesAny(context.allowedBoundaries, boundary);
      if (!isStranger && !isAdministratorPolicy(boundary, context) && unbounded.length === 0)
        return undefined;
    }
    return {
      evidence: [
        ...evidenceAt(
          record,
          "requestParameters.permissionsBoundary",
          "requestParameters.userName",
          "requestParameters.roleName",
        ),
        ...unbounded,
      ],
      resources: [
        ...resourcesOf("AWS::IAM::User", textParameterOf(record, "userName")),
        ...resourcesOf("AWS::IAM::Role", textParameterOf(record, "roleName")),
      ],
    };
  },
  runbook: [
    "Restore the boundary that your accounts require for this user or role.",
    "Compare what the user or role could do with and without the boundary, and look for calls that have only now become possible.",
    "Find out why the actor could remove it: a policy that delegates permissions under a boundary must deny changing the boundary.",
  ],
  falsePositives: [
    "A role that moves to a team with a different boundary: name that in `allowedBoundaries`.",
  ],
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html",
  ],
};
