import { expect } from "chai";
import type { Detection } from "../../handlers/detections/detection";
import { detections } from "../../handlers/detections/index";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { remediations } from "../../handlers/remediations/index";
import { defaultSettings } from "../../handlers/settings";
import { fastRulesOf, type FastConfig, maxChangeRules } from "../../infra/fast-patterns";
import { maxPattern } from "../../infra/watch-rules";
import { readCases } from "../handlers/detections/support/read-cases";
import { aDetection } from "../support/factories";
import { matches } from "./event-pattern";

const fixable = remediations.map(({ id }) => id);
const config = (own: Partial<FastConfig> = {}): FastConfig => ({
  mode: "fix",
  detections: {},
  context: defaultSettings.context,
  ...own,
});

/** A record as EventBridge has it. */
function eventOf(detail: CloudTrailRecord) {
  return {
    source: `aws.${String(detail.eventSource).split(".")[0]}`,
    "detail-type": "AWS API Call via CloudTrail",
    detail,
  };
}

describe("the rules of the fast path", () => {
  const { rules, byLogFilesAlone } = fastRulesOf(detections, fixable, config());

  it("are at most eight, with patterns that EventBridge takes", () => {
    expect(rules.length).to.be.at.most(8);
    for (const { id, pattern } of rules) expect(JSON.stringify(pattern).length, id).to.be.at.most(maxPattern);
  });

  it("send every record that a detection can find, unless it says that log files alone bring some", () => {
    let checked = 0;
    for (const { id, cases } of readCases()) {
      const detection = detections.find((one) => one.id === id);
      if (detection?.offByDefault !== undefined || detection?.needs !== undefined) continue;
      if (byLogFilesAlone.includes(id)) continue;
      for (const { name, record } of [
        ...cases.hits,
        ...(cases.bursts ?? []).flatMap(({ records }) =>
          records.map((one) => ({ name: "burst", record: one })),
        ),
      ]) {
        const event = eventOf(record);
        // Cases of bursts have records of other events between those that count.
        if (
          name === "burst" &&
          detection?.match(record, { ...defaultSettings.context, account: "111122223333" }) === undefined
        )
          continue;
        checked++;
        expect(
          rules.some(({ pattern }) => matches(pattern, event)),
          `${id}: ${name}, ${record.eventName}`,
        ).to.equal(true);
      }
    }
    expect(checked).to.be.above(500);
  });

  it("send whatever would be fixed or is critical, except what a pattern cannot tell from daily work", () => {
    const left = detections.filter(
      ({ id, severity }) => byLogFilesAlone.includes(id) && (severity === "critical" || fixable.includes(id)),
    );
    expect(left.map(({ id }) => id)).to.deep.equal([
      "ec2-instance-credentials-outside",
      // With buttons in a chat room, it is sent as answers are.
      "own-answer-forged",
      "own-role-used",
      "s3-bulk-delete",
      "s3-external-kms-encryption",
      "s3-sse-c-encryption",
      "secrets-bulk-retrieval",
      "ssm-parameters-bulk-decrypt",
    ]);
  });

  const daily = (eventName: string, own: Partial<CloudTrailRecord> = {}) =>
    eventOf({
      eventSource: "sts.amazonaws.com",
      eventName,
      userIdentity: { type: "AssumedRole", arn: "arn:aws:sts::111122223333:assumed-role/app/i-1" },
      userAgent: "aws-sdk-js",
      ...own,
    } as CloudTrailRecord);
  const isSent = (event: unknown) => rules.some(({ pattern }) => matches(pattern, event));

  it("do not send what every account does all day", () => {
    for (const name of [
      "AssumeRole",
      "Decrypt",
      "GetObject",
      "Invoke",
      "GetSecretValue",
      "DescribeInstances",
    ])
      expect(isSent(daily(name)), name).to.equal(false);
    expect(isSent(daily("AssumeRole", { userIdentity: { type: "AWSAccount" } }))).to.equal(true);
    expect(isSent(daily("DescribeInstances", { userIdentity: { type: "Root" } }))).to.equal(true);
    expect(isSent(daily("DescribeInstances", { userAgent: "Boto3 kali linux" }))).to.equal(true);
  });

  it("send nothing that AWS did not, except as forged", () => {
    const forged = { ...daily("StopLogging"), source: "evil" };
    const sending = (event: unknown) =>
      rules.filter(({ pattern }) => matches(pattern, event)).map(({ id }) => id.replace(/-\d$/, ""));
    expect(sending(forged)).to.deep.equal(["forged"]);
    expect(sending({ ...forged, source: "aws.cloudtrail" })).to.deep.equal(["changes"]);
    expect(sending({ source: "evil", "detail-type": "anything", detail: {} })).to.deep.equal([]);
  });

  it("get reads only where they ask for them", () => {
    for (const { id, state } of rules)
      expect(state, id).to.equal(
        id === "marks" ? "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" : "ENABLED",
      );
  });

  it("have no events of detections that are off, and the dates that Lambda appends to names", () => {
    const lambda = aDetection({ id: "lambda-permission-public", events: ["lambda:AddPermission"] });
    const of = (own: Partial<FastConfig>) => fastRulesOf([lambda], [], config(own)).rules;
    expect(of({}).map(({ id }) => id)).to.deep.equal(["changes-1", "forged"]);
    const dated = daily("AddPermission20150331v2", { eventSource: "lambda.amazonaws.com" });
    expect(of({}).some(({ pattern }) => matches(pattern, dated))).to.equal(true);
    expect(of({ detections: { [lambda.id]: { mode: "off" } } }).map(({ id }) => id)).to.deep.equal([
      "forged",
    ]);
  });

  it("have room for what is gravest, and name what is left", () => {
    const many = (id: string, severity: Detection["severity"], letter: string): Detection =>
      aDetection({
        id,
        severity,
        events: Array.from({ length: 500 }, (_, index) => `ec2:${letter.repeat(30)}${index}`),
      });
    const full = fastRulesOf([many("low-one", "low", "L"), many("high-one", "high", "H")], [], config());
    expect(full.rules.map(({ id }) => id)).to.have.length(maxChangeRules + 1);
    expect(full.byLogFilesAlone).to.deep.equal(["low-one", "high-one"]);
    const names = JSON.stringify(full.rules);
    expect(names).to.include("H".repeat(30)).and.not.include("L".repeat(30));
  });
});
