import { expect } from "chai";
import { alertLine, deliveryLine, recordLine, watchLine } from "../../../cli/local/lines";
import { createPublisher, type Publisher } from "../../../handlers/alerts/publish";
import type { AlertedRequest } from "../../../handlers/alerts/summaries";
import type { Flood } from "../../../handlers/findings/floods";
import type { Alertable } from "../../../handlers/findings/handle";
import type { Outcome, Result } from "../../../handlers/findings/result";
import type { Plan } from "../../../handlers/remediations/remediation";
import {
  aFinding,
  aMinuteLater,
  aPeriod,
  aRecord,
  account,
  fakeAws,
  someSettings,
} from "../../support/factories";

const outcomes: Record<Outcome, true> = {
  fixed: true,
  "already-ok": true,
  "changed-since": true,
  "needs-baseline": true,
  refused: true,
  failed: true,
  alerted: true,
  planned: true,
  "awaiting-approval": true,
  delayed: true,
  rejected: true,
  expired: true,
  unproven: true,
  imported: true,
};
const call = {
  service: "iam",
  operation: "DetachUserPolicy",
  region: "us-east-1",
  input: { UserName: "bob" },
};
const plan: Plan = { summary: "Detach it", calls: [call], rollback: [call] };
const alertable = (result: Partial<Result> = {}, finding = aFinding()): Alertable => ({
  finding,
  result: { outcome: "fixed", ...result },
  seenAt: aMinuteLater,
});
const flood: Flood = {
  detection: "root-activity",
  actor: "mallory\nALL CLEAR",
  severity: "high",
  findings: 42,
  outcomes: { refused: 40, fixed: 2 },
  from: "2026-05-04T10:00:00Z",
  to: "2026-05-04T10:05:00Z",
  examples: [{ id: "1#root-activity", title: "Root user used", resources: ["bob"] }],
};

const request: AlertedRequest = {
  verb: "mode",
  by: `arn:aws:iam::${account}:user/alice`,
  why: "a drill",
  title: "The switch is set to alert for all detections",
  severity: "high",
  meaning: "From now on findings are alerted only.",
};

/** Every message that is published, by the method that does it. */
const kinds: Record<keyof Publisher, Record<string, (publisher: Publisher) => Promise<void>>> = {
  alert: {
    ...Object.fromEntries(
      (Object.keys(outcomes) as Outcome[]).flatMap((outcome) => [
        [outcome, (publisher: Publisher) => publisher.alert(alertable({ outcome, reason: "so it is" }))],
        [`${outcome} with a plan`, (publisher: Publisher) => publisher.alert(alertable({ outcome, plan }))],
      ]),
    ),
    "of an almost empty record": ({ alert }) => alert(alertable({}, aFinding({}, {} as never))),
    "one that may repeat": ({ alert }) => alert({ ...alertable(), mayRepeat: true }),
    "too long for SNS": ({ alert }) => alert(alertable({ plan }, aFinding({ title: "x".repeat(60_000) }))),
  },
  alertOpened: {
    "the breaker of a detection": ({ alertOpened }) =>
      alertOpened({ detection: "iam-user-created", max: 10 }),
    "the breaker of an actor": ({ alertOpened }) => alertOpened({ actor: "mallory\u001b[2J", max: 10 }),
    "the breaker of the account": ({ alertOpened }) => alertOpened({ max: 30 }),
  },
  alertBroken: {
    "a detection that throws": ({ alertBroken }) =>
      alertBroken({ detection: "root-activity", problem: "detection root-activity failed\n\u001b[2J" }),
  },
  alertDifferences: {
    "a part that was changed": ({ alertDifferences }) =>
      alertDifferences([
        {
          part: "topic alerts",
          by: "GetTopicAttributes",
          declared: "1",
          found: "2\nx",
          means: "nobody hears",
          repair: "pulumi up --refresh",
        },
      ]),
    "that all is well again": ({ alertDifferences }) => alertDifferences([]),
  },
  alertDigests: {
    "a log file that was changed": ({ alertDigests }) =>
      alertDigests(
        [{ kind: "log-file-altered", region: "us-west-2", key: "AWSLogs/a\n\u001b[2J", text: "it\nwas" }],
        "arn:aws:cloudtrail:us-west-2:111122223333:trail/ours",
      ),
    "log files that came late": ({ alertDigests }) =>
      alertDigests(
        [{ kind: "log-file-unnotified", region: "us-west-2", key: "AWSLogs/a", text: "late" }],
        "t",
      ),
    "that all is well again": ({ alertDigests }) => alertDigests([], "t"),
  },
  alertPeriod: { "an hour": ({ alertPeriod }) => alertPeriod(aPeriod(), false) },
  alertExpired: {
    "a fix that nobody approved": ({ alertExpired }) =>
      alertExpired([
        { id: "1#root-activity", title: "Root\n\u001b[2J", region: "us-west-2", summary: "x\ny" },
      ]),
  },
  alertEnding: {
    "an exception that ends": ({ alertEnding }) =>
      alertEnding([
        { detection: "root-activity", reason: "break\nglass", owner: "\u001b[2J", until: "2026-05-09" },
      ]),
  },
  alertUnconfirmed: {
    "findings that no log file has": ({ alertUnconfirmed }) =>
      alertUnconfirmed([
        {
          id: "1#a\n\u001b[2J",
          title: "it\nwas",
          account,
          region: "us-west-2",
          outcome: "fixed",
          hasRollback: true,
        },
      ]),
  },
  alertFlood: { "many findings": ({ alertFlood }) => alertFlood(flood) },
  alertTrial: {
    "a trial": async ({ alertTrial }) => void (await alertTrial("trial 2026-05-04T10:00:00.000Z")),
  },
  alertRequest: {
    "the switch": ({ alertRequest }) => alertRequest(request),
    "a request that was refused": ({ alertRequest }) =>
      alertRequest({ ...request, outcome: "refused", why: "\u001b[2J\n", finding: "1#root-activity" }),
  },
  alertUnproven: Object.fromEntries(
    (["bucket", "event", "file", "record", "request", "topic"] as const).map((what) => [
      what,
      ({ alertUnproven }: Publisher) => alertUnproven({ what, reason: "expected ours,\nfound \u001b[2J" }),
    ]),
  ),
};

