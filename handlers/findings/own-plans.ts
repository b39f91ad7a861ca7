import type { CallAws } from "../aws/call";
import { createTable } from "../aws/table";
import { eventOf } from "../cloudtrail/record";
import type { Finding } from "../detections/finding";
import { fieldsOf, listOf, textOf } from "../json";
import type { Plan } from "../remediations/remediation";
import { eventOfCall, isOneOf } from "./calls-in-records";

/** The calls that this system has announced. */
export interface OwnPlans {
  /** Records, before the first call is made, which events a finding's plan will cause. */
  note(findingId: string, plan: Plan): Promise<void>;
  /** Whether the record of a finding, a call by the detector's role, is a call of a plan. */
  has(finding: Finding): Promise<boolean>;
}

/** In seconds. Longer than CloudTrail usually takes for a log file; later records are alerted. */
const keepSeconds = 7 * 86_400;

/** Findings whose plans are considered for one event and region, newest last. */
const maxPlans = 500;

/**
 * Recognizes this system's own calls: there is an item for each event and region, with the findings whose plans contain
 * such a call. The role alone proves nothing: somebody who takes it over makes calls that are in no plan.
 */
export function createOwnPlans(
  aws: CallAws,
  options: { table: string; region: string; account?: string; now(): number },
): OwnPlans {
  const { now, account: home } = options;
  const table = createTable(aws, options);
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
        const calls = (JSON.parse(plan.S) as Plan).calls.filter(
          ({ account = home }) => account === undefined || account === finding.account,
        );
        if (isOneOf(calls, ids, finding)) return true;
      }
      return false;
    },
  };
}
