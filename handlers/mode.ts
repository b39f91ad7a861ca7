import type { Mode, RemediationClass, Settings } from "./settings";

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
  return upwards.indexOf(mode) < upwards.indexOf(ofAccount) ? mode : ofAccount;
}

/** From the least to the most that is done about a finding. */
const upwards: Mode[] = ["off", "alert", "plan", "fix"];

function modeHere(
  detection: { id: string; offByDefault?: string; remediation: RemediationClass },
  settings: Pick<Settings, "mode" | "detections">,
): Mode {
  const named = Object.hasOwn(settings.detections, detection.id)
    ? settings.detections[detection.id]?.mode
    : undefined;
  if (named !== undefined) return named;
  if (detection.offByDefault !== undefined) return "off";
  return settings.mode === "fix" && detection.remediation === "contain" ? "plan" : settings.mode;
}
