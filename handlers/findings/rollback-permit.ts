import type { Attributes } from "../aws/table";
import type { Call } from "../aws/call";
import type { Finding } from "../detections/finding";
import { isOneOf } from "./calls-in-records";

/** Permits a person to roll a fix back: written when they ask the function for it, before they make the calls. */
export interface RollbackPermit {
  /** The finding whose fix is rolled back. */
  finding: string;
  /** ARN of the person who does it. */
  by: string;
  /** ARN of the session in the finding's account with which they make the calls, if it is another than `by`. */
  as?: string;
  why: string;
  /** The finding's account, 12 digits. */
  account: string;
  /** Names, ids or ARNs of the finding's resources. */
  resources: string[];
  /** The receipt: the calls that are made. */
  calls: Pick<Call, "service" | "operation" | "region" | "input">[];
}

/** The item of a rollback permit. */
export function rollbackKey(token: string): string {
  return `rollback#${token}`;
}

/**
 * A permit as the attributes of an item of the findings table.
 *
 * @param expiresAt epoch s
 */
export function attributesOfPermit(
  { finding, by, why, ...bounds }: RollbackPermit,
  expiresAt: number,
): Attributes {
  return {
    finding: { S: finding },
    by: { S: by },
    why: { S: why },
    bounds: { S: JSON.stringify(bounds) },
    expiresAt: { N: String(expiresAt) },
  };
}

/**
 * The permit in an item; undefined if there is none, or if it has expired: DynamoDB may take days to delete it.
 *
 * @param now epoch ms
 */
export function permitOf(item: Attributes, now: number): RollbackPermit | undefined {
  const { finding, by, why, bounds, expiresAt } = item;
  if (!finding?.S || !by?.S || !bounds?.S || !(Number(expiresAt?.N) * 1000 > now)) return undefined;
  const { account, resources, calls, as } = JSON.parse(bounds.S) as RollbackPermit;
  const permit = { finding: finding.S, by: by.S, why: why?.S ?? "", account, resources, calls };
  return as === undefined ? permit : { ...permit, as };
}

/**
 * Whether a finding is about one of the receipt's own calls. The token is visible to everybody in CloudTrail, so it is valid
 * only for the person it was given to, in that account, and for the calls of the receipt. The detection does not matter: the
 * restored policy may be public and let a stranger in.
 */
export function permits(permit: RollbackPermit, finding: Finding): boolean {
  return (
    (permit.as ?? permit.by) === finding.actor.arn &&
    permit.account === finding.account &&
    isOneOf(permit.calls, permit.resources, finding)
  );
}
