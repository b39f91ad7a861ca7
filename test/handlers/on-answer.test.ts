import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import type { Attributes } from "../../handlers/aws/table";
import { nameOfPart } from "../../handlers/chat-parts";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { answerOf } from "../../handlers/findings/chat-answer";
import { hashOfCalls } from "../../handlers/findings/person-request";
import { createHandler } from "../../handlers/index";
import type { Remediation } from "../../handlers/remediations/remediation";
import type { Settings } from "../../handlers/settings";
import { anEvent, anSnsEvent, aSignedMessage, eventsTopicArn, sns, somebody } from "../support/events";
import {
  account,
  aDetection,
  aRecord,
  aWaitingItem,
  fakeAws,
  region,
  someSettings,
} from "../support/factories";
import { aTable } from "../support/memory-dynamodb";

const name = nameOfPart("cloudtrailer-chat-red", "security");
const topic = `arn:aws:sns:${region}:${account}:${name}`;
const roleOf = (of: string, of2 = account) => `arn:aws:iam::${of2}:role/${of}`;
const sessionOf = (of: string) => `arn:aws:sts::${account}:assumed-role/${of}/chatbot-session`;
const decidedAt = "2026-05-04T10:05:00.000Z";
const pressedAt = "2026-05-04T10:06:00Z";

