import { callbackWith } from "../../infra/detector";
import { linkedTextOf } from "../../infra/linked-text";

/** The text of the function as it is deployed; a failure names the way to what Pulumi could not capture. */
export function deployedText(): Promise<string> {
  return linkedTextOf(callbackWith([], []), true);
}

if (require.main === module) void deployedText().then((text) => process.stdout.write(text));
