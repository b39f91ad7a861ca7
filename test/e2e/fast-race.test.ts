import { expect } from "chai";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { createCallAws } from "../../handlers/aws/clients";
import { fieldsOf } from "../../handlers/json";
import { makeAdministrator } from "../../local/stack";
import { type Answer, deployForSuite } from "./stage";
import { eventually } from "./support";

const admin = "arn:aws:iam::aws:policy/AdministratorAccess";

/** What can happen to a record on its two ways. */
const fates = ["event only", "log file only", "both", "event twice", "event late", "event cut"] as const;
type Fate = (typeof fates)[number];

describe("both paths, racing", () => {
  // `CLOUDTRAILER_ATTACKS=200` for a long run.
  const attacks = Number(process.env.CLOUDTRAILER_ATTACKS ?? 24);
  const isAttack = ({ eventName }: CloudTrailRecord) => eventName === "AttachUserPolicy";
  const victimOf = ({ requestParameters }: CloudTrailRecord) => String(fieldsOf(requestParameters).userName);
  const fateOf = (record: CloudTrailRecord): Fate =>
    isAttack(record) ? (fates[Number(victimOf(record).slice(7)) % fates.length] ?? "both") : "both";
  const delays: Record<Fate, number[]> = {
    "event only": [0],
    "log file only": [],
    both: [0],
    "event twice": [0, 0],
    "event late": [5_000],
    "event cut": [0],
  };
  const stage = deployForSuite("race", {
    config: { fast: "home", maxFixesPerHour: "1000", maxFixesPerHourOfAccount: "1000" },
    deliverEveryMs: 1_000,
    eventDelays: (record) => delays[fateOf(record)],
    eventForm: (record) =>
      fateOf(record) === "event cut"
        ? { ...record, requestParameters: { omitted: true, reason: "requestParameters too large" } }
        : record,
    inLogFile: (record) => fateOf(record) !== "event only",
  });
  const victims = Array.from({ length: attacks }, (_, index) => `victim-${index}`);
  const alertsOf = (victim: string) =>
    stage.alerts.filter(
      ({ detection, what }) =>
        detection === "iam-admin-policy-attached-user" && what.resources.some(({ id }) => id === victim),
    );
  const seenOf = async (id: string): Promise<Record<string, unknown>> => {
    const { Item } = await stage.call(stage.root, "dynamodb", "GetItem", {
      TableName: stage.stack.outputs.tableName,
      Key: { id: { S: id } },
    });
    const about = fieldsOf(fieldsOf(Item).about).S;
    return fieldsOf(fieldsOf(JSON.parse(String(about ?? "{}"))).seen);
  };

  it("make one finding, one fix and one alert of each attack, whatever gets lost, doubled, late or cut", async () => {
    const callers = [];
    // An actor's flood is gathered into summaries.
    for (let index = 0; index * 12 < attacks; index++) {
      const credentials = await makeAdministrator(stage.stack.emulator, `mallory-${index}-of-race`);
      callers.push(createCallAws({ endpoint: stage.stack.endpoint, credentials }));
    }
    for (const [index, UserName] of victims.entries()) {
      await stage.call(stage.root, "iam", "CreateUser", { UserName });
      const caller = callers[index % callers.length] ?? stage.mallory;
      await stage.call(caller, "iam", "AttachUserPolicy", { UserName, PolicyArn: admin });
    }
    const moved = () => stage.alerts.length + stage.records.length;
    await eventually(
      "an alert about each victim",
      async () => {
        await stage.readAlerts();
        return victims.every((victim) => alertsOf(victim).length > 0) ? true : undefined;
      },
      { moved },
    );
    // Both paths have brought what they bring, late events included.
    let known = 0;
    const both = victims.filter(
      (_, index) => !["event only", "log file only"].includes(String(fates[index % fates.length])),
    );
    await eventually(
      "both paths to have brought each finding",
      async () => {
        await stage.readAlerts();
        known = 0;
        for (const victim of both) {
          const { event, logFile } = await seenOf(String(alertsOf(victim)[0]?.id));
          const waited = fates[Number(victim.slice(7)) % fates.length] === "event cut";
          if (logFile !== undefined && (event !== undefined || waited)) known++;
        }
        return known === both.length ? true : undefined;
      },
      { moved: () => known },
    );
    for (const victim of victims) {
      expect(
        alertsOf(victim).map(({ outcome }) => outcome),
        victim,
      ).to.deep.equal(["fixed"]);
      const { AttachedPolicies } = await stage.call(stage.root, "iam", "ListAttachedUserPolicies", {
        UserName: victim,
      });
      expect(AttachedPolicies, victim).to.deep.equal([]);
      const fixes = stage.records.filter(
        (record) => record.eventName === "DetachUserPolicy" && victimOf(record) === victim,
      );
      expect(fixes, `fixes of ${victim}`).to.have.length(1);
    }
  });

  it("say by which path each came: what was cut waited for its log file", async () => {
    const cut = victims.findIndex((_, index) => fates[index % fates.length] === "event cut");
    const [alert] = alertsOf(victims[cut] ?? "");
    expect(alert?.source).to.match(/^s3:/);
    const entries = await stage.entries("event");
    const waiting = entries
      .flatMap(({ findings }) => (findings as Answer[] | undefined) ?? [])
      .filter(({ outcome }) => outcome === "waits");
    expect(waiting.map(({ id }) => id)).to.include(alert?.id);
    const [early] = alertsOf(victims[0] ?? "");
    expect(early?.source).to.match(/^eventbridge:us-east-1/);
  });
});
