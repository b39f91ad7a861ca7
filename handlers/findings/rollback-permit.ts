import type { Attributes } from "../aws/table";
import type { Call } from "../aws/call";
import type { Finding } from "../detections/finding";
import { isOneOf } from "./calls-in-records";

/** That a person takes a fix back: written when they ask the function for it, before they make the calls. */
export interface RollbackPermit {
  /** The finding whose fix is taken back. */
  finding: string;
  /** ARN of who does it. */
  by: string;
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
 * The permit in an item; undefined when there is none, or it has run out: DynamoDB may take days to delete what has.
 *
 * @param now epoch ms
 */
export function permitOf(item: Attributes, now: number): RollbackPermit | undefined {
  const { finding, by, why, bounds, expiresAt } = item;
  if (!finding?.S || !by?.S || !bounds?.S || !(Number(expiresAt?.N) * 1000 > now)) return undefined;
  const { account, resources, calls } = JSON.parse(bounds.S) as RollbackPermit;
  return { finding: finding.S, by: by.S, why: why?.S ?? "", account, resources, calls };
}

/**
 * Whether a finding is of one of the receipt's own calls. The token stands in CloudTrail for everybody to read, so it
 * holds for whom it was given, in that account, and for the calls of the receipt alone. By which detection it was found
 * does not matter: the policy that is put back may be public and let a stranger in.
 */
export function permits(permit: RollbackPermit, finding: Finding): boolean {
  return (
    permit.by === finding.actor.arn &&
    permit.account === finding.account &&
    isOneOf(permit.calls, permit.resources, finding)
  );
}
