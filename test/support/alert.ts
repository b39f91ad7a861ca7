import { type Alert, alertOf } from "../../handlers/alerts/alert";
import type { Result } from "../../handlers/findings/result";
import { aFinding, aMinuteLater, someSettings } from "./factories";

const call = (operation: string) => ({
  service: "iam",
  operation,
  region: "us-east-1",
  input: { UserName: "bob" },
});
const plan = {
  summary: "Detach it",
  calls: [call("DetachUserPolicy")],
  rollback: [call("AttachUserPolicy")],
};

/** The alert of a finding whose fix was made, or of another result. */
export function anAlert(result: Partial<Result> = {}, finding = aFinding()): Alert {
  return alertOf(
    { finding, result: { outcome: "fixed", plan, ...result }, seenAt: aMinuteLater },
    someSettings(),
  );
}
