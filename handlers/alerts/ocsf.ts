import { partitionOf } from "../aws/regions";
import { leavesNothing } from "../findings/result";
import type { Severity } from "../settings";
import type { Alert } from "./alert";
import { cut } from "./clean";
import type { Summary } from "./summaries";

/** The version of the Open Cybersecurity Schema Framework that {@link ocsfOf} writes. */
export const ocsfVersion = "1.5.0";

/** What a Detection Finding needs of an alert. A finding without an outcome was only replayed. */
export type OcsfBasis = Omit<
  Alert,
  | "version"
  | "outcome"
  | "console"
  | "falsePositives"
  | "eventID"
  | "requestID"
  | "mayRepeat"
  | "undelivered"
  | "notImported"
> &
  Partial<Pick<Alert, "outcome" | "console" | "eventID">>;

/** A Detection Finding (class 2004) of OCSF, with the profile `cloud`. */
export interface DetectionFinding {
  class_uid: 2004;
  class_name: "Detection Finding";
  category_uid: 2;
  category_name: "Findings";
  activity_id: 1;
  activity_name: "Create";
  type_uid: 200401;
  type_name: "Detection Finding: Create";
  /** Epoch ms. */
  time: number;
  message: string;
  is_alert: true;
  severity_id: number;
  severity: string;
  status_id: number;
  status: string;
  /** The outcome. */
  status_code?: string;
  /** Why it ended so. */
  status_detail?: string;
  [attribute: string]: unknown;
}

/** OCSF's severities, by ours. */
export const severityIds: Record<Severity, { id: number; caption: string }> = {
  info: { id: 1, caption: "Informational" },
  low: { id: 2, caption: "Low" },
  medium: { id: 3, caption: "Medium" },
  high: { id: 4, caption: "High" },
  critical: { id: 5, caption: "Critical" },
};

/** What every new Detection Finding says of its class. */
const created = {
  class_uid: 2004,
  class_name: "Detection Finding",
  category_uid: 2,
  category_name: "Findings",
  activity_id: 1,
  activity_name: "Create",
  type_uid: 200401,
  type_name: "Detection Finding: Create",
  is_alert: true,
} as const;

const product = {
  version: ocsfVersion,
  profiles: ["cloud"],
  product: { name: "cloudtrailer", vendor_name: "cloudtrailer" },
};

const severityOf = (severity: Severity) => ({
  severity_id: severityIds[severity].id,
  severity: severityIds[severity].caption,
});

const cloudOf = (account: string, region: string) => ({
  provider: "AWS",
  account: { uid: account, type: "AWS Account", type_id: 10 },
  region,
  cloud_partition: partitionOf(region),
});

/**
 * An alert about more than one finding as a Detection Finding: severity, detection and account are where a finding has them,
 * so that the same rules pass it on, and `unmapped.summary` says what kind it is.
 *
 * @param time epoch ms
 */
export function ocsfOfSummary({ subject, json }: Pick<Summary, "subject" | "json">, time: number) {
  const { summary, severity, detection, account, region, reason, team, outcome, period } = json;
  // What is published again is the same.
  const uid =
    period === undefined
      ? `${summary}#${detection ?? ""}#${time}`
      : `${summary}#${period.key}#${period.until}`;
  const finding: DetectionFinding = {
    ...created,
    time,
    message: subject,
    ...severityOf(severity),
    status_id: 1,
    status: "New",
    status_code: outcome,
    status_detail: cut(reason, 5_000),
    metadata: { ...product, uid, event_code: detection ?? summary, labels: [`team:${team}`] },
    cloud: cloudOf(account, region),
    finding_info: {
      uid,
      title: subject,
      types: detection === undefined ? [] : [detection],
      data_sources: ["AWS CloudTrail"],
      created_time: time,
    },
    unmapped: { summary, ...(period === undefined ? {} : { period }) },
  };
  return finding;
}

/**
 * An alert as a Detection Finding. What OCSF has no attribute for, such as the calls of a fix, is in `unmapped`. Texts from
 * the record are as they were: whoever shows them must escape them.
 *
 * Source: https://schema.ocsf.io/1.5.0/classes/detection_finding
 */
