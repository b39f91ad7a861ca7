import type { SNSEvent } from "aws-lambda";
import { expect } from "chai";
import { createHandler } from "../../../handlers/index";
import type { Settings } from "../../../handlers/settings";
import { aDigestBucket, aSigningKey, bucket, trail } from "../../support/digests";
import {
  account,
  aDetection,
  type Answers,
  aRecord,
  awsError,
  fakeAws,
  someSettings,
} from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

const key = aSigningKey();

/** The hourly run and notifications of one function, on a bucket with digests. */
function prepare(
  settings: Partial<Settings> = {},
  more: Answers = {},
  whose?: { account: string; folder: string },
) {
  const table = aTable();
  const there = aDigestBucket(key, table.answers, whose);
  let fixed = false;
  const { aws, calls } = fakeAws({
    "iam:ListAttachedUserPolicies": () => ({
      AttachedPolicies: fixed ? [] : [{ PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }],
    }),
    "iam:DetachUserPolicy": () => {
      fixed = true;
      return {};
    },
    "sns:Publish": {},
    ...more,
  });
  const lines: string[] = [];
  let clock = Date.parse("2026-05-04T09:55:00Z");
  const known = new Set(["s3:GetObject", "s3:ListObjectsV2", "cloudtrail:ListPublicKeys"]);
  const handle = createHandler(
    someSettings({ context: { ...someSettings().context, trail }, mode: "fix", ...settings }),
    {
      aws: async (call) => {
        const name = `${call.service}:${call.operation}`;
        if (known.has(name) || (name in there.answers && call.service === "dynamodb")) return there.aws(call);
        if (name === "cloudtrail:GetTrail") return there.aws(call);
        if (["iam:ListAttachedUserPolicies", "iam:DetachUserPolicy", "sns:Publish"].includes(name))
          return aws(call);
        throw awsError("AccessDenied", `no ${name}`);
      },
      write: (line) => void lines.push(line),
      now: () => clock,
      pause: async () => {},
    },
    [aDetection()],
  );
  const invocation = { awsRequestId: "r-1", getRemainingTimeInMillis: () => 300_000 };
  const entries = (message: string) =>
    lines.map((line) => JSON.parse(line)).filter((entry) => entry.message === message);
  return {
    there,
    table,
    calls,
    entries,
    handle,
    invocation,
    at(time: string) {
      clock = Date.parse(time);
    },
    hourly: (member?: string) =>
      handle(
        { cloudtrailer: "keep-baselines", at: "schedule", ...(member === undefined ? {} : { member }) },
        invocation,
      ),
    deployed: () => handle({ cloudtrailer: "keep-baselines", at: "deployment" }, invocation),
    notified: (...keys: string[]) =>
      handle(
        {
          Records: [
            { Sns: { Message: JSON.stringify({ s3Bucket: bucket, s3ObjectKey: keys }), MessageId: "m" } },
          ],
        } as unknown as SNSEvent,
        invocation,
      ),
  };
}

/** What was published, by its subject. */
const subjects = (calls: { operation: string; input: Record<string, unknown> }[]) =>
  calls.filter(({ operation }) => operation === "Publish").map(({ input }) => String(input.Subject));

