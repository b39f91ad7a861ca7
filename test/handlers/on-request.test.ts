import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { proofOf } from "../../cli/ask-function";
import type { Call } from "../../handlers/aws/call";
import type { SendGet } from "../../handlers/aws/caller";
import type { Attributes } from "../../handlers/aws/table";
import { hashOfRequest, hashOfCalls, type PersonRequest } from "../../handlers/findings/person-request";
import type { Detection } from "../../handlers/detections/detection";
import { createHandler } from "../../handlers/index";
import type { Settings } from "../../handlers/settings";
import {
  account,
  aDetection,
  aFinding,
  aRecord,
  aWaitingItem,
  type Answers,
  fakeAws,
  region,
  someSettings,
} from "../support/factories";
import { deep } from "../support/hostile";
import { aTable } from "../support/memory-dynamodb";
import { aTokenService } from "../support/sts";

describe("what a person asks of the function", () => {
  const alice = { accessKeyId: "AKIAEXAMPLEALICE0000", secretAccessKey: "alice" };
  const mallory = { accessKeyId: "AKIAEXAMPLEMALLORY00", secretAccessKey: "mallory" };
  const stranger = { accessKeyId: "AKIAEXAMPLESTRANGER0", secretAccessKey: "stranger" };
  const detector = { accessKeyId: "ASIAEXAMPLEDETECTOR0", secretAccessKey: "detector" };
  const arnOf = (name: string) => `arn:aws:iam::${account}:user/${name}`;
  const keys = {
    [alice.accessKeyId]: { ...alice, arn: arnOf("alice") },
    [mallory.accessKeyId]: { ...mallory, arn: arnOf("mallory") },
    [stranger.accessKeyId]: { ...stranger, arn: "arn:aws:iam::999988887777:user/alice" },
    [detector.accessKeyId]: {
      ...detector,
      arn: `arn:aws:sts::${account}:assumed-role/cloudtrailer-lambda-role-red/cloudtrailer-red`,
    },
  };
  type Asked = Partial<PersonRequest> & Record<string, unknown>;

  /** A function, and what can be seen of it. */
  function prepare(
    items: Record<string, Attributes> = {},
    own: { settings?: Partial<Settings>; answers?: Answers; send?: SendGet; catalogue?: Detection[] } = {},
  ) {
    const table = aTable(items);
    const published: Record<string, unknown>[] = [];
    const { aws, calls } = fakeAws({
      ...table.answers,
      "sns:Publish": ({ Message }) => {
        const { default: json } = JSON.parse(String(Message)) as { default: string };
        published.push(JSON.parse(json) as Record<string, unknown>);
        return {};
      },
      ...own.answers,
    });
    const lines: string[] = [];
    const platform = {
      aws,
      write: (line: string) => void lines.push(line),
      now: () => Date.now(),
      pause: async () => {},
      send: own.send ?? aTokenService(keys).send,
    };
    const handle = createHandler(someSettings(own.settings), platform, own.catalogue ?? [aDetection()]);
    const invoke = (event: unknown) =>
      handle(event as never, { awsRequestId: "r-1", getRemainingTimeInMillis: () => 60_000 });
    const requestOf = (asked: Asked): PersonRequest =>
      ({ table: "findings-red", region, nonce: randomUUID(), why: "a drill", ...asked }) as PersonRequest;
    const eventOf = async (asked: Asked, credentials = alice) => {
      const request = requestOf(asked);
      const proof = await proofOf(hashOfRequest(request), { region, credentials });
      return { cloudtrailer: "request", request, proof };
    };
    const ask = async (asked: Asked, credentials = alice) => invoke(await eventOf(asked, credentials));
    const entries = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    return { ask, eventOf, invoke, table, published, calls, entries };
  }
  const toAlert: Asked = { verb: "mode", mode: "alert" };
  const switchOf = ({ items }: { items: Record<string, Attributes> }) =>
    JSON.parse(items.switch?.["*"]?.S ?? "null") as object | null;

  it("is done for whom STS vouches for, alerted, and written down", async () => {
    const { ask, table, published, entries, calls } = prepare();
    expect(await ask(toAlert)).to.deep.include({ accepted: true, by: arnOf("alice") });
    expect(switchOf(table)).to.deep.include({ mode: "alert", by: arnOf("alice"), why: "a drill" });
    expect(published).to.have.length(1);
    expect(published[0]).to.deep.include({
      summary: "request",
      verb: "mode",
      actor: arnOf("alice"),
      why: "a drill",
      severity: "high",
      outcome: "alerted",
    });
    // The alert is out before anything is done.
    const order = calls.map(({ operation, input }) =>
      operation === "UpdateItem" ? (input.Key as { id: { S: string } }).id.S.split("#")[0] : operation,
    );
    expect(order.indexOf("Publish")).to.be.greaterThan(order.indexOf("request"));
    expect(order.indexOf("Publish")).to.be.lessThan(order.indexOf("switch"));
    const [kept] = Object.entries(table.items).filter(([key]) => key.startsWith("request#"));
    expect(kept?.[1]).to.deep.include({ by: { S: arnOf("alice") }, why: { S: "a drill" } });
    expect(kept?.[1].outcome).to.deep.equal({ S: "accepted" });
    expect(kept?.[1]).to.have.property("expiresAt");
    expect(entries().at(-1)).to.deep.include({
      level: "info",
      message: "request",
      verb: "mode",
      by: arnOf("alice"),
      outcome: "accepted",
    });
  });

  it("is taken once, also when both come at once", async () => {
    const { eventOf, invoke, table, published } = prepare();
    const event = await eventOf(toAlert);
    const answers = await Promise.all([invoke(event), invoke(event), invoke(event)]);
    expect(answers.filter((answer) => answer?.accepted)).to.have.length(1);
    delete table.items.switch;
    const again = await invoke(event);
    expect(again).to.have.property("reason").that.includes("was made before, and is taken once");
    expect(switchOf(table)).to.equal(null);
    expect(published.filter(({ summary }) => summary === "request")).to.have.length(1);
    expect(published.find(({ summary }) => summary === "unproven")).to.deep.include({
      severity: "critical",
      outcome: "unproven",
    });
  });

  describe("changes nothing, and is alerted as unproven, when", () => {
    const forgeries: Record<string, (event: Forged) => void> = {
      "the mode is another one than was signed": ({ request }) => void (request.mode = "fix"),
      "the verb is another one": ({ request }) => {
        for (const member of ["mode"]) delete request[member];
        Object.assign(request, { verb: "rolled-back", finding: "a#b", token: randomUUID() });
      },
      "the detection is another one": ({ request }) =>
        void (request.detection = "iam-admin-policy-attached-user"),
      "the reason is another one": ({ request }) => void (request.why = "all is well"),
      "the nonce is another one": ({ request }) => void (request.nonce = randomUUID()),
      "it has a member more": ({ request }) => void (request.until = "2999-01-01T00:00:00Z"),
      "it has a member that no request has": ({ request }) => void (request.by = arnOf("bob")),
      "it is of another stack": ({ request }) => void (request.table = "findings-blue"),
      "it is of another region": ({ request }) => void (request.region = "eu-west-1"),
      "it has no proof": (event) => void (event.proof = undefined),
      "its proof goes elsewhere": (event) =>
        void (event.proof = String(event.proof).replace("sts.us-west-2.amazonaws.com", "evil.example")),
      "it asks for what nobody can": ({ request }) => void (request.verb = "obey"),
      "a member is nested deeper than the stack": ({ request }) => void (request.mode = deep() as string),
      "it asks for the switch to be off": ({ request }) => void (request.mode = "off"),
      "it is no request": (event) => void (event.request = undefined as never),
      "its reason is longer than anybody reads": ({ request }) => void (request.why = "x".repeat(1_001)),
    };
    for (const [name, forge] of Object.entries(forgeries))
      it(name, async () => {
        const { eventOf, invoke, table, published, entries } = prepare();
        const event = (await eventOf(toAlert)) as unknown as Forged;
        forge(event);
        const answer = await invoke(event);
        expect(answer).to.have.property("accepted", false);
        expect(answer).to.have.property("reason").that.is.not.empty;
        expect(Object.keys(table.items)).to.deep.equal(["watch#unproven#request"]);
        expect(published).to.have.length(1);
        expect(published[0]).to.deep.include({ summary: "unproven", outcome: "unproven" });
        expect(entries().at(-1)).to.deep.include({ level: "error", outcome: "unproven" });
      });

    it("somebody signs with a key that is not theirs", async () => {
      const { ask, table } = prepare();
      const stolen = { accessKeyId: alice.accessKeyId, secretAccessKey: "guessed" };
      expect(await ask(toAlert, stolen))
        .to.have.property("reason")
        .that.includes("SignatureDoesNotMatch");
      expect(switchOf(table)).to.equal(null);
    });

    it("the same again, and is alerted once an hour", async () => {
      const { ask, published } = prepare();
      for (let i = 0; i < 3; i++) await ask(toAlert, { accessKeyId: "AKIANOBODY", secretAccessKey: "x" });
      expect(published).to.have.length(1);
    });
  });

  describe("is refused, and alerted, when it comes from", () => {
    const others: [who: string, credentials: typeof alice, why: RegExp, settings?: Partial<Settings>][] = [
      ["another account", stranger, /expected somebody of the account 111122223333, found .*999988887777/],
      ["the function's own role", detector, /expected a person, found the role of this system itself/],
      [
        "somebody who is no operator",
        mallory,
        /expected one of the configuration's operators, found .*user\/mallory/,
        { operators: [`arn:aws:iam::${account}:user/al*`] },
      ],
    ];
    for (const [who, credentials, why, settings = {}] of others)
      it(who, async () => {
        const { ask, table, published } = prepare({}, { settings });
        for (let i = 0; i < 2; i++)
          expect(await ask(toAlert, credentials))
            .to.have.property("reason")
            .that.matches(why);
        expect(switchOf(table)).to.equal(null);
        expect(published).to.have.length(1);
        expect(published[0]).to.deep.include({ summary: "request", outcome: "refused", severity: "high" });
      });

    const deciders: [who: string, credentials: typeof alice, approver: string, why: RegExp][] = [
      [
        "somebody who is no approver of a fix that waits",
        alice,
        "carol",
        /configuration's approvers, found .*alice/,
      ],
      ["whoever caused the finding, about its fix", mallory, "mallory", /mallory caused the finding/],
    ];
    for (const [who, credentials, approver, why] of deciders)
      it(who, async () => {
        const finding = aFinding().id;
        const plan = { calls: [{ service: "iam" }] };
        const waiting = aWaitingItem(plan, new Date().toISOString());
        for (const verb of ["approve", "deny"] as const) {
          const { ask, published, table } = prepare(
            { [finding]: { ...waiting } },
            { settings: { approvers: [arnOf(approver)] } },
          );
          for (let i = 0; i < 2; i++)
            expect(await ask({ verb, finding, plan: hashOfCalls(plan.calls) }, credentials))
              .to.have.property("reason")
              .that.matches(why);
          expect(table.items[finding]).to.deep.equal(waiting);
          expect(published).to.have.length(1);
          expect(published[0]).to.deep.include({
            summary: "request",
            verb,
            outcome: "refused",
            severity: "high",
          });
        }
      });

    it("an operator, not", async () => {
      const { ask } = prepare({}, { settings: { operators: [`arn:aws:iam::${account}:user/al*`] } });
      expect(await ask(toAlert)).to.have.property("accepted", true);
    });
  });

  it("is done when the answer to its note was lost, and the SDK wrote it again", async () => {
    const table = aTable();
    const update = table.answers["dynamodb:UpdateItem"] as (input: Record<string, unknown>) => object;
    const twice = (input: Record<string, unknown>) => {
      if (String((input.Key as { id: { S: string } }).id.S).startsWith("request#")) update(input);
      return update(input) as Record<string, unknown>;
    };
    const { ask } = prepare(table.items, { answers: { ...table.answers, "dynamodb:UpdateItem": twice } });
    expect(await ask(toAlert)).to.have.property("accepted", true);
  });

  it("fails, and changes nothing, while it cannot be alerted", async () => {
    const answers: Answers = {
      "sns:Publish": () => {
        throw new Error("SNS is away");
      },
    };
    const { ask, table } = prepare({}, { answers });
    const error = await ask(toAlert).catch((reason: Error) => reason);
    expect(String(error)).to.include("SNS is away");
    expect(switchOf(table)).to.equal(null);
  });

  it("fails, and changes nothing, while STS cannot be asked", async () => {
    const { ask, table, published } = prepare({}, { send: async () => ({ status: 500, body: "" }) });
    const error = await ask(toAlert).catch((reason: Error) => reason);
    expect(String(error)).to.include("it answered 500");
    expect(table.items).to.deep.equal({});
    expect(published).to.deep.equal([]);
  });

  describe("a rollback", () => {
    const { id, match, actor } = aFinding();
    const call: Call = {
      service: "iam",
      operation: "AttachUserPolicy",
      region: "us-east-1",
      input: { UserName: "bob" },
    };
    const plan = { summary: "Detach it.", calls: [], rollback: [call] };
    const item = {
      id: { S: id },
      state: { S: "done" },
      outcome: { S: "fixed" },
      about: { S: JSON.stringify({ account, resources: match.resources, actor: actor.arn }) },
      plan: { S: JSON.stringify(plan) },
    };
    const token = randomUUID();
    const rollback: Asked = { verb: "rollback", finding: id, plan: hashOfCalls(plan.rollback), token };

    it("is permitted for who asks, and the calls of the receipt alone", async () => {
      const { ask, table, published } = prepare({ [id]: item });
      expect(await ask(rollback)).to.deep.include({ accepted: true, by: arnOf("alice") });
      const permit = table.items[`rollback#${token}`];
      expect(permit).to.deep.include({
        finding: { S: id },
        by: { S: arnOf("alice") },
        why: { S: "a drill" },
        bounds: { S: JSON.stringify({ account, resources: ["bob"], calls: [call] }) },
      });
      const left = Number(permit?.expiresAt?.N) - Date.now() / 1000;
      expect(left).to.be.within(7_000, 7_200);
      expect(published[0]).to.deep.include({ verb: "rollback", finding: id, severity: "medium" });
    });

    it("is graver when it is the finding's actor who asks, in whatever session", async () => {
      const { ask, published } = prepare({ [id]: item });
      await ask(rollback, mallory);
      expect(published[0]).to.deep.include({ severity: "high" });
      expect(published[0]?.reason).to.match(/reverted a call of the same person/);
    });

    it("is written down once it was made, by who has the permit", async () => {
      const { ask, table, published } = prepare({ [id]: item });
      await ask(rollback);
      const done: Asked = { verb: "rolled-back", finding: id, token };
      expect(await ask(done, mallory))
        .to.have.property("reason")
        .that.includes("expected a permit of");
      expect(table.items[id]).not.to.have.property("rolledBackAt");
      expect(await ask({ ...done, why: "it was planned" })).to.have.property("accepted", true);
      expect(table.items[id]).to.deep.include({
        rolledBackBy: { S: arnOf("alice") },
        rolledBackWhy: { S: "it was planned" },
      });
      expect(published).to.have.length(1);
      expect(await ask({ ...rollback, token: randomUUID() }))
        .to.have.property("reason")
        .that.includes("already rolled back");
    });

    const refused: [what: string, item: Attributes | undefined, asked: Asked, why: RegExp][] = [
      ["there is no such finding", undefined, {}, /expected a finding .*, found none/],
      ["nothing was fixed", { ...item, outcome: { S: "alerted" } }, {}, /found .* with alerted outcome/],
      ["the receipt is another one", item, { plan: "0".repeat(64) }, /is another one now/],
      [
        "the receipt has no calls",
        { ...item, plan: { S: JSON.stringify({ ...plan, rollback: [] }) } },
        {},
        /its receipt has no calls/,
      ],
      ["it is about no finding at all", item, { finding: "switch" }, /expected a finding switch/],
    ];
    for (const [what, kept, asked, why] of refused)
      it(`is refused when ${what}`, async () => {
        const { ask, table, published } = prepare(kept === undefined ? {} : { [id]: kept });
        expect(await ask({ ...rollback, ...asked }))
          .to.have.property("reason")
          .that.matches(why);
        expect(table.items).not.to.have.property(`rollback#${token}`);
        expect(published).to.have.length(0);
      });
  });

  describe("a fix by hand", () => {
    const { id } = aFinding();
    const asked: Asked = { verb: "fixed", finding: id, why: "it was one after all" };

    it("is kept with what lists know of the finding: who, when and why", async () => {
      const about = { S: JSON.stringify({ title: "It happened" }) };
      const { ask, table, published } = prepare({ [id]: { about, outcome: { S: "planned" } } });
      expect(await ask(asked)).to.deep.include({ accepted: true });
      const { title, fixedByHand } = JSON.parse(table.items[id]?.about?.S ?? "") as Record<string, object>;
      expect(title).to.equal("It happened");
      expect(fixedByHand).to.deep.include({ by: arnOf("alice"), why: "it was one after all" });
      expect(fixedByHand).to.have.property("at").that.matches(/^2/);
      expect(table.items[id]?.outcome?.S).to.equal("planned");
      expect(published).to.deep.equal([]);
    });

    for (const [kept, found] of [
      [undefined, /found none$/],
      [{ outcome: { S: "fixed" } }, /found one with outcome fixed$/],
      [{ state: { S: "claimed" } }, /found none$/],
    ] as const)
      it(`is refused of ${JSON.stringify(kept)}`, async () => {
        const { ask } = prepare(kept === undefined ? {} : { [id]: kept });
        expect(await ask(asked))
          .to.have.property("reason")
          .that.matches(found);
      });
  });

  describe("a verdict", () => {
    const { id } = aFinding();
    const asked: Asked = { verb: "verdict", finding: id, verdict: "expected", why: "our pipeline" };

    it("is kept with what lists know of the finding, and the last one counts", async () => {
      const { ask, table } = prepare({ [id]: { about: { S: JSON.stringify({ title: "It happened" }) } } });
      await ask(asked);
      expect(await ask({ ...asked, verdict: "attack" }, mallory)).to.deep.include({ accepted: true });
      const { title, verdict } = JSON.parse(table.items[id]?.about?.S ?? "") as Record<string, object>;
      expect(title).to.equal("It happened");
      expect(verdict).to.deep.include({ is: "attack", by: arnOf("mallory"), why: "our pipeline" });
    });

    it("is refused of what is no finding, or no verdict", async () => {
      const { ask } = prepare({ switch: { "*": { S: "{}" } } });
      expect(await ask(asked))
        .to.have.property("reason")
        .that.matches(/^expected a finding .* found none$/);
      expect(await ask({ ...asked, finding: "switch" }))
        .to.have.property("reason")
        .that.matches(/found none$/);
      expect(await ask({ ...asked, verdict: "nice" as "attack" }))
        .to.have.property("reason")
        .that.matches(/^expected attack, expected, false-positive as verdict/);
    });
  });

  describe("a record that is sent", () => {
    const asked: Asked = { verb: "send", record: { ...aRecord() }, why: "to try it" };

    it("is planned at most, marked, and taught to nothing", async () => {
      const { ask, table, published } = prepare({}, { settings: { mode: "fix" } });
      const answer = (await ask(asked)) as { accepted: boolean; result: string };
      expect(answer.accepted).to.equal(true);
      const [line = ""] = answer.result.split("\n");
      expect(line).to.match(/^sent-[0-9a-f-]{36}#iam-admin-policy-attached-user \w+/);
      const [id = ""] = line.split(" ");
      expect(table.items[id]?.outcome?.S).to.not.equal("fixed");
      expect(published[0])
        .to.have.property("title")
        .that.matches(/^Sent by hand: /);
      expect(published[0]).to.deep.include({ id, source: `sent:${id.slice(5, 41)}` });
      const keys = Object.keys(table.items).join();
      expect(keys).not.to.match(/burst|novelty|own#|event#/);
    });

    it("may have nothing to find", async () => {
      const record = { ...aRecord({ eventName: "ListUsers", requestParameters: {} }) };
      expect(await prepare().ask({ ...asked, record })).to.deep.include({
        accepted: true,
        result: "no findings",
      });
    });

    it("costs nothing else when a detection throws", async () => {
      const broken = aDetection({
        id: "iam-user-created",
        match: () => {
          throw new Error("no such member");
        },
      });
      const { ask } = prepare({}, { catalogue: [broken, aDetection()] });
      const { result } = (await ask(asked)) as { result: string };
      expect(result).to.match(/^detection iam-user-created failed: no such member$/m);
      expect(result).to.match(/^sent-\S+#iam-admin-policy-attached-user /m);
    });

    it("is refused when it is none, too large, or too deep for a proof to bind all of it", async () => {
      const large = { x: "x".repeat(100_000) };
      for (const record of [
        {},
        ...[large, deep()].map((requestParameters) => ({ ...aRecord(), requestParameters })),
      ])
        expect(await prepare().ask({ ...asked, record }))
          .to.have.property("reason")
          .that.matches(/^expected a CloudTrail record of at most 90000 characters/);
    });
  });

  describe("findings of a hunt", () => {
    const hunt = "2026-06-01T00-00-00-abcd";
    const asked: Asked = { verb: "import", hunt, batches: 1, from: 0, why: "an incident" };
    const { id, detection, title } = aFinding();
    const finding = {
      id,
      eventID: id.split("#")[0],
      detection: detection.id,
      severity: "high",
      title,
      actor: { name: "mallory" },
      account,
      region,
      eventTime: "2026-05-04T10:00:00Z",
      event: "iam:AttachUserPolicy",
      evidence: [],
      resources: [{ type: "AWS::IAM::User", id: "bob" }],
      source: `s3://logs/AWSLogs/${account}/CloudTrail/${region}/2026/05/04/x.json.gz`,
    };
    const file = {
      key: "x",
      findings: [finding],
      counted: [],
      asked: [],
      facts: [],
      failures: [],
      records: 1,
    };
    const result = gzipSync(`{"batch":0}\n${JSON.stringify(file)}\n`);
    const read: Record<string, unknown>[] = [];
    const own = {
      settings: { bucket: "logs", reports: "reports" },
      answers: {
        "s3:GetObject": (input: Record<string, unknown>) => {
          read.push(input);
          return { Body: Readable.from([result]), ContentRange: `bytes 0-1/${result.length}` };
        },
      },
    };

    it("are put into the table when an operator asks, from the results themselves, and alerted once", async () => {
      const { ask, table, published, calls } = prepare({}, own);
      expect(await ask(asked)).to.deep.include({
        accepted: true,
        result: '{"imported":1,"already":0,"refused":{}}',
      });
      expect(read[0]).to.deep.include({
        Bucket: "reports",
        Key: `hunts/${hunt}/results/00000000.jsonl.gz`,
      });
      expect(table.items[id]).to.deep.include({ outcome: { S: "imported" }, state: { S: "imported" } });
      expect(published.map(({ summary, verb }) => [summary, verb])).to.deep.equal([["request", "import"]]);
      expect(await ask({ ...asked, from: 1 })).to.deep.include({
        result: '{"imported":0,"already":0,"refused":{}}',
      });
      expect(published).to.have.length(1);
      // Of all that the function can do, it read a result, and alerted people of the request.
      expect(new Set(calls.map(({ service, operation }) => `${service}:${operation}`))).to.deep.equal(
        new Set(["dynamodb:GetItem", "dynamodb:UpdateItem", "s3:GetObject", "sns:Publish"]),
      );
    });

    it("are refused to who is no operator, of a stack without hunts, and of what is no hunt", async () => {
      const operators = [arnOf("bob")];
      const limited = prepare({}, { ...own, settings: { ...own.settings, operators } });
      expect(await limited.ask(asked))
        .to.have.property("reason")
        .that.includes("one of the configuration's operators");
      expect(await prepare().ask(asked))
        .to.have.property("reason")
        .that.includes("without cloudtrailer:history");
      for (const wrong of [
        { hunt: "../../other" },
        { batches: 0 },
        { batches: 1e9 },
        { from: -1 },
        { from: 0.5 },
        { findings: [finding] },
      ]) {
        const { ask, table } = prepare({}, own);
        expect(await ask({ ...asked, ...wrong }), JSON.stringify(wrong)).to.have.property("accepted", false);
        expect(table.items).not.to.have.property(id);
      }
    });
  });

  describe("the switch", () => {
    it("is set for one detection, until a time", async () => {
      const { ask, table, published } = prepare();
      const detection = aDetection().id;
      const until = "2999-01-01T00:00:00.000Z";
      await ask({ verb: "mode", mode: "plan", detection, until });
      expect(JSON.parse(String(table.items.switch?.[detection]?.S))).to.deep.include({ mode: "plan", until });
      expect(published[0]).to.deep.include({ detection });
      expect(published[0]?.reason).to.include(`until ${until}`).and.include("nothing was set before");
    });

    it("tells what it stood at before", async () => {
      const { ask, published } = prepare();
      await ask({ verb: "mode", mode: "plan" });
      await ask({ verb: "mode", mode: "fix" }, mallory);
      expect(published[1]).to.deep.include({ severity: "medium" });
      expect(published[1]?.reason).to.include(`before, ${arnOf("alice")} had set plan`);
    });

    it("closes the breakers that it is told to, with fix", async () => {
      const open = { openedAt: { N: "1" }, fixes: { SS: ["1|a"] }, version: { N: "7" } };
      const { ask, table } = prepare({
        "breaker#account": { id: { S: "breaker#account" }, ...open },
        "breaker#other": { id: { S: "breaker#other" }, ...open },
      });
      await ask({ verb: "mode", mode: "fix", close: ["breaker#account", "breaker#gone"] });
      expect(table.items["breaker#account"]).to.deep.equal({
        id: { S: "breaker#account" },
        version: { N: "8" },
        closedAt: table.items["breaker#account"]?.closedAt,
        closedBy: { S: arnOf("alice") },
        closedWhy: { S: "a drill" },
      });
      expect(table.items["breaker#other"]).to.have.property("openedAt");
      expect(table.items).not.to.have.property("breaker#gone");
    });

    const refused: [what: string, asked: Asked, why: RegExp][] = [
      ["a detection that there is not", { detection: "no-such" }, /expected the id of a detection/],
      ["a time that is over", { until: "2020-01-01T00:00:00Z" }, /an end that is still to come/],
      ["an end of what needs none", { mode: "fix", until: "2999-01-01T00:00:00Z" }, /below fix/],
      ["breakers that it does not close", { close: ["breaker#account"] }, /with mode fix alone/],
      [
        "breakers of another detection",
        { mode: "fix", detection: aDetection().id, close: ["breaker#account"] },
        /expected breakers of iam-admin/,
      ],
    ];
    for (const [what, asked, why] of refused)
      it(`is not set for ${what}`, async () => {
        const { ask, table } = prepare();
        expect(await ask({ ...toAlert, ...asked }))
          .to.have.property("reason")
          .that.matches(why);
        expect(switchOf(table)).to.equal(null);
      });

    it("closes nothing that is no breaker", async () => {
      const { ask } = prepare();
      const asked = { verb: "mode" as const, mode: "fix" as const, close: ["switch"] };
      expect(await ask(asked))
        .to.have.property("reason")
        .that.includes("expected a list of keys breaker#…");
    });
  });
});

/** An event that somebody has changed. */
interface Forged {
  request: Record<string, unknown>;
  proof: unknown;
}
