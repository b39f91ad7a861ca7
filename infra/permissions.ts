import { highestMode } from "../handlers/accounts";
import { keepingActions, keptKinds } from "../handlers/baselines/kept-kinds";
import type { Detection } from "../handlers/detections/detection";
import { detections as catalogue } from "../handlers/detections/index";
import { makesFixes, modeOf, plansFixes } from "../handlers/mode";
import { tagActions } from "../handlers/findings/tags";
import { type BaselineName, baselineKinds } from "../handlers/baselines/kinds/index";
import { remediations } from "../handlers/remediations/index";
import type { Remediation } from "../handlers/remediations/remediation";
import { ownListActions, ownPartActions } from "../handlers/watch/own-parts";
import { detectorPolicies, excess, limits } from "../policies/detector-role";
import { widestPlace } from "../policies/document";
import type { Grant } from "../policies/own-scopes";
import type { Config } from "./config-keys";
import { type MembersChoice, organizationOfMembers, sourceOf } from "./existing-trail";
import { detectorNames, memberRoleOf, pastPartsOf } from "./names";
import { periodsOf } from "./subscribers";

/** What permissions depend on in a detection. */
type ConfiguredDetection = Pick<Detection, "id" | "offByDefault" | "remediation" | "reads"> &
  Partial<Pick<Detection, "tier">>;

/**
 * IAM actions that the configuration requires: for enabled detections, to read the live state they ask about; for
 * remediations from mode `plan` on, to read the live state and baselines, and only in the modes `approve` and `fix`, to make changes.
 */
export function remediationActions(
  config: Pick<Config, "mode" | "detections"> & Partial<Pick<Config, "accounts">>,
  detections: ConfiguredDetection[] = catalogue,
  known: Remediation[] = remediations,
): string[] {
  // For the account in which most is done.
  const { detections: overrides, accounts = {} } = config;
  const highest = { mode: highestMode({ mode: config.mode, accounts }), detections: overrides };
  const modes = new Map(detections.map((detection) => [detection.id, modeOf(detection, highest)]));
  const own = detections.flatMap(({ id, tier }) => (tier === "own" ? [id] : []));
  const actions = known.flatMap(({ id, reads, writes }) => {
    // What a team's own rules need is granted as they declare it: rules/grants.ts.
    if (own.includes(id)) return [];
    const mode = modes.get(id);
    if (mode === undefined || !plansFixes(mode)) return [];
    return makesFixes(mode) ? [...reads, ...writes] : reads;
  });
  const asked = detections.flatMap(({ id, reads = [] }) => (modes.get(id) === "off" ? [] : reads));
  const keeping = keepingActions(keptKinds(highest, detections, known));
  return [...new Set([...asked, ...actions, ...keeping])].sort();
}

/** IAM actions that the configuration's exceptions require: tag exceptions must read the tag and who may set it. */
export function exceptionActions({ exceptions }: Pick<Config, "exceptions">): string[] {
  return exceptions.some(({ tag }) => tag !== undefined) ? [...new Set(tagActions)].sort() : [];
}

/**
 * What IAM would reject in the role's permissions, phrased to follow the word "found"; undefined if everything fits.
 *
 * @param ownGrants what the team's own rules need
 */
export function excessOf(
  config: Pick<Config, "mode" | "detections" | "exceptions" | "names"> &
    Partial<
      Pick<Config, "accounts" | "athena" | "fix" | "history" | "securityHub" | "subscribers" | "team">
    > &
    Parameters<typeof sourceOf>[0],
  detections: ConfiguredDetection[] = catalogue,
  known: Remediation[] = remediations,
  ownGrants: Grant[] = [],
): string[] {
  const actions = [...remediationActions(config, detections, known), ...exceptionActions(config)];
  const policies = detectorPolicies({
    place: widestPlace,
    ...detectorNames(config.names, sourceOf(config), widestMembers(config), {
      delays: config.fix?.after !== undefined,
      summaries: periodsOf(config.subscribers ?? []).length > 0,
      securityHub: config.securityHub === true,
      past: pastPartsOf(config),
    }),
    actions,
    ownGrants,
    selfCheckActions: ownPartActions,
    selfCheckLists: ownListActions,
  });
  const { statements, managed } = excess(policies);
  const sizes = statements.map(
    ({ length, actions }) =>
      `${length} characters in one statement, where a policy may have ${limits.managed}, for ${needing(actions, known)}`,
  );
  const count = `${managed} managed policies, where a role may have ${limits.attached}`;
  return managed > limits.attached ? [...sizes, count] : sizes;
}

/** The remediations that need some of these actions. */
function needing(actions: string[], known: Remediation[]): string {
  const actionOf = (permission: string) => permission.split(" ")[0] ?? permission;
  const ids = known
    .filter(({ reads, writes }) => [...reads, ...writes].some((each) => actions.includes(actionOf(each))))
    .map(({ id }) => id);
  return ids.length > 3 ? `${ids.slice(0, 3).join(", ")} and ${ids.length - 3} more` : ids.join(", ");
}

/** Every permission that any configuration gives the role: those that policies/action-resources.ts must know. */
export function everyPermission(): string[] {
  return [
    ...new Set([
      ...catalogue.flatMap(({ reads = [] }) => reads),
      ...remediations.flatMap(({ reads, writes }) => [...reads, ...writes]),
      ...keepingActions(Object.keys(baselineKinds) as BaselineName[]),
      ...tagActions,
    ]),
  ].sort();
}

/** What the role may assume in members, if there are any. */
function widestMembers({ team = "", organization = {} }: { team?: string; organization?: MembersChoice }) {
  const organizationId = organizationOfMembers(organization);
  return organizationId === undefined ? undefined : { role: memberRoleOf(team), organizationId };
}
