import { contentOf } from "./aws/object-content";
import { isPassing } from "./aws/retries";
import { parseNotification } from "./cloudtrail/notification";
import type { CallAws } from "./aws/call";
import { createTable } from "./aws/table";
import type { WhyUnproven } from "./findings/source-proof";
import { fieldsOf, textOf } from "./json";
import { problemOfCall } from "./problem";
import type { Settings } from "./settings";

/** The event with which `npx cloudtrailer doctor` asks the function to try its steps. */
export interface Trial {
  cloudtrailer: "try";
  /** Key of a log file to read. */
  logFile?: string;
}

/** One step: undefined if it worked, else why not. */
type Step = string | undefined;

/** What the function found when it tried its steps with its own role. */
export interface Tried {
  /** Only an answer to a request has it. */
  accepted?: undefined;
  /** Omitted without a log file. */
  read?: { problem: Step };
  /** Whether only CloudTrail writes log files. */
  proof: { problem: Step };
  /** Names the alert that was published: `trial 2026-11-28T21:00:00.000Z`. */
  alert: { id: string; problem: Step };
}

/** What trying needs. */
export interface OnTrialDependencies {
  settings: Pick<Settings, "bucket" | "prefix" | "region" | "source" | "table">;
  aws: CallAws;
  whyUnproven: WhyUnproven;
  /** Publishes an alert that says that it is a trial. */
  alertTrial(id: string): Promise<void>;
  now(): number;
}

/** Whoever may invoke the function could otherwise send alerts until nobody reads them. In ms. */
const betweenAlertsMs = 60_000;

const trialKey = "watch#trial";

/** Whether an event asks the function to try its steps. */
export function asksToTry(event: unknown): event is Trial {
  const { cloudtrailer, logFile } = fieldsOf(event);
  return cloudtrailer === "try" && (logFile === undefined || textOf(logFile) !== undefined);
}

/** Creates the handler of `{"cloudtrailer":"try"}`: it reads a log file, and publishes an alert, with the function's role. */
export function createOnTrial({ settings, aws, whyUnproven, alertTrial, now }: OnTrialDependencies) {
  const { bucket, prefix } = settings;

  const read = async (key: string): Promise<void> => {
    const { logFiles } = parseNotification(
      JSON.stringify({ s3Bucket: bucket, s3ObjectKey: [key] }),
      settings,
    );
    if (logFiles.length === 0)
      throw new Error(
        `expected the key of a log file below ${prefix}CloudTrail/, found ${JSON.stringify(key)}`,
      );
    const region = settings.source?.region ?? settings.region;
    for await (const chunk of contentOf(aws, { region, bucket, key })) {
      if (chunk[0] === 0x1f && chunk[1] === 0x8b) return;
      break;
    }
    throw new Error(`expected gzip in s3://${bucket}/${key}, found something else`);
  };

  const publish = async (id: string): Promise<void> => {
    const table = createTable(aws, settings);
    const before = { N: String(now() - betweenAlertsMs) };
    const { changed } = await table.update(trialKey, {
      set: { at: { N: String(now()) } },
      condition: { expression: "attribute_not_exists(at) OR at < :before", values: { ":before": before } },
    });
    if (!changed)
      throw new Error("an alert was published for another trial within the last minute: try again later");
    await alertTrial(id);
  };

  const attempt = async (step: () => Promise<unknown>): Promise<{ problem: Step }> => {
    try {
      await step();
      return { problem: undefined };
    } catch (error) {
      const problem = problemOfCall(error);
      return { problem: isPassing(error) ? `${problem} (this may pass: try again)` : problem };
    }
  };

  return async ({ logFile }: Trial): Promise<Tried> => {
    const id = `trial ${new Date(now()).toISOString()}`;
    const tried: Tried = {
      proof: await attempt(async () => {
        const why = await whyUnproven();
        if (why !== undefined) throw new Error(why);
      }),
      alert: { id, ...(await attempt(() => publish(id))) },
    };
    if (logFile !== undefined) tried.read = await attempt(() => read(logFile));
    return tried;
  };
}
