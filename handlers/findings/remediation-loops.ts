import type { CallAws } from "../aws/call";
import { createTable } from "../aws/table";
import { createHash } from "node:crypto";
import { eventTimeOf } from "../cloudtrail/event-time";
import { type Finding, principalOf } from "../detections/finding";

/** How often the same actor is answered with a fix of the same thing; then a person has to decide. */
export const maxRounds = 2;

/** For how long a fix counts as a round of a remediation loop, hours. */
export const loopHours = 24;

/** Knows who did what again after it was fixed. */
export interface RemediationLoops {
  /** How often the same actor did the same to the same resources, and was undone, before this finding's event. */
  roundsBefore(finding: Finding): Promise<number>;
  /** Writes down that a finding was fixed now. Twice is as good as once. */
  note(finding: Finding): Promise<void>;
}

/** A fix: when the call was made that it undid, and when it was made; epoch ms. */
export interface FixTimes {
  calledAt: number;
  fixedAt: number;
}

/** What remediation loops are kept with. */
export interface RemediationLoopsOptions {
  table: string;
  region: string;
  /** Epoch ms. */
  now(): number;
}

/**
 * RemediationLoops in the findings table: an item for each actor, detection and resources, key `id` (S), fixes in the string set
 * `fixes`, TTL attribute `expiresAt` (N, epoch s).
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
 * The rounds that were over before a call: each begins with a call that was made after the fix of the round before.
 * Ten calls in a row whose fixes come later are one round: nobody did anything again.
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

/** What has another id each time it is made, so that nobody could do the same to the same one again. */
const madeAnew = [
  "AWS::EC2::ExportTask",
  "AWS::EC2::IamInstanceProfileAssociation",
  "AWS::EC2::SecurityGroupRule",
  "AWS::EC2::TrafficMirrorSession",
  "AWS::IAM::AccessKey",
];

/**
 * Names come from records: they are hashed, since a key has 2048 bytes. A session is its role. What was made anew is known
 * by what it was made for: the security group of a rule.
 */
function loopKeyOf({ detection, account, region, actor, match }: Finding): string {
  const who = principalOf({ actor });
  const lasting = match.resources.filter(({ type }) => !madeAnew.includes(type));
  const what = (lasting.length > 0 ? lasting : match.resources).map(({ type, id }) => `${type} ${id}`).sort();
  const hash = createHash("sha256").update(JSON.stringify([account, region, who, what]));
  return `loop#${detection.id}#${hash.digest("hex")}`;
}
