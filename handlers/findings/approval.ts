import type { Attributes } from "../aws/table";
import { fieldsOf, textOf } from "../json";

/** A person's yes to the fix of a finding. */
export interface Approval {
  /** ARN of the person. */
  by: string;
  why: string;
  /** ISO date-time. */
  at: string;
  /** {@link hashOfCalls} of the calls that were approved: no others are made. */
  plan: string;
}

const hourMs = 3_600_000;

/** When a fix can no longer be approved, epoch ms. @param decidedAt ISO date-time at which it was planned */
export function approvalEndOf(decidedAt: string, approvalHours: number): number {
  return Date.parse(decidedAt) + approvalHours * hourMs;
}

/** The approval that a finding's item holds; undefined if it holds none. */
export function approvalIn({ approval }: Attributes): Approval | undefined {
  if (approval?.S === undefined) return undefined;
  const { by, why, at, plan } = fieldsOf(JSON.parse(approval.S));
  return { by: textOf(by) ?? "", why: textOf(why) ?? "", at: textOf(at) ?? "", plan: textOf(plan) ?? "" };
}
