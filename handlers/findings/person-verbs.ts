import type { Attributes, Table } from "../aws/table";
import { principalOfArn } from "../cloudtrail/actor";
import type { Detection } from "../detections/detection";
import type { Settings } from "../settings";
import { createApprovalVerbs } from "./approval-verbs";
import type { HandleRecord } from "./handle-record";
import {
  attributeOf,
  type Ceiling,
  ceilingsOf,
  everyDetection,
  holds,
  switchKey,
  switchModes,
} from "./mode-switch";
import {
  type FixedRequest,
  hashOfCalls,
  type ModeRequest,
  type RollbackRequest,
  type RolledBackRequest,
  type VerdictRequest,
} from "./person-request";
import { createImportVerb, type ImportHunt } from "./imported";
import type { Outcome } from "./result";
import { fixIn } from "./rollback";
import { keepSaid } from "./said";
import type { DecideRequest, Granted } from "./granted";
import { createHandleSent } from "./sent";
import { attributesOfPermit, permitOf, rollbackKey } from "./rollback-permit";

/** What requests are decided with. */
export interface PersonVerbsOptions {
  settings: Settings;
  table: Table;
  /** The detections that there are, and those that are not off. */
  catalogue: Detection[];
  active: Detection[];
  /** Handles a finding anew. */
  handleRecord: HandleRecord;
  /** Goes through the findings of a hunt; omitted without hunts. */
  importHunt?: ImportHunt | undefined;
  /** Epoch ms. */
  now(): number;
}

/** How long the detector lets the calls of a rollback pass, s: log files may come late. */
const permitSeconds = 2 * 3600;

/** Makes what decides about requests, verb by verb. Nothing is changed before the alert is out. */
export function createPersonVerbs(options: PersonVerbsOptions): DecideRequest {
  const { table, catalogue, now } = options;
  const detections = catalogue.map(({ id }) => id);
  const approval = createApprovalVerbs(options);
  const handleSent = createHandleSent(options);
  const importFindings = createImportVerb(options);

  const mode = async (request: ModeRequest, by: string): Promise<Granted | { refused: string }> => {
    const refused = whyNotSet(request, detections, now());
    if (refused !== undefined) return { refused };
    const { mode: asked, detection, until, why, close = [] } = request;
    const name = detection ?? everyDetection;
    const at = new Date(now()).toISOString();
    const ceiling: Ceiling = { mode: asked, by, why, at, ...(until === undefined ? {} : { until }) };
    const item = await table.get(switchKey);
    const before = ceilingsOf(item, now()).find(([of, one]) => of === name && holds(one, now()))?.[1];
    const of = detection ?? "all detections";
    const was =
      before === undefined ? "nothing was set before" : `before, ${before.by} had set ${before.mode}`;
    return {
      alert: {
        title: `The switch is set to ${asked} for ${of}`,
        severity: asked === "fix" ? "medium" : "high",
        meaning:
          asked === "fix"
            ? `From now on the stack's configuration holds again for ${of}, and open breakers are closed (${was}).`
            : `From now on, ${until === undefined ? "and until it is set again" : `until ${until}`}, findings of ${of} are ${whatOf[asked]}, whatever the configuration says (${was}).`,
        ...(detection === undefined ? {} : { detection }),
      },
      async carryOut() {
        await table.update(switchKey, { set: { [name]: attributeOf(ceiling) } });
        for (const key of close) await closeBreaker(table, key, ceiling);
      },
    };
  };

  const rollback = async (request: RollbackRequest, by: string): Promise<Granted | { refused: string }> => {
    const { finding, plan: seen, token, why, as } = request;
    const fix = fixIn(finding, await itemOf(table, finding));
    if ("refused" in fix) return fix;
    const { plan, about } = fix;
    if (hashOfCalls(plan.rollback) !== seen)
      return { refused: `the receipt of ${finding} is another one now: look at it again` };
    const { account, resources, actor } = about;
    if (as !== undefined && as.split(":")[4] !== account)
      return { refused: `expected a session in the finding's account ${account}, found ${as}` };
    const permit = {
      finding,
      by,
      ...(as === undefined ? {} : { as }),
      why,
      account,
      resources: resources.map(({ id }) => id),
      calls: plan.rollback,
    };
    const isOwn = actor !== undefined && principalOfArn(actor) === principalOfArn(by);
    return {
      alert: {
        title: `A fix is being rolled back: ${finding}`,
        // Whoever wants back what was taken from them is to be looked at.
        severity: isOwn ? "high" : "medium",
        meaning:
          `For two hours, ${by}${as === undefined ? "" : ` (as ${as})`} may make the ${plan.rollback.length} calls of the receipt, and they are not fixed again. ` +
          `What the fix did: ${plan.summary}${isOwn ? " It reverted a call of the same person." : ""}`,
        finding,
      },
      async carryOut() {
        const expiresAt = Math.floor(now() / 1000) + permitSeconds;
        await table.update(rollbackKey(token), { set: attributesOfPermit(permit, expiresAt) });
      },
    };
  };

  const rolledBack = async (
    { finding, token, why }: RolledBackRequest,
    by: string,
  ): Promise<Granted | { refused: string }> => {
    const permit = permitOf(await table.get(rollbackKey(token)), now());
    if (permit === undefined || permit.finding !== finding || permit.by !== by)
      return { refused: `expected a permit of ${by} to roll back the fix of ${finding}, found none` };
    const texts = { rolledBackAt: new Date(now()).toISOString(), rolledBackBy: by, rolledBackWhy: why };
    return {
      async carryOut() {
        const set = Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }]));
        await table.update(finding, { set });
      },
    };
  };

  const fixedByHand = async (
    { finding, why }: FixedRequest,
    by: string,
  ): Promise<Granted | { refused: string }> => {
    const { outcome } = (await itemOf(table, finding)) ?? {};
    if (!fixedByHandFrom.some((one) => one === outcome?.S))
      return {
        refused: `expected a finding ${finding} that is not fixed, found ${outcome?.S === undefined ? "none" : `one with outcome ${outcome.S}`}`,
      };
    const at = new Date(now()).toISOString();
    return { carryOut: () => keepSaid(table, finding, { fixedByHand: { by, why, at } }) };
  };

  const verdict = async (
    { finding, verdict: is, why }: VerdictRequest,
    by: string,
  ): Promise<Granted | { refused: string }> => {
    if ((await itemOf(table, finding))?.about === undefined)
      return { refused: `expected a finding ${finding} in the table, found none` };
    const at = new Date(now()).toISOString();
    return { carryOut: () => keepSaid(table, finding, { verdict: { is, by, why, at } }) };
  };

  return (request, by, invocation) => {
    switch (request.verb) {
      case "import":
        return importFindings(request, by, invocation);
      case "send":
        return Promise.resolve(handleSent(request, by, invocation));
      case "verdict":
        return verdict(request, by);
      case "fixed":
        return fixedByHand(request, by);
      case "approve":
        return approval.approve(request, by, invocation);
      case "deny":
        return approval.deny(request, by);
      case "mode":
        return mode(request, by);
      case "rollback":
        return rollback(request, by);
      case "rolled-back":
        return rolledBack(request, by);
    }
  };
}

