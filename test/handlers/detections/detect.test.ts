import type { DetectionContext } from "../../../handlers/settings";
import { expect } from "chai";
import { createDetect } from "../../../handlers/detections/detect";
import type { Detection } from "../../../handlers/detections/detection";
import { account, call, emptyContext, otherAccount, refused } from "./support/cases";

function probe(more: Partial<Detection> = {}): Detection {
  return {
    id: "probe",
    title: "Probe",
    severity: "medium",
    attack: { technique: "T1580" },
    tier: "core",
    noise: "rare",
    events: ["iam:ListUsers"],
    remediation: "alert",
    match: () => ({ evidence: [], resources: [] }),
    runbook: ["", "", ""],
    falsePositives: [],
    references: [],
    ...more,
  };
}

const settings = { detections: {}, context: emptyContext };
const record = call("iam:ListUsers", null);

describe("createDetect", () => {
  it("asks the detections of the record's event only", () => {
    const detect = createDetect(settings, [probe(), probe({ id: "other", events: ["iam:ListRoles"] })]);
    expect(detect(record).map(({ detection }) => detection.id)).deep.equal(["probe"]);
    expect(detect(call("sts:ListUsers", null))).deep.equal([]);
  });

  it("runs the detections of every event, too", () => {
    expect(createDetect(settings, [probe({ events: ["*"] })])(record).length).equal(1);
  });

  it("derives the names of this system's parts once, for the records of all accounts", () => {
    const seen: DetectionContext[] = [];
    const watching = probe({
      match: (_, context) => {
        seen.push(context);
        return undefined;
      },
    });
    const detect = createDetect({ ...settings, context: { ...emptyContext, ownResources: ["blue"] } }, [
      watching,
    ]);

    detect({ ...record, recipientAccountId: account });
    detect({ ...record, recipientAccountId: otherAccount });

    expect(seen.map((context) => context.account)).deep.equal([account, otherAccount]);
    expect(seen[0]?.ownNames?.asSpelled.exact.has("blue")).equal(true);
    expect(seen[1]?.ownNames).equal(seen[0]?.ownNames);
  });

  it("finds an event whose name has a date", () => {
    const detect = createDetect(settings, [probe({ events: ["lambda:AddPermission"] })]);
    expect(detect(call("lambda:AddPermission20150331v2", null)).length).equal(1);
  });

  for (const [outcome, success, failure] of [
    [undefined, 1, 0],
    ["success", 1, 0],
    ["failure", 0, 1],
    ["any", 1, 1],
  ] as const)
    it(`looks at calls with the outcome ${outcome ?? "that is usual"}`, () => {
      const detect = createDetect(settings, [probe(outcome === undefined ? {} : { outcome })]);
      expect(detect(record).length).equal(success);
      expect(detect(refused(record)).length).equal(failure);
      expect(detect({ ...record, errorMessage: "no" }).length).equal(failure);
    });

  it("prefers the severity of the configuration to that of the match, and that to the detection's", () => {
    const graver = probe({ match: () => ({ evidence: [], resources: [], severity: "critical" }) });
    const configured = { ...settings, detections: { probe: { severity: "low" as const } } };
    expect(createDetect(settings, [probe()])(record)[0]?.severity).equal("medium");
    expect(createDetect(settings, [graver])(record)[0]?.severity).equal("critical");
    expect(createDetect(configured, [graver])(record)[0]?.severity).equal("low");
  });

  it("passes the account of the record to each detection", () => {
    const accounts: string[] = [];
    const match = (_: unknown, context: DetectionContext) => {
      accounts.push(context.account);
      return undefined;
    };
    const detect = createDetect(settings, [probe({ match })]);
    detect(record);
    detect({ ...record, recipientAccountId: otherAccount });
    detect({ ...record, recipientAccountId: undefined });
    expect(accounts).deep.equal([account, otherAccount, account]);
  });

  it("passes on what counts, and says what is a finding by itself", () => {
    const burst = { windowMinutes: 10, threshold: 5, countedBy: () => "alice", distinct: () => ["a"] };
    const counting = createDetect(settings, [probe({ burst })])(record);
    expect(counting.map(({ counted }) => counted)).deep.equal([{ by: "alice", values: ["a"] }]);
    const both = createDetect(settings, [probe({ burst: { ...burst, alone: () => "low" } })])(record);
    expect(both.map(({ counted, severity }) => [counted?.by, severity])).deep.equal([
      ["alice", "medium"],
      [undefined, "low"],
    ]);
    const nobody = createDetect(settings, [probe({ burst: { ...burst, countedBy: () => undefined } })]);
    expect(nobody(record)).deep.equal([]);
  });

  it("names a detection that throws, or returns what is no match, and goes on with the others", () => {
    const burst = { windowMinutes: 5, threshold: 2, countedBy: () => "bob" };
    const wrong: Record<string, unknown>[] = [
      { match: () => JSON.parse("{") as never },
      { match: () => true },
      { match: async () => ({ evidence: [], resources: [] }) },
      { burst: { ...burst, countedBy: () => 5 } },
      { burst: { ...burst, distinct: () => [{}] } },
      { burst: { ...burst, alone: () => "urgent" } },
    ];
    for (const one of wrong) {
      const failed: string[] = [];
      const detect = createDetect(settings, [
        probe({ id: "wrong", ...(one as Partial<Detection>) }),
        probe({ id: "right" }),
      ]);
      const hits = detect(record, -1, ({ detection }) => failed.push(detection.id));
      expect(hits.map(({ detection }) => detection.id)).to.include("right");
      expect(failed, JSON.stringify(Object.keys(one))).to.deep.equal(["wrong"]);
      expect(() => detect(record)).to.throw();
    }
  });

  it("omits detections that need a list that is empty", () => {
    const needing = probe({ needs: "allowedRegions" });
    expect(createDetect(settings, [needing])(record)).deep.equal([]);
    const context = { ...emptyContext, allowedRegions: ["eu-west-1"] };
    expect(createDetect({ ...settings, context }, [needing])(record).length).equal(1);
  });
});