export function ocsfOf(alert: OcsfBasis): DetectionFinding {
  const { id, detection, title, account, region, team, what, who, when, runbook, references } = alert;
  const seenAt = Date.parse(when.seenAt);
  const calledAt = Date.parse(when.eventTime);
  const isDone = leavesNothing(alert.outcome);
  const finding: DetectionFinding = {
    ...created,
    time: seenAt,
    message: `${title} by ${who.name}`,
    ...severityOf(alert.severity),
    status_id: isDone ? 4 : 1,
    status: isDone ? "Resolved" : "New",
    metadata: {
      ...product,
      uid: id,
      event_code: detection,
      labels: [`team:${team}`],
      ...(alert.eventID === undefined ? {} : { correlation_uid: alert.eventID }),
    },
    cloud: cloudOf(account, region),
    finding_info: {
      uid: id,
      title,
      desc: descriptionOf(alert),
      types: [detection],
      data_sources: ["AWS CloudTrail"],
      analytic: { uid: detection, name: detection, type_id: 1, type: "Rule" },
      ...(alert.attack === undefined ? {} : { attacks: [attackOf(alert.attack.technique)] }),
      created_time: seenAt,
      ...(Number.isNaN(calledAt) ? {} : { first_seen_time: calledAt, last_seen_time: calledAt }),
      ...(alert.console === undefined ? {} : { src_url: alert.console }),
    },
    resources: what.resources.map(({ id: uid, type }) => ({ uid, type, region })),
    evidences: [
      {
        actor: actorOf(alert),
        api: {
          operation: what.eventName,
          service: { name: what.eventSource },
          ...(what.errorCode === undefined
            ? {}
            : { response: { error: what.errorCode, error_message: what.errorMessage ?? "" } }),
        },
        ...(who.sourceIPAddress === undefined ? {} : { src_endpoint: endpointOf(who.sourceIPAddress) }),
        ...(who.userAgent === undefined ? {} : { http_request: { user_agent: who.userAgent } }),
        data: alert.why,
      },
    ],
    remediation: { desc: runbook.join("\n"), references },
    unmapped: unmappedOf(alert),
  };
  if (alert.outcome !== undefined) finding.status_code = alert.outcome;
  if (alert.reason !== undefined) finding.status_detail = alert.reason;
  return finding;
}

/** What happened and how it ended, in a sentence or two. */
export function descriptionOf({
  title,
  what,
  who,
  account,
  region,
  outcome,
  reason,
  done,
}: OcsfBasis): string {
  const on = what.resources.length === 0 ? "" : ` on ${what.resources.map(({ id }) => id).join(", ")}`;
  const happened = `${title}: ${what.event} by ${who.name}${on} in ${account} ${region}.`;
  if (outcome === undefined) return happened;
  const detail = [done?.summary, reason].filter((text) => text !== undefined).join("; ");
  return `${happened} Outcome: ${outcome}${detail === "" ? "" : ` (${detail})`}.`;
}

function attackOf(technique: string): object {
  const [main = technique, sub] = technique.split(".");
  const url = `https://attack.mitre.org/techniques/${main}/`;
  return {
    technique: { uid: main, src_url: url },
    ...(sub === undefined ? {} : { sub_technique: { uid: technique, src_url: `${url}${sub}/` } }),
  };
}

function actorOf({ who }: OcsfBasis): object {
  const { name, type, arn, account, accessKeyId, role, mfa, invokedBy } = who;
  return {
    user: {
      name,
      type,
      ...(arn === undefined ? {} : { uid: arn }),
      ...(account === undefined ? {} : { account: { uid: account, type: "AWS Account", type_id: 10 } }),
      ...(accessKeyId === undefined ? {} : { credential_uid: accessKeyId }),
    },
    ...(role === undefined && mfa === undefined
      ? {}
      : {
          session: {
            ...(role === undefined ? {} : { issuer: role.arn ?? role.name }),
            ...(mfa === undefined ? {} : { is_mfa: mfa }),
          },
        }),
    ...(invokedBy === undefined ? {} : { invoked_by: invokedBy }),
  };
}

/** CloudTrail writes the name of a service where it called on somebody's behalf. */
function endpointOf(address: string): object {
  return /^[0-9a-f.:]+$/i.test(address) && /[.:]/.test(address) && !/[g-z]/i.test(address)
    ? { ip: address }
    : { svc_name: address };
}

function unmappedOf(alert: OcsfBasis): object {
  const { outcome, what, done, rollback, novelty, source, attack, approval, fixAt } = alert;
  return {
    event: what.event,
    log_file: source,
    ...(outcome === undefined ? {} : { outcome }),
    ...(novelty === undefined ? {} : { novelty }),
    ...(done === undefined
      ? {}
      : { fix: { summary: done.summary, commands: done.calls.map(({ commandLine }) => commandLine) } }),
    ...(approval === undefined ? {} : { approval }),
    ...(fixAt === undefined ? {} : { fix_at: fixAt }),
    ...(rollback === undefined
      ? {}
      : {
          rollback: {
            command: rollback.command,
            commands: rollback.calls.map(({ commandLine }) => commandLine),
          },
        }),
    ...(attack?.before === undefined ? {} : { attack_before: attack.before }),
  };
}
