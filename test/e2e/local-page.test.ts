import { expect } from "chai";
import { attacks } from "../../cli/local/page/attacks";
import { createFeed, type PageEvent } from "../../cli/local/page/feed";
import { attackersOfStack, pageOfStack } from "../../cli/local/page/of-stack";
import { alertLine } from "../../cli/local/lines";
import { deployForSuite } from "./stage";

/** Attacks that are reported and not fixed: nobody reverts them, or their fix must be named. */
const alertOnly = new Set(["root"]);

describe("the page of a stack on this machine, with its stack", () => {
  const stage = deployForSuite("page", {
    config: {
      detections: JSON.stringify(
        Object.fromEntries(
          attacks.filter(({ id }) => !alertOnly.has(id)).map(({ detection }) => [detection, { mode: "fix" }]),
        ),
      ),
    },
  });

  for (const attack of attacks)
    it(`finds the attack "${attack.title}"`, async () => {
      const by = attackersOfStack(stage.stack, stage.keys);
      await attack.run(by, `e2e-${attack.id}`.slice(0, 20));
      const alert = await stage.nextAlert(
        `the alert of ${attack.id}`,
        ({ detection }) => detection === attack.detection,
      );
      expect(alert.outcome, `${alert.reason}`).to.equal(alertOnly.has(attack.id) ? "alerted" : "fixed");
    });

  it("shows an alert, and rolls its fix back", async () => {
    const feed = createFeed();
    const page = await pageOfStack(stage.stack, { port: 0, feed, keys: stage.keys, attacker: stage.keys });
    try {
      const post = (path: string, body: object) =>
        fetch(new URL(path, page.url), {
          method: "POST",
          headers: { "content-type": "application/json", origin: page.url.slice(0, -1) },
          body: JSON.stringify(body),
        });
      expect((await post("/attacks", { id: "administrator" })).status).to.equal(200);
      const alert = await stage.nextAlert(
        "the alert about the administrator",
        ({ detection }) => detection === "iam-admin-policy-attached-user",
      );
      feed.add("alert", alertLine(alert), alert);
      const events: PageEvent[] = [];
      feed.follow(0, (event) => events.push(event));
      expect(events[0]?.alert).to.include({ outcome: "fixed", group: "fixed", canRollBack: true });
      const answer = await post("/rollback", { finding: alert.id, why: "bob is new" });
      expect({ status: answer.status, text: await answer.text() }).to.deep.equal({
        status: 200,
        text: '{"message":"Rolled back; the detector leaves it alone."}',
      });
      expect(events.map(({ kind }) => kind)).to.include("rollback");
    } finally {
      await page.close();
    }
  });
});
