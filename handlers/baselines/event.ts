import { fieldsOf } from "../json";

/** What the function is invoked with to look at everything that baselines are kept of. */
export interface KeepBaselines {
  cloudtrailer: "keep-baselines";
  /** `deployment`: the role may be so new that IAM does not know all of it yet. */
  at: "schedule" | "deployment";
}

/** Whether an event asks to keep baselines. */
export function asksToKeepBaselines(event: unknown): event is KeepBaselines {
  const { cloudtrailer, at } = fieldsOf(event);
  return cloudtrailer === "keep-baselines" && (at === "schedule" || at === "deployment");
}
