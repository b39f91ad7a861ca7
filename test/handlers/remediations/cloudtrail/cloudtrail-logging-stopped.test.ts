import { expect } from "chai";
import { fixCloudtrailLoggingStopped } from "../../../../handlers/remediations/cloudtrail/cloudtrail-logging-stopped";
import type { Plan } from "../../../../handlers/remediations/remediation";
import type { Answers } from "../../../support/factories";
import {
  callsOf,
  expectOutcome,
  expectPlan,
  failing,
  kept,
  planned,
  rollbackAfter,
} from "../../../support/planning";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";

describe("cloudtrail-logging-stopped", () => {
  const name = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main";
  const record = { eventName: "StopLogging", awsRegion: "eu-west-1", requestParameters: { name } };

  it("starts that trail in its home region, and says what nobody can compare", async () => {
    const plan = await planned(fixCloudtrailLoggingStopped, record, {
      aws: {
        "cloudtrail:GetTrailStatus": { IsLogging: false },
      },
    });
    expectPlan(plan, [["StartLogging", { Name: name }]], [["StopLogging", { Name: name }]]);
    expect((plan as Plan).calls[0]?.region).to.equal("eu-west-1");
    expect((plan as Plan).leaves).to.match(/could not be compared .*: no baseline shows what they were/);
  });

  it("is already-ok when it logs, and changed-since when it is gone", async () => {
    const status = (answer: Answers[string]) => ({ "cloudtrail:GetTrailStatus": answer });
    expectOutcome(
      await planned(fixCloudtrailLoggingStopped, record, { aws: status({ IsLogging: true }) }),
      "already-ok",
    );
    expectOutcome(
      await planned(fixCloudtrailLoggingStopped, record, { aws: status(failing("TrailNotFoundException")) }),
      "changed-since",
    );
  });
});

