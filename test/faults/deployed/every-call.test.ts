import { randomUUID } from "node:crypto";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import type { Alert } from "../../../handlers/alerts/alert";
import type { Attributes } from "../../../handlers/aws/table";
import { forEachAtMost } from "../../../handlers/concurrency";
import { aLogFile, aRecord } from "../../support/factories";
import { deployForSuite } from "../../e2e/stage";
import { eventually } from "../../e2e/support";
import { mayBePublishedAgain, nameOf } from "../scene";
import { report, someOf } from "../share";
import { type FaultProxy, type HttpCall, type HttpFault, httpFaults, startFaultProxy } from "./fault-proxy";

/** A call that is broken, how, and how often in an invocation. */
interface Row {
  title: string;
  call: string;
  fault: HttpFault;
  /** Requests that are broken; the SDK repeats what fails. */
  requests: number;
}

/**
 * In ms, instead of the function's own: what is silent is waited for that long in each attempt. Longer than what is not broken
 * takes on a busy machine.
 */
const requestTimeout = 2_000;

/** The calls that an invocation makes of which each means something else. */
const steps = [
  "s3:GetObject",
  "dynamodb:UpdateItem",
  "dynamodb:UpdateItem lock",
  "dynamodb:GetItem breaker",
  "dynamodb:UpdateItem fixing",
  "dynamodb:UpdateItem own",
  "iam:ListAttachedUserPolicies",
  "iam:DetachUserPolicy",
  "dynamodb:UpdateItem decided",
  "sns:Publish",
  "dynamodb:UpdateItem done",
];

/** The SDK repeats it and all is well; the try fails; all tries fail, and the failure queue has the event. */
const spans = { once: 1, "for one try": 14, always: Number.POSITIVE_INFINITY };

const rows: Row[] = steps.flatMap((call) =>
  Object.entries(httpFaults).flatMap(([name, fault]) =>
    Object.entries(spans)
      // A process that is dead makes no second request; what is killed always is never done.
      .filter(([span]) => span === "once" || !name.startsWith("killed"))
      .map(([span, requests]) => ({ title: `${call}: ${name} ${span}`, call, fault, requests })),
  ),
);

const admin = "arn:aws:iam::aws:policy/AdministratorAccess";

