import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { defaultSettings } from "../../handlers/settings";
import type { Config } from "../../infra/config-keys";
import { ownFolder, shownPath } from "../../infra/rules/load";
import { settingsOf } from "../../infra/settings";
import { createLiveFunction, type LiveFunction, serializedCallback } from "../../local/live/live-function";
import type { LocalStack } from "../../local/stack";
import { createRuleWatch, type RuleWatch } from "./rule-watch";

/** `local --watch`, from before the stack is there. */
export interface Watching {
  /** Remembers a call, to try rules on. */
  note(record: CloudTrailRecord): void;
  /** Begins to watch, once the stack is there. */
  start(stack: LocalStack, say: (line: string) => void): void;
  close(): void;
}

/** Starts to serialize the function, in a process of its own, while the stack is deployed. */
export function startWatching(config: Config): Watching {
  const callback = serializedCallback(config.rules);
  // Reported when a rule is saved.
  callback.catch(() => {});
  const early: CloudTrailRecord[] = [];
  let live: LiveFunction | undefined;
  let rules: RuleWatch | undefined;
  return {
    note(record) {
      if (rules === undefined) early.push(record);
      else rules.note(record);
    },
    start(stack, say) {
      live = createLiveFunction(stack, callback);
      const { account, region, outputs, recorder } = stack;
      const { context } = settingsOf(config, { partition: "aws", region, account });
      rules = createRuleWatch({
        folder: ownFolder(),
        config,
        context: { ...defaultSettings.context, ...context },
        own: { account, roleName: String(outputs.roleName) },
        function: live,
        send: (record) => void recorder.send([record]),
        say,
        now: () => Date.now(),
      });
      for (const record of early.splice(0)) rules.note(record);
      rules.start();
      say(`watching ${shownPath(ownFolder())}/`);
    },
    close() {
      rules?.close();
      live?.close();
    },
  };
}
