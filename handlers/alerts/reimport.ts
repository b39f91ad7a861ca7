import type { Attributes, Table } from "../aws/table";
import type { Detection } from "../detections/detection";
import { findingIn, resultIn } from "../findings/kept-finding";
import type { DecideRequest } from "../findings/granted";
import type { PersonRequest } from "../findings/person-request";
import { leavesNothing, type Result } from "../findings/result";
import type { Saids } from "../findings/said";
import { fieldsOf } from "../json";
import type { Log } from "../log";
import { problemOf } from "../problem";
import type { Settings } from "../settings";
import { alertOf } from "./alert";
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
    const result = resultIn(item);
    if (finding === undefined || result === undefined) return "too little is kept of it";
    const { isDone, said } = afterwards(item, result);
    const reason = [result.reason, ...said].filter((text) => text !== undefined).join("; ");
    const seenAt = Date.parse(item.claimedAt?.S ?? "");
    const alert = alertOf(
      {
        finding,
        result: reason === "" ? result : { ...result, reason },
        seenAt: Number.isNaN(seenAt) ? now() : seenAt,
      },
      settings,
    );
    return securityHub.import(alert, { isDone, updatedAt: new Date(now()).toISOString() });
  };
  return async (id) => {
    if (!settings.securityHub) return;
    // What a person asked for is done: it does not fail because Security Hub, or the table, does not answer.
    const problem = await imported(id).catch(problemOf);
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

/** What happened to a fix after its alert, in words that Security Hub shows; `isDone`, whether nothing is left to do. */
function afterwards(item: Attributes, { outcome }: Result): { isDone: boolean; said: string[] } {
  const { rolledBackBy, rolledBackWhy } = item;
  const { fixedByHand } = fieldsOf(JSON.parse(item.about?.S ?? "{}")) as Saids;
  const isRolledBack = rolledBackBy?.S !== undefined;
  return {
    isDone: fixedByHand !== undefined || (leavesNothing(outcome) && !isRolledBack),
    said: [
      ...(isRolledBack ? [`rolled back by ${rolledBackBy.S}: ${rolledBackWhy?.S}`] : []),
      ...(fixedByHand === undefined ? [] : [`fixed by ${fixedByHand.by}: ${fixedByHand.why}`]),
    ],
  };
}
