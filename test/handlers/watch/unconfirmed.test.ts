import { expect } from "chai";
import type { UnconfirmedFinding } from "../../../handlers/alerts/summaries";
import { createTable } from "../../../handlers/aws/table";
import { confirmationKey, createConfirmation } from "../../../handlers/watch/unconfirmed";
import { someSettings } from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";

const hourMs = 3_600_000;
const noon = Date.parse("2026-05-04T12:00:00Z");
const home = "111122223333 us-west-2";

describe("createConfirmation", () => {
  /** Events that came at noon, and a check some hours later. */
  function anAccount() {
    const table = aTable();
    const alerts: UnconfirmedFinding[][] = [];
    const down = { alerts: false };
    const until: Record<string, number | undefined> = {};
    let at = noon;
    const { note, check } = createConfirmation({
      table: createTable(table.aws, someSettings()),
      active: ["iam-a", "ec2-b"],
      alertUnconfirmed: async (findings) => {
        if (down.alerts) throw new Error("SNS is down");
        alerts.push(findings);
      },
      now: () => at,
    });
    return {
      table,
      alerts,
      down,
      until,
      note,
      /** Puts a finding in the table. */
      finding: (
        id: string,
        seen: Record<string, unknown>,
        own: Record<string, string> = {},
        of: Record<string, string> = {},
      ) => {
        const place = { account: "111122223333", region: "us-west-2" };
        const about = { detection: id.split("#")[1], title: "It was", ...place, ...of, seen };
        table.items[id] = {
          id: { S: id },
          about: { S: JSON.stringify(about) },
          ...Object.fromEntries(Object.entries(own).map(([name, S]) => [name, { S }])),
        };
      },
      checkAfter: (hours: number) => {
        at = noon + hours * hourMs;
        return check(async (account, region) => until[`${account} ${region}`]);
      },
    };
  }
  const byEvent = { event: { at: "2026-05-04T12:00:01Z" } };
  const byBoth = { ...byEvent, logFile: { at: "2026-05-04T12:05:00Z" } };
  const plan = JSON.stringify({ rollback: [{ service: "iam" }] });

  it("alerts what no log file confirmed by the second digest, once, with its rollback", async () => {
    const account = anAccount();
    await account.checkAfter(0);
    account.finding("1#iam-a", byEvent, { outcome: "fixed", plan });
    account.finding("2#iam-a", byBoth, { outcome: "fixed", plan });
    account.finding("3#ec2-b", byEvent, { outcome: "alerted" });
    await account.note(["1#iam-a", "2#iam-a", "3#ec2-b"]);
    for (const hours of [1, 2, 3]) await account.checkAfter(hours);
    expect(account.alerts, "before the second digest").to.deep.equal([]);
    const report = await account.checkAfter(4);
    expect(report.findings).to.equal(3);
    expect(report.unconfirmed.sort()).to.deep.equal(["1#iam-a", "3#ec2-b"]);
    const [alert = []] = account.alerts;
    expect(alert.map(({ id, hasRollback }) => [id, hasRollback]).sort()).to.deep.equal([
      ["1#iam-a", true],
      ["3#ec2-b", false],
    ]);
    await account.checkAfter(5);
    expect(account.alerts).to.have.length(1);
  });

  it("waits for digests that are late, for a day", async () => {
    const account = anAccount();
    await account.checkAfter(0);
    account.finding("1#iam-a", byEvent);
    await account.note(["1#iam-a"]);
    account.until[home] = noon + hourMs;
    await account.checkAfter(6);
    expect(account.alerts).to.deep.equal([]);
    account.until[home] = noon + 2 * hourMs;
    await account.checkAfter(7);
    expect(account.alerts).to.have.length(1);
    const later = anAccount();
    await later.checkAfter(0);
    later.finding("1#iam-a", byEvent);
    await later.note(["1#iam-a"]);
    later.until[home] = noon;
    await later.checkAfter(25);
    expect(later.alerts).to.have.length(1);
  });

  it("waits for the digests of the account that a finding is in", async () => {
    const account = anAccount();
    await account.checkAfter(0);
    account.finding("1#iam-a", byEvent, {}, { account: "222233334444" });
    await account.note(["1#iam-a"]);
    account.until[home] = noon + 9 * hourMs;
    account.until["222233334444 us-west-2"] = noon;
    await account.checkAfter(6);
    expect(account.alerts).to.deep.equal([]);
    account.until["222233334444 us-west-2"] = noon + 2 * hourMs;
    await account.checkAfter(7);
    expect(account.alerts.flat().map((one) => one.account)).to.deep.equal(["222233334444"]);
  });

  it("is quiet about what a log file confirmed meanwhile, what expired, and detections that are off now", async () => {
    const account = anAccount();
    await account.checkAfter(0);
    account.finding("1#iam-a", byBoth);
    account.finding("2#sts-off", byEvent);
    await account.note(["1#iam-a", "2#sts-off", "3#iam-a"]);
    expect(await account.checkAfter(4)).to.deep.equal({ findings: 3, unconfirmed: [] });
    expect(account.alerts).to.deep.equal([]);
  });

  it("tries again when the alert cannot be published, and misses no hour", async () => {
    const account = anAccount();
    await account.checkAfter(0);
    account.finding("1#iam-a", byEvent);
    await account.note(["1#iam-a"]);
    account.down.alerts = true;
    const error = await account.checkAfter(4).catch((one: Error) => one);
    expect(error).to.be.an("error");
    account.down.alerts = false;
    const report = await account.checkAfter(9);
    expect(report.unconfirmed).to.deep.equal(["1#iam-a"]);
    expect(Number(account.table.items[confirmationKey]?.checked?.N)).to.equal(
      Math.floor(noon / hourMs) + 9 - 4,
    );
  });

  it("does not look at what was before it began", async () => {
    const account = anAccount();
    account.finding("1#iam-a", byEvent);
    await account.note(["1#iam-a"]);
    await account.checkAfter(30);
    expect(account.alerts).to.deep.equal([]);
  });

  it("notes nothing where there is nothing, and any number of findings", async () => {
    const account = anAccount();
    await account.note([]);
    expect(account.table.items).to.deep.equal({});
    await account.checkAfter(0);
    const ids = Array.from({ length: 200 }, (_, index) => `${index}#iam-a`);
    for (const id of ids) account.finding(id, byEvent);
    await account.note(ids);
    expect((await account.checkAfter(4)).unconfirmed).to.have.members(ids);
  });
});
