import { answerOptions, runAnswer } from "./approvals/answer";
import type { Given, Io } from "./verb";

export const usage = "approve FINDING --why TEXT [options]";
export const summary = "Say yes to a fix that waits for it, or for its moment";
export const details = `FINDING is the ID of a finding with outcome awaiting-approval or delayed, or the beginning of it that \
\`findings\` shows. The function plans the fix anew from the live state and makes exactly the calls that are shown here, or says \
what differs. It must know you as one of the configuration's approvers (without any, for a delayed fix, operators), and as somebody \
who did not cause the finding.`;
export const options = answerOptions;

export function run(given: Given<typeof options>, io: Io): Promise<number> {
  return runAnswer("approve", given, io);
}
