import { contentOf } from "./aws/object-content";
import { isPassing } from "./aws/retries";
import { parseNotification } from "./cloudtrail/notification";
import type { CallAws } from "./aws/call";
import { createTable } from "./aws/table";
import type { WhyUnproven } from "./findings/source-proof";
import { fieldsOf, textOf } from "./json";
import { problemOfCall } from "./problem";
import type { Settings } from "./settings";

/** The event with which `npx cloudtrailer doctor` and `alert --test` ask the function to try its steps. */
export interface Trial {
  cloudtrailer: "try";
  /** Key of a log file to read. */
  logFile?: string;
  /** Sends the alert to every subscriber, whatever severities, detections and accounts each asks for. */
  everybody?: true;
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
  /** Names the alert that was published: `trial 2026-11-28T21:00:00.000Z`. `undelivered`: why the bus did not take it. */
  alert: { id: string; problem: Step; undelivered?: string | undefined };
}

/** What trying needs. */
export interface OnTrialDependencies {
  settings: Pick<Settings, "bucket" | "prefix" | "region" | "source" | "table">;
  aws: CallAws;
  whyUnproven: WhyUnproven;
  /** Publishes an alert that says that it is a trial. @returns why the findings bus did not take it */
  alertTrial(id: string, isForEverybody: boolean): Promise<string | undefined>;
  now(): number;
}

/** Whoever may invoke the function could otherwise send alerts until nobody reads them. In ms. */
const betweenAlertsMs = 60_000;

const trialKey = "watch#trial";

/** Whether an event asks the function to try its steps. */
export function asksToTry(event: unknown): event is Trial {
  const { cloudtrailer, logFile, everybody } = fieldsOf(event);
  return (
    cloudtrailer === "try" &&
    (logFile === undefined || textOf(logFile) !== undefined) &&
    (everybody === undefined || everybody === true)
  );
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

  const publish = async (id: string, isForEverybody: boolean): Promise<string | undefined> => {
    const table = createTable(aws, settings);
    const before = { N: String(now() - betweenAlertsMs) };
    const { changed } = await table.update(trialKey, {
      set: { at: { N: String(now()) } },
      condition: { expression: "attribute_not_exists(at) OR at < :before", values: { ":before": before } },
    });
    if (!changed)
      throw new Error("an alert was published for another trial within the last minute: try again later");
    return alertTrial(id, isForEverybody);
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

  return async ({ logFile, everybody: isForEverybody }: Trial): Promise<Tried> => {
    const everybody = isForEverybody === true;
    const id = `${everybody ? "test" : "trial"} ${new Date(now()).toISOString()}`;
    let undelivered: string | undefined;
    const tried: Tried = {
      proof: await attempt(async () => {
        const why = await whyUnproven();
        if (why !== undefined) throw new Error(why);
      }),
      alert: {
        id,
        ...(await attempt(async () => {
          undelivered = await publish(id, everybody);
        })),
      },
    };
    if (undelivered !== undefined) tried.alert.undelivered = undelivered;
    if (logFile !== undefined) tried.read = await attempt(() => read(logFile));
    return tried;
  };
}
