import { fieldsOf } from "../json";

/** The event that makes the function take a snapshot of everything that baselines are kept of. */
export interface KeepBaselines {
  cloudtrailer: "keep-baselines";
  /** `deployment`: the role may be so new that IAM has not propagated its policies. */
  at: "schedule" | "deployment";
  /** The member whose baselines to keep, and nothing else; for each, the function invokes itself. */
  member?: string;
}

/** Whether an event asks for baselines. */
export function asksToKeepBaselines(event: unknown): event is KeepBaselines {
  const { cloudtrailer, at, member } = fieldsOf(event);
  if (member !== undefined && typeof member !== "string") return false;
  return cloudtrailer === "keep-baselines" && (at === "schedule" || at === "deployment");
}