describe("an answer from a chat room's button", () => {
  const detection = aDetection();
  const detach = {
    service: "iam",
    operation: "DetachUserPolicy",
    region: "us-east-1",
    input: { UserName: "bob", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  };
  const plan = { summary: "Detach it", calls: [detach], rollback: [] };
  const id = `${aRecord().eventID}#${detection.id}`;
  const remediation: Remediation = {
    id: detection.id,
    reads: [],
    writes: ["iam:DetachUserPolicy"],
    plan: async () => plan,
  };
  const say = (verb: "approve" | "deny", of: Partial<{ plan: string; finding: string }> = {}) =>
    String(answerOf({ verb, plan: hashOfCalls(plan.calls), finding: id, ...of }));

  /** The record of a press on a button. */
  function press(
    value = say("approve"),
    own: Partial<CloudTrailRecord> = {},
    by: { role?: string; issuer?: string; arn?: string } = {},
  ): CloudTrailRecord {
    const { role = name, issuer = roleOf(role), arn = sessionOf(role) } = by;
    return aRecord({
      eventSource: "sns.amazonaws.com",
      eventName: "TagResource",
      awsRegion: region,
      eventTime: pressedAt,
      eventID: "0f0e0d0c-0000-4000-8000-00000000000b",
      requestParameters: { resourceArn: topic, tags: [{ key: "cloudtrailer-answer", value }] },
      userIdentity: {
        type: "AssumedRole",
        arn,
        accountId: account,
        sessionContext: { sessionIssuer: { type: "Role", arn: issuer, accountId: account, userName: role } },
      },
      ...own,
    });
  }

  /** A function, a finding that waits, and what can be seen of both. */
  function prepare(own: Partial<Settings> = {}, item: Record<string, { S: string }> = {}) {
    const table = aTable({
      [id]: { ...aWaitingItem(plan, decidedAt), claimedAt: { S: decidedAt }, ...item } as Attributes,
    });
    const published: Record<string, unknown>[] = [];
    let content: Buffer = Buffer.alloc(0);
    const { aws, calls } = fakeAws({
      ...table.answers,
      "iam:DetachUserPolicy": {},
      "s3:GetObject": () => ({
        Body: Readable.from([content]),
        ETag: '"1"',
        LastModified: new Date(pressedAt),
        ContentRange: `bytes 0-${content.length - 1}/${content.length}`,
      }),
      "sns:Publish": ({ Message }: Record<string, unknown>) => {
        const { default: json } = JSON.parse(String(Message)) as { default: string };
        published.push(JSON.parse(json) as Record<string, unknown>);
        return {};
      },
    });
    const lines: string[] = [];
    let clock = Date.parse("2026-05-04T10:07:00Z");
    const settings = someSettings({
      mode: "approve",
      approvers: [`arn:aws:sts::${account}:assumed-role/${name}/*`],
      chat: { base: "cloudtrailer-chat-red", parts: ["security", "quiet"], buttons: ["security"] },
      maxAgeMinutes: 1_440,
      events: { topicArn: eventsTopicArn, regions: [region], lateDetections: 0 },
      ...own,
    });
    const handle = createHandler(
      settings,
      {
        aws,
        write: (line: string) => void lines.push(line),
        now: () => clock,
        pause: async () => {},
        certificateAt: () => Promise.resolve(sns.certificate),
      },
      [detection],
      [remediation],
    );
    /** Delivers records in a log file. */
    const deliver = (...records: CloudTrailRecord[]) => {
      content = gzipSync(JSON.stringify({ Records: records }));
      const key = `AWSLogs/${account}/CloudTrail/${region}/2026/05/04/a.json.gz`;
      const Message = JSON.stringify({ s3Bucket: settings.bucket, s3ObjectKey: [key] });
      return handle({ Records: [{ Sns: { Message, MessageId: "m-1" } }] } as never, {
        awsRequestId: "r-1",
        getRemainingTimeInMillis: () => 60_000,
      });
    };
    /** Delivers a record as an event of EventBridge. */
    const send = (record: CloudTrailRecord, own: Record<string, unknown> = {}, signedBy = sns) =>
      handle(anSnsEvent(aSignedMessage(anEvent(record, { source: "aws.sns", ...own }), {}, signedBy)), {
        awsRequestId: "r-2",
        getRemainingTimeInMillis: () => 60_000,
      });
    const outcome = () => table.items[id]?.outcome?.S;
    const requests = () => published.filter(({ summary }) => summary === "request");
    const fixes = () => calls.filter(({ operation }) => operation === "DetachUserPolicy").length;
    const entries = () =>
      lines
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ message }) => message === "answer");
    const pass = (ms: number) => void (clock += ms);
    return { deliver, send, outcome, requests, fixes, entries, published, table, pass };
  }

  it("approves a fix in the name of the room's session, and the fix is made and alerted", async () => {
    const { deliver, outcome, requests, fixes, published, table, entries } = prepare();
    await deliver(press());
    expect(outcome()).to.equal("fixed");
    expect(fixes()).to.equal(1);
    expect(requests(), "the finding's own alert says it").to.deep.equal([]);
    expect(published.map((one) => [one.id, one.outcome])).to.deep.equal([[id, "fixed"]]);
    expect(JSON.parse(table.items[id]?.approval?.S ?? "{}")).to.deep.include({
      by: sessionOf(name),
      why: `button in chat security, event ${press().eventID}`,
    });
    expect(entries()[0]).to.deep.include({
      outcome: "accepted",
      verb: "approve",
      finding: id,
      room: "security",
    });
  });

  it("denies a fix, and that is alerted with who and where", async () => {
    const { deliver, outcome, requests, fixes } = prepare();
    await deliver(press(say("deny")));
    expect(outcome()).to.equal("rejected");
    expect(fixes()).to.equal(0);
    expect(requests()).to.have.length(1);
    expect(requests()[0]).to.deep.include({ verb: "deny", actor: sessionOf(name), finding: id });
    expect(requests()[0]?.why).to.match(/^button in chat security, event /);
  });

  it("counts once, whether delivered twice or in a second log file", async () => {
    const { deliver, fixes, requests, published, entries } = prepare();
    await deliver(press(), press());
    await deliver(press());
    expect(fixes()).to.equal(1);
    expect(requests()).to.deep.equal([]);
    expect(published).to.have.length(1);
    expect(entries()).to.have.length(1);
  });

  it("counts within seconds by an event, and not again by the log file", async () => {
    const { deliver, send, fixes, entries, requests } = prepare();
    await send(press());
    expect(fixes()).to.equal(1);
    await deliver(press());
    expect(fixes()).to.equal(1);
    expect(entries()).to.have.length(1);
    expect(requests()).to.deep.equal([]);
  });

  it("is none by an event that nobody proves, or that is an old one sent again", async () => {
    const { send, fixes, entries, outcome } = prepare();
    await send(press(), {}, somebody);
    await send(press(), { source: "mine" });
    await send(press(), { "replay-name": "again" });
    expect(outcome()).to.equal("awaiting-approval");
    expect(fixes()).to.equal(0);
    expect(entries()).to.deep.equal([]);
  });

  it("is taken again when its handling died, and not as a refusal if that had done it", async () => {
    const { deliver, table, requests, entries, outcome, pass } = prepare();
    await deliver(press());
    const [key = ""] = Object.keys(table.items).filter((one) => one.startsWith("request#"));
    const rest = { ...table.items[key] };
    delete rest.outcome;
    table.items[key] = { ...rest, leaseUntil: { N: String(Date.parse("2026-05-04T10:08:00Z")) } };
    const early = await Promise.resolve(deliver(press())).catch(({ message }: Error) => message);
    expect(early).to.match(/still handled by another invocation/);
    pass(120_000);
    await deliver(press());
    expect(requests()).to.deep.equal([]);
    expect(entries().map((one) => one.outcome)).to.deep.equal(["accepted", "accepted"]);
    expect(outcome()).to.equal("fixed");
  });

  const ignored: [what: string, record: () => CloudTrailRecord][] = [
    ["another role", () => press(undefined, {}, { role: "Administrators" })],
    [
      "a role of the same name in another account",
      () => press(undefined, {}, { issuer: roleOf(name, "444455556666") }),
    ],
    ["a role of the same name under a path", () => press(undefined, {}, { issuer: roleOf(`x/${name}`) })],
    ["a session that another role began", () => press(undefined, {}, { arn: sessionOf("Administrators") })],
    [
      "a user who is named like a session",
      () => press(undefined, { userIdentity: { type: "IAMUser", arn: sessionOf(name), accountId: account } }),
    ],
    [
      "another topic",
      () =>
        press(undefined, {
          requestParameters: {
            resourceArn: topic.replace("security", "other"),
            tags: [{ key: "cloudtrailer-answer", value: say("approve") }],
          },
        }),
    ],
    [
      "a room without buttons",
      () =>
        press(
          undefined,
          {
            requestParameters: {
              resourceArn: topic.replace("security", "quiet"),
              tags: [{ key: "cloudtrailer-answer", value: say("approve") }],
            },
          },
          { role: name.replace("security", "quiet") },
        ),
    ],
    ["another region", () => press(undefined, { awsRegion: "us-east-1" })],
    ["another account", () => press(undefined, { recipientAccountId: "444455556666" })],
    ["a call that failed", () => press(undefined, { errorCode: "AuthorizationError" })],
    ["another event", () => press(undefined, { eventName: "UntagResource" })],
    ["another service", () => press(undefined, { eventSource: "sns.evil.example" })],
  ];
  for (const [what, record] of ignored)
    it(`is none: ${what}`, async () => {
      const { deliver, outcome, fixes, entries } = prepare();
      await Promise.resolve(deliver(record())).catch(() => undefined);
      expect(outcome()).to.equal("awaiting-approval");
      expect(fixes()).to.equal(0);
      expect(entries()).to.deep.equal([]);
    });

  const refusals: [
    what: string,
    prepared: () => ReturnType<typeof prepare>,
    record: CloudTrailRecord,
    why: RegExp,
  ][] = [
    [
      "a plan that is another one now",
      prepare,
      press(say("approve", { plan: "0".repeat(64) })),
      /other calls/,
    ],
    [
      "nobody listed as approver",
      () => prepare({ approvers: [] }),
      press(),
      /one of the configuration's approvers/,
    ],
    [
      "only others listed as approvers",
      () => prepare({ approvers: [`arn:aws:sts::${account}:assumed-role/Security/*`] }),
      press(),
      /one of the configuration's approvers/,
    ],
    [
      "a delayed fix while nobody is listed, about which anybody else may decide",
      () => prepare({ approvers: [] }, { outcome: { S: "delayed" } }),
      press(say("deny")),
      /one of the configuration's approvers/,
    ],
    [
      "the actor of the finding",
      () =>
        prepare(
          {},
          { about: { S: JSON.stringify({ title: "x", severity: "high", actor: sessionOf(name) }) } },
        ),
      press(),
      /caused the finding/,
    ],
    [
      "a press before the fix was planned",
      prepare,
      press(undefined, { eventTime: "2026-05-04T10:04:58Z" }),
      /before/,
    ],
    [
      "a finding that does not wait",
      () => prepare({}, { outcome: { S: "fixed" } }),
      press(),
      /found one with outcome fixed/,
    ],
    ["a finding that is not there", prepare, press(say("approve", { finding: "1#x" })), /found none/],
    ["a tag that says nothing", prepare, press("approve:everything"), /expected one tag cloudtrailer-answer/],
    [
      "more than one tag",
      prepare,
      press(undefined, {
        requestParameters: {
          resourceArn: topic,
          tags: [
            { key: "cloudtrailer-answer", value: say("approve") },
            { key: "cloudtrailer-answer", value: say("deny") },
          ],
        },
      }),
      /expected one tag/,
    ],
  ];
  for (const [what, prepared, record, why] of refusals)
    it(`is refused, and alerted once an hour: ${what}`, async () => {
      const { deliver, outcome, requests, fixes } = prepared();
      const before = outcome();
      await deliver(record);
      expect(outcome()).to.equal(before);
      expect(fixes()).to.equal(0);
      expect(requests()).to.have.length(1);
      expect(requests()[0]).to.deep.include({ outcome: "refused", actor: sessionOf(name) });
      expect(requests()[0]?.reason).to.match(why);
      await deliver({ ...record, eventID: "0f0e0d0c-0000-4000-8000-00000000000c" });
      expect(requests()).to.have.length(1);
    });

  it("is refused when it is older than fixes can be approved", async () => {
    const { deliver, outcome, requests, pass } = prepare(
      {},
      { decidedAt: { S: "2026-05-04T10:05:00.000Z" } },
    );
    pass(25 * 3_600_000);
    await deliver(press());
    expect(outcome()).to.equal("awaiting-approval");
    expect(requests()[0]?.reason).to.match(/more than 24 hours ago/);
  });

  it("is refused from log files that others may write", async () => {
    const { deliver, outcome, requests, fixes } = prepare({ source: { account: "444455556666" } });
    await deliver(press());
    expect(outcome()).to.equal("awaiting-approval");
    expect(fixes()).to.equal(0);
    expect(requests()[0]?.reason).to.match(/nothing is fixed until only CloudTrail may write to the bucket/);
  });
});
