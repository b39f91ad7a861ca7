import type { CallAws } from "../aws/call";
import { isPassing, isThrottling, pauseBefore } from "../aws/retries";
import type { DigestProblem } from "../cloudtrail/digest-chain";
import type { OpenBreaker } from "../findings/breaker";
import type { Flood } from "../findings/floods";
import type { ExpiredFix } from "../findings/waiting";
import type { PeriodSummary } from "../findings/periods";
import type { Alertable } from "../findings/handle";
import type { Exception, Settings, Severity } from "../settings";
import { visible } from "../visible";
import { type Alert, alertOf } from "./alert";
import { createBusPublisher } from "./bus";
import { clean, cut } from "./clean";
import { createSecurityHubPublisher } from "./security-hub";
import { repetition } from "./repetition";
import { smsOf, subjectOf, textOfAlert, undeliveredLine } from "./render";
import {
  type AlertedRequest,
  brokenSummary,
  type Difference,
  differencesSummary,
  digestsSummary,
  endingSummary,
  expiredSummary,
  floodSummary,
  openedSummary,
  periodSummary,
  requestSummary,
  type Summary,
  type UnconfirmedFinding,
  unconfirmedSummary,
  trialSummary,
  type Unproven,
  unprovenSummary,
} from "./summaries";

/**
 * In characters. SNS limits a message with all its forms to 256 KB; at worst a character takes three bytes, or is a quote
 * that is escaped again.
 */
const maxJson = 50_000;
const maxText = 25_000;

/** Attempts to publish one message. All of them together take less time than a lease. */
const maxTries = 3;

/** Publishes to the alert topic. */
export interface Publisher {
  alert(alertable: Alertable): Promise<void>;
  /** Once per hour and breaker: findings are only alerted from now on. */
  alertOpened(breaker: OpenBreaker): Promise<void>;
  /** Once per hour and detection: it throws. */
  alertBroken(broken: { detection: string; problem: string }): Promise<void>;
  /** The result of the self-check: differences, or none any more. @param member where, if not in the stack's own account */
  alertDifferences(differences: Difference[], member?: string): Promise<void>;
  /**
   * What the check of a trail's digests found: problems, or that there are none any more.
   *
   * @param trail its ARN
   * @param member whose digests they are, if not the stack's own account's
   */
  alertDigests(problems: DigestProblem[], trail: string, member?: string): Promise<void>;
  /** Once for each: exceptions that end within a week. */
  alertEnding(exceptions: Exception[]): Promise<void>;
  /** Findings that events brought, and no log file confirmed. */
  alertUnconfirmed(findings: UnconfirmedFinding[]): Promise<void>;
  /** Once for many findings of one detection and actor. */
  alertFlood(flood: Flood): Promise<void>;
  /** Says that alerts arrive. @returns why the findings bus did not take it */
  alertTrial(id: string, isForEverybody?: boolean): Promise<string | undefined>;
  /** What came in an hour or a day, for those who asked for it. @param mayRepeat it may have been published before */
  alertPeriod(period: PeriodSummary, mayRepeat: boolean): Promise<void>;
  /** Fixes that nobody has approved in time. */
  alertExpired(fixes: ExpiredFix[]): Promise<void>;
  /** What a person has asked of the function. */
  alertRequest(request: AlertedRequest): Promise<void>;
  /** What proves nothing. */
  alertUnproven(unproven: Unproven): Promise<void>;
}

