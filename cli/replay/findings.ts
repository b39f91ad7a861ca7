import type { Detection } from "../../handlers/detections/detection";
import { detections } from "../../handlers/detections/index";
import { activeIn, createFindIn, type Find, type ReplaySettings } from "../../handlers/history/find";
import { remediations } from "../../handlers/remediations/index";

export type {
  Found,
  ReplayAsked,
  ReplayCounted,
  ReplayFinding,
  ReplaySettings,
} from "../../handlers/history/find";

const catalogue = { detections, remediations };

/** The detections that are on. */
export function activeDetections(settings: ReplaySettings): Detection[] {
  return activeIn(catalogue, settings);
}

/** Creates the function from a record to its findings. */
export function createFind(settings: ReplaySettings, now: number): Find {
  return createFindIn(catalogue, settings, now);
}
