import type { Alertable } from "../findings/handle";
import { hashOfCalls } from "../findings/person-request";
import type { Outcome, Result } from "../findings/result";
import type { Call } from "../aws/call";
import { accountSettings } from "../accounts";
import { plainTextOf, textOf } from "../json";
import type { Actor } from "../cloudtrail/actor";
import { eventTimeOf } from "../cloudtrail/event-time";
import { serviceOf } from "../cloudtrail/record";
import type { Evidence, Resource } from "../detections/detection";
import type { Finding } from "../detections/finding";
import type { Plan } from "../remediations/remediation";
import type { Settings, Severity } from "../settings";
import { isSecretName, withoutSecrets } from "./clean";
import { commandLineOf, optionsOf, quoted, type StackNames } from "./command-line";

/** A call with its command line. */
export interface ShownCall extends Call {
  commandLine: string;
}

/** The alert for programs: the JSON that SQS, Lambda and http(s) subscribers get. */
export interface Alert {
  version: 1;
  id: string;
  team: string;
  detection: string;
  title: string;
  severity: Severity;
  outcome: Outcome;
  reason?: string;
  /** An alert with the same id may have been published before a crash. */
  mayRepeat?: true;
  /** Why the bus did not take it, so that subscribers behind the bus did not get it. */
  undelivered?: string;
  /** Why Security Hub did not take it. */
  notImported?: string;
  account: string;
  /** The name of an account that the configuration names. */
  accountName?: string;
  region: string;
  what: {
    event: string;
    eventName: string;
    eventSource: string;
    resources: Resource[];
    errorCode?: string;
    errorMessage?: string;
  };
  who: Actor;
  when: { eventTime: string; seenAt: string; delaySeconds?: number };
  why: Evidence[];
  /** Whether this is new for the actor: `first time in 30 days by role deploy`. */
  novelty?: string;
  /** What was done (`fixed`), tried (`failed`) or would be done (`planned`). */
  done?: {
    summary: string;
    calls: ShownCall[];
    /** The calls stop the event from continuing; its effects may remain. */
    contains?: true;
  };
  /** How to say yes or no to the fix; with outcome `awaiting-approval` or `delayed`. */
  approval?: {
    approve: string;
    deny: string;
    /** Stands for the calls that it is about. */
    plan: string;
  };
  /** When the fix will be made, ISO; with outcome `delayed`. */
  fixAt?: string;
  /** How to restore what was there before the fix; with outcome `fixed`, or `failed` after at least one call. */
  rollback?: { command: string; calls: ShownCall[] };
  /** MITRE ATT&CK; rules of a team's own may have none. */
  attack?: { technique: string; before?: string };
  runbook: string[];
  falsePositives: string[];
  references: string[];
  eventID: string;
  requestID?: string;
  /** The log file. */
  source: string;
  console: string;
}

/** The alert of a finding. Pure. */
export function alertOf(
  { finding, result, seenAt, mayRepeat }: Alertable,
  settings: StackNames & Pick<Settings, "team" | "accounts">,
): Alert {
  const { team } = settings;
  const { outcome, reason, severity = finding.severity } = result;
  const { detection, record, match } = finding;
  const service = serviceOf(record);
  const eventName = plainTextOf(record.eventName);
  const alert: Alert = {
    version: 1,
    id: finding.id,
    team,
    detection: detection.id,
    title: finding.title,
    severity,
    outcome,
    account: finding.account,
    region: finding.region,
    what: {
      event: `${service}:${eventName}`,
      eventName,
      eventSource: plainTextOf(record.eventSource),
      resources: match.resources,
    },
    who: finding.actor,
    when: { eventTime: plainTextOf(record.eventTime), seenAt: new Date(seenAt).toISOString() },
    why: match.evidence.map(shownEvidence),
    runbook: detection.runbook,
    falsePositives: detection.falsePositives,
    references: detection.references,
    eventID: plainTextOf(record.eventID),
    source: finding.source,
    console: consoleLinkOf(finding),
  };
  const { name } = accountSettings(settings, finding.account);
  if (name !== undefined) alert.accountName = name;
  const at = eventTimeOf(record);
  if (!Number.isNaN(at)) alert.when.delaySeconds = Math.max(0, Math.round((seenAt - at) / 1000));
  if (detection.attack !== undefined) alert.attack = detection.attack;
  if (match.novelty !== undefined) alert.novelty = match.novelty.text;
  if (reason !== undefined) alert.reason = reason;
  if (mayRepeat) alert.mayRepeat = true;
  if (record.errorCode) alert.what.errorCode = plainTextOf(record.errorCode);
  if (record.errorMessage) alert.what.errorMessage = plainTextOf(record.errorMessage);
  const requestID = textOf(record.requestID);
  if (requestID !== undefined) alert.requestID = requestID;
  return { ...alert, ...receiptOf(finding, result, settings) };
}

/** The calls that were made or planned, and the way back. */
function receiptOf(
  { id, detection }: Finding,
  { outcome, plan, fixAt }: Result,
  settings: StackNames,
): Pick<Alert, "done" | "rollback" | "approval" | "fixAt"> {
  if (plan === undefined) return {};
  const contains = detection.remediation === "contain" && !plan.revertsEvent;
  const done = { summary: plan.summary, calls: plan.calls.map(shown), ...(contains ? { contains } : {}) };
  if (outcome === "awaiting-approval") return { done, approval: approvalOf(id, plan, settings) };
  if (outcome === "delayed")
    return { done, approval: approvalOf(id, plan, settings), ...(fixAt === undefined ? {} : { fixAt }) };
  // If nothing was changed, there is nothing to roll back.
  if ((outcome !== "fixed" && outcome !== "failed") || plan.rollback.length === 0) return { done };
  const command = `npx cloudtrailer rollback ${quoted(id)} ${optionsOf(settings)} --why '…'`;
  return { done, rollback: { command, calls: plan.rollback.map(shown) } };
}

function approvalOf(id: string, { calls }: Plan, settings: StackNames): NonNullable<Alert["approval"]> {
  const command = (verb: string) => `npx cloudtrailer ${verb} ${quoted(id)} ${optionsOf(settings)} --why '…'`;
  // As the table keeps them.
  const plan = hashOfCalls(JSON.parse(JSON.stringify(calls)));
  return { approve: command("approve"), deny: command("deny"), plan };
}

function shownEvidence(evidence: Evidence): Evidence {
  const hidden = typeof evidence.value === "string" && isSecretName(evidence.parameter);
  return { ...evidence, value: hidden ? "<hidden>" : withoutSecrets(evidence.value) };
}

function shown(call: Call): ShownCall {
  return { ...call, commandLine: commandLineOf(call) };
}

/** The event in CloudTrail's event history in the console. */
function consoleLinkOf(finding: Finding): string {
  const region = encodeURIComponent(finding.region);
  const event = encodeURIComponent(plainTextOf(finding.record.eventID));
  return `https://${region}.console.aws.amazon.com/cloudtrailv2/home?region=${region}#/events/${event}`;
}
