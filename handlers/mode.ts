import type { Mode, RemediationClass, Settings } from "./settings";

/**
 * The mode of a detection: its own if the stack's configuration names it, else the stack's. A detection that is off by
 * default stays off until it is named, and containment runs only for detections that are set to `fix` by name.
 */
export function modeOf(
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
