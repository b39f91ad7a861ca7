import type { SNSEvent } from "aws-lambda";
import { createPublisher } from "./alerts/publish";
import { createCallAws } from "./aws/clients";
import { otherAccounts } from "./aws/other-accounts";
import type { Invocation, Platform } from "./aws/platform";
import { asksToKeepBaselines, type KeepBaselines } from "./baselines/event";
import { createKeepBaselines } from "./baselines/keep";
import { createKeepAll } from "./baselines/keep-all";
import { keptKinds } from "./baselines/kept-kinds";
import type { Detection } from "./detections/detection";
import { detections } from "./detections/index";
import { createSourceProof } from "./findings/source-proof";
import { createLog } from "./log";
import { modeOf } from "./mode";
import { createOnNotification } from "./on-notification";
import { createOnSchedule } from "./on-schedule";
import { asksToTry, createOnTrial, type Trial, type Tried } from "./on-trial";
import { remediations } from "./remediations/index";
import { decodeSettings, type Settings } from "./settings";
import { createSelfCheck } from "./watch/self-check";

/** What the function is invoked with. */
export type FunctionEvent = SNSEvent | KeepBaselines | Trial;

/** Handles one invocation of the function. Rejects if Lambda should try again. Only a trial has an answer. */
export type Handler = (event: FunctionEvent, invocation: Invocation) => Promise<Tried | void>;

/**
 * The callback factory of the function `cloudtrailer`. Pulumi serializes it with everything it uses, and it runs once per
 * execution environment.
 */
export function createCallback(): Handler {
  const settings = decodeSettings(process.env.CLOUDTRAILER_SETTINGS);
  return createHandler(settings, {
    aws: createCallAws({ others: otherAccounts(settings) }),
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
  const { aws, now, pause } = platform;
  const active = catalogue.filter((detection) => modeOf(detection, settings) !== "off");
  const kinds = keptKinds(settings, catalogue, remediations);
  const baselines = createKeepBaselines({ settings, kinds, aws, now });
  const keepAll = createKeepAll({ settings, kinds, aws, lookAt: baselines.lookAt, now, pause });
  const log = createLog(platform.write);
  const publisher = createPublisher(aws, settings);
  const selfCheck = createSelfCheck({
    settings,
    aws,
    alertDifferences: (differences) => publisher.alertDifferences(differences),
    alertEnding: (exceptions) => publisher.alertEnding(exceptions),
    now,
    pause,
  });
  const onNotification = createOnNotification({
    settings,
    platform,
    log,
    active,
    remediations,
    baselines,
    kinds,
    selfCheck,
  });
  const onSchedule = createOnSchedule({ settings, log, selfCheck, keepAll, now });

  const onTrial = createOnTrial({
    settings,
    aws,
    // Without what an earlier look is believed.
    whyUnproven: () => createSourceProof(aws, settings, now)(),
    alertTrial: (id) => publisher.alertTrial(id),
    now,
  });

  return async (event, invocation) => {
    if (asksToTry(event)) return onTrial(event);
    if (asksToKeepBaselines(event)) return onSchedule(event, invocation);
    return onNotification(event, invocation);
  };
}