describe("remediate cloudtrail-logging-stopped, of a trail that is known", () => {
  const awsRegion = "eu-west-1";
  const name = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main";
  const record = { eventName: "StopLogging", awsRegion, requestParameters: { name } };
  const Trail = {
    Name: "main",
    TrailARN: name,
    S3BucketName: "logs",
    SnsTopicName: "topic",
    SnsTopicARN: "arn:aws:sns:eu-west-1:111122223333:topic",
    KmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/k",
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: true,
    LogFileValidationEnabled: true,
  };
  const selector = (own: object = {}) => ({
    ReadWriteType: "All",
    IncludeManagementEvents: true,
    DataResources: [] as object[],
    ExcludeManagementEventSources: [] as string[],
    ...own,
  });
  const insight = (InsightType: string) => ({ InsightType });
  const before = {
    GetTrail: { Trail },
    GetTrailStatus: { IsLogging: true },
    GetEventSelectors: { EventSelectors: [selector()] },
    GetInsightSelectors: {
      InsightSelectors: [insight("ApiCallRateInsight"), insight("ApiErrorRateInsight")],
    },
  };
  const live = (own: Answers = {}): Answers => ({
    "cloudtrail:GetTrail": { Trail },
    "cloudtrail:GetTrailStatus": { IsLogging: false },
    "cloudtrail:GetEventSelectors": { EventSelectors: [selector()] },
    "cloudtrail:ListTags": { ResourceTagList: [] },
    "cloudtrail:GetInsightSelectors": before.GetInsightSelectors,
    ...own,
  });
  const plan = (own?: Answers) =>
    planned(fixCloudtrailLoggingStopped, record, {
      aws: live(own),
      baselines: kept(baselineKinds.trail, awsRegion, "main", before),
    });
  const start = ["StartLogging", { Name: name }];
  const stop = ["StopLogging", { Name: name }];

  it("leaves a topic and a log group that were added since the baseline: they weaken nothing", async () => {
    const quiet = { ...Trail, SnsTopicName: undefined, SnsTopicARN: undefined };
    const CloudWatchLogsLogGroupArn = "arn:aws:logs:eu-west-1:111122223333:log-group:trail:*";
    const CloudWatchLogsRoleArn = "arn:aws:iam::111122223333:role/trail";
    const found = await planned(fixCloudtrailLoggingStopped, record, {
      aws: live({
        "cloudtrail:GetTrail": { Trail: { ...Trail, CloudWatchLogsLogGroupArn, CloudWatchLogsRoleArn } },
      }),
      baselines: kept(baselineKinds.trail, awsRegion, "main", { ...before, GetTrail: { Trail: quiet } }),
    });
    expectPlan(found, [start], [stop]);
  });

  it("starts it, and calls nothing else when nothing else was changed", async () => {
    const made = await plan();
    expectPlan(made, [start], [stop]);
    expect((made as Plan).leaves).to.equal(undefined);
  });

  it("brings back settings, selectors and insights that were weakened while nobody saw it", async () => {
    const blind = [selector({ IncludeManagementEvents: false })];
    const weak = { ...Trail, LogFileValidationEnabled: false, KmsKeyId: undefined, S3KeyPrefix: "x" };
    const theirs = "arn:aws:sns:eu-west-1:111122223333:theirs";
    const made = await plan({
      "cloudtrail:GetTrail": { Trail: { ...weak, SnsTopicName: "theirs", SnsTopicARN: theirs } },
      "cloudtrail:GetEventSelectors": { EventSelectors: blind },
      "cloudtrail:GetInsightSelectors": { InsightSelectors: [insight("ApiErrorRateInsight")] },
    });
    const selectors = (EventSelectors: object[]) => [
      "PutEventSelectors",
      { TrailName: name, EventSelectors },
    ];
    const insights = (...InsightSelectors: object[]) => [
      "PutInsightSelectors",
      { TrailName: name, InsightSelectors },
    ];
    const update = (own: object) => ["UpdateTrail", { Name: name, ...own }];
    const { SnsTopicARN: SnsTopicName, KmsKeyId } = Trail;
    const back = update({ EnableLogFileValidation: true, S3KeyPrefix: "", SnsTopicName, KmsKeyId });
    const undone = update({
      EnableLogFileValidation: false,
      S3KeyPrefix: "x",
      SnsTopicName: theirs,
      KmsKeyId: "",
    });
    expectPlan(
      made,
      [
        start,
        selectors([selector()]),
        back,
        insights(insight("ApiErrorRateInsight"), insight("ApiCallRateInsight")),
      ],
      [insights(insight("ApiErrorRateInsight")), undone, selectors(blind), stop],
    );
    expect(rollbackAfter(made, 2), "UpdateTrail was refused").to.deep.equal([selectors(blind), stop]);
  });

  it("brings them back too when somebody has started it again", async () => {
    const made = await plan({
      "cloudtrail:GetTrailStatus": { IsLogging: true },
      "cloudtrail:GetTrail": { Trail: { ...Trail, S3BucketName: "theirs" } },
    });
    expectPlan(
      made,
      [["UpdateTrail", { Name: name, S3BucketName: "logs" }]],
      [["UpdateTrail", { Name: name, S3BucketName: "theirs" }]],
    );
    expectOutcome(await plan({ "cloudtrail:GetTrailStatus": { IsLogging: true } }), "already-ok");
  });

  it("leaves what records more than before", async () => {
    const data = [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::data/"] }];
    const advanced = [{ FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] }];
    for (const selectors of [
      { EventSelectors: [selector({ DataResources: data })] },
      { AdvancedEventSelectors: advanced, EventSelectors: [] },
    ])
      expectPlan(await plan({ "cloudtrail:GetEventSelectors": selectors }), [start], [stop]);
    const without = [selector({ ExcludeManagementEventSources: ["kms.amazonaws.com"] })];
    const made = await plan({ "cloudtrail:GetEventSelectors": { EventSelectors: without } });
    expect(callsOf(made).calls).to.have.length(2);
  });

  it("starts it even when the rest cannot be read, and says so", async () => {
    const made = await plan({ "cloudtrail:GetEventSelectors": failing("AccessDenied", "not allowed") });
    expectPlan(made, [start], [stop]);
    expect((made as Plan).leaves).to.match(
      /could not be compared with those before: AccessDenied: not allowed/,
    );
  });
});
