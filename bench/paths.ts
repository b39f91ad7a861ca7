import type { Alert } from "../handlers/alerts/alert";
import { createCallAws } from "../handlers/aws/clients";
import { fieldsOf } from "../handlers/json";
import type { Emulator } from "../local/emulator";
import { eventually } from "../local/eventually";
import { isAlert, listen, makeAdministrator, startLocalStack } from "../local/stack";

/** The time from an attacker's call to its fix, and to the alert, in ms. */
export interface PathTime {
  fix: number;
  alert: number;
}

/** One for each attack, by the path that brought its record. */
export interface PathTimes {
  event: PathTime[];
  logFile: PathTime[];
}

const policy = "arn:aws:iam::aws:policy/AdministratorAccess";

/**
 * Measures, on embedded AWS, from a call to its fix and its alert: by EventBridge, and by log files that are delivered as often as
 * asked (CloudTrail takes minutes). The first attack, which also starts the function, is left out.
 *
 * @param times number of attacks on each path @param deliverEveryMs between deliveries of log files
 * @param emulator a running one; otherwise one is started, and stopped afterwards
 */
export async function measurePaths(
  say: (line: string) => void,
  {
    times = 8,
    deliverEveryMs = 2_000,
    emulator,
  }: { times?: number; deliverEveryMs?: number; emulator?: Emulator } = {},
): Promise<PathTimes> {
  const fixedAt = new Map<string, number>();
  let isFast = true;
  const stack = await startLocalStack({
    team: "paths",
    mode: "fix",
    config: { fast: "home", maxFixesPerHour: "1000", maxFixesPerHourOfAccount: "1000" },
    deliverEveryMs,
    eventDelays: () => (isFast ? [0] : []),
    onRecord: ({ eventName, requestParameters }) => {
      if (eventName === "DetachUserPolicy")
        fixedAt.set(String(fieldsOf(requestParameters).userName), Date.now());
    },
    onError: (error) => say(`recorder: ${error.message}`),
    ...(emulator === undefined ? {} : { emulator }),
  });
  try {
    const credentials = await makeAdministrator(stack.emulator, "pather");
    const aws = createCallAws({ endpoint: stack.endpoint, credentials });
    const call = (operation: string, input: Record<string, unknown>) =>
      aws({ service: "iam", operation, region: "us-east-1", input });
    const alerts = await listen<Alert>(stack, String(stack.outputs.alertTopicArn));
    const attack = async (UserName: string): Promise<PathTime> => {
      await call("CreateUser", { UserName });
      const calledAt = Date.now();
      await call("AttachUserPolicy", { UserName, PolicyArn: policy });
      const alert = await eventually(`an alert about ${UserName}`, async () => {
        const received = await alerts.next();
        const arrivedAt = Date.now();
        const isAbout = received
          .filter(isAlert)
          .some(
            ({ detection, what }) =>
              detection === "iam-admin-policy-attached-user" &&
              what.resources.some(({ id }) => id === UserName),
          );
        return isAbout ? arrivedAt : undefined;
      });
      const fix = fixedAt.get(UserName);
      if (fix === undefined) throw new Error(`expected the attack on ${UserName} to be fixed, found no fix`);
      return { fix: fix - calledAt, alert: alert - calledAt };
    };
    await attack("path-first");
    const measured: PathTimes = { event: [], logFile: [] };
    for (const path of ["event", "logFile"] as const) {
      isFast = path === "event";
      for (let i = 0; i < times; i++) measured[path].push(await attack(`path-${path}-${i}`));
    }
    await alerts.close();
    return measured;
  } finally {
    if (emulator !== undefined) await stack.destroy();
    await stack.stop();
  }
}
