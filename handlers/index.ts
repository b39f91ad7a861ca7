import type { SNSEvent } from "aws-lambda";
import { createCertificates } from "./aws/certificates";
import { createPublisher } from "./alerts/publish";
import { createCallAws } from "./aws/clients";
import type { Invocation, Platform } from "./aws/platform";
import { createTable } from "./aws/table";
import { asksToKeepBaselines, type KeepBaselines } from "./baselines/event";
import { createKeepBaselines } from "./baselines/keep";
import { createKeepAll } from "./baselines/keep-all";
import { keptKinds } from "./baselines/kept-kinds";
import { isEvent } from "./cloudtrail/event";
import type { Detection } from "./detections/detection";
import { detections } from "./detections/index";
import { fieldsOf, listOf, textOf } from "./json";
import { createLog } from "./log";
import { modeOf } from "./mode";
import { createOnEvent } from "./on-event";
import { createOnNotification } from "./on-notification";
import { createOnSchedule } from "./on-schedule";
import { remediations } from "./remediations/index";
import { decodeSettings, type Settings } from "./settings";
import { createDigestCheck } from "./watch/digests";
import { createSelfCheck } from "./watch/self-check";
import { createConfirmation } from "./watch/unconfirmed";

/** What the function is invoked with. */
export type FunctionEvent = SNSEvent | KeepBaselines;

/** Handles one invocation of the function. Rejects if Lambda should try again. */
export type Handler = (event: FunctionEvent, invocation: Invocation) => Promise<void>;

/**
 * The callback factory of the function `cloudtrailer`. Pulumi serializes it with everything it uses, and it runs once per
 * execution environment.
 */
export function createCallback(): Handler {
  return createHandler(decodeSettings(process.env.CLOUDTRAILER_SETTINGS), {
    aws: createCallAws(),
    certificateAt: createCertificates({ endpoint: process.env.AWS_ENDPOINT_URL }),
    write: (line) => console.log(line),
    now: () => Date.now(),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

/** Creates the handler: one `on-…` for each kind of event. */
export function createHandler(
  settings: Settings,
  platform: Platform,
  catalogue: Detection[] = detections,
): Handler {
  const { aws, now, pause, certificateAt = createCertificates() } = platform;
  const active = catalogue.filter((detection) => modeOf(detection, settings) !== "off");
  const kinds = keptKinds(settings, catalogue, remediations);
  const baselines = createKeepBaselines({ settings, kinds, aws, now });
  const keepAll = createKeepAll({ settings, kinds, aws, lookAt: baselines.lookAt, now, pause });
  const log = createLog(platform.write);
  const publisher = createPublisher(aws, settings, pause);
  const selfCheck = createSelfCheck({
    settings,
    aws,
    alertDifferences: (differences) => publisher.alertDifferences(differences),
    alertEnding: (exceptions) => publisher.alertEnding(exceptions),
    now,
    pause,
  });
  const { onNotification, handleRecord, processLogFiles } = createOnNotification({
    settings,
    platform,
    log,
    active,
    remediations,
    baselines,
    kinds,
    selfCheck,
  });
  const confirmation = createConfirmation({
    table: createTable(aws, settings),
    active: active.map(({ id }) => id),
    alertUnconfirmed: (findings) => publisher.alertUnconfirmed(findings),
    now,
  });
  const fixable = remediations.map(({ id }) => id);
  const onEvent = createOnEvent({
    settings,
    platform: { certificateAt, now },
    log,
    fixable,
    handleRecord,
    confirmation,
  });
  const { trail } = settings.context;
  const digests =
    trail &&
    createDigestCheck({
      settings,
      trail,
      aws,
      processLogFiles,
      alertDigests: (problems) => publisher.alertDigests(problems, trail.arn),
      now,
    });
  const onSchedule = createOnSchedule({ settings, log, selfCheck, digests, confirmation, keepAll, now });

  return async (event, invocation) => {
    if (asksToKeepBaselines(event)) return onSchedule(event, invocation);
    return carriesEvents(event) ? onEvent(event, invocation) : onNotification(event, invocation);
  };
}

/** Whether the messages are events of EventBridge, and not CloudTrail's notifications. */
function carriesEvents(event: SNSEvent): boolean {
  const messages = listOf(fieldsOf(event).Records).map((one) => textOf(fieldsOf(fieldsOf(one).Sns).Message));
  return messages.length > 0 && messages.every((message) => message !== undefined && isEvent(message));
}
