import type { SNSEvent } from "aws-lambda";
import { createPublisher } from "./alerts/publish";
import { createCallAws } from "./aws/clients";
import type { Invocation, Platform } from "./aws/platform";
import { asksToKeepBaselines, type KeepBaselines } from "./baselines/event";
import { createKeepBaselines } from "./baselines/keep";
import { createKeepAll } from "./baselines/keep-all";
import { keptKinds } from "./baselines/kept-kinds";
import type { Detection } from "./detections/detection";
import { detections } from "./detections/index";
import { createLog } from "./log";
import { modeOf } from "./mode";
import { createOnNotification } from "./on-notification";
import { createOnSchedule } from "./on-schedule";
import { remediations } from "./remediations/index";
import type { Remediation } from "./remediations/remediation";
import type { PatternRule } from "./rules/pattern-rule";
import { type Rule, withRules } from "./rules/rule";
import { decodeSettings, type Settings } from "./settings";
import { createDigestCheck } from "./watch/digests";
import { createSelfCheck } from "./watch/self-check";

/** What the function is invoked with. */
export type FunctionEvent = SNSEvent | KeepBaselines;

/** Handles one invocation of the function. Rejects if Lambda should try again. */
export type Handler = (event: FunctionEvent, invocation: Invocation) => Promise<void>;

/**
 * The callback factory of the function `cloudtrailer`. Pulumi serializes it with everything it uses, and it runs once per
 * execution environment.
 *
 * @param rules of the team's own
 * @param patterns rules of the stack's configuration
 */
export function createCallback(rules: Rule[], patterns: PatternRule[]): Handler {
  const platform: Platform = {
    aws: createCallAws(),
    write: (line) => console.log(line),
    now: () => Date.now(),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
  const catalogue = withRules({ detections, remediations }, rules, patterns);
  return createHandler(
    decodeSettings(process.env.CLOUDTRAILER_SETTINGS),
    platform,
    catalogue.detections,
    catalogue.remediations,
  );
}

/** Creates the handler: one `on-…` for each kind of event. */
export function createHandler(
  settings: Settings,
  platform: Platform,
  catalogue: Detection[] = detections,
  fixes: Remediation[] = remediations,
): Handler {
  const { aws, now, pause } = platform;
  const active = catalogue.filter((detection) => modeOf(detection, settings) !== "off");
  const kinds = keptKinds(settings, catalogue, fixes);
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
  const { onNotification, processLogFiles } = createOnNotification({
    settings,
    platform,
    log,
    active,
    remediations: fixes,
    baselines,
    kinds,
    selfCheck,
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
  const onSchedule = createOnSchedule({ settings, log, selfCheck, digests, keepAll, now });

  return async (event, invocation) => {
    if (asksToKeepBaselines(event)) return onSchedule(event, invocation);
    return onNotification(event, invocation);
  };
}
