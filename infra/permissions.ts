import type { Detection } from "../handlers/detections/detection";
import { detections as catalogue } from "../handlers/detections/index";
import { modeOf } from "../handlers/findings/mode";
import { remediations } from "../handlers/remediations/index";
import type { Remediation } from "../handlers/remediations/remediation";
import type { Config } from "./config";

/**
 * IAM actions that the remediations want which the configuration has switched on: to look, from mode `plan` on; to
 * change something, in mode `fix` alone.
 */
export function remediationActions(
  config: Pick<Config, "mode" | "detections">,
  detections: Pick<Detection, "id" | "offByDefault" | "remediation">[] = catalogue,
  known: Remediation[] = remediations,
): string[] {
  const modes = new Map(detections.map((detection) => [detection.id, modeOf(detection, config)]));
  const actions = known.flatMap(({ id, reads, writes }) => {
    const mode = modes.get(id);
    if (mode === "fix") return [...reads, ...writes];
    return mode === "plan" ? reads : [];
  });
  return [...new Set(actions)].sort();
}
