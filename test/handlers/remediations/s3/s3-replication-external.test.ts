import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { account } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region, stranger } from "../support/attack";

describe("s3-replication-external", () => {
  const rule = (ID: string, Account?: string) => ({
    ID,
    Status: "Enabled",
    Destination: { Bucket: `arn:aws:s3:::${ID}`, ...(Account === undefined ? {} : { Account }) },
  });
  const Role = `arn:aws:iam::${account}:role/replication`;
  const attack = (live: unknown, ...Rule: object[]) =>
    plannedFor(
      "s3-replication-external",
      "s3:PutBucketReplication",
      { requestParameters: { bucketName: "data", ReplicationConfiguration: { Role, Rule } } },
      { aws: { "s3:GetBucketReplication": live as never } },
    );
  const put = (...Rules: object[]) => [
    "PutBucketReplication",
    { Bucket: "data", ReplicationConfiguration: { Role, Rules } },
  ];

  it("removes the rule to the stranger and keeps the other", async () => {
    const rules = [rule("backup"), rule("loot", stranger)];
    const live = { ReplicationConfiguration: { Role, Rules: rules } };
    expectPlan(await attack(live, ...rules), [put(rule("backup"))], [put(...rules)]);
  });

  it("deletes a replication that has nothing else", async () => {
    const loot = rule("loot", stranger);
    const live = { ReplicationConfiguration: { Role, Rules: [loot] } };
    expectPlan(
      await attack(live, { Destination: loot.Destination }),
      [["DeleteBucketReplication", { Bucket: "data" }]],
      [put(loot)],
    );
  });

  it("is already-ok when the rule or all replication is gone", async () => {
    const loot = rule("loot", stranger);
    expectOutcome(
      await attack({ ReplicationConfiguration: { Role, Rules: [rule("backup")] } }, loot),
      "already-ok",
    );
    expectOutcome(await attack(failing("ReplicationConfigurationNotFoundError"), loot), "already-ok");
  });

  describe("with a baseline", () => {
    const live = (...Rules: object[]) => ({ ReplicationConfiguration: { Role, Rules } });
    const attacked = (now: object[], was: object, written: object[] = now) =>
      plannedFor(
        "s3-replication-external",
        "s3:PutBucketReplication",
        { requestParameters: { bucketName: "data", ReplicationConfiguration: { Role, Rule: written } } },
        {
          aws: { "s3:GetBucketReplication": live(...now) },
          baselines: kept(baselineKinds.bucketReplication, region, "data", was),
        },
      );
    const was = (...Rules: object[]) => ({ GetBucketReplication: live(...Rules) });
    const [backup, loot] = [rule("backup"), rule("loot", stranger)];

    it("restores the replication that the event overwrote, or none where there was none", async () => {
      expectPlan(await attacked([loot], was(backup)), [put(backup)], [put(loot)]);
      expectPlan(
        await attacked([rule("other"), loot], {}),
        [["DeleteBucketReplication", { Bucket: "data" }]],
        [put(rule("other"), loot)],
      );
    });

    it("takes out no more than the event added where somebody set it since", async () => {
      const since = rule("since");
      expectPlan(
        await attacked([backup, since, loot], was(backup), [backup, loot]),
        [put(backup, since)],
        [put(backup, since, loot)],
      );
    });

    it("leaves a rule to a stranger that was there before", async () => {
      const more = rule("more", "555566667777");
      expectOutcome(await attacked([loot], was(loot)), "already-ok");
      expectPlan(await attacked([loot, more], was(loot)), [put(loot)], [put(loot, more)]);
    });
  });
});
