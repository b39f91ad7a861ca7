import { Readable } from "node:stream";
import { expect } from "chai";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import type { Detection } from "../../handlers/detections/detection";
import { createHandler } from "../../handlers/index";
import type { Settings } from "../../handlers/settings";
import { anEvent, anSnsEvent, aSignedMessage, eventsTopicArn, sns, somebody } from "../support/events";
import {
  aDetection,
  aFinding,
  aLogFile,
  aMinuteLater,
  aRecord,
  account,
  fakeAws,
  someSettings,
} from "../support/factories";
import { aTable } from "../support/memory-dynamodb";

const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
const events: Settings["events"] = {
  topicArn: eventsTopicArn,
  regions: ["us-west-2", "us-east-1"],
  lateDetections: 30,
};

/** A stack that keeps what it knows, and gets records by both paths. */
function aStack(settings: Partial<Settings> = {}, catalogue: Detection[] = [aDetection()]) {
  const table = aTable();
  let attached = true;
  let at = aMinuteLater;
  const files = new Map<string, Buffer>();
  const { aws, calls } = fakeAws({
    "s3:GetObject": ({ Key }) => ({
      Body: Readable.from([files.get(String(Key))]),
      LastModified: new Date(at),
    }),
    ...table.answers,
    "iam:ListAttachedUserPolicies": () => ({ AttachedPolicies: attached ? [{ PolicyArn: admin }] : [] }),
    "iam:DetachUserPolicy": () => {
      attached = false;
      return {};
    },
    "sns:Publish": {},
  });
  const lines: string[] = [];
  const platform = {
    aws,
    certificateAt: () => Promise.resolve(sns.certificate),
    write: (line: string) => void lines.push(line),
    now: () => at,
    pause: async () => {},
  };
  const handle = createHandler(someSettings({ events, ...settings }), platform, catalogue);
  const invocation = { awsRequestId: "r-1", getRemainingTimeInMillis: () => 60_000 };
  const invoke = async (event: ReturnType<typeof anSnsEvent>) => {
    const error = await handle(event, invocation).catch((one: Error) => one);
    return { error, entry: JSON.parse(String(lines.at(-1))) };
  };
  const bucket = "lambdasharp-red-cloudtrail";
  const put = (records: CloudTrailRecord[]) => {
    const key = `AWSLogs/${account}/CloudTrail/us-east-1/2026/05/04/${files.size}.json.gz`;
    files.set(key, aLogFile(...records));
    return key;
  };
  const notify = (message: object) =>
    invoke(anSnsEvent({ Message: JSON.stringify(message), MessageId: "m-1", TopicArn: "the log topic" }));
  return {
    table,
    lines,
    /** Delivers a message of SNS. */
    message: (message: Record<string, unknown>) => invoke(anSnsEvent(message)),
    /** Delivers a record as an event. */
    event: (record?: CloudTrailRecord, own?: Record<string, unknown>) =>
      invoke(anSnsEvent(aSignedMessage(anEvent(record, own)))),
    /** Delivers records in a log file. */
    logFile: (...records: CloudTrailRecord[]) => notify({ s3Bucket: bucket, s3ObjectKey: [put(records)] }),
    /** Delivers S3's event of a log file, as EventBridge brings it. */
    objectCreated: (...records: CloudTrailRecord[]) =>
      notify({
        version: "0",
        "detail-type": "Object Created",
        source: "aws.s3",
        account,
        detail: { version: "0", bucket: { name: bucket }, object: { key: put(records) } },
      }),
    after: (ms: number) => {
      at += ms;
    },
    fixes: () => calls.filter(({ operation }) => operation === "DetachUserPolicy").length,
    alerts: () =>
      calls
        .filter(({ operation }) => operation === "Publish")
        .map(({ input }) => JSON.parse(JSON.parse(String(input.Message)).default)),
  };
}

