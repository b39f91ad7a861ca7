import { nameOf } from "../../cloudtrail/record";
import type { Remediation } from "../remediation";
import { detachPolicy } from "../support/detach-policy";
import { refused } from "../support/outcomes";
import { fixIamInlineAdminPolicy } from "./iam-inline-admin-policy";
import { fixIamPolicyVersionAdmin } from "./iam-policy-version-admin";

const id = "iam-policy-escalation";

const detaching = {
  AttachGroupPolicy: detachPolicy(id, "Group"),
  AttachRolePolicy: detachPolicy(id, "Role"),
  AttachUserPolicy: detachPolicy(id, "User"),
};

/** The fix of each call, as for an administrator policy. */
const fixes: Record<string, Remediation> = {
  ...detaching,
  CreatePolicyVersion: fixIamPolicyVersionAdmin,
  PutGroupPolicy: fixIamInlineAdminPolicy,
  PutRolePolicy: fixIamInlineAdminPolicy,
  PutUserPolicy: fixIamInlineAdminPolicy,
  SetDefaultPolicyVersion: fixIamPolicyVersionAdmin,
};

const all = [...Object.values(detaching), fixIamInlineAdminPolicy, fixIamPolicyVersionAdmin];

/** Revokes the document: detaches or deletes the policy, or restores the previous version. */
export const fixIamPolicyEscalation: Remediation = {
  id,
  reads: [...new Set(all.flatMap(({ reads }) => reads))],
  writes: [...new Set(all.flatMap(({ writes }) => writes))],
  baselines: [...new Set(all.flatMap(({ baselines = [] }) => baselines))],
  plan(finding, aws, context) {
    const name = nameOf(finding.record);
    const fix = Object.hasOwn(fixes, name) ? fixes[name] : undefined;
    if (fix === undefined)
      return Promise.resolve(refused("the policy grants nobody anything until it is attached"));
    return fix.plan(finding, aws, context);
  },
};