describe("the deployed function, behind a proxy that breaks its calls", () => {
  // Nothing but what is broken keeps a fix from being made.
  const config = { maxFixesPerHour: "1000", maxFixesPerHourOfAccount: "1000" };
  const stage = deployForSuite("broken", { config, deliverEveryMs: 60_000 });
  const { call } = stage;
  let proxy: FaultProxy;
  let lambda: LambdaClient;
  /** By process: the log file that it handles. */
  const fileOf = new Map<number, string>();
  const plans = new Map<string, { row: Row; broken: number }>();

  before(async () => {
    const { emulator, credentials, region, outputs } = stage.stack;
    proxy = await startFaultProxy(emulator.endpoint);
    proxy.faultOf = (made) => {
      const plan = plans.get(fileOfCall(made) ?? "");
      if (plan === undefined || stepOf(made) !== plan.row.call || plan.broken >= plan.row.requests)
        return undefined;
      plan.broken++;
      return plan.row.fault;
    };
    lambda = new LambdaClient({ region, credentials, endpoint: emulator.endpoint });
    const { Environment } = await call(stage.root, "lambda", "GetFunctionConfiguration", {
      FunctionName: outputs.functionName,
    });
    const { Variables } = Environment as { Variables: Record<string, string> };
    await call(stage.root, "lambda", "UpdateFunctionConfiguration", {
      FunctionName: outputs.functionName,
      Environment: {
        Variables: {
          ...Variables,
          AWS_ENDPOINT_URL: proxy.endpoint,
          CLOUDTRAILER_REQUEST_TIMEOUT: String(requestTimeout),
        },
      },
    });
  });
  after(async () => {
    lambda?.destroy();
    await proxy?.close();
  });

  function stepOf({ name, input }: HttpCall): string {
    const [service = "", operation = ""] = name.split(":");
    return nameOf({ call: { service, operation, region: "", input } });
  }

  /** Which row a call is of: its process has read the row's log file. */
  function fileOfCall({ name, pid, path }: HttpCall): string | undefined {
    if (name === "s3:GetObject") fileOf.set(pid, path.slice(path.lastIndexOf("/") + 1));
    return fileOf.get(pid);
  }

  const notify = (message: string) => {
    const Sns = { Message: message, MessageId: randomUUID(), Timestamp: new Date().toISOString() };
    return lambda.send(
      new InvokeCommand({
        FunctionName: stage.stack.outputs.functionName,
        InvocationType: "Event",
        Payload: Buffer.from(JSON.stringify({ Records: [{ EventSource: "aws:sns", Sns }] })),
      }),
    );
  };

  const itemOf = async (id: string): Promise<Attributes> => {
    const { Item } = await call(stage.root, "dynamodb", "GetItem", {
      TableName: stage.stack.outputs.tableName,
      Key: { id: { S: id } },
      ConsistentRead: true,
    });
    return (Item ?? {}) as Attributes;
  };

  /** Messages of the failure queue, as they have come. */
  const failures: string[] = [];
  const readFailures = async () => {
    const { Messages = [] } = await call(stage.root, "sqs", "ReceiveMessage", {
      QueueUrl: stage.stack.outputs.failureQueueUrl,
      MaxNumberOfMessages: 10,
    });
    failures.push(...(Messages as { Body: string }[]).map(({ Body }) => Body));
  };

  /** Plays one row. @returns what was promised and not kept */
  async function play(row: Row, index: number): Promise<string[]> {
    const userName = `broken-${index}`;
    const eventID = randomUUID();
    await call(stage.root, "iam", "CreateUser", { UserName: userName });
    await call(stage.root, "iam", "AttachUserPolicy", { UserName: userName, PolicyArn: admin });
    const record = aRecord({
      eventID,
      userIdentity: {
        type: "IAMUser",
        arn: `arn:aws:iam::${stage.stack.account}:user/mallory-${index}`,
        accountId: stage.stack.account,
        userName: `mallory-${index}`,
      },
      eventTime: `${new Date().toISOString().slice(0, 19)}Z`,
      recipientAccountId: stage.stack.account,
      requestParameters: { userName, policyArn: admin },
    });
    const file = `${eventID}.json.gz`;
    const key = `AWSLogs/${stage.stack.account}/CloudTrail/us-east-1/2026/05/04/${file}`;
    await call(stage.root, "s3", "PutObject", {
      Bucket: stage.stack.outputs.bucket,
      Key: key,
      Body: aLogFile(record),
    });
    const message = JSON.stringify({ s3Bucket: stage.stack.outputs.bucket, s3ObjectKey: [key] });
    const plan = { row, broken: 0 };
    plans.set(file, plan);
    await notify(message);

    const id = `${eventID}#iam-admin-policy-attached-user`;
    const isDone = async () => (await itemOf(id)).state?.S === "done";
    const moved = () => proxy.calls;
    const end = await eventually(
      `the end of ${row.title}`,
      async () => {
        if (failures.some((body) => body.includes(file))) return "queued";
        return (await isDone()) ? "done" : undefined;
      },
      { moved },
    );
    if (end === "queued") {
      totals["through the failure queue"]++;
      plans.delete(file);
      await notify(message);
      await eventually(
        `the end of ${row.title}, after a redrive`,
        async () => (await isDone()) || undefined,
        { moved },
      );
    }
    plans.delete(file);
    const problems = plan.broken === 0 ? ["the call was never made"] : [];
    const alerts = await eventually(
      `the alert of ${row.title}`,
      async () => {
        const found = stage.alerts.filter((alert) => alert.eventID === eventID);
        return found.length > 0 ? found : undefined;
      },
      { moved },
    );
    const { AttachedPolicies } = await call(stage.root, "iam", "ListAttachedUserPolicies", {
      UserName: userName,
    });
    problems.push(
      ...liesIn(alerts, (AttachedPolicies as object[]).length === 0, mayBePublishedAgain(row.call)),
    );
    return problems.map((problem) => `${row.title}: ${problem}`);
  }

  function liesIn(alerts: Alert[], isSafe: boolean, mayRepeat: boolean): string[] {
    const problems: string[] = [];
    if (alerts.length > 1 && !mayRepeat) problems.push(`alerted ${alerts.length} times`);
    if (alerts.slice(1).some((alert) => alert.mayRepeat !== true))
      problems.push("alerted again, which was not said");
    for (const { outcome, reason = "", rollback } of alerts)
      if (outcome === "fixed") {
        if (!isSafe) problems.push(`fixed (${reason}), and the policy is attached`);
        if (rollback === undefined) problems.push("fixed, and no rollback");
      } else if (outcome !== "failed" || isSafe) problems.push(`${outcome} (${reason}), and safe: ${isSafe}`);
    return problems;
  }

  const totals = {
    calls: steps.length,
    faults: Object.keys(httpFaults).length,
    runs: 0,
    "through the failure queue": 0,
  };

  it("ends each finding once: fixed at most once, alerted as it was, or kept in the failure queue until then", async () => {
    let isOver = false;
    const reading = (async () => {
      while (!isOver) {
        await stage.readAlerts();
        await readFailures();
      }
    })();
    const played = someOf(rows, 6);
    // Most of a row's time is waiting for retries and leases.
    const results = await forEachAtMost(10, played, (row) => play(row, played.indexOf(row)));
    isOver = true;
    await reading;
    totals.runs = played.length;
    report("deployed, behind a proxy", { ...totals, requests: proxy.calls, "broken requests": proxy.broken });
    expect(
      results.flatMap((result) => (result.status === "fulfilled" ? result.value : [String(result.reason)])),
    ).to.deep.equal([]);
  });
});
