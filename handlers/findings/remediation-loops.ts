import type { CallAws } from "../aws/call";
import { createTable } from "../aws/table";
import { createHash } from "node:crypto";
import { eventTimeOf } from "../cloudtrail/event-time";
import { type Finding, principalOf } from "../detections/finding";

/** How often the same change by the same actor is fixed; after that, a person must decide. */
export const maxRounds = 2;

/** How long a fix counts as a round of a remediation loop, in hours. */
export const loopHours = 24;

/** Remembers who repeated what after it was fixed. */
export interface RemediationLoops {
  /** How often the same change by the same actor was fixed on the same resources before this finding's event. */
  roundsBefore(finding: Finding): Promise<number>;
  /** Records that a finding was just fixed. Idempotent. */
  note(finding: Finding): Promise<void>;
}

/** When the reverted call was made, and when the fix was made; epoch ms. */
export interface FixTimes {
  calledAt: number;
  fixedAt: number;
}

/** What recognizing remediation loops needs. */
export interface RemediationLoopsOptions {
  table: string;
  region: string;
  /** Epoch ms. */
  now(): number;
}

/**
 * Remediation loops in the findings table: an item for each actor, detection and resources, key `id` (S), fixes in the
 * string set `fixes`, TTL attribute `expiresAt` (N, epoch s).
 */
export function createRemediationLoops(aws: CallAws, options: RemediationLoopsOptions): RemediationLoops {
  const { now } = options;
  const table = createTable(aws, options);
  return {
    async roundsBefore(finding) {
      const { fixes } = await table.get(loopKeyOf(finding));
      // DynamoDB may take days to delete what has expired.
      const recent = (fixes?.SS ?? [])
        .map(timesOf)
        .filter(({ fixedAt }) => now() - fixedAt < loopHours * 3_600_000);
      return roundsIn(recent, eventTimeOf(finding.record));
    },
    async note(finding) {
      await table.update(loopKeyOf(finding), {
        add: { fixes: { SS: [`${eventTimeOf(finding.record)}|${now()}|${finding.id}`] } },
        set: { expiresAt: { N: String(Math.floor(now() / 1000) + loopHours * 3600) } },
      });
    },
  };
}

function timesOf(member: string): FixTimes {
  const [calledAt, fixedAt] = member.split("|");
  return { calledAt: Number(calledAt), fixedAt: Number(fixedAt) };
}

/**
 * The number of rounds before a call. Each round begins with a call made after the fix of the previous round. Ten calls in
 * a row that are fixed later are one round: nobody repeated anything after a fix.
 *
 * @param calledAt epoch ms
 */
export function roundsIn(fixes: FixTimes[], calledAt: number): number {
  const before = fixes.filter(({ fixedAt }) => fixedAt < calledAt).sort((a, b) => a.fixedAt - b.fixedAt);
  let rounds = 0;
  let fixedAt = Number.NEGATIVE_INFINITY;
  for (const fix of before) {
    if (fix.calledAt <= fixedAt) continue;
    rounds++;
    ({ fixedAt } = fix);
  }
  return rounds;
}

/** Resources that get a new id each time they are created, so that the same one never recurs. */
const madeAnew = [
  "AWS::EC2::ExportTask",
  "AWS::EC2::IamInstanceProfileAssociation",
  "AWS::EC2::SecurityGroupRule",
  "AWS::EC2::TrafficMirrorSession",
  "AWS::IAM::AccessKey",
];

/**
 * Names come from records, and a key is limited to 2,048 bytes, so they are hashed. A session counts as its role. A resource
 * that was created again is recognized by what it belongs to: the security group of a rule.
 */
function loopKeyOf({ detection, account, region, actor, match }: Finding): string {
  const who = principalOf({ actor });
  const lasting = match.resources.filter(({ type }) => !madeAnew.includes(type));
  const what = (lasting.length > 0 ? lasting : match.resources).map(({ type, id }) => `${type} ${id}`).sort();
  const hash = createHash("sha256").update(JSON.stringify([account, region, who, what]));
  return `loop#${detection.id}#${hash.digest("hex")}`;
}
