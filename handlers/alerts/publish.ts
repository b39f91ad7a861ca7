import type { CallAws } from "../aws/call";
import type { OpenBreaker } from "../findings/breaker";
import type { Flood } from "../findings/floods";
import type { Alertable } from "../findings/handle";
import type { Exception, Settings } from "../settings";
import { type Alert, alertOf } from "./alert";
import { cut } from "./clean";
import { smsOf, subjectOf, textOfAlert } from "./render";
import {
  brokenSummary,
  type Difference,
  differencesSummary,
  endingSummary,
  floodSummary,
  openedSummary,
  type Summary,
  trialSummary,
} from "./summaries";

/**
 * In characters. SNS limits a message with all its forms to 256 KB; at worst a character takes three bytes, or is a quote
 * that is escaped again.
 */
const maxJson = 50_000;
const maxText = 25_000;

/** Publishes to the alert topic. */
export interface Publisher {
  alert(alertable: Alertable): Promise<void>;
  /** Once per hour and breaker: findings are only alerted from now on. */
  alertOpened(breaker: OpenBreaker): Promise<void>;
  /** Once per hour and detection: it throws. */
  alertBroken(broken: { detection: string; problem: string }): Promise<void>;
  /** The result of the self-check: differences, or none any more. */
  alertDifferences(differences: Difference[]): Promise<void>;
  /** Once for each: exceptions that end within a week. */
  alertEnding(exceptions: Exception[]): Promise<void>;
  /** Once for many findings of one detection and actor. */
  alertFlood(flood: Flood): Promise<void>;
  /** Says that alerts arrive. */
  alertTrial(id: string): Promise<void>;
}

/** Creates the publisher. Each alert is one SNS message, with a form for every kind of subscriber. */
export function createPublisher(
  aws: CallAws,
  settings: Pick<Settings, "alertTopicArn" | "table" | "region" | "team" | "account">,
): Publisher {
  const publish = async (
    subject: string,
    forms: { text: string; sms: string; json: string },
    attributes: Record<string, string>,
  ) => {
    const { text, sms, json } = forms;
    // By protocol; `default` is for all others: sqs, lambda, http, https, email-json, firehose.
    // https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html
    const message = { default: json, email: text, sms, application: sms };
    await aws({
      service: "sns",
      operation: "Publish",
      region: settings.region,
      input: {
        TopicArn: settings.alertTopicArn,
        Subject: subject,
        MessageStructure: "json",
        Message: JSON.stringify(message),
        MessageAttributes: Object.fromEntries(
          // SNS rejects empty attributes; a record may lack its account or region.
          Object.entries(attributes)
            .filter(([, value]) => value !== "")
            .map(([name, value]) => [name, { DataType: "String", StringValue: value }]),
        ),
      },
    });
  };

  const summarize = ({ subject, text, sms, json }: Summary) => {
    const { severity, detection, account, region, outcome } = json;
    return publish(
      subject,
      { text: `${text}\n`, sms, json: JSON.stringify(json) },
      { severity, detection: detection ?? "", account, region, outcome },
    );
  };

  return {
    async alert(alertable) {
      const alert = alertOf(alertable, settings);
      const { severity, detection, account, region, outcome } = alert;
      await publish(
        subjectOf(alert),
        { text: cut(textOfAlert(alert), maxText), sms: smsOf(alert), json: jsonOf(alert) },
        { severity, detection, account, region, outcome },
      );
    },
    alertOpened: (breaker) => summarize(openedSummary(breaker, settings)),
    alertBroken: (broken) => summarize(brokenSummary(broken, settings)),
    alertDifferences: (differences) => summarize(differencesSummary(differences, settings)),
    alertEnding: (exceptions) => summarize(endingSummary(exceptions, settings)),
    alertFlood: (flood) => summarize(floodSummary(flood, settings)),
    alertTrial: (id) => summarize(trialSummary(id, settings)),
  };
}

/** The alert as JSON, with shorter evidence and lists if the record made it too long. */
function jsonOf(alert: Alert): string {
  const whole = JSON.stringify(alert);
  if (whole.length <= maxJson) return whole;
  const short = (text: string | undefined) => (text === undefined ? undefined : cut(text, 1_000));
  return JSON.stringify({
    ...alert,
    title: short(alert.title),
    reason: short(alert.reason),
    what: {
      ...alert.what,
      resources: alert.what.resources.slice(0, 20).map(({ type, id }) => ({ type, id: cut(id, 300) })),
      errorMessage: short(alert.what.errorMessage),
    },
    who: { ...alert.who, userAgent: short(alert.who.userAgent) },
    why: alert.why.slice(0, 12).map((one) => ({ ...one, value: short(JSON.stringify(one.value)) })),
    done: alert.done && { ...alert.done, summary: short(alert.done.summary), calls: [] },
    rollback: alert.rollback && { command: alert.rollback.command, calls: [] },
    shortened: "the alert was too long for SNS; the finding in the table is complete",
  });
}
