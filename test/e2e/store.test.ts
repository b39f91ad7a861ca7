import type { CallAws } from "../../handlers/aws/call";
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect } from "chai";
import type { AskedOfFunction } from "../../cli/ask-function";
import { openBreakers, switchLines, throwSwitch } from "../../cli/mode";
import { createCallAws } from "../../handlers/aws/clients";
import { createBurstStore } from "../../handlers/findings/burst-store";
import { createRemediationLoops } from "../../handlers/findings/remediation-loops";
import { createBreakers, type OpenBreaker } from "../../handlers/findings/breaker";
import { createFindingsStore, type FindingsStore } from "../../handlers/findings/store";
import { createTable } from "../../handlers/aws/table";
import { hashOfCalls, type PersonRequest } from "../../handlers/findings/person-request";
import { createPersonVerbs } from "../../handlers/findings/person-verbs";
import { detections } from "../../handlers/detections/index";
import { aFinding, aRecord, someSettings } from "../support/factories";
import { emulator } from "./support";

describe("the findings table", () => {
  const table = "findings-of-the-store-test";
  const leaseMs = 45_000;
  let aws: CallAws;
  let region: string;
  let client: DynamoDBClient;
  let clock = Date.parse("2026-05-04T10:00:00Z");

  before(async () => {
    const { endpoint, credentials, region: here } = await emulator();
    region = here;
    aws = createCallAws({ endpoint, credentials });
    client = new DynamoDBClient({ endpoint, credentials, region });
    await client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      }),
    );
  });
  after(async () => {
    await client.send(new DeleteTableCommand({ TableName: table }));
    client.destroy();
  });

  const identity = { event: "iam:CreateUser", account: "111122223333", caller: "mallory" };

  const store = (owner: string): FindingsStore =>
    createFindingsStore(aws, { table, region, owner, leaseMs, keepDays: 90, now: () => clock });

  const by = "arn:aws:iam::111122223333:user/alice";

  /** Does what a person asks of the function, once it knows who they are. */
  async function carriedOut(asked: AskedOfFunction): Promise<{ by: string; at: string }> {
    const decide = createPersonVerbs({
      table: createTable(aws, { table, region }),
      settings: someSettings(),
      catalogue: detections.filter(({ id }) => id === "iam-inline-admin-policy"),
      active: [],
      handleRecord: async () => expect.fail("nothing is handled here"),
      now: () => clock,
    });
    const decided = await decide({ ...asked, table, region, nonce: "" } as PersonRequest, by, {
      awsRequestId: "r",
      getRemainingTimeInMillis: () => 60_000,
    });
    if ("refused" in decided) throw new Error(decided.refused);
    await decided.carryOut();
    return { by, at: "" };
  }

  it("lets one of many claim a finding at the same time", async () => {
    const owners = Array.from({ length: 20 }, (_, i) => store(`owner-${i}`));
    const claims = await Promise.all(owners.map((one) => one.claim("at-once", {}, identity)));
    expect(claims.filter(({ held }) => held === "by-us")).to.have.length(1);
    expect(claims.filter(({ held }) => held === "by-another")).to.have.length(19);
  });

  it("passes a finding on, with everything recorded, when the lease of a dead invocation has expired", async () => {
    const plan = { summary: "do it", calls: [], rollback: [] };
    const dead = store("dead");
    await dead.claim("left", {}, identity);
    await dead.save("left", { state: "fixing", plan });
    const next = store("next");
    expect(await next.claim("left", {}, identity)).to.deep.equal({
      held: "by-another",
      until: clock + leaseMs,
      identity,
    });
    clock += leaseMs + 1;
    expect(await next.claim("left", {}, identity)).to.deep.equal({
      held: "by-us",
      progress: { state: "fixing", plan },
      identity,
    });
  });

  it("keeps an invocation that was taken for dead from writing", async () => {
    const slow = store("slow");
    await slow.claim("taken", {}, identity);
    clock += leaseMs + 1;
    await store("next").claim("taken", {}, identity);
    const error = await slow.save("taken", { state: "done" }).catch((reason: Error) => reason);
    expect(String(error)).to.match(/taken over by another invocation/);
  });

  it("never handles an alerted finding again", async () => {
    const one = store("one");
    await one.claim("done", {}, identity);
    await one.save("done", { state: "done", outcome: "fixed" });
    clock += 10 * leaseMs;
    expect(await store("two").claim("done", {}, identity)).to.deep.equal({ held: "done", identity });
  });

  it("counts each fix once for the breaker, by detection, over any hour", async () => {
    const one = store("one");
    const may = (finding: string) => one.mayFix("some-detection", finding, 2);
    expect([await may("a"), await may("b"), await may("c")]).to.deep.equal([true, true, false]);
    expect(await may("a"), "asked again").to.equal(true);
    expect(await one.mayFix("another-detection", "c", 2)).to.equal(true);
    expect(await one.mayFix("no-fixes", "a", 0)).to.equal(false);
    // From the middle of an hour into the next: no boundary between them lets twice as many through.
    clock += 3_600_000 - 1;
    expect(await may("c"), "an hour less a millisecond later").to.equal(false);
    clock += 1;
    expect([await may("c"), await may("d"), await may("e")], "an hour later").to.deep.equal([
      true,
      true,
      false,
    ]);
  });

  it("lets no more through when many ask at the same time", async () => {
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, i) => store(`owner-${i}`).mayFix("at-once", `finding-${i}`, 5)),
    );
    expect(asked.filter(Boolean)).to.have.length(5);
  });

  it("recognizes its own claim after its answer was lost", async () => {
    const one = store("one");
    await one.claim("answer lost", {}, identity);
    expect(await one.claim("answer lost", {}, identity)).to.deep.include({ held: "by-us" });
  });

  it("can be claimed at once after it was released", async () => {
    const one = store("one");
    await one.claim("let go", {}, identity);
    await one.release("let go");
    expect(await store("two").claim("let go", {}, identity)).to.deep.include({ held: "by-us" });
    await one.release("let go");
    expect(await store("three").claim("let go", {}, identity)).to.deep.include({ held: "by-another" });
  });

  describe("breakers", () => {
    const reported: OpenBreaker[] = [];
    const breakers = (
      maxFixesPerHourOfAccount: number,
      alertOpened = async (one: OpenBreaker) => void reported.push(one),
    ) =>
      createBreakers({
        settings: { table, region, maxFixesPerHour: 100, maxFixesPerHourOfAccount },
        aws,
        store: store("breakers"),
        alertOpened,
        now: () => clock,
        pause: async () => undefined,
      });
    const called = (eventID: string, name = "mallory") =>
      aFinding({}, aRecord({ eventID }), { arn: `arn:aws:iam::111122223333:user/${name}`, name });

    it("report once an hour that they are open, and again if the report failed", async () => {
      clock += 2 * 3_600_000;
      const failing = breakers(0, () => Promise.reject(new Error("SNS is down")));
      const error = await failing.whyOpen(called("a")).catch((reason: Error) => reason);
      expect(String(error)).to.match(/SNS is down/);
      for (let time = 0; time < 3; time++) await breakers(0).whyOpen(called("a"));
      expect(reported).to.have.length(1);
      clock += 3_600_000;
      await breakers(0).whyOpen(called("a"));
      expect(reported).to.have.length(2);
    });

    it("leave fixes for others when one actor has used up its share", async () => {
      clock += 2 * 3_600_000;
      const whys: (string | undefined)[] = [];
      for (let time = 0; time < 9; time++) whys.push(await breakers(10).whyOpen(called(`decoy-${time}`)));
      expect(whys.filter((why) => why === undefined)).to.have.length(8);
      expect(await breakers(10).whyOpen(called("attack", "oscar"))).to.equal(undefined);
      expect(reported.at(-1)).to.deep.include({ actor: "arn:aws:iam::111122223333:user/mallory", max: 8 });
    });
  });

  it("fixes again when a person closes a breaker", async () => {
    const one = store("one");
    const may = (finding: string) => one.mayFix("account", finding, 1);
    expect([await may("a"), await may("b")]).to.deep.equal([true, false]);
    const reported: OpenBreaker[] = [];
    const breakers = createBreakers({
      settings: { table, region, maxFixesPerHour: 100, maxFixesPerHourOfAccount: 1 },
      aws,
      store: one,
      alertOpened: async (breaker) => void reported.push(breaker),
      now: () => clock,
      pause: async () => undefined,
    });
    await breakers.whyOpen(aFinding());
    const stack = { table, region, aws };
    expect(await openBreakers(stack, clock)).to.deep.include({
      id: "breaker#account",
      breaker: "account",
      isOfActor: false,
      openedAt: new Date(clock).toISOString(),
      fixes: 1,
    });
    await throwSwitch(stack, async (asked) => carriedOut(asked), { mode: "fix", why: "over" }, clock);
    expect(await openBreakers(stack, clock)).to.deep.equal([]);
    expect(await may("b")).to.equal(true);
    await breakers.whyOpen(aFinding());
    expect(reported, "when it opens again").to.have.length(2);
  });

  it("counts the rounds of a remediation loop across invocations", async () => {
    const minute = 60_000;
    const loops = createRemediationLoops(aws, { table, region, now: () => clock });
    const calledNow = () => aFinding({}, aRecord({ eventTime: new Date(clock).toISOString() }));
    const rounds: number[] = [];
    for (let round = 0; round < 3; round++) {
      const finding = calledNow();
      clock += minute;
      rounds.push(await loops.roundsBefore(finding));
      await loops.note(finding);
      await loops.note(finding);
      clock += minute;
    }
    expect(rounds).to.deep.equal([0, 1, 2]);
  });

  it("honors the permit of a rollback until it expires", async () => {
    const rollback = [{ service: "iam", operation: "AttachUserPolicy", region: "us-east-1", input: {} }];
    const one = store("fixer");
    await one.claim("f#d", { account: "1", resources: [{ type: "t", id: "bob" }] }, identity);
    await one.save("f#d", {
      state: "done",
      outcome: "fixed",
      plan: { summary: "do it", calls: [], rollback },
    });
    const token = "0f0e0d0c-0000-4000-8000-00000000000a";
    await carriedOut({ verb: "rollback", finding: "f#d", plan: hashOfCalls(rollback), token, why: "so" });
    const permit = { finding: "f#d", by, why: "so", account: "1", resources: ["bob"], calls: rollback };
    expect(await store("x").rollbackPermit(token)).to.deep.equal(permit);
    await carriedOut({ verb: "rolled-back", finding: "f#d", token, why: "so" });
    const kept = await createTable(aws, { table, region }).get("f#d");
    expect(kept).to.deep.include({ rolledBackBy: { S: by }, rolledBackWhy: { S: "so" } });
    clock += 2 * 3_600_000;
    expect(await store("x").rollbackPermit(token)).to.equal(undefined);
    expect(await store("x").rollbackPermit("none")).to.equal(undefined);
  });

  it("keeps what a person sets for one detection and for all", async () => {
    for (const detection of [undefined, "iam-inline-admin-policy"])
      await carriedOut({
        verb: "mode",
        mode: "alert",
        why: "drill",
        ...(detection === undefined ? {} : { detection }),
      });
    expect((await switchLines({ table, region, aws }, clock)).sort()).to.deep.equal([
      `all detections: at most alert, set at ${new Date(clock).toISOString()} by ${by}: drill`,
      `iam-inline-admin-policy: at most alert, set at ${new Date(clock).toISOString()} by ${by}: drill`,
    ]);
  });

  it("collects the members of a burst, whoever adds them", async () => {
    const bursts = createBurstStore(aws, { table, region });
    await Promise.all([bursts.add("burst#k", ["1|a", "1|b"], 1), bursts.add("burst#k", ["1|b", "2|c"], 1)]);
    expect((await bursts.add("burst#k", ["1|a"], 1)).sort()).to.deep.equal(["1|a", "1|b", "2|c"]);
  });
});
