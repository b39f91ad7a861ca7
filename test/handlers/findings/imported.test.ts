import { expect } from "chai";
import { createTable } from "../../../handlers/aws/table";
import {
  createImportVerb,
  type ImportCounts,
  type ImportedFinding,
  type ImportHunt,
} from "../../../handlers/findings/imported";
import { identityOf } from "../../../handlers/findings/identity";
import type { ImportRequest } from "../../../handlers/findings/person-request";
import { createFindingsStore, maxPlan } from "../../../handlers/findings/store";
import { account, aFinding, aMinuteLater, region, someSettings } from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

const live = aFinding();
const found: ImportedFinding = {
  id: live.id,
  detection: live.detection.id,
  severity: "high",
  title: "Administrator",
  account,
  region,
  actor: `arn:aws:iam::${account}:user/mallory`,
  event: "AttachUserPolicy",
  eventTime: "2025-11-04T10:00:00Z",
  at: Date.parse("2025-11-04T10:00:00Z"),
  resources: [{ type: "AWS::IAM::User", id: "bob" }],
  evidence: [{ parameter: "requestParameters.policyArn", value: "admin" }],
  source: `s3://logs/AWSLogs/${account}/CloudTrail/${region}/2025/11/04/x.json.gz`,
};
const request: ImportRequest = {
  verb: "import",
  table: "findings-red",
  region,
  nonce: "b3f6a0de-6a5e-4a6c-9d52-0b6a6a4a2f7e",
  why: "an incident",
  hunt: "2026-05-01",
  batches: 1,
  from: 0,
};
const invocation = { awsRequestId: "r", getRemainingTimeInMillis: () => 60_000 };

/** A table, and the import of findings into it. */
function prepare(findings: ImportedFinding[] = [found]) {
  const memory = aTable();
  const table = createTable(memory.aws, { table: "findings-red", region });
  const importHunt: ImportHunt = async (_, put) => {
    const counts: ImportCounts = { imported: 0, already: 0, refused: {} };
    for (const finding of findings) {
      if (await put(finding)) counts.imported++;
      else counts.already++;
    }
    return counts;
  };
  const decide = createImportVerb({
    settings: someSettings({ findingsDays: 90 }),
    table,
    importHunt,
    now: () => aMinuteLater,
  });
  const ask = async (by = "alice", own: Partial<ImportRequest> = {}) => {
    const granted = await decide({ ...request, ...own }, by, invocation);
    if ("refused" in granted) throw new Error(granted.refused);
    const counts = JSON.parse(String(await granted.carryOut())) as ImportCounts;
    return { alert: granted.alert, counts };
  };
  let owners = 0;
  const store = (own: { owner?: string; now?: number } = {}) =>
    createFindingsStore(memory.aws, {
      table: "findings-red",
      region,
      owner: own.owner ?? `invocation ${++owners}`,
      leaseMs: 45_000,
      keepDays: 90,
      now: () => own.now ?? aMinuteLater,
    });
  return { ask, store, items: memory.items, item: () => memory.items[found.id] ?? {} };
}

