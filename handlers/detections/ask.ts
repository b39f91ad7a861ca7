/**
 * Something that a detection has to know besides the record before it can tell. What answers each kind:
 *
 * - `managedPolicy`: the document of that version of a customer's managed policy, or of the default one
 * - `groupPolicies`: a list of {@link HeldPolicy}, all policies of a group
 * - `trail`: the settings of a trail just before the call, as `GetTrail` has them
 */
export type Ask = {
  /** Where in the record it is named: `requestParameters.policyArn`. */
  parameter: string;
} & (
  | { kind: "managedPolicy"; arn: string; version?: string }
  | { kind: "groupPolicies"; group: string }
  | { kind: "trail"; name: string }
);

/** A policy that somebody holds: an inline one's document, or a managed one's ARN and, of a customer's, its document. */
export interface HeldPolicy {
  arn?: string;
  document?: unknown;
}

/** What is known, or why nothing is. */
export type Answer =
  | {
      value: unknown;
      /** There may be more: what a detection does not find in it, may be in the rest. */
      isPartial?: true;
    }
  | { unknown: string };

/** IAM actions that answering takes, by kind: a detection has those of what it asks in `reads`. */
export const readsOf: Record<Ask["kind"], string[]> = {
  managedPolicy: ["iam:GetPolicy", "iam:GetPolicyVersion"],
  groupPolicies: [
    "iam:GetGroupPolicy",
    "iam:GetPolicy",
    "iam:GetPolicyVersion",
    "iam:ListAttachedGroupPolicies",
    "iam:ListGroupPolicies",
  ],
  // From what is kept of baselines.
  trail: [],
};
