/**
 * Something that a detection must know besides the record before it can decide. The answer of each kind:
 *
 * - `managedPolicy`: the document of that version of a customer managed policy, or of the default version
 * - `groupPolicies`: a list of {@link HeldPolicy}, all policies of a group
 * - `functionLoaders`: the environment variables of a function by which its runtime loads other code
 * - `trail`: the settings of a trail just before the call, as returned by `GetTrail`
 */
export type Ask = {
  /** The path in the record that names it: `requestParameters.policyArn`. */
  parameter: string;
} & (
  | { kind: "managedPolicy"; arn: string; version?: string }
  | { kind: "groupPolicies"; group: string }
  | { kind: "functionLoaders"; function: string }
  | { kind: "trail"; name: string }
);

/**
 * A policy that somebody holds: the document of an inline one, or the ARN of a managed one and, if it is the
 * customer's, its document.
 */
export interface HeldPolicy {
  arn?: string;
  document?: unknown;
}

/** The answer, or why there is none. */
export type Answer =
  | {
      value: unknown;
      /** The answer may be incomplete: what a detection does not find in it may be in the rest. */
      isPartial?: true;
    }
  | { unknown: string };

/** IAM actions needed for answering, by kind: a detection has those for its questions in `reads`. */
export const readsOf: Record<Ask["kind"], string[]> = {
  managedPolicy: ["iam:GetPolicy", "iam:GetPolicyVersion"],
  groupPolicies: [
    "iam:GetGroupPolicy",
    "iam:GetPolicy",
    "iam:GetPolicyVersion",
    "iam:ListAttachedGroupPolicies",
    "iam:ListGroupPolicies",
  ],
  functionLoaders: ["lambda:GetFunctionConfiguration"],
  // Answered from baselines.
  trail: [],
};
