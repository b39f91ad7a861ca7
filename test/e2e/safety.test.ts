import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { main } from "../../cli/main";
import type { Alert } from "../../handlers/alerts/alert";
import { makeAdministrator } from "../../local/stack";
import { aLogFile, aRecord } from "../support/factories";
import { type Answer, deployForSuite } from "./stage";
import { eventually } from "./support";

describe("the verbs of docs/safety.md", () => {
  const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
  const stage = deployForSuite("safety");
  let environment: NodeJS.ProcessEnv;

  before(async () => {
    // As in a person's shell.
    environment = { ...process.env };
    const { accessKeyId, secretAccessKey } = await makeAdministrator(stage.stack.emulator, "alice-of-safety");
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: stage.stack.region,
      CLOUDTRAILER_FUNCTION: stage.stack.outputs.functionName,
    });
  });
  after(() => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION", "CLOUDTRAILER_FUNCTION"])
      if (environment?.[name] === undefined) delete process.env[name];
      else process.env[name] = environment[name];
  });

  /** Runs a verb like the command line. @returns its output */
  async function verb(...args: string[]): Promise<string> {
    const lines: string[] = [];
    const io = { out: (line: string) => void lines.push(line), err: (line: string) => void lines.push(line) };
    const code = await main([...args, "--endpoint", stage.stack.endpoint], io);
    expect(code, lines.join("\n")).to.equal(0);
    return lines.join("\n");
  }
  const onTable = (...args: string[]) => verb(...args, "--table", String(stage.stack.outputs.tableName));
  const call = (service: string, operation: string, input: Answer) =>
    stage.call(stage.root, service, operation, input);

  /** Writes the log file of a grant; its alert is awaited with {@link told}. */
  async function grant(userName: string) {
    await call("iam", "CreateUser", { UserName: userName });
    await call("iam", "AttachUserPolicy", { UserName: userName, PolicyArn: admin });
    const record = aRecord({
      eventID: randomUUID(),
      eventTime: new Date().toISOString(),
      recipientAccountId: stage.stack.account,
      requestParameters: { userName, policyArn: admin },
    });
    const key = `AWSLogs/${stage.stack.account}/CloudTrail/us-east-1/2026/05/04/${userName}.json.gz`;
    const put = (Body: unknown) =>
      call("s3", "PutObject", { Bucket: stage.stack.outputs.bucket, Key: key, Body });
    // Like SNS, because the topic lets only CloudTrail publish.
    const Sns = {
      Message: JSON.stringify({ s3Bucket: stage.stack.outputs.bucket, s3ObjectKey: [key] }),
      MessageId: randomUUID(),
    };
    const notify = () =>
      call("lambda", "Invoke", {
        FunctionName: stage.stack.outputs.functionName,
        InvocationType: "Event",
        Payload: JSON.stringify({ Records: [{ EventSource: "aws:sns", Sns }] }),
      });
    return { file: aLogFile(record), put, notify };
  }
  async function attack(userName: string): Promise<Alert> {
    const { file, put, notify } = await grant(userName);
    await put(file);
    await notify();
    return told(userName);
  }
  const told = (userName: string) => stage.alertOf("iam-admin-policy-attached-user", userName);

  /** Attacks until the function, which believes what it read of the switch for half a minute, has looked at it again. */
  async function firstAttackThatIs(outcome: Alert["outcome"], userName: string): Promise<Alert> {
    let tries = 0;
    return eventually(`an attack that is ${outcome}`, async () => {
      const alert = await attack(`${userName}-${++tries}`);
      return alert.outcome === outcome ? alert : undefined;
    });
  }

  it("mode: stops fixes, and allows them again within a minute", async () => {
    expect(await onTable("mode")).to.equal("the stack's configuration is in force");
    const shown = await onTable("mode", "alert", "--why", "a drill");
    expect(shown).to.match(
      /^all detections: at most alert, set at .* by arn:.*user\/alice-of-safety: a drill$/,
    );
    const said = await stage.nextAlert(
      "about the switch",
      ({ title, reason }) => title === undefined && /switch is set/.test(String(reason)),
    );
    expect(said.reason).to.match(/^The switch is set to alert for all detections: From now on, and until/);
    expect(said).to.include({ severity: "high", why: "a drill" });
    const held = await firstAttackThatIs("alerted", "safety-held");
    expect(held.reason).to.match(/the kill switch is at alert, set by .*alice-of-safety: a drill/);

    await onTable("mode", "fix", "--why", "over");
    const fixed = await firstAttackThatIs("fixed", "safety-free");
    expect(fixed.reason).to.equal(undefined);
  });

  it("report: shows what was fixed, and what was not and why", async () => {
    const { detections } = JSON.parse(await onTable("report", "--since", "1h", "--format", "json")) as {
      detections: { detection: string; outcomes: Record<string, number>; reasons: { text: string }[] }[];
    };
    const report = detections.find(({ detection }) => detection === "iam-admin-policy-attached-user");
    expect(report?.outcomes.fixed).to.be.at.least(1);
    expect(report?.outcomes.alerted).to.be.at.least(1);
    expect(report?.reasons[0]?.text).to.include("a drill");
    expect(await onTable("report")).to.match(/^DETECTION +FIXED/);
  });

  it("findings: lists them by the table's index, and shows one as in its alert", async () => {
    const list = await onTable(
      "findings",
      "--since",
      "1h",
      "--detection",
      "iam-admin-policy-attached-user",
      "--outcome",
      "fixed",
    );
    expect(list).to.match(/^TIME +SEVERITY +OUTCOME +FINDING/);
    const [, short = ""] = /(\S{8}#iam-admin-policy-attached-user)/.exec(list) ?? [];
    const whole = await onTable("findings", short, "--since", "1h");
    expect(whole)
      .to.match(/^CRITICAL: /)
      .and.include("Done: ")
      .and.include("To roll this back: ");
    expect(whole).to.match(/^ {2}decided +\S+, \d+ s after the call$/m);
    const json = JSON.parse(await onTable("findings", "--since", "1h", "--format", "json")) as {
      id: string;
    }[];
    expect(json.map(({ id }) => id)).to.include(/finding +(\S+)/.exec(whole)?.[1]);
  });

  it("redrive: retries a notification once its cause is fixed", async () => {
    const { file, put, notify } = await grant("safety-late");
    await put("not gzip");
    await notify();
    const QueueUrl = stage.stack.outputs.failureQueueUrl;
    const waiting = async () => {
      const AttributeNames = ["ApproximateNumberOfMessages"];
      const { Attributes } = await call("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames });
      return Number((Attributes as Record<string, string>).ApproximateNumberOfMessages);
    };
    await eventually("a message in the failure queue", async () => (await waiting()) > 0 || undefined);
    await put(file);
    const redrive = [
      "redrive",
      "--queue",
      String(QueueUrl),
      "--function",
      String(stage.stack.outputs.functionName),
    ];
    expect(await verb(...redrive)).to.match(/1 processed, 0 failed again/);
    expect((await told("safety-late")).outcome).to.equal("fixed");
    expect(await waiting()).to.equal(0);
    expect(await verb(...redrive)).to.match(/^0 processed/);
  });
});