/** Creates the publisher. Each alert is one SNS message, with a form for every kind of subscriber. */
export function createPublisher(
  aws: CallAws,
  settings: Pick<
    Settings,
    "alertTopicArn" | "findingsBus" | "securityHub" | "table" | "region" | "team" | "account" | "context"
  >,
  pause: (ms: number) => Promise<void>,
): Publisher {
  /** Publishes until SNS answers. If an answer was lost, the next attempt says that it may be a repetition. */
  const insistently = async (send: (mayRepeat: boolean) => Promise<void>): Promise<void> => {
    let mayRepeat = false;
    for (let tries = 1; ; tries++) {
      try {
        return await send(mayRepeat);
      } catch (error) {
        if (tries >= maxTries || !isPassing(error)) throw error;
        mayRepeat ||= !isThrottling(error);
        await pause(pauseBefore(tries, Math.random));
      }
    }
  };

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
      once: true,
      input: {
        TopicArn: settings.alertTopicArn,
        Subject: subject,
        MessageStructure: "json",
        Message: JSON.stringify(message),
        MessageAttributes: Object.fromEntries(
          // SNS rejects empty attributes, and control characters in them; a record may lack its account or region.
          Object.entries(attributes)
            .filter(([, value]) => value !== "")
            .map(([name, value]) => [name, { DataType: "String", StringValue: clean(value) }]),
        ),
      },
    });
  };

  const bus = createBusPublisher(aws, settings);
  const securityHub = createSecurityHubPublisher(aws, settings);

  /**
   * The bus comes first, so that the topic says what it did not take.
   *
   * @param chosenBy the attribute by which subscribers are chosen, if it is not the summary's own severity
   * @returns why the bus did not take it
   */
  const deliver = async (
    summary: Summary,
    chosenBy: { severity: Severity } | { summary: string } = { severity: summary.json.severity },
  ): Promise<string | undefined> => {
    const { subject, sms, json } = summary;
    const undelivered = await bus.summary(summary);
    const text =
      undelivered === undefined ? summary.text : `${summary.text}\n\n${undeliveredLine(undelivered)}`;
    await insistently((mayRepeat) => {
      const { detection, account, region, outcome } = json;
      const repeats = mayRepeat ? { mayRepeat: true } : {};
      return publish(
        subject,
        {
          text: `${text}\n${mayRepeat ? `\n${repetition}\n` : ""}`,
          sms,
          json: visible(JSON.stringify({ ...json, ...repeats })),
        },
        { ...chosenBy, detection: detection ?? "", account, region, outcome },
      );
    });
    return undelivered;
  };

  const summarize = async (summary: Summary): Promise<void> => {
    await deliver(summary);
  };

  return {
    async alert(alertable) {
      const first = alertOf(alertable, settings);
      const undelivered = await bus.alert(first);
      const notImported = await securityHub.import(first);
      await insistently((mayRepeat) => {
        const alert = alertOf(mayRepeat ? { ...alertable, mayRepeat } : alertable, settings);
        if (undelivered !== undefined) alert.undelivered = undelivered;
        if (notImported !== undefined) alert.notImported = notImported;
        const { severity, detection, account, region, outcome } = alert;
        return publish(
          subjectOf(alert),
          { text: wholeLines(textOfAlert(alert), maxText), sms: smsOf(alert), json: jsonOf(alert) },
          { severity, detection, account, region, outcome },
        );
      });
    },
    alertOpened: (breaker) => summarize(openedSummary(breaker, settings)),
    alertBroken: (broken) => summarize(brokenSummary(broken, settings)),
    alertDifferences: (differences, member) => summarize(differencesSummary(differences, settings, member)),
    alertDigests: (problems, trail, member) =>
      summarize(digestsSummary(problems, { trail, member }, settings)),
    alertEnding: (exceptions) => summarize(endingSummary(exceptions, settings)),
    alertUnconfirmed: (findings) => summarize(unconfirmedSummary(findings, settings)),
    alertFlood: (flood) => summarize(floodSummary(flood, settings)),
    alertTrial: (id, isForEverybody = false) =>
      deliver(trialSummary(id, isForEverybody ? "test" : "trial", settings), {
        severity: isForEverybody ? "critical" : "info",
      }),
    async alertPeriod(period, mayRepeat) {
      await deliver(periodSummary(period, settings, mayRepeat), { summary: period.key });
    },
    alertExpired: (fixes) => summarize(expiredSummary(fixes, settings)),
    alertRequest: (request) => summarize(requestSummary(request, settings)),
    alertUnproven: (unproven) => summarize(unprovenSummary(unproven, settings)),
  };
}

/** The first lines of a text, at most `max` characters. Half a line may be half a command. */
function wholeLines(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, text.lastIndexOf("\n", max - 2))}\n…`;
}

/** The alert as JSON, with shorter lists, and as short texts as it takes, if the record made it too long. */
function jsonOf(alert: Alert): string {
  const forms = [
    () => alert,
    () => shortened(alert, 1_000),
    () => shortened(alert, 200),
    () => shortened(alert, 40),
  ];
  let json = "";
  for (const form of forms) {
    json = JSON.stringify(form());
    // Of megabytes not even the invisible characters are looked for.
    if (json.length <= maxJson) json = visible(json);
    if (json.length <= maxJson) return json;
  }
  return visible(json);
}

/** What a record has no part in stays as it is: the command of a rollback is for pasting. */
function shortened(alert: Alert, max: number): object {
  const {
    version,
    id,
    detection,
    severity,
    outcome,
    rollback,
    runbook,
    falsePositives,
    references,
    ...rest
  } = alert;
  const { what, why, done } = rest;
  const lists = {
    what: { ...what, resources: what.resources.slice(0, 20) },
    why: why.slice(0, 12).map((one) => ({ ...one, value: JSON.stringify(one.value) })),
    ...(done === undefined ? {} : { done: { ...done, calls: [] } }),
  };
  return {
    ...{ version, id, detection, severity, outcome },
    ...(withShortTexts({ ...rest, ...lists }, max) as object),
    ...(rollback === undefined ? {} : { rollback: { command: rollback.command, calls: [] } }),
    ...{ runbook, falsePositives, references },
    shortened: "the alert was too long for SNS; the finding in the table is complete",
  };
}

function withShortTexts(value: unknown, max: number): unknown {
  if (typeof value === "string") return cut(value, max);
  if (Array.isArray(value)) return value.map((one) => withShortTexts(one, max));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withShortTexts(one, max)]));
}
