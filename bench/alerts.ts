import type { Alert } from "../handlers/alerts/alert";
import { createCallAws } from "../handlers/aws/clients";
import type { Emulator } from "../local/emulator";
import { eventually } from "../local/eventually";
import { isAlert, listen, makeAdministrator, startLocalStack } from "../local/stack";

/** The time from a notification to its alert, including the fix. */
export interface AlertTimes {
  /** In ms, one for each attack after the first, which also starts the function. */
  milliseconds: number[];
  /** Time of the first attack, in ms. */
  coldMilliseconds: number;
}

const policy = "arn:aws:iam::aws:policy/AdministratorAccess";

/**
 * Measures, on embedded AWS, from the moment when a log file's notification is published until a subscriber has the alert:
 * the function is invoked, reads the file, claims the finding, plans, fixes and alerts.
 *
 * @param times number of attacks, one after another; below the limit of fixes per hour
 * @param emulator a running one; otherwise one is started, and stopped afterwards
 */
export async function measureAlerts(
  say: (line: string) => void,
  times = 8,
  emulator?: Emulator,
): Promise<AlertTimes> {
  const notifiedAt = new Map<string, number>();
  const stack = await startLocalStack({
    team: "bench",
    mode: "fix",
    // An event would bring each attack before its log file.
    config: { fast: "none" },
    deliverEveryMs: 200,
    onError: (error) => say(`recorder: ${error.message}`),
    onDelivery: ({ bucket, keys, notifiedAt: at }) => {
      for (const key of keys) notifiedAt.set(`s3://${bucket}/${key}`, at);
    },
    ...(emulator === undefined ? {} : { emulator }),
  });
  try {
    const credentials = await makeAdministrator(stack.emulator, "bencher");
    const aws = createCallAws({ endpoint: stack.endpoint, credentials });
    const call = (operation: string, input: Record<string, unknown>) =>
      aws({ service: "iam", operation, region: "us-east-1", input });
    const alerts = await listen<Alert>(stack, String(stack.outputs.alertTopicArn));
    const measured: number[] = [];
    for (let i = 0; i < times; i += 1) {
      const UserName = `bench-${i}`;
      await call("CreateUser", { UserName });
      await call("AttachUserPolicy", { UserName, PolicyArn: policy });
      const milliseconds = await eventually(`an alert about ${UserName}`, async () => {
        const received = await alerts.next();
        const arrivedAt = Date.now();
        const alert = received
          .filter(isAlert)
          .find(
            ({ detection, what }) =>
              detection === "iam-admin-policy-attached-user" &&
              what.resources.some(({ id }) => id === UserName),
          );
        if (alert === undefined) return undefined;
        if (alert.outcome !== "fixed")
          throw new Error(
            `expected the attack on ${UserName} to be fixed, found ${alert.outcome}: ${alert.reason}`,
          );
        const published = notifiedAt.get(alert.source);
        if (published === undefined) throw new Error(`expected ${alert.source} to have been delivered`);
        return arrivedAt - published;
      });
      measured.push(milliseconds);
    }
    await alerts.close();
    const [coldMilliseconds = Number.NaN, ...milliseconds] = measured;
    return { milliseconds, coldMilliseconds };
  } finally {
    if (emulator !== undefined) await stack.destroy();
    await stack.stop();
  }
}
