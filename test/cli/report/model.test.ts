import { expect } from "chai";
import {
  createReportModel,
  maxListed,
  outcomeGroupOf,
  type ReportedFinding,
  shortActor,
} from "../../../cli/report/model";

const finding = (own: Partial<ReportedFinding> = {}): ReportedFinding => ({
  id: "e-1#iam-user-created",
  detection: "iam-user-created",
  title: "User created",
  severity: "low",
  account: "111122223333",
  region: "us-east-1",
  actor: "arn:aws:iam::111122223333:user/mallory",
  event: "iam:CreateUser",
  eventTime: "2026-05-04T10:00:00Z",
  resources: [],
  source: "s3://bucket/key",
  ...own,
});
const modelOf = (...findings: ReportedFinding[]) => {
  const report = createReportModel();
  for (const one of findings) report.add(one);
  return report.model();
};

describe("what a report shows", () => {
  it("counts by day, detection, actor and place", () => {
    const model = modelOf(
      finding({ outcome: "fixed", decidedAt: "2026-05-04T10:00:07Z" }),
      finding({ outcome: "refused", reason: "covered", severity: "high", eventTime: "2026-05-06T00:00:00Z" }),
      finding({ outcome: "planned", summary: "Delete it", detection: "iam-b", region: "" }),
    );
    expect(model).to.deep.include({ findings: 3, isHandled: true, first: "2026-05-04", last: "2026-05-06" });
    expect(model.byDay).to.deep.equal([
      { day: "2026-05-04", severity: "low", count: 2 },
      { day: "2026-05-06", severity: "high", count: 1 },
    ]);
    expect(model.byDetection.map(({ name, count, groups }) => ({ name, count, groups }))).to.deep.equal([
      { name: "iam-user-created", count: 2, groups: { fixed: 1, "not-fixed": 1 } },
      { name: "iam-b", count: 1, groups: { "would-fix": 1 } },
    ]);
    expect(model.byActor.map(({ name }) => name)).to.deep.equal(["user/mallory"]);
    expect(model.byPlace.map(({ name }) => name)).to.deep.equal(["111122223333 us-east-1", "111122223333"]);
    expect(model.notFixed).to.deep.equal([
      { detection: "iam-user-created", outcome: "refused", reason: "covered", count: 1 },
    ]);
    expect(model.wouldFix).to.deep.equal([{ detection: "iam-b", summary: "Delete it", count: 1 }]);
  });

  it("says how long fixes took, by the path of the record", () => {
    const took = (seconds: number, source: string) =>
      finding({
        outcome: "fixed",
        source,
        decidedAt: new Date(Date.parse("2026-05-04T10:00:00Z") + seconds * 1_000).toISOString(),
      });
    const { delays, medianSeconds } = modelOf(
      took(3, "eventbridge"),
      took(4, "eventbridge"),
      took(700, "s3://bucket/key"),
    );
    expect(medianSeconds).to.equal(4);
    expect(delays).to.deep.equal([
      { path: "event", step: "< 5 s", count: 2 },
      { path: "log file", step: "< 15 min", count: 1 },
    ]);
  });

  it("counts imported findings apart, and not into times to fix", () => {
    const imported = finding({ outcome: "imported", decidedAt: "2026-12-04T10:00:00Z" });
    const { all, delays, medianSeconds, notFixed } = modelOf(imported, finding({ outcome: "alerted" }));
    expect(all.groups).to.deep.equal({ imported: 1, alerted: 1 });
    expect({ delays, medianSeconds, notFixed }).to.deep.equal({
      delays: [],
      medianSeconds: undefined,
      notFixed: [],
    });
  });

  it("counts sessions of a role as one actor", () => {
    expect(shortActor("arn:aws:sts::1:assumed-role/deploy/run-1")).to.equal("role/deploy");
    expect(shortActor("arn:aws:iam::1:user/path/bob")).to.equal("user/path/bob");
    expect(shortActor("root")).to.equal("root");
  });

  it("takes an outcome that it does not know for one that is not fixed", () => {
    expect(outcomeGroupOf("something-new")).to.equal("not-fixed");
    expect(outcomeGroupOf("constructor")).to.equal("not-fixed");
    expect(outcomeGroupOf("fixed")).to.equal("fixed");
  });

  it("lists the most severe of any number of findings", () => {
    const many = Array.from({ length: 5 * maxListed }, (_, index) =>
      finding({ id: `${index}`, severity: index % 10 === 0 ? "critical" : "low" }),
    );
    const { gravest, findings } = modelOf(...many);
    expect(findings).to.equal(5 * maxListed);
    expect(gravest).to.have.length(maxListed);
    expect(gravest.filter(({ severity }) => severity === "critical")).to.have.length(maxListed / 2);
  });

  it("has no day for a time that is none", () => {
    expect(modelOf(finding({ eventTime: "x" }))).to.deep.include({ byDay: [], findings: 1 });
  });
});
