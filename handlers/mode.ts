import type { Mode, RemediationClass, Settings } from "./settings";

/**
 * The mode of a detection: its own when the stack's configuration names it, else the stack's. One that is off by
 * default stays off until it is named, and what cannot be undone but only contained is not done unless it is named
 * with `fix`.
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
