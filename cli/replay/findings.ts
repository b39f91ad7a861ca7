import type { Detection } from "../../handlers/detections/detection";
import {
  activeIn,
  createFindIn,
  type Find,
  type ReplayFinding as FoundFinding,
  type ReplaySettings,
} from "../../handlers/history/find";
import { type Catalogue, withRules } from "../../handlers/rules/rule";
import { ownCatalogue } from "../own-catalogue";
import type { Planned } from "./planned";

export type { Found, ReplayAsked, ReplayCounted, ReplaySettings } from "../../handlers/history/find";

/** A finding as `--format jsonl` prints it. JSON only. */
export interface ReplayFinding extends FoundFinding {
  /** With `--plan`: what the fix would do now. */
  plan?: Planned;
}

/** The detections that are on. */
export function activeDetections(settings: ReplaySettings): Detection[] {
  return activeIn(catalogueFor(settings), settings);
}

/** The catalogue with the team's own rules, and those of the configuration. */
export function catalogueFor({ rules = [] }: ReplaySettings): Catalogue {
  return withRules(ownCatalogue().catalogue, [], rules);
}

/** Creates the function from a record to its findings. */
export function createFind(settings: ReplaySettings, now: number): Find {
  return createFindIn(catalogueFor(settings), settings, now);
}
