import { expect } from "chai";
import fc from "fast-check";
import { alertOf } from "../../../handlers/alerts/alert";
import { smsOf, subjectOf, textOfAlert } from "../../../handlers/alerts/render";
import { actorOf } from "../../../handlers/cloudtrail/actor";
import type { CloudTrailRecord } from "../../../handlers/cloudtrail/record";
import { createDetect } from "../../../handlers/detections/detect";
import { detections } from "../../../handlers/detections/index";
import { whyOnlyAlert } from "../../../handlers/findings/eligibility";
import { coveringOf } from "../../../handlers/findings/exceptions";
import { findingOf } from "../../../handlers/detections/finding";
import { isOwnAction } from "../../../handlers/cloudtrail/own-actions";
import { tagVerdictOf } from "../../../handlers/findings/tags";
import { permits } from "../../../handlers/findings/rollback-permit";
import { rollbackTokenOf } from "../../../handlers/findings/rollback-token";
import { emptyContext } from "../detections/support/cases";
import { readCases } from "../detections/support/read-cases";
import { account, aMinuteLater, fakeAws, someSettings } from "../../support/factories";
import { mangledFrom, withoutTextAnywhere } from "../../support/hostile";

const records = readCases().flatMap(({ cases: { hits } }) => hits.map(({ record }) => record));
const mangled = fc.constantFrom(...records).chain(mangledFrom);
const detect = createDetect({ detections: {}, context: emptyContext }, detections);
const exceptions = [
  { detection: "*", principal: "*", resource: "*", reason: "r", owner: "o", until: "2999-01-01" },
];

const settings = someSettings();

/** Asks everything that is asked of the findings of a record, and creates their alerts. */
async function askAll(record: CloudTrailRecord): Promise<void> {
  isOwnAction(record, settings);
  rollbackTokenOf(record);
  for (const hit of detect(record)) {
    const finding = findingOf(hit, record, actorOf(record), "s3://logs/a.json.gz");
    whyOnlyAlert(finding, 60, aMinuteLater);
    whyOnlyAlert(finding, 60, aMinuteLater, true);
    expect(coveringOf(finding, exceptions, aMinuteLater)).not.to.have.property("problem");
    const calls = [{ service: "iam", operation: "AttachUserPolicy", region: "us-east-1", input: {} }];
    permits({ finding: "f", by: "b", why: "w", account, resources: [], calls }, finding);
    const asked = await tagVerdictOf(finding, "team=web", fakeAws({}).aws).catch((e: Error) => e);
    if (asked instanceof Error) expect(asked.message).to.match(/this test knows no answer/);
    const alert = alertOf({ finding, result: { outcome: "alerted" }, seenAt: aMinuteLater }, settings);
    expect([subjectOf(alert), textOfAlert(alert), smsOf(alert)].every((text) => text !== "")).to.equal(true);
  }
}

describe("what is asked of a finding, whatever its record", () => {
  it("is answered, and an alert can be created", () =>
    fc.assert(fc.asyncProperty(mangled, askAll), { numRuns: 1000 }));

  it("is answered even if any value cannot be converted to text", async () => {
    for (const record of records.flatMap(withoutTextAnywhere)) await askAll(record);
  });
});
