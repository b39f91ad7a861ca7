import type { Detection } from "../detections/detection";
import { modeOf, plansFixes } from "../mode";
import type { Settings } from "../settings";
import { type BaselineName, baselineKinds } from "./kinds/index";

/** The kinds whose baselines a remediation can use, if its mode plans fixes, in the order of `baselineKinds`. */
export function keptKinds(
  settings: Pick<Settings, "mode" | "detections">,
  detections: Pick<Detection, "id" | "offByDefault" | "remediation">[],
  remediations: { id: string; baselines?: BaselineName[] }[],
): BaselineName[] {
  const wanted = remediations.flatMap(({ id, baselines = [] }) => {
    const detection = detections.find((one) => one.id === id);
    const mode = detection === undefined ? "off" : modeOf(detection, settings);
    return plansFixes(mode) ? baselines : [];
  });
  return (Object.keys(baselineKinds) as BaselineName[]).filter((kind) => wanted.includes(kind));
}

/** IAM actions needed to read one kind. */
export function actionsOfKind(kind: BaselineName): string[] {
  const { actions, list } = baselineKinds[kind];
  return [...new Set([...actions, ...list.actions])].sort();
}

/** IAM actions needed to keep baselines of these kinds, besides those on the table. */
export function keepingActions(kinds: BaselineName[]): string[] {
  if (kinds.length === 0) return [];
  return [...new Set(["ec2:DescribeRegions", ...kinds.flatMap(actionsOfKind)])].sort();
}
