import type { CallAws } from "../aws/call";
import { createTable } from "../aws/table";
import { eventOf } from "../cloudtrail/record";
import type { Finding } from "../detections/finding";
import { fieldsOf, listOf, textOf } from "../json";
import type { Plan } from "../remediations/remediation";
import { eventOfCall, isOneOf } from "./calls-in-records";

/** What this system wrote down that it would do. */
export interface OwnPlans {
  /** Writes down, before the first call is made, which events a finding's plan will bring. */
  note(findingId: string, plan: Plan): Promise<void>;
  /** Whether the record of a finding, made by the detector's role, is of a call that a plan has. */
  has(finding: Finding): Promise<boolean>;
}

/** Longer than CloudTrail mostly takes for a log file; what comes later is alerted. s */
const keepSeconds = 7 * 86_400;

/** Findings whose plans are looked at for one event and region. The newest are last. */
const maxPlans = 500;

/**
 * Makes what knows the calls of this system: an item for each event and region, with the findings whose plans have such a
 * call. The role alone proves nothing: who takes it over makes calls that no plan has.
 */
export function createOwnPlans(
  aws: CallAws,
  { table: name, region, now }: { table: string; region: string; now(): number },
): OwnPlans {
  const table = createTable(aws, { table: name, region });
  const keyOf = (event: string, where: string) => `own#${event}#${where}`;
  return {
    async note(findingId, plan) {
      const keys = new Set(plan.calls.map((call) => keyOf(eventOfCall(call), call.region)));
      for (const key of keys)
        await table.update(key, {
          add: { findings: { SS: [`${now()}|${findingId}`] } },
          set: { expiresAt: { N: String(Math.floor(now() / 1000) + keepSeconds) } },
        });
    },
    async has(finding) {
      const { findings } = await table.get(keyOf(eventOf(finding.record), finding.region));
      const newest = (findings?.SS ?? []).sort().reverse().slice(0, maxPlans);
      for (const member of newest) {
        const { plan, about } = await table.get(member.slice(member.indexOf("|") + 1));
        if (plan?.S === undefined) continue;
        const resources = listOf(fieldsOf(JSON.parse(about?.S ?? "{}")).resources);
        const ids = resources.flatMap((one) => textOf(fieldsOf(one).id) ?? []);
        if (isOneOf((JSON.parse(plan.S) as Plan).calls, ids, finding)) return true;
      }
      return false;
    },
  };
}
