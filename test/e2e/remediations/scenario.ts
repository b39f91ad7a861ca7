import type { Call } from "../../../handlers/aws/call";
import type { DetectionContext } from "../../../handlers/settings";
import type { BaselineKind } from "../../../handlers/baselines/baseline";

/** One call in a scenario. Its region is the emulator's by default. */
export type Step = Omit<Call, "region"> & { region?: string };

/** Makes a step as the account's owner, past the recorder. */
export type Owner = (step: Step) => Promise<Record<string, unknown>>;

/** One attack and its expected outcome. `Made` is whatever the scenario's steps need to know of each other. */
export interface Scenario<Made = unknown> {
  /** Of the detection and its remediation. */
  id: string;
  /** What is special about this one, when a remediation has several. */
  what?: string;
  /** Creates the target, with innocent neighbors. `name` is unique to the scenario. */
  make(owner: Owner, name: string): Promise<Made>;
  /** The attacker's call. */
  attack(made: Made): Step;
  /** Further calls of the attacker that stand in no log file: the attack has seen to that. */
  unseen?(made: Made): Step[];
  /** The calls that read the whole state of the target and its neighbors. */
  state(made: Made): Step[];
  /** Members of those answers that change when a resource is recreated: IDs, times. Excluded from comparisons. */
  anew?: string[];
  /** Baselines from before the attack. */
  baseline?(made: Made): { kind: BaselineKind; id: string };
  /** Stack configuration. */
  configured?(made: Made): Partial<Omit<DetectionContext, "account">>;
  /** Set if the fix contains the attack without restoring the earlier state. */
  contains?: true;
  /** Set, with the reason, if nothing can restore what the fix removed. */
  irreversible?: string;
}
