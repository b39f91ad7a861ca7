import { answerOptions, runAnswer } from "./approvals/answer";
import type { Given, Io } from "./verb";

export const usage = "deny FINDING --why TEXT [options]";
export const summary = "Say no to a fix that waits for approval, or for its moment";
export const details = `FINDING is the ID of a finding with outcome awaiting-approval or delayed, or the beginning of it that \
\`findings\` shows. What happened stays as it is, and the alerts say who decided so and why. The function must know you as one of the \
configuration's approvers (without any, for a delayed fix, operators), and as somebody who did not cause the finding.`;
export const options = answerOptions;

export function run(given: Given<typeof options>, io: Io): Promise<number> {
  return runAnswer("deny", given, io);
}
