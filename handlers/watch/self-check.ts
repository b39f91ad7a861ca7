import type { Difference } from "../alerts/summaries";
import type { CallAws } from "../aws/call";
import { createTable } from "../aws/table";
import { canonicalJson, fieldsOf, plainTextOf, sameJson } from "../json";
import type { Settings } from "../settings";
import { type OwnPartSettings, type PartState, stateOfParts } from "./own-parts";

/** Compares this system's own parts with what the last `pulumi up` left. */
export interface SelfCheck {
  /**
   * Keeps how everything is now, because a deployment has just ended. Anybody who may invoke the function can say so; hence
   * only the first time for each deployment: later, what was changed since would pass for declared.
   */
  declare(): Promise<void>;
  /** Compares. @throws a passing error of AWS */
  check(): Promise<Difference[]>;
  /** Compares, and reports differences once until they change. */
  checkAndReport(): Promise<Difference[]>;
}

/** What the self-check is made with. */
export interface SelfCheckDependencies {
  settings: OwnPartSettings & Pick<Settings, "deployment" | "table">;
  aws: CallAws;
  /** Publishes differences, or that there are none any more. */
  alertDifferences(differences: Difference[]): Promise<void>;
  /** Epoch ms. */
  now(): number;
}

/** The items of the table that hold what a deployment left, and what was reported last. */
const declaredKey = "watch#declared";
const reportedKey = "watch#reported";

/** A deployment keeps what it left; without it, nobody can say whether anything was changed. */
const undeclared: Difference = {
  part: "self-check",
  by: "deployment",
  declared: "what the last `pulumi up` left",
  found: "nothing: the function could not keep it when the stack was deployed",
};

/** Characters of a state that a difference shows. */
const maxShown = 300;

/** Makes the self-check. */
export function createSelfCheck({ settings, aws, alertDifferences, now }: SelfCheckDependencies): SelfCheck {
  const table = createTable(aws, settings);

  const declare = async (): Promise<void> => {
    const states = await stateOfParts(settings, aws);
    const deployment = deploymentIn(states, settings.deployment);
    const known = (await table.get(declaredKey)).deployment?.S;
    if (deployment !== undefined && deployment === known) return;
    const texts = {
      states: JSON.stringify(states),
      at: new Date(now()).toISOString(),
      ...(deployment === undefined ? {} : { deployment }),
    };
    await table.update(declaredKey, {
      set: Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }])),
    });
  };

  const check = async (): Promise<Difference[]> => {
    const { states } = await table.get(declaredKey);
    if (states?.S === undefined) return [undeclared];
    const declared = JSON.parse(states.S) as Record<string, PartState>;
    return differencesOf(declared, await stateOfParts(settings, aws));
  };

  const checkAndReport = async (): Promise<Difference[]> => {
    const differences = await check();
    const found = canonicalJson(differences);
    const reported = (await table.get(reportedKey)).differences?.S ?? "[]";
    if (found === reported) return differences;
    await alertDifferences(differences);
    // Written down after the alert is out: one that failed is tried again by the next check.
    await table.update(reportedKey, { set: { differences: { S: found } } });
    return differences;
  };

  return { declare, check, checkAndReport };
}

/** Which deployment left the function as it is: by its configuration, and by its code. */
function deploymentIn(
  states: Record<string, PartState>,
  configuration: string | undefined,
): string | undefined {
  if (configuration === undefined) return undefined;
  const code = Object.values(states).map(({ GetFunctionConfiguration }) =>
    plainTextOf(fieldsOf(GetFunctionConfiguration).CodeSha256),
  );
  return [configuration, ...code.filter((sha256) => sha256 !== "")].join("/");
}

/** What differs, part by part. */
export function differencesOf(
  declared: Record<string, PartState>,
  found: Record<string, PartState>,
): Difference[] {
  return Object.entries(declared).flatMap(([part, state]) =>
    Object.entries(state)
      .filter(([by, was]) => !sameJson(was, fieldsOf(found[part])[by]))
      .map(([by, was]) => ({
        part,
        by,
        declared: shown(was),
        found: shown(fieldsOf(found[part])[by]),
      })),
  );
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= maxShown ? text : `${text.slice(0, maxShown - 1)}…`;
}
