import type { Invocation } from "../aws/platform";
import type { Attributes, Table } from "../aws/table";
import { actorOf, principalOfArn } from "../cloudtrail/actor";
import type { Detection } from "../detections/detection";
import { fieldsOf, textOf } from "../json";
import { matchesAny } from "../pattern";
import type { Settings, Severity } from "../settings";
import { type Approval, approvalEndOf } from "./approval";
import type { HandleRecord } from "./handle-record";
import { type ApprovalRequest, hashOfCalls } from "./person-request";
import type { Granted, Refused } from "./granted";
import type { Outcome, Result } from "./result";
import { findingIn } from "./kept-finding";
import { type FindingBasis, leaseMs } from "./store";

/** What approving needs. */
export interface ApprovalVerbsOptions {
  settings: Pick<Settings, "approvers" | "approvalHours" | "operators">;
  table: Table;
  catalogue: Detection[];
  /** Handles a finding anew. */
  handleRecord: HandleRecord;
  /** Epoch ms. */
  now(): number;
}

type Decided = Promise<Granted | Refused>;

/** How a finding waits whose fix a person may decide about: for a yes, or for its moment, if nobody says no before. */
const waitingOutcomes = ["awaiting-approval", "delayed"] as const satisfies Outcome[];

type WaitingOutcome = (typeof waitingOutcomes)[number];

/** How a finding waits; undefined if it does not. */
function waitingOf({ outcome }: Attributes): WaitingOutcome | undefined {
  return waitingOutcomes.find((one) => one === outcome?.S);
}

/** Says yes and no to fixes that wait. */
export interface ApprovalVerbs {
  approve(request: ApprovalRequest, by: string, invocation: Invocation): Decided;
  deny(request: ApprovalRequest, by: string): Decided;
}

/** Creates what decides about `approve` and `deny`. */
export function createApprovalVerbs(options: ApprovalVerbsOptions): ApprovalVerbs {
  const { settings, table, catalogue, handleRecord, now } = options;

  /** A finding that waits and has not waited too long; or why nobody, or not this person, may decide about its fix. */
  const waiting = async (
    { finding: id, plan }: ApprovalRequest,
    by: string,
  ): Promise<{ item: Attributes; was: WaitingOutcome } | Refused> => {
    const item = await table.get(id);
    const was = waitingOf(item);
    if (was === undefined) {
      const isNobody = settings.approvers.length > 0 && !matchesAny(settings.approvers, by);
      return { refused: whyNotWaiting(id, item), ...(isNobody ? { notAllowed: true } : {}) };
    }
    const notAllowed = whyNotBy(item, by, settings);
    if (notAllowed !== undefined) return { refused: notAllowed, notAllowed: true };
    const refused = whyTooLate(id, item, settings.approvalHours, now()) ?? whyOtherCalls(id, item, plan);
    return refused === undefined ? { item, was } : { refused };
  };

  const approve: ApprovalVerbs["approve"] = async (request, by, invocation) => {
    const waits = await waiting(request, by);
    if ("refused" in waits) return waits;
    const { finding: id, plan, why } = request;
    const finding = findingIn(id, waits.item, catalogue);
    if (finding === undefined)
      return { refused: `too little is kept of ${id} to plan its fix anew: fix it by hand` };
    const state = waits.item.state?.S ?? "done";
    const approval: Approval = { by, why, at: new Date(now()).toISOString(), plan };
    return {
      async carryOut() {
        const taken = await table.update(id, {
          set: {
            // An attempt that died goes on where it was: its calls may have been made, and their receipt must not be lost.
            state: { S: state === "done" ? "claimed" : state },
            approval: { S: JSON.stringify(approval) },
            // Over, so that this invocation can claim it, but only just: for a lease's time no second yes is taken.
            leaseUntil: { N: String(now() - 1) },
          },
          condition: {
            expression: "outcome = :was AND state = :state AND (state = :done OR leaseUntil < :old)",
            values: {
              ":was": { S: waits.was },
              ":state": { S: state },
              ":done": { S: "done" },
              ":old": { N: String(now() - leaseMs) },
            },
          },
        });
        if (!taken.changed) return `somebody else has decided about ${id} at the same moment`;
        const { errors } = await handleRecord({ finding }, invocation);
        const [problem] = errors.first;
        if (problem !== undefined)
          throw new Error(`approved, but not known to be fixed; approve it again in a minute: ${problem}`);
        const { outcome, reason } = await table.get(id);
        return [outcome?.S, reason?.S].filter((text) => text !== undefined).join(": ");
      },
    };
  };

  const deny: ApprovalVerbs["deny"] = async (request, by) => {
    const waits = await waiting(request, by);
    if ("refused" in waits) return waits;
    const { finding: id, why } = request;
    const { detection, title, severity } = fieldsOf(JSON.parse(waits.item.about?.S ?? "{}"));
    return {
      alert: {
        title: `A fix is denied: ${textOf(title) ?? id}`,
        severity: (textOf(severity) ?? "high") as Severity,
        // Somebody else may decide at the same moment, and this is said first.
        meaning: `What happened stays as it is, unless the fix has begun by now: then another alert follows. Finding: ${id}`,
        finding: id,
        ...(textOf(detection) === undefined ? {} : { detection: textOf(detection) }),
      },
      async carryOut() {
        const rejected: Result = { outcome: "rejected", reason: `denied by ${by}: ${why}` };
        const ended = await endWaiting(table, id, waits.was, rejected);
        return ended ? rejected.outcome : `somebody else has decided about ${id} at the same moment`;
      },
    };
  };

  return { approve, deny };
}