describe("findings of old log files in the table", () => {
  it("are marked, with who asked why, on the day of their call", async () => {
    const { ask, item } = prepare();
    const { counts } = await ask();
    expect(counts).to.deep.equal({ imported: 1, already: 0, refused: {} });
    expect(item()).to.deep.include({
      state: { S: "imported" },
      outcome: { S: "imported" },
      severity: { S: "high" },
      day: { S: "2025-11-04" },
      claimedAt: { S: "2025-11-04T10:00:00.000Z" },
      evidence: { S: JSON.stringify(found.evidence) },
    });
    expect(Number(item().expiresAt?.N)).to.equal(Math.floor(aMinuteLater / 1000) + 90 * 86_400);
    expect(JSON.parse(String(item().about?.S))).to.deep.include({
      team: "red",
      detection: found.detection,
      actor: found.actor,
      eventTime: found.eventTime,
      resources: found.resources,
      source: found.source,
      imported: {
        hunt: "2026-05-01",
        by: "alice",
        why: "an incident",
        at: new Date(aMinuteLater).toISOString(),
      },
    });
    expect(item()).not.to.have.property("plan");
  });

  it("are not changed when they are imported again, by whomever and of whatever hunt", async () => {
    const { ask, item } = prepare();
    await ask();
    const before = structuredClone(item());
    expect((await ask()).counts).to.deep.include({ imported: 0, already: 1 });
    expect((await ask("bob", { hunt: "another" })).counts).to.deep.include({ imported: 0, already: 1 });
    expect(item()).to.deep.equal(before);
  });

  it("are alerted once for each person and hunt, however many requests it takes", async () => {
    const { ask } = prepare();
    expect((await ask()).alert?.title).to.include("hunt 2026-05-01");
    expect((await ask("alice", { from: 7 })).alert).to.equal(undefined);
    expect((await ask("bob")).alert).not.to.equal(undefined);
    expect((await ask("bob", { hunt: "another", from: 7 })).alert).not.to.equal(undefined);
  });

  it("take nothing from a live one, whatever its state", async () => {
    for (const state of ["claimed", "fixing", "decided", "done"] as const) {
      const { ask, store, item } = prepare();
      const one = store();
      await one.claim(live.id, { source: "live" }, identityOf(live));
      await one.save(live.id, { state, ...(state === "claimed" ? {} : { outcome: "fixed" as const }) });
      const before = structuredClone(item());
      expect((await ask()).counts, state).to.deep.include({ imported: 0, already: 1 });
      expect(item(), state).to.deep.equal(before);
    }
  });

  it("hide nothing: a live record begins as if there were none", async () => {
    const { ask, store, item, items } = prepare();
    await ask();
    const about = { source: "live", title: "live", seen: { logFile: { at: "now" } } };
    expect(await store({ owner: "one" }).claim(live.id, about, identityOf(live))).to.deep.equal({
      held: "by-us",
      progress: { state: "claimed" },
      identity: identityOf(live),
    });
    const imported = structuredClone(item());
    delete items[live.id];
    await store({ owner: "one" }).claim(live.id, about, identityOf(live));
    expect(imported).to.deep.equal(item());
    expect(item().day).to.deep.equal({ S: new Date(aMinuteLater).toISOString().slice(0, 10) });
  });

  it("are taken over by one invocation, and by another when that one died on the way", async () => {
    const { ask, store, items } = prepare();
    await ask();
    const claims = await Promise.all(
      ["one", "two", "three"].map((owner) =>
        store({ owner }).claim(live.id, { source: owner }, identityOf(live)),
      ),
    );
    expect(claims.map(({ held }) => held).sort()).to.deep.equal(["by-another", "by-another", "by-us"]);
    // It held the finding, and died before it could begin anew.
    delete items[live.id];
    await ask();
    items[live.id] = {
      ...items[live.id],
      owner: { S: "dead" },
      leaseUntil: { N: String(aMinuteLater + 1_000) },
    };
    const early = await store().claim(live.id, {}, identityOf(live));
    expect(early).to.deep.include({ held: "by-another", until: aMinuteLater + 1_000 });
    const late = await store({ now: aMinuteLater + 2_000 }).claim(live.id, {}, identityOf(live));
    expect(late).to.deep.include({ held: "by-us", progress: { state: "claimed" } });
  });

  it("keep what people called them, when a live record comes", async () => {
    const { ask, store, item } = prepare();
    await ask();
    const verdict = { is: "attack", by: "alice", why: "yes", at: "2026-05-04T10:00:00Z" };
    const kept = { ...(JSON.parse(String(item().about?.S)) as object), verdict };
    item().about = { S: JSON.stringify(kept) };
    await store().claim(live.id, { source: "live" }, identityOf(live));
    expect(JSON.parse(String(item().about?.S))).to.deep.equal({ source: "live", verdict });
  });

  it("fit into an item, whatever a record was filled with", async () => {
    const wide = "\u4e00".repeat(maxPlan);
    const evidence = [{ parameter: "x", value: wide }];
    const resources = Array.from({ length: 20 }, () => ({ type: "t", id: wide.slice(0, 20_000) }));
    const { ask, item } = prepare([{ ...found, evidence, resources }]);
    await ask();
    expect(Buffer.byteLength(JSON.stringify(item()))).to.be.lessThan(100_000);
  });

  it("are refused by a stack without hunts", async () => {
    const table = createTable(aTable().aws, { table: "findings-red", region });
    const decide = createImportVerb({ settings: someSettings(), table, now: () => aMinuteLater });
    expect(await decide(request, "alice", invocation)).to.deep.equal({
      refused: "expected a stack with hunts, found one without cloudtrailer:history",
    });
  });
});
