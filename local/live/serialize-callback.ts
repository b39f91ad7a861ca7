import type { PatternRule } from "../../handlers/rules/pattern-rule";
import { linkedTextOf } from "../../infra/linked-text";
import { callbackBeside } from "../../infra/rules/callback-beside";

/*
 * A child process of live-function.ts: serializes the callback, which takes seconds of a core, and sends its text back.
 */
process.once("message", (patterns: PatternRule[]) => {
  linkedTextOf(callbackBeside(patterns), true).then(
    (text) => process.send?.({ text }, () => process.disconnect()),
    (error: Error) => process.send?.({ failed: error.message }, () => process.disconnect()),
  );
});