/** Ends a finding that waits. @param was how it waits @returns false if it no longer does */
export async function endWaiting(
  table: Table,
  id: string,
  was: WaitingOutcome,
  { outcome, reason }: Result,
): Promise<boolean> {
  const { changed } = await table.update(id, {
    set: { outcome: { S: outcome }, ...(reason === undefined ? {} : { reason: { S: reason } }) },
    condition: {
      expression: "outcome = :was AND state = :done",
      values: { ":was": { S: was }, ":done": { S: "done" } },
    },
  });
  return changed;
}

function whyNotWaiting(id: string, { outcome }: Attributes): string {
  const found = outcome?.S === undefined ? "none" : `one with outcome ${outcome.S}`;
  return `expected a finding ${id} that waits for approval, or for its fix, found ${found}`;
}

function whyTooLate(
  id: string,
  { decidedAt, outcome }: Attributes,
  approvalHours: number,
  now: number,
): string | undefined {
  // A delayed fix has a moment of its own.
  if (outcome?.S !== "awaiting-approval") return undefined;
  if (now < approvalEndOf(decidedAt?.S ?? "", approvalHours)) return undefined;
  return `the fix of ${id} could be approved for ${approvalHours} hours after ${decidedAt?.S}: that time is over`;
}

/**
 * Approvers decide. Where there are none, operators decide about delayed fixes, as they do about the mode; nobody waits for a yes
 * then. Nobody decides about what is done about their own call: in no session of the same role either.
 */
function whyNotBy(
  { about, basis, outcome }: Attributes,
  by: string,
  { approvers, operators }: ApprovalVerbsOptions["settings"],
): string | undefined {
  const byOperators = outcome?.S === "delayed" && approvers.length === 0;
  const patterns = byOperators ? operators : approvers;
  const isAnybody = byOperators && operators.length === 0;
  if (!isAnybody && !matchesAny(patterns, by))
    return `expected one of the configuration's ${byOperators ? "operators" : "approvers"}, found ${by}`;
  const principals = [textOf(fieldsOf(JSON.parse(about?.S ?? "{}")).actor)];
  if (basis?.S !== undefined) {
    const { arn, role } = actorOf((JSON.parse(basis.S) as FindingBasis).record);
    principals.push(arn, role?.arn);
  }
  const own = principals.some((one) => one !== undefined && samePrincipal(one, by));
  return own ? `${by} caused the finding: somebody else must decide about its fix` : undefined;
}

/** Whether two ARNs are of one principal: a role, and its sessions. */
function samePrincipal(one: string, other: string): boolean {
  return nameOf(one) === nameOf(other);
}

/** `arn:aws:sts::111122223333:assumed-role/ops/alice` and `arn:aws:iam::111122223333:role/teams/ops` → the same. */
function nameOf(arn: string): string {
  const [, , service = "", , account = "", resource = ""] = principalOfArn(arn).split(":");
  const isRole = service === "sts" || resource.startsWith("role/");
  return isRole ? `${account}:role/${resource.slice(resource.lastIndexOf("/") + 1)}` : arn;
}

function whyOtherCalls(id: string, { plan }: Attributes, seen: string): string | undefined {
  const { calls } = fieldsOf(JSON.parse(plan?.S ?? "{}"));
  return hashOfCalls(calls) === seen ? undefined : `other calls would fix ${id} now: look at them again`;
}
