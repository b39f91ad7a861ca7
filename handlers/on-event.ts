import type { SNSEvent } from "aws-lambda";
import type { Invocation, Platform } from "./aws/platform";
import { signatureProblem } from "./aws/sns-signature";
import { type RecordEvent, recordEventOf } from "./cloudtrail/event";
import { eventTimeOf } from "./cloudtrail/event-time";
import type { Finding } from "./detections/finding";
import type { HandleRecord, RecordToHandle } from "./findings/handle-record";
import { cutFieldsOf } from "./findings/paths";
import { replayedFinding, unprovenFinding } from "./findings/unproven";
import { type Fields, fieldsOf, plainTextOf, textOf } from "./json";
import type { Log } from "./log";
import { modeOf, plansFixes } from "./mode";
import { cutBytes, problemOf } from "./problem";
import type { Settings } from "./settings";
import type { Confirmation } from "./watch/unconfirmed";

/** What handling events needs. */
export interface OnEventDependencies {
  settings: Settings;
  platform: Required<Pick<Platform, "certificateAt" | "now">>;
  log: Pick<Log, "entry">;
  /** IDs of the detections that can be fixed. */
  fixable: string[];
  handleRecord: HandleRecord;
  confirmation: Pick<Confirmation, "note">;
}

/** Lambda keeps as much of an error as fits into the failure queue's message beside the event. In bytes. */
const maxThrown = 8_000;

/**
 * Creates the handler of events of EventBridge, each with one record, within seconds of the call. The same record comes again in a
 * log file: each finding is handled by the path that is first, and the other finds it done.
 *
 * Anybody who may invoke the function could hand in such an event, so each proves its origin: by SNS's signature of a message on
 * the stack's own topic, to which only the stack's own rule publishes, and by what it says of itself. What proves nothing makes
 * one critical finding, and no fix.
 */
export function createOnEvent(dependencies: OnEventDependencies) {
  const { settings, platform, log, fixable, handleRecord, confirmation } = dependencies;
  const { certificateAt, now } = platform;

  /** @throws if that cannot be known now */
  const whyUnproven = async (sns: Fields, { problem }: RecordEvent): Promise<string | undefined> => {
    if (settings.events === undefined) return "this stack takes no events of EventBridge";
    return (await signatureProblem(sns, settings.events.topicArn, certificateAt)) ?? problem;
  };

  /** A fix may need what the event lacks, and the log file follows within minutes. */
  const waits = ({ record, detection, account }: Finding): string | undefined => {
    const cut = cutFieldsOf(record);
    const mode = modeOf(detection, settings, account);
    if (cut.length === 0 || !plansFixes(mode) || !fixable.includes(detection.id)) return undefined;
    return `waits for the log file, because the event lacks ${cut.join(", ")}`;
  };

  const whatToHandle = async (
    sns: Fields,
    message: string,
    event: RecordEvent,
  ): Promise<RecordToHandle & { unproven?: string }> => {
    const { record, source, replay } = event;
    const unproven = await whyUnproven(sns, event);
    if (unproven !== undefined)
      return { finding: unprovenFinding(message, record, source, unproven, settings.account), unproven };
    const whole = { record, source, bytes: message.length };
    return replay === undefined
      ? { ...whole, waits, isFollowed: true }
      : { ...whole, findingOf: (finding) => replayedFinding(finding, replay) };
  };

  /** Handles one message, and writes its log entry. @returns what went wrong */
  const handleMessage = async (sns: Fields, invocation: Invocation): Promise<readonly string[]> => {
    const startedAt = now();
    const message = textOf(sns.Message) ?? "";
    const event = recordEventOf(message, settings);
    const about = {
      team: settings.team,
      requestId: invocation.awsRequestId,
      messageId: plainTextOf(sns.MessageId),
    };
    const { record, source, replay } = event;
    const entry = {
      ...about,
      source,
      eventID: plainTextOf(record.eventID),
      event: `${plainTextOf(record.eventSource)}:${plainTextOf(record.eventName)}`,
      ...(replay === undefined ? {} : { replay }),
    };
    try {
      const { unproven, ...what } = await whatToHandle(sns, message, event);
      if (unproven === undefined && event.isInsight) {
        log.entry("info", "event", { ...about, passedOver: "it is not a record of CloudTrail" });
        return [];
      }
      const { entry: handled, kept, errors, failures } = await handleRecord(what, invocation);
      // Log files never have what is forged, nor a second time what was replayed.
      if (unproven === undefined && replay === undefined) await confirmation.note(kept);
      const at = eventTimeOf(record);
      log.entry(errors.all() + failures.all() === 0 ? "info" : "error", "event", {
        ...entry,
        ...(unproven === undefined ? {} : { unproven }),
        ...handled,
        delaySeconds: Number.isNaN(at) ? null : Math.round((startedAt - at) / 100) / 10,
        durationMs: now() - startedAt,
      });
      return errors.first;
    } catch (error) {
      const problem = `event ${source}: ${problemOf(error)}`;
      log.entry("error", "event", { ...entry, errors: [problem], durationMs: now() - startedAt });
      return [problem];
    }
  };

  return async ({ Records }: SNSEvent, invocation: Invocation): Promise<void> => {
    const problems: string[] = [];
    for (const { Sns } of Records) problems.push(...(await handleMessage(fieldsOf(Sns), invocation)));
    if (problems.length > 0)
      throw new Error(cutBytes(`unable to handle the whole event: ${problems.join("; ")}`, maxThrown));
  };
}