describe("the hourly check of digests", () => {
  it("has a log file processed of which no notification came: found, fixed and alerted as any", async () => {
    const { there, calls, entries, at, deployed, hourly } = prepare();
    await deployed();
    const file = there.logFile(new Date("2026-05-04T10:05:00Z"), [aRecord()]);
    there.digest({ end: new Date("2026-05-04T10:30:00Z"), files: [file] });
    at("2026-05-04T10:40:00Z");
    calls.length = 0;
    await hourly();
    expect(calls.map(({ operation }) => operation)).to.include("DetachUserPolicy");
    const [entry] = entries("notification");
    // That notifications come, this is no sign of: the alarm for silence goes off all the same.
    expect(entry).to.deep.include({ by: "digest", LogFiles: 0 });
    expect(entry.findings[0]).to.deep.include({ outcome: "fixed" });
    const [digests] = entries("digests").slice(-1);
    expect(digests).to.deep.include({ digests: 1, logFiles: 1, processed: 1, waiting: 0 });
    expect(digests.level).to.equal("error");
    expect(subjects(calls).slice(-1)[0]).to.match(
      /^\[HIGH\] Log files were processed late, or not at all: us-west-2/,
    );

    calls.length = 0;
    await hourly();
    expect(calls.map(({ operation }) => operation)).not.to.include("DetachUserPolicy");
    expect(subjects(calls)).to.deep.equal([]);
  });

  it("verifies a member's digests in its invocation, and has processed what nobody was notified of", async () => {
    const member = "222233334444";
    const folder = "AWSLogs/o-abcde12345/";
    const { there, table, calls, entries, at, hourly } = prepare(
      {
        prefix: `${folder}${account}/`,
        accounts: { [member]: { member: true } },
        memberRole: "cloudtrailer-member-red",
      },
      {},
      { account: member, folder: `${folder}${member}/` },
    );
    await hourly(member);
    expect(table.items[`watch#digests@${member}`]).to.have.property("since");
    const record = aRecord({ recipientAccountId: member });
    const file = there.logFile(new Date("2026-05-04T10:05:00Z"), [record]);
    const digest = there.digest({ end: new Date("2026-05-04T10:30:00Z"), files: [file] });
    at("2026-05-04T10:40:00Z");
    calls.length = 0;
    await hourly(member);
    const fix = calls.find(({ operation }) => operation === "DetachUserPolicy");
    expect(fix).to.include({ account: member });
    const [entry] = entries("digests").slice(-1);
    expect(entry).to.deep.include({ member, digests: 1, logFiles: 1, processed: 1, waiting: 0 });
    expect(subjects(calls).slice(-1)).to.deep.equal([
      `[HIGH] Log files of account ${member} were processed late, or not at all: us-west-2`,
    ]);

    there.put(digest.key, Buffer.from("forged"));
    there.digest({ end: new Date("2026-05-04T11:30:00Z"), previous: digest, key: aSigningKey() });
    at("2026-05-04T11:40:00Z");
    calls.length = 0;
    await hourly(member);
    const [subject] = subjects(calls).slice(-1);
    expect(subject).to.equal(
      `[CRITICAL] CloudTrail's log files of account ${member} cannot be trusted: us-west-2`,
    );
    const { Message, MessageAttributes } =
      calls.filter(({ operation }) => operation === "Publish").slice(-1)[0]?.input ?? {};
    expect(JSON.stringify(MessageAttributes)).to.include(member);
    expect(JSON.parse(String(Message)).email).to.include(`verify --since 24h --account ${member} --trail`);
  });

  it("leaves it to the stack's own check to say that the trail writes no digests", async () => {
    const member = "222233334444";
    const { there, calls, entries, at, hourly } = prepare({
      accounts: { [member]: { member: true } },
      memberRole: "cloudtrailer-member-red",
    });
    there.answers["cloudtrail:GetTrail"] = { Trail: { LogFileValidationEnabled: false } };
    await hourly(member);
    at("2026-05-04T18:00:00Z");
    calls.length = 0;
    await hourly(member);
    expect(entries("digests").slice(-1)[0]).to.deep.include({ member, problems: [] });
    expect(subjects(calls)).to.deep.equal([]);
    await hourly();
    expect(subjects(calls).filter((subject) => subject.includes("CloudTrail's log files"))).to.deep.equal([
      "[CRITICAL] CloudTrail's log files cannot be trusted: us-west-2",
    ]);
  });

  it("is content with log files that notifications brought, and alerts one that is changed afterwards", async () => {
    const { there, calls, table, at, deployed, hourly, notified } = prepare();
    await deployed();
    const file = there.logFile(new Date("2026-05-04T10:05:00Z"), [aRecord()]);
    const other = there.logFile(new Date("2026-05-04T10:06:00Z"), [aRecord({ eventName: "ListUsers" })]);
    at("2026-05-04T10:10:00Z");
    await notified(file.key, other.key);
    const hour = table.items[`digest#${account}#us-west-2#2026-05-04T10`]?.files?.SS ?? [];
    expect(hour.map((text) => text.split(" ")[1])).to.have.members([file.hash, other.hash]);
    there.digest({ end: new Date("2026-05-04T10:30:00Z"), files: [file, other] });
    there.put(other.key, Buffer.from("forged"));
    at("2026-05-04T10:40:00Z");
    calls.length = 0;
    await hourly();
    expect(calls.map(({ operation }) => operation)).not.to.include("DetachUserPolicy");
    expect(subjects(calls).slice(-1)).to.deep.equal([
      "[CRITICAL] CloudTrail's log files cannot be trusted: us-west-2",
    ]);
    const { Message } = calls.filter(({ operation }) => operation === "Publish").slice(-1)[0]?.input ?? {};
    const json = JSON.parse(JSON.parse(String(Message)).default);
    expect(json).to.deep.include({ summary: "digests", severity: "critical" });
    expect(json.digestProblems).to.deep.equal([
      {
        kind: "log-file-altered",
        region: "us-west-2",
        key: other.key,
        text: "this log file was changed after it was read",
      },
    ]);
  });

  it("counts a log file as processed only when all that was found in it was handled", async () => {
    const { there, table, at, deployed, notified } = prepare(
      {},
      {
        "iam:ListAttachedUserPolicies": () => {
          throw awsError("ServiceUnavailable");
        },
      },
    );
    await deployed();
    const file = there.logFile(new Date("2026-05-04T10:05:00Z"), [aRecord()]);
    const good = there.logFile(new Date("2026-05-04T10:06:00Z"), [aRecord({ eventName: "ListUsers" })]);
    at("2026-05-04T10:10:00Z");
    const failed = await notified(file.key).then(
      () => false,
      () => true,
    );
    expect(failed).to.equal(true);
    const hour = () => table.items[`digest#${account}#us-west-2#2026-05-04T10`]?.files?.SS ?? [];
    expect(hour()).to.deep.equal([]);
    // One that is not there does not stop the other.
    await notified(good.key, good.key.replace(".json", "x.json")).catch(() => {});
    expect(hour()).to.have.length(1);
  });
});
