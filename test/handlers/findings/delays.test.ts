import { expect } from "chai";
import { createTable } from "../../../handlers/aws/table";
import type { Finding } from "../../../handlers/detections/finding";
import { asksForDueFixes, createDelays, delaysKey, fixAtOf } from "../../../handlers/findings/delays";
import type { HandleRecord } from "../../../handlers/findings/handle-record";
import { createProblems } from "../../../handlers/problem";
import { aDetection, aFinding, aRecord, region } from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

describe("delayed fixes", () => {
  const minuteMs = 60_000;
  const start = Date.parse("2026-05-04T10:30:00Z");
  const detection = aDetection();
  const idOf = (name: string) => `${name}#${detection.id}`;

  function prepare(catalogue = [detection]) {
    const table = aTable();
    let clock = start;
    let remaining = 100_000;
    const handled: Finding[][] = [];
    const how = { fails: new Set<string>(), dies: false, costs: 0 };
    const delaysOf = () =>
      createDelays({
        table: createTable(table.aws, { table: "findings-red", region }),
        catalogue,
        now: () => clock,
      });
    const end = (id: string, own: Record<string, { S?: string; N?: string }>) =>
      void (table.items[id] = { ...table.items[id], ...own });
    const handleRecord: HandleRecord = async (what) => {
      const errors = createProblems(10);
      const findings = "findings" in what ? what.findings : [];
      handled.push(findings);
      for (const { id } of findings) {
        if (how.dies) throw new Error("the invocation was killed");
        if (how.fails.has(id)) errors.add(`${id} cannot be handled`);
        else end(id, { state: { S: "done" }, outcome: { S: "fixed" } });
      }
      remaining -= how.costs;
      return {
        entry: { outcomes: { fixed: findings.length } },
        kept: [],
        errors,
        failures: createProblems(1),
      };
    };
    const makeDue = () =>
      delaysOf().makeDue(handleRecord, {
        awsRequestId: "r",
        getRemainingTimeInMillis: () => remaining,
      });
    /** Decides that a finding is fixed after some minutes. */
    const delay = async (
      name: string,
      minutes: number,
      own: Record<string, { S?: string; N?: string }> = {},
    ) => {
      const id = idOf(name);
      const fixAt = fixAtOf(clock, minutes);
      await delaysOf().note(id, fixAt);
      const { match, source } = aFinding();
      table.items[id] = {
        id: { S: id },
        state: { S: "done" },
        outcome: { S: "delayed" },
        fixAt: { S: fixAt },
        about: { S: JSON.stringify({ title: "It happened", severity: "low" }) },
        basis: { S: JSON.stringify({ record: aRecord({ eventID: name }), match, source }) },
        ...own,
      };
    };
    return {
      delay,
      makeDue,
      handled: () => handled.map((findings) => findings.map(({ id }) => id)),
      findings: handled,
      table,
      end,
      how,
      checked: () => Number(table.items[delaysKey]?.checked?.N) - start / minuteMs,
      at: (minutes: number) => void (clock = start + minutes * minuteMs),
      leave: (ms: number) => void (remaining = ms),
    };
  }

  it("are asked for by an event of their own", () => {
    expect(asksForDueFixes({ cloudtrailer: "due-fixes" })).to.equal(true);
    for (const other of [{ cloudtrailer: "keep-baselines" }, "due-fixes", null])
      expect(asksForDueFixes(other), JSON.stringify(other)).to.equal(false);
  });

  it("are announced for a whole minute, not earlier than they are to be made", () => {
    expect(fixAtOf(start, 30)).to.equal("2026-05-04T11:00:00.000Z");
    expect(fixAtOf(start + 1, 30)).to.equal("2026-05-04T11:01:00.000Z");
    expect(fixAtOf(start + 59_999, 1)).to.equal("2026-05-04T10:32:00.000Z");
  });

  it("are made when they are due, once, with the severity that the finding had", async () => {
    const { delay, makeDue, handled, findings, table, at } = prepare();
    expect((await makeDue()).takenUp).to.equal(0);
    await delay("a", 2);
    await delay("b", 3);
    at(1.99);
    await makeDue();
    expect(handled()).to.deep.equal([]);
    at(2);
    expect(await makeDue()).to.deep.equal({
      findings: [idOf("a")],
      outcomes: { fixed: 1 },
      takenUp: 1,
      left: 0,
      errors: [],
      errorsInAll: 0,
    });
    expect(findings[0]?.[0]).to.include({ severity: "low" });
    at(3);
    await makeDue();
    await makeDue();
    expect(handled()).to.deep.equal([[idOf("a")], [idOf("b")]]);
    expect(table.items[idOf("b")]?.outcome?.S).to.equal("fixed");
  });

  it("need one read while nothing is due", async () => {
    const { delay, makeDue, table, at } = prepare();
    await delay("a", 1);
    at(1);
    await makeDue();
    at(600);
    const answer = table.answers["dynamodb:GetItem"] as (input: object) => Record<string, unknown>;
    let reads = 0;
    table.answers["dynamodb:GetItem"] = (input) => {
      reads++;
      return answer(input);
    };
    await makeDue();
    expect(reads).to.equal(1);
  });

  it("are made by one of two looks at the same moment", async () => {
    const { delay, makeDue, handled, at } = prepare();
    for (const name of ["a", "b", "c"]) await delay(name, 1);
    at(1);
    await Promise.all([makeDue(), makeDue(), makeDue()]);
    at(2);
    await makeDue();
    expect(handled().flat().sort()).to.deep.equal(["a", "b", "c"].map(idOf));
  });

  it("are passed over when they were denied, made or planned anew in the meantime", async () => {
    const { delay, makeDue, handled, end, at } = prepare();
    for (const name of ["denied", "made", "anew"]) await delay(name, 1);
    end(idOf("denied"), { outcome: { S: "rejected" } });
    end(idOf("made"), { outcome: { S: "fixed" } });
    end(idOf("anew"), { fixAt: { S: "2026-05-04T11:00:00.000Z" } });
    at(1);
    expect(await makeDue()).to.include({ takenUp: 0, left: 0 });
    expect(handled()).to.deep.equal([]);
  });

  it("are taken up by the next look when one dies with them", async () => {
    const { delay, makeDue, handled, how, at } = prepare();
    await delay("a", 1);
    at(1);
    how.dies = true;
    expect(await makeDue().catch(({ message }: Error) => message)).to.equal("the invocation was killed");
    how.dies = false;
    at(2);
    await makeDue();
    expect(handled()).to.deep.equal([[idOf("a")], [idOf("a")]]);
  });

  it("wait for whoever holds them, and are taken up when its lease is over", async () => {
    const { delay, makeDue, handled, at } = prepare();
    const leaseUntil = { N: String(start + 2.5 * minuteMs) };
    await delay("a", 1, { state: { S: "decided" }, leaseUntil });
    at(1);
    expect(await makeDue()).to.include({ takenUp: 0, left: 1 });
    at(2);
    expect(await makeDue()).to.include({ takenUp: 0, left: 1 });
    at(3);
    expect(await makeDue()).to.include({ takenUp: 1, left: 0 });
    expect(handled()).to.deep.equal([[idOf("a")]]);
  });

  it("are alerted when the invocation died before the alert of the fix was out", async () => {
    const { delay, makeDue, handled, end, at } = prepare();
    await delay("a", 1);
    end(idOf("a"), { state: { S: "decided" }, outcome: { S: "fixed" }, leaseUntil: { N: "0" } });
    at(1);
    await makeDue();
    expect(handled()).to.deep.equal([[idOf("a")]]);
  });

  it("are tried again later and later while they cannot be handled, and hold up no other", async () => {
    const { delay, makeDue, how, handled, at } = prepare();
    await delay("poison", 1);
    how.fails.add(idOf("poison"));
    const tries: number[] = [];
    for (let minute = 1; minute <= 300; minute++) {
      at(minute);
      if (minute === 100) await delay("other", 1);
      const before = handled()
        .flat()
        .filter((id) => id === idOf("poison")).length;
      const { errors } = await makeDue();
      if (
        handled()
          .flat()
          .filter((id) => id === idOf("poison")).length > before
      ) {
        tries.push(minute);
        expect(errors).to.deep.equal([`${idOf("poison")} cannot be handled`]);
      }
    }
    expect(tries).to.deep.equal([1, 2, 3, 5, 9, 17, 33, 65, 125, 185, 245]);
    expect(handled()).to.deep.include([idOf("other")]);
    how.fails.clear();
    at(305);
    expect(await makeDue()).to.include({ takenUp: 1, left: 0 });
  });

  it("are made up for after hours in which nothing ran, also when none ran before", async () => {
    const { delay, makeDue, handled, checked, at } = prepare();
    await delay("a", 1);
    await delay("b", 500);
    at(1_000);
    expect(await makeDue()).to.include({ takenUp: 2, left: 0 });
    expect(handled()).to.deep.equal([[idOf("a")], [idOf("b")]]);
    expect(checked()).to.equal(500);
  });

  it("are left to the next look when time is almost up, in whichever minute", async () => {
    const { delay, makeDue, handled, how, at, leave } = prepare();
    for (let each = 0; each < 150; each++) await delay(`a${each}`, 1);
    await delay("b", 2);
    at(2);
    how.costs = 90_000;
    expect(await makeDue()).to.include({ takenUp: 100, left: 50 });
    how.costs = 0;
    leave(100_000);
    at(3);
    expect(await makeDue()).to.include({ takenUp: 51, left: 0 });
    expect(new Set(handled().flat()).size).to.equal(151);
  });

  it("are noted for a minute that nobody has looked at yet, even if noting takes too long", async () => {
    const { delay, makeDue, handled, table, at } = prepare();
    await delay("a", 1);
    at(5);
    await makeDue();
    const late = createDelays({
      table: createTable(table.aws, { table: "findings-red", region }),
      catalogue: [detection],
      now: () => start + 5 * minuteMs,
    });
    await delay("b", 0);
    await late.note(idOf("b"), new Date(start).toISOString());
    at(6);
    await makeDue();
    expect(handled()).to.deep.equal([[idOf("a")], [idOf("b")]]);
  });

  it("do not take a yes to other calls for one to these", async () => {
    const { delay, makeDue, table, at } = prepare();
    await delay("a", 1, { approval: { S: "{}" } });
    at(1);
    await makeDue();
    expect(table.items[idOf("a")]?.approval).to.equal(undefined);
  });

  it("of a detection that was removed are handled, and have no fix", async () => {
    const { delay, makeDue, findings, at } = prepare([]);
    await delay("a", 1);
    at(1);
    await makeDue();
    expect(findings[0]?.[0]?.detection).to.include({
      id: detection.id,
      title: "It happened",
      remediation: "alert",
    });
  });

  it("of a burst are handled under the burst's own ID", async () => {
    const { delay, makeDue, findings, table, at } = prepare();
    await delay("burst-1", 1);
    const { match, source } = aFinding();
    table.items[idOf("burst-1")] = {
      ...table.items[idOf("burst-1")],
      basis: { S: JSON.stringify({ record: aRecord(), match, source }) },
    };
    at(1);
    await makeDue();
    expect(findings[0]?.[0]).to.include({ id: idOf("burst-1"), isOfMany: true });
  });
});
