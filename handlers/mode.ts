import { type Mode, modesUpwards, type RemediationClass, type Settings } from "./settings";

/** Whether fixes are planned in a mode: the live state and baselines are read. */
export function plansFixes(mode: Mode): boolean {
  return mode === "plan" || makesFixes(mode);
}

/** Whether fixes are made in a mode, some of them only after a person's yes. */
export function makesFixes(mode: Mode): boolean {
  return mode === "fix" || mode === "approve";
}

/**
 * The mode of a detection: its own if the stack's configuration names it, else the stack's. A detection that is off by
 * default stays off until it is named, and containment runs only for detections that are set to `fix` by name. An account's
 * own mode takes the place of the stack's there, and no detection exceeds it.
 */
export function modeOf(
  detection: { id: string; offByDefault?: string; remediation: RemediationClass },
  settings: Pick<Settings, "mode" | "detections" | "accounts">,
  account?: string,
): Mode {
  const ofAccount = account === undefined ? undefined : settings.accounts?.[account]?.mode;
  if (ofAccount === undefined) return modeHere(detection, settings);
  const mode = modeHere(detection, { ...settings, mode: ofAccount });
  return modesUpwards.indexOf(mode) < modesUpwards.indexOf(ofAccount) ? mode : ofAccount;
}

function modeHere(
  detection: { id: string; offByDefault?: string; remediation: RemediationClass },
  settings: Pick<Settings, "mode" | "detections">,
): Mode {
  const named = Object.hasOwn(settings.detections, detection.id)
    ? settings.detections[detection.id]?.mode
    : undefined;
  if (named !== undefined) return named;
  if (detection.offByDefault !== undefined) return "off";
  return atMostPlanned(settings.mode, detection.remediation);
}

/** What a mode that does not name a detection by ID is for it: containment is never switched on in passing. */
export function atMostPlanned(mode: Mode, remediation: RemediationClass): Mode {
  return makesFixes(mode) && remediation === "contain" ? "plan" : mode;
}