/** The outcomes of findings that a person can still fix. */
export const fixedByHandFrom = [
  "planned",
  "refused",
  "failed",
  "awaiting-approval",
  "delayed",
  "rejected",
  "expired",
] as const satisfies Outcome[];

/** What is done about findings at most. */
const whatOf = { alert: "alerted only", plan: "alerted with a plan, and not fixed" };

/** Why the switch cannot be set so; undefined when it can. */
function whyNotSet(
  { mode, detection, until, close = [] }: ModeRequest,
  detections: string[],
  now: number,
): string | undefined {
  if (!switchModes.includes(mode)) return `expected one of ${switchModes.join(", ")}, found ${mode}`;
  if (detection !== undefined && !detections.includes(detection))
    return `expected the id of a detection, found ${detection}`;
  if (until !== undefined && (mode === "fix" || !(Date.parse(until) > now)))
    return `expected an end that is still to come, of a mode below fix; found ${mode} until ${until}`;
  const other = close.find((key) => detection !== undefined && key.split("#")[1] !== detection);
  if (close.length > 0 && mode !== "fix") return "expected breakers to be closed with mode fix alone";
  return other === undefined ? undefined : `expected breakers of ${detection}, found ${other}`;
}

/** An open breaker counts from nothing again; who closed it stays written down. */
async function closeBreaker(table: Table, key: string, { by, why, at }: Ceiling): Promise<void> {
  await table.update(key, {
    set: { closedAt: { S: at }, closedBy: { S: by }, closedWhy: { S: why } },
    // Who is about to count a fix has to look again.
    add: { version: { N: "1" } },
    remove: ["fixes", "openedAt"],
    condition: { expression: "attribute_exists(id)" },
  });
}

/** The door has an empty item for none. */
async function itemOf(table: Table, id: string): Promise<Attributes | undefined> {
  const item = await table.get(id);
  return Object.keys(item).length === 0 ? undefined : item;
}