describe("createOnEvent", () => {
  const id = aFinding().id;

  it("finds, fixes and alerts, and says by which path and how soon", async () => {
    const stack = aStack();
    const { entry, error } = await stack.event();
    expect(error).to.equal(undefined);
    expect(stack.fixes()).to.equal(1);
    expect(stack.alerts().map((alert) => [alert.id, alert.outcome, alert.source])).to.deep.equal([
      [id, "fixed", "eventbridge:us-east-1/8f9e0a1b-0000-4000-8000-000000000001"],
    ]);
    expect(entry).to.deep.include({
      level: "info",
      message: "event",
      team: "red",
      requestId: "r-1",
      event: "iam.amazonaws.com:AttachUserPolicy",
      delaySeconds: 60,
      errors: [],
    });
    expect(entry.findings).to.have.length(1);
    expect(entry.findings[0]).to.include({ id, path: "event", seconds: 60, outcome: "fixed" });
    // Events are no sign that log files come.
    expect(entry).to.not.have.property("LogFiles");
  });

  for (const first of ["event", "logFile"] as const)
    it(`makes one finding, fix and alert of what both paths bring, the ${first} first`, async () => {
      const stack = aStack();
      const second = first === "event" ? "logFile" : "event";
      await stack[first](aRecord());
      stack.after(240_000);
      const { entry } = await stack[second](aRecord());
      expect(entry.findings[0]).to.include({ id, path: second, seconds: 300, outcome: "duplicate" });
      expect([stack.fixes(), stack.alerts().length]).to.deep.equal([1, 1]);
      const about = JSON.parse(String(stack.table.items[id]?.about?.S));
      expect(about.seen).to.deep.equal({
        [first]: { at: "2026-05-04T10:01:00.000Z" },
        [second]: { at: "2026-05-04T10:05:00.000Z" },
      });
      // The log file lasts.
      expect(about.source).to.match(/^s3:/);
      // Further deliveries change nothing.
      const before = structuredClone(stack.table.items[id]);
      stack.after(1_000);
      await stack.event(aRecord());
      await stack.logFile(aRecord());
      expect(stack.table.items[id]).to.deep.equal(before);
      expect([stack.fixes(), stack.alerts().length]).to.deep.equal([1, 1]);
    });

  it("fixes no old event", async () => {
    const stack = aStack();
    stack.after(2 * 3_600_000);
    const { entry } = await stack.event();
    expect(entry.findings[0]).to.include({ outcome: "refused" });
    expect(stack.fixes()).to.equal(0);
  });

  it("fixes nothing for an addendum", async () => {
    const stack = aStack();
    await stack.event(aRecord({ addendum: { reason: "UPDATED_DATA" } }));
    expect(stack.fixes()).to.equal(0);
    expect(stack.alerts()[0]).to.include({ outcome: "refused" });
  });

  it("leaves alone what the detector itself did", async () => {
    const stack = aStack();
    const input = { UserName: "bob", PolicyArn: admin };
    const call = { service: "iam", operation: "DetachUserPolicy", region: "us-east-1", input };
    await stack.event();
    expect(stack.fixes()).to.equal(1);
    const fix = aRecord({
      eventID: "0f0e0d0c-0000-4000-8000-000000000002",
      eventName: call.operation,
      requestParameters: { userName: input.UserName, policyArn: input.PolicyArn },
      userIdentity: {
        type: "AssumedRole",
        sessionContext: {
          sessionIssuer: { type: "Role", arn: `arn:aws:iam::${account}:role/cloudtrailer-lambda-role-red` },
        },
      },
    });
    const own = aStack({}, [aDetection({ events: ["iam:DetachUserPolicy"] })]);
    Object.assign(own.table.items, stack.table.items);
    const { entry } = await own.event(fix);
    expect(entry).to.deep.include({ own: 1, findings: [] });
    expect(own.alerts()).to.deep.equal([]);
  });

  describe("with an event that proves nothing", () => {
    const unproven = async (
      send: (stack: ReturnType<typeof aStack>) => Promise<{ entry: Record<string, unknown>; error: unknown }>,
      settings: Partial<Settings> = {},
    ) => {
      const stack = aStack(settings);
      const { entry, error } = await send(stack);
      // The same again is the same finding.
      await send(stack);
      expect(error).to.equal(undefined);
      expect(stack.fixes()).to.equal(0);
      const [alert, ...others] = stack.alerts();
      expect(others).to.deep.equal([]);
      expect(alert).to.include({ detection: "event-unproven", severity: "critical", outcome: "unproven" });
      expect(alert.who.name).to.equal("somebody unknown");
      expect(entry.unproven).to.be.a("string");
      expect(stack.table.items).to.not.have.property(id);
      return String(alert.reason);
    };

    it("alerts one critical finding if SNS did not sign it", async () => {
      const forged = aSignedMessage(anEvent(), {}, somebody);
      expect(await unproven((stack) => stack.message(forged))).to.include("its signature is not SNS's");
      const bare = { Message: anEvent(), MessageId: "m-1" };
      expect(await unproven((stack) => stack.message(bare))).to.include("it names the topic (none)");
      const TopicArn = `arn:aws:sns:us-west-2:${account}:somebody-elses`;
      const other = aSignedMessage(anEvent(), { TopicArn });
      expect(await unproven((stack) => stack.message(other))).to.include("somebody-elses");
    });

    it("alerts one critical finding if it is signed, but not AWS's", async () => {
      expect(await unproven((stack) => stack.event(aRecord(), { source: "evil" }))).to.include("evil");
      expect(await unproven((stack) => stack.event(aRecord(), { region: "eu-west-1" }))).to.include(
        "eu-west-1",
      );
    });

    it("alerts one critical finding if the stack takes no events", async () => {
      const settings = { events: undefined } as unknown as Partial<Settings>;
      expect(await unproven((stack) => stack.event(), settings)).to.include("takes no events");
    });

    it("takes no exception, no mode and no setting of the record's word", async () => {
      const exceptions = [
        { detection: "*", reason: "we try it", owner: "mallory", until: "2099-01-01T00:00:00Z" },
      ];
      await unproven((stack) => stack.event(aRecord(), { source: "evil" }), { exceptions, mode: "alert" });
    });
  });

  it("only alerts an event of a replay, which does not take the place of the real one", async () => {
    const stack = aStack();
    await stack.event(aRecord(), { "replay-name": "again" });
    expect(stack.fixes()).to.equal(0);
    expect(stack.alerts()[0]).to.include({
      outcome: "refused",
      title: "Replayed: Administrator policy attached to a user",
    });
    await stack.logFile(aRecord());
    expect(stack.fixes()).to.equal(1);
    expect(stack.alerts()[1]).to.include({ id, outcome: "fixed" });
  });

  it("leaves a flood to the log file, which gathers it into one summary", async () => {
    const stack = aStack({ mode: "alert" });
    const records = Array.from({ length: 30 }, (_, index) =>
      aRecord({ eventID: `0f0e0d0c-0000-4000-8000-0000000002${index + 10}` }),
    );
    for (const record of records) expect((await stack.event(record)).error).to.equal(undefined);
    expect(stack.alerts()).to.have.length(20);
    // If no log file comes, the hourly run alerts them (watch/unconfirmed.ts).
    const noted = Object.entries(stack.table.items).filter(([key]) => key.startsWith("event#"));
    const ids = noted.flatMap(([, item]) => Object.values(item).flatMap((one) => one?.SS ?? []));
    expect(ids).to.include.members(records.map(({ eventID }) => `${eventID}#${aDetection().id}`));
    await stack.logFile(...records);
    expect(stack.alerts()).to.have.length(21);
    expect(stack.alerts()[20]).to.deep.include({ summary: "flood" });
    expect(stack.alerts()[20].flood).to.include({ findings: 10 });
    const states = records.map(({ eventID }) => stack.table.items[`${eventID}#${aDetection().id}`]?.state?.S);
    expect(new Set(states)).to.deep.equal(new Set(["done"]));
  });

  it("gathers no announcement of a fix for the log file", async () => {
    const stack = aStack({ fix: { afterMinutes: 10, immediately: [], rule: "due" } });
    for (let index = 10; index < 32; index++)
      await stack.event(aRecord({ eventID: `0f0e0d0c-0000-4000-8000-0000000002${index}` }));
    expect(stack.alerts()).to.have.length(22);
    expect(stack.alerts()[21].flood.outcomes).to.deep.equal({ delayed: 1 });
  });

  it("waits for the log file if a fix needs what the event lacks", async () => {
    const cut = aRecord({ requestParameters: { omitted: true, reason: "requestParameters too large" } });
    const stack = aStack();
    const { entry, error } = await stack.event(cut);
    expect(error).to.equal(undefined);
    expect(entry.findings[0]).to.include({ id, outcome: "waits" });
    expect(entry.findings[0].reason).to.include("requestParameters");
    expect(stack.alerts()).to.deep.equal([]);
    await stack.logFile(aRecord());
    expect(stack.alerts()[0]).to.include({ id, outcome: "fixed" });
    // Where nothing would be fixed, nothing waits.
    const alerting = aStack({ mode: "alert" });
    await alerting.event(cut);
    expect(alerting.alerts()[0]).to.include({ id, outcome: "alerted" });
    await alerting.logFile(aRecord());
    expect(alerting.alerts()).to.have.length(1);
    expect(JSON.parse(String(alerting.table.items[id]?.about?.S)).seen.event.lacks).to.deep.equal([
      "requestParameters",
    ]);
  });

  it("passes over CloudTrail's insights if they are SNS's own, and reports those of somebody else", async () => {
    const insight = anEvent(aRecord(), { "detail-type": "AWS Insight via CloudTrail" });
    const stack = aStack();
    expect((await stack.message(aSignedMessage(insight))).entry.passedOver).to.be.a("string");
    expect(stack.alerts()).to.deep.equal([]);
    const { entry } = await stack.message(aSignedMessage(insight, {}, somebody));
    expect(entry.unproven).to.equal("its signature is not SNS's");
    expect(stack.alerts()).to.have.length(1);
    expect(stack.alerts()[0]).to.include({ outcome: "unproven", severity: "critical" });
  });

  it("leaves events that are no records to whom notifications are for", async () => {
    const stack = aStack({ logTopicArn: `arn:aws:sns:us-west-2:${account}:cloudtrail-logs-red` });
    const own = { "detail-type": "EC2 Instance State-change Notification" };
    const { error } = await stack.event(aRecord(), own);
    expect(error).to.have.property("message").that.includes("expected the topic");
    expect(stack.alerts()[0]).to.include({ outcome: "unproven", severity: "critical" });
  });

  it("reads the log files that S3's events name, which EventBridge brings to the topic of notifications", async () => {
    const stack = aStack({ logTopicArn: "the log topic" });
    const { error } = await stack.objectCreated(aRecord());
    expect(error).to.equal(undefined);
    expect(stack.alerts()[0]).to.include({ id, outcome: "fixed" });
  });

  it("tries again when the certificate cannot be read", async () => {
    const table = aTable();
    const { aws } = fakeAws(table.answers);
    const lines: string[] = [];
    const handle = createHandler(
      someSettings({ events }),
      {
        aws,
        certificateAt: () => Promise.reject(new Error("no route")),
        write: (line: string) => void lines.push(line),
        now: () => aMinuteLater,
        pause: async () => {},
      },
      [aDetection()],
    );
    const invocation = { awsRequestId: "r-1", getRemainingTimeInMillis: () => 60_000 };
    const error = await handle(anSnsEvent(aSignedMessage(anEvent())), invocation).catch((one: Error) => one);
    expect(error).to.have.property("message").that.includes("no route");
    expect(JSON.parse(String(lines[0]))).to.deep.include({ level: "error", message: "event" });
    expect(table.items).to.deep.equal({});
  });

  describe("with what is more than one record", () => {
    const record = (index: number, second = index) =>
      aRecord({
        eventID: `0f0e0d0c-0000-4000-8000-00000000010${index}`,
        eventTime: `2026-05-04T10:00:0${second}Z`,
        requestParameters: { userName: `user-${index}`, policyArn: admin },
      });
    const counted = aDetection({
      id: "iam-users-changed",
      remediation: "alert",
      burst: { windowMinutes: 5, threshold: 3, countedBy: () => "mallory" },
    });
    const novel = aDetection({
      id: "ecr-image-pushed",
      remediation: "alert",
      novel: { days: 30, learning: 0 },
    });

    it("counts a record of a burst once, whichever path brings it", async () => {
      const stack = aStack({}, [counted]);
      for (const index of [1, 2]) {
        await stack.event(record(index));
        await stack.event(record(index));
        await stack.logFile(record(1), record(2));
      }
      expect(stack.alerts(), "two records, three times each").to.deep.equal([]);
      await stack.logFile(record(3));
      expect(stack.alerts().map(({ detection }) => detection)).to.deep.equal(["iam-users-changed"]);
      // More of the same burst, and all of it again, is the same finding: not one whose record somebody exchanged.
      await stack.event(record(4));
      await stack.logFile(record(1), record(2), record(3), record(4));
      await stack.event(record(2));
      expect(stack.alerts()).to.have.length(1);
    });

    for (const first of ["event", "logFile"] as const)
      it(`takes what is new for new on both paths, the ${first} first`, async () => {
        const stack = aStack({}, [novel]);
        const second = first === "event" ? "logFile" : "event";
        await stack[first](record(1));
        await stack[second](record(1));
        const severities = () => stack.alerts().map(({ severity, novelty }) => [severity, novelty]);
        expect(severities()).to.have.length(1);
        expect(severities()[0]?.[1]).to.match(/^first time in 30 days/);
        await stack[second](record(2));
        await stack[first](record(2));
        await stack[first](record(3));
        expect(
          severities()
            .slice(1)
            .map(([severity]) => severity),
        ).to.deep.equal(["info"]);
      });
  });
});
