import { expect } from "chai";
import { type Alert, alertOf } from "../../../handlers/alerts/alert";
import { createBusPublisher, detailOf } from "../../../handlers/alerts/bus";
import { createPublisher } from "../../../handlers/alerts/publish";
import { openedSummary } from "../../../handlers/alerts/summaries";
import { aFinding, aMinuteLater, awsError, fakeAws, someSettings } from "../../support/factories";
import { ocsfProblemsOf } from "../../support/ocsf";
import { problemsOfCall } from "../../support/service-model";

const settings = someSettings({ findingsBus: "cloudtrailer-findings-red" });
const alertable = { finding: aFinding(), result: { outcome: "alerted" as const }, seenAt: aMinuteLater };
const alert = (): Alert => alertOf(alertable, settings);
const taken = { "events:PutEvents": () => ({ FailedEntryCount: 0, Entries: [{ EventId: "1" }] }) };

interface Entry {
  EventBusName: string;
  Source: string;
  DetailType: string;
  Detail: string;
}
const entryOf = (input: Record<string, unknown>) => (input.Entries as Entry[])[0] as Entry;

describe("the findings bus", () => {
  it("gets each finding as an OCSF Detection Finding, with its forms", async () => {
    const { aws, calls } = fakeAws(taken);
    expect(await createBusPublisher(aws, settings).alert(alert())).to.equal(undefined);
    expect(calls.flatMap((call) => problemsOfCall(call))).to.deep.equal([]);
    const { Detail, ...entry } = entryOf(calls[0]?.input ?? {});
    expect(entry).to.deep.include({
      EventBusName: "cloudtrailer-findings-red",
      Source: "cloudtrailer",
      DetailType: "Detection Finding",
    });
    const detail = JSON.parse(Detail) as Record<string, unknown>;
    expect(detail).to.deep.include({ class_uid: 2004, severity_id: 5 });
    expect(detail).to.have.nested.property("unmapped.forms.slack.text");
    expect(ocsfProblemsOf(detail)).to.deep.equal([]);
  });

  it("gets summaries, with severity and account in the same places", async () => {
    const { aws, calls } = fakeAws(taken);
    await createBusPublisher(aws, settings).summary(openedSummary({ detection: "iam-a", max: 3 }, settings));
    const { Detail, DetailType } = entryOf(calls[0]?.input ?? {});
    expect(DetailType).to.equal("Summary");
    const detail = JSON.parse(Detail) as Record<string, unknown>;
    expect(detail).to.have.nested.property("severity_id", 5);
    expect(detail).to.have.nested.property("finding_info.types[0]", "iam-a");
    expect(detail).to.have.nested.property("cloud.account.uid", settings.account);
    expect(detail).to.have.nested.property("unmapped.forms.jira.summary");
    expect(ocsfProblemsOf(detail)).to.deep.equal([]);
  });

  it("gets a test alert that everybody gets, whatever severities they ask for", async () => {
    const { aws, calls } = fakeAws({ ...taken, "sns:Publish": { MessageId: "1" } });
    const publisher = createPublisher(aws, settings, async () => {});
    expect(await publisher.alertTrial("test 2026-05-04T10:00:00.000Z", true)).to.equal(undefined);
    const [put, published] = calls;
    const detail = JSON.parse(entryOf(put?.input ?? {}).Detail) as object;
    expect(detail).to.include({ severity_id: 1 }).and.to.have.nested.property("unmapped.summary", "test");
    expect(published?.input).to.have.nested.property("MessageAttributes.severity.StringValue", "critical");
    expect(JSON.parse(String(published?.input.Message)).email).to.match(/^INFO: .*nothing happened/s);
    await publisher.alertTrial("trial 2026-05-04T10:00:00.000Z");
    expect(calls[3]?.input).to.have.nested.property("MessageAttributes.severity.StringValue", "info");
  });

  it("is not needed", async () => {
    const { aws, calls } = fakeAws({});
    expect(await createBusPublisher(aws, someSettings()).alert(alert())).to.equal(undefined);
    expect(calls).to.deep.equal([]);
  });

  it("says why it did not take an event", async () => {
    const denied = fakeAws({
      "events:PutEvents": () => {
        throw awsError("AccessDeniedException", "explicit deny");
      },
    });
    expect(await createBusPublisher(denied.aws, settings).alert(alert())).to.equal(
      "AccessDeniedException: explicit deny",
    );
    const refused = fakeAws({
      "events:PutEvents": () => ({
        FailedEntryCount: 1,
        Entries: [{ ErrorCode: "InternalFailure", ErrorMessage: "again" }],
      }),
    });
    expect(await createBusPublisher(refused.aws, settings).alert(alert())).to.equal("InternalFailure: again");
    const silent = fakeAws({ "events:PutEvents": { FailedEntryCount: 1 } });
    expect(await createBusPublisher(silent.aws, settings).alert(alert())).to.equal(
      "refused: no reason given",
    );
  });

  it("never keeps an alert from the topic, which says what the bus did not take", async () => {
    const { aws, calls } = fakeAws({
      "events:PutEvents": () => {
        throw awsError("ResourceNotFoundException", "no bus");
      },
      "sns:Publish": () => ({ MessageId: "1" }),
    });
    const publisher = createPublisher(aws, settings, async () => {});
    await publisher.alert(alertable);
    await publisher.alertOpened({ detection: "iam-a", max: 3 });
    const published = calls.filter(({ operation }) => operation === "Publish");
    expect(published).to.have.length(2);
    for (const { input } of published)
      expect(JSON.parse(String(input.Message)).email).to.include(
        "the findings bus did not take it, so chat, tickets and pagers do not show it (ResourceNotFoundException: no bus)",
      );
    expect(JSON.parse(JSON.parse(String(published[0]?.input.Message)).default)).to.include({
      undelivered: "ResourceNotFoundException: no bus",
    });
  });

  it("takes what a hostile record makes long", () => {
    const finding = aFinding({ title: "t".repeat(100_000) });
    finding.match.resources = Array.from({ length: 2_000 }, () => ({ type: "x", id: "r".repeat(500) }));
    finding.actor.userAgent = "u".repeat(100_000);
    const long = alertOf({ ...alertable, finding }, settings);
    expect(ocsfProblemsOf(detailOf(long))).to.deep.equal([]);
    const detail = JSON.stringify(detailOf(long));
    expect(Buffer.byteLength(detail)).to.be.below(256_000);
    expect(JSON.parse(detail)).to.have.nested.property("metadata.uid", finding.id);
  });
});
