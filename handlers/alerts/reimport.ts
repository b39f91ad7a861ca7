import type { Attributes, Table } from "../aws/table";
import type { Detection } from "../detections/detection";
import { findingIn } from "../findings/kept-finding";
import type { DecideRequest } from "../findings/granted";
import type { PersonRequest } from "../findings/person-request";
import type { Outcome, Result } from "../findings/result";
import type { Saids } from "../findings/said";
import { fieldsOf } from "../json";
import type { Log } from "../log";
import type { Plan } from "../remediations/remediation";
import type { Settings, Severity } from "../settings";
import { alertOf } from "./alert";
import { type Import, leavesNothing } from "./asff";
import type { StackNames } from "./command-line";
import type { SecurityHubPublisher } from "./security-hub";

/** What importing anew needs. */
export interface ReimportDependencies {
  settings: StackNames & Pick<Settings, "securityHub" | "team" | "accounts">;
  table: Pick<Table, "get">;
  /** The detections that there are. */
  catalogue: Detection[];
  securityHub: SecurityHubPublisher;
  log: Log;
  /** Epoch ms. */
  now(): number;
}

/** Imports a finding of the table into Security Hub again, because what became of it is known only now. @param id its ID */
export type Reimport = (id: string) => Promise<void>;

/** After these, a finding is another than it was when its alert was published. */
const changing: PersonRequest["verb"][] = ["deny", "fixed", "rolled-back"];

/** Creates what imports findings again. It never throws: what Security Hub did not take is in the log. */
export function createReimport(dependencies: ReimportDependencies): Reimport {
  const { settings, table, catalogue, securityHub, log, now } = dependencies;
  const imported = async (id: string): Promise<string | undefined> => {
    const item = await table.get(id);
    const finding = findingIn(id, item, catalogue);
    if (finding === undefined) return "too little is kept of it";
    const { result, isDone } = whatBecameOf(item);
    const seenAt = Date.parse(item.claimedAt?.S ?? "");
    const alert = alertOf({ finding, result, seenAt: Number.isNaN(seenAt) ? now() : seenAt }, settings);
    return securityHub.import(alert, { isDone, updatedAt: new Date(now()).toISOString() });
  };
  return async (id) => {
    if (!settings.securityHub) return;
    const problem = await imported(id);
    if (problem !== undefined)
      log.entry("error", "not imported", { team: settings.team, finding: id, problem });
  };
}

/** Decides as before, and imports a finding again that a person has changed. */
export function withReimport(decide: DecideRequest, reimport: Reimport): DecideRequest {
  return async (request, by, invocation) => {
    const decided = await decide(request, by, invocation);
    if ("refused" in decided || !("finding" in request) || !changing.includes(request.verb)) return decided;
    const { finding } = request;
    return {
      ...decided,
      async carryOut() {
        const result = await decided.carryOut();
        await reimport(finding);
        return result;
      },
    };
  };
}

/** How a finding stands now, in words that Security Hub shows. */
function whatBecameOf(item: Attributes): { result: Result } & Required<Pick<Import, "isDone">> {
  const { outcome, severity, plan } = item;
  const { fixedByHand } = fieldsOf(JSON.parse(item.about?.S ?? "{}")) as Saids;
  const reasons = reasonsOf(item, fixedByHand);
  const result: Result = { outcome: (outcome?.S ?? "alerted") as Outcome };
  if (reasons.length > 0) result.reason = reasons.join("; ");
  if (severity?.S !== undefined) result.severity = severity.S as Severity;
  if (plan?.S !== undefined) result.plan = JSON.parse(plan.S) as Plan;
  const isFixed = leavesNothing(result.outcome) && item.rolledBackAt === undefined;
  return { result, isDone: isFixed || fixedByHand !== undefined };
}

/** Why it ended so, and what people did afterwards. */
function reasonsOf(
  { reason, rolledBackBy, rolledBackWhy }: Attributes,
  fixedByHand: Saids["fixedByHand"],
): string[] {
  return [
    reason?.S,
    rolledBackBy?.S && `rolled back by ${rolledBackBy.S}: ${rolledBackWhy?.S}`,
    fixedByHand && `fixed by ${fixedByHand.by}: ${fixedByHand.why}`,
  ].filter((text) => text !== undefined);
}
