import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixCloudtrailEventSelectorsWeakened } from "../../../../handlers/remediations/cloudtrail/cloudtrail-event-selectors-weakened";
import { expectOutcome, expectPlan, failing, kept, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";
const arn = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main";
const baseline = (document: object) => kept(baselineKinds.trail, awsRegion, "main", document);
const gone = failing("TrailNotFoundException");

describe("cloudtrail-event-selectors-weakened", () => {
  const data = [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::data/"] }];
  const recordedData = [{ type: "AWS::S3::Object", values: ["arn:aws:s3:::data/"] }];
  const basic = (own: object = {}) => ({
    ReadWriteType: "All",
    IncludeManagementEvents: true,
    DataResources: [] as object[],
    ExcludeManagementEventSources: [] as string[],
    ...own,
  });
  const record = (own: object) => ({
    eventName: "PutEventSelectors",
    awsRegion,
    requestParameters: { trailName: arn, ...own },
  });
  const live = (...EventSelectors: object[]) => ({ "cloudtrail:GetEventSelectors": { EventSelectors } });

  it("lets a selector log all management events again and keeps AWS's own exclusions", async () => {
    const selectors = [
      {
        readWriteType: "ReadOnly",
        includeManagementEvents: true,
        excludeManagementEventSources: ["kms.amazonaws.com", "iam.amazonaws.com"],
      },
    ];
    const now = basic({
      ReadWriteType: "ReadOnly",
      ExcludeManagementEventSources: ["kms.amazonaws.com", "iam.amazonaws.com"],
    });
    expectPlan(
      await planned(fixCloudtrailEventSelectorsWeakened, record({ eventSelectors: selectors }), {
        aws: live(now),
      }),
      [
        [
          "PutEventSelectors",
          {
            TrailName: arn,
            EventSelectors: [basic({ ExcludeManagementEventSources: ["kms.amazonaws.com"] })],
          },
        ],
      ],
      [["PutEventSelectors", { TrailName: arn, EventSelectors: [now] }]],
    );
  });

  it("adds a selector beside data resources, and does not touch these", async () => {
    const selectors = [
      { readWriteType: "WriteOnly", includeManagementEvents: false, dataResources: recordedData },
    ];
    const now = basic({ ReadWriteType: "WriteOnly", IncludeManagementEvents: false, DataResources: data });
    expectPlan(
      await planned(fixCloudtrailEventSelectorsWeakened, record({ eventSelectors: selectors }), {
        aws: live(now),
      }),
      [["PutEventSelectors", { TrailName: arn, EventSelectors: [basic(), now] }]],
      [["PutEventSelectors", { TrailName: arn, EventSelectors: [now] }]],
    );
  });

  it("adds management events to advanced selectors", async () => {
    const recorded = [
      {
        name: "d",
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
        ],
      },
    ];
    const now = {
      Name: "d",
      FieldSelectors: [
        { Field: "eventCategory", Equals: ["Data"] },
        { Field: "resources.type", Equals: ["AWS::S3::Object"] },
      ],
    };
    const management = {
      Name: "Management events",
      FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }],
    };
    expectPlan(
      await planned(fixCloudtrailEventSelectorsWeakened, record({ advancedEventSelectors: recorded }), {
        aws: { "cloudtrail:GetEventSelectors": { AdvancedEventSelectors: [now], EventSelectors: [] } },
      }),
      [["PutEventSelectors", { TrailName: arn, AdvancedEventSelectors: [management, now] }]],
      [["PutEventSelectors", { TrailName: arn, AdvancedEventSelectors: [now] }]],
    );
  });

  it("takes away what narrows an advanced selector of management events", async () => {
    const recorded = [
      {
        fieldSelectors: [
          { field: "eventCategory", equals: ["Management"] },
          { field: "eventSource", notEquals: ["iam.amazonaws.com"] },
        ],
      },
    ];
    const category = { Field: "eventCategory", Equals: ["Management"] };
    const now = { FieldSelectors: [category, { Field: "eventSource", NotEquals: ["iam.amazonaws.com"] }] };
    expectPlan(
      await planned(fixCloudtrailEventSelectorsWeakened, record({ advancedEventSelectors: recorded }), {
        aws: { "cloudtrail:GetEventSelectors": { AdvancedEventSelectors: [now] } },
      }),
      [["PutEventSelectors", { TrailName: arn, AdvancedEventSelectors: [{ FieldSelectors: [category] }] }]],
      [["PutEventSelectors", { TrailName: arn, AdvancedEventSelectors: [now] }]],
    );
  });

  it("puts the baseline's selectors back where there is one", async () => {
    const now = basic({ IncludeManagementEvents: false });
    const before = [basic({ DataResources: data, ReadWriteType: "All" })];
    expectPlan(
      await planned(
        fixCloudtrailEventSelectorsWeakened,
        record({ eventSelectors: [{ includeManagementEvents: false }] }),
        { aws: live(now), baselines: baseline({ GetEventSelectors: { EventSelectors: before } }) },
      ),
      [["PutEventSelectors", { TrailName: arn, EventSelectors: before }]],
      [["PutEventSelectors", { TrailName: arn, EventSelectors: [now] }]],
    );
  });

  it("knows the flag as text, too", async () => {
    const weak = record({ eventSelectors: [{ includeManagementEvents: "false" }] });
    const aws = live(basic({ IncludeManagementEvents: false }));
    const plan = await planned(fixCloudtrailEventSelectorsWeakened, weak, { aws });
    if ("outcome" in plan) throw new Error(plan.reason);
  });

  it("otherwise says why not", async () => {
    const weak = record({ eventSelectors: [{ includeManagementEvents: false }] });
    const plan = (aws: Parameters<typeof planned>[2]) =>
      planned(fixCloudtrailEventSelectorsWeakened, weak, aws);
    expectOutcome(await plan({ aws: live(basic()) }), "already-ok");
    expectOutcome(
      await plan({ aws: live(basic({ ReadWriteType: "ReadOnly" }), basic({ ReadWriteType: "WriteOnly" })) }),
      "already-ok",
    );
    expectOutcome(await plan({ aws: live(basic({ ReadWriteType: "ReadOnly" })) }), "changed-since");
    expectOutcome(await plan({ aws: { "cloudtrail:GetEventSelectors": gone } }), "changed-since");
  });
});