/** What a subscriber gets of a message, parsed. */
async function received(send: (publisher: Publisher) => Promise<void>): Promise<unknown> {
  const { aws, calls } = fakeAws({ "sns:Publish": {} });
  await send(createPublisher(aws, someSettings(), async () => {}));
  const message = JSON.parse(String(calls[0]?.input.Message)) as { default: string };
  return JSON.parse(message.default) as unknown;
}

describe("the lines of cloudtrailer local", () => {
  it("are tested with every kind of message that is published", () => {
    const { aws } = fakeAws({});
    expect(Object.keys(createPublisher(aws, someSettings(), async () => {}))).to.have.members(
      Object.keys(kinds),
    );
  });

  for (const [method, messages] of Object.entries(kinds))
    for (const [name, send] of Object.entries(messages))
      it(`have one for ${method}: ${name}`, async () => {
        const line = alertLine(await received(send));
        expect(line).to.match(/^[A-Z ]+: \S/);
        expect(line).not.to.match(/[\n\u001b]|undefined|\[object/);
      });

  it("say what was done about a finding, and how soon", async () => {
    const line = alertLine(await received(({ alert }) => alert(alertable({ plan }))));
    expect(line).to.equal(
      `CRITICAL FIXED: Administrator policy attached to a user on bob by mallory, account ${account}: Detach it (60 s after the call)`,
    );
  });

  it("say why nothing was done", async () => {
    const line = alertLine(
      await received(({ alert }) => alert(alertable({ outcome: "refused", reason: "bob may" }))),
    );
    expect(line).to.match(/^CRITICAL NOT FIXED: .*: bob may \(60 s after the call\)$/);
  });

  it("say that a breaker has opened", async () => {
    const line = alertLine(
      await received(({ alertOpened }) => alertOpened({ detection: "root-activity", max: 10 })),
    );
    expect(line).to.match(/^CRITICAL: The breaker of root-activity is open: .* \(root-activity\)$/);
  });

  it("show whatever else is published", () => {
    expect(alertLine("CloudTrail validation message.")).to.equal("CloudTrail validation message.");
    expect(alertLine({ some: "thing" })).to.equal('{"some":"thing"}');
    expect(
      alertLine({ severity: "low", outcome: "fixed", title: "x", what: null, who: null, when: null }),
    ).to.equal("LOW: x");
    expect(alertLine({ title: "a\n\u001b[2Jb" })).not.to.match(/[\n\u001b]/);
    for (const odd of [null, undefined, 1, [], ""]) expect(() => alertLine(odd)).not.to.throw();
  });

  it("show what the second path says", () => {
    const text = '"CRITICAL: cloudtrailer of team red: its role was changed."\n"WHAT: UpdateRole\u001b[2J"';
    expect(watchLine(text)).to.match(
      /^CRITICAL: cloudtrailer of team red: its role was changed\. WHAT: UpdateRole/,
    );
    expect(watchLine(text)).not.to.match(/[\n\u001b]/);
    const alarm = { AlarmName: "cloudtrailer-watch-red.failed", AlarmDescription: "Notifications wait." };
    expect(watchLine({ ...alarm, NewStateValue: "ALARM", OldStateValue: "OK" })).to.equal(
      "ALARM: cloudtrailer-watch-red.failed: Notifications wait.",
    );
    expect(watchLine({ ...alarm, NewStateValue: "OK", OldStateValue: "ALARM" })).to.equal(
      "OK: cloudtrailer-watch-red.failed is over",
    );
    expect(watchLine({ ...alarm, NewStateValue: "OK", OldStateValue: "INSUFFICIENT_DATA" })).to.equal("");
    for (const odd of [null, undefined, 1, [], {}]) expect(() => watchLine(odd)).not.to.throw();
  });

  it("name the caller, and the detector", () => {
    const own = { roleName: "cloudtrailer-lambda-role-red", team: "red" };
    expect(recordLine(aRecord(), own)).to.equal("iam:AttachUserPolicy by mallory in us-east-1");
    expect(recordLine(aRecord({ errorCode: "AccessDenied" }), own)).to.match(/\(AccessDenied\)$/);
    const detector = aRecord({
      userIdentity: {
        type: "AssumedRole",
        arn: `arn:aws:sts::${account}:assumed-role/${own.roleName}/cloudtrailer-red`,
        accountId: account,
        sessionContext: {
          sessionIssuer: {
            type: "Role",
            arn: `arn:aws:iam::${account}:role/${own.roleName}`,
            userName: own.roleName,
          },
        },
      },
    });
    expect(recordLine(detector, own)).to.equal(
      "iam:AttachUserPolicy by cloudtrailer of team red in us-east-1",
    );
  });

  it("name one of many log files", () => {
    expect(deliveryLine({ records: 1, keys: ["a"] })).to.equal("1 record: a");
    expect(deliveryLine({ records: 31, keys: ["a", "b", "c"] })).to.equal("31 records: a and 2 more");
  });
});
