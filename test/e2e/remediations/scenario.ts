import type { Call } from "../../../handlers/aws/call";
import type { DetectionContext } from "../../../handlers/settings";
import type { BaselineKind } from "../../../handlers/baselines/baseline";

/** One call as the scenarios write it. The region is the emulator's when it is left out. */
export type Step = Omit<Call, "region"> & { region?: string };

/** Makes a step as the account's owner, past the recorder. */
export type Owner = (step: Step) => Promise<Record<string, unknown>>;

/** One attack, and what must become of it. `Made` is whatever the scenario's own steps need to know of each other. */
export interface Scenario<Made = unknown> {
  /** Of the detection and its remediation. */
  id: string;
  /** What is special about this one, when a remediation has several. */
  what?: string;
  /** Makes what is attacked, with innocent neighbours. `name` is like no other scenario's. */
  make(owner: Owner, name: string): Promise<Made>;
  /** The attacker's call. */
  attack(made: Made): Step;
  /** Further calls of the attacker that stand in no log file: the attack has seen to that. */
  unseen?(made: Made): Step[];
  /** The calls that read the whole state of what is attacked and of its neighbours. */
  state(made: Made): Step[];
  /** Members of those answers that AWS gives anew to what is made again: ids, times. Left out of comparisons. */
  anew?: string[];
  /** What the system has kept of it before the attack. */
  baseline?(made: Made): { kind: BaselineKind; id: string };
  /** Stack configuration. */
  configured?(made: Made): Partial<Omit<DetectionContext, "account">>;
  /** Set when the fix contains the attack, and does not bring back what was before. */
  contains?: true;
  /** Set, with the reason, when nothing can bring back what the fix took away. */
  irreversible?: string;
}
