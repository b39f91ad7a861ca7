import { expect } from "chai";
import { createCallAws } from "../../handlers/aws/clients";
import { type Answer, deployForSuite } from "./stage";
import { eventually } from "./support";

describe("baselines of a deployed stack", () => {
  const stage = deployForSuite("baselines", {
    // Existed before the stack: only the run at deployment can have seen it.
    async prepare({ endpoint, credentials, region }) {
      const owner = createCallAws({ endpoint, credentials });
      const s3 = (operation: string, input: Answer) => owner({ service: "s3", operation, region, input });
      for (const Bucket of ["baselines-logs", "baselines-early"])
        await s3("CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: region } });
      await s3("PutBucketLogging", { Bucket: "baselines-early", BucketLoggingStatus: logging("early/") });
    },
  });
  const { call } = stage;

  const logging = (TargetPrefix: string) => ({
    LoggingEnabled: { TargetBucket: "baselines-logs", TargetPrefix },
  });
  /** The states of a resource in the table. */
  const statesOf = async (key: string): Promise<{ at: number; state?: unknown }[]> => {
    const { Item } = await call(stage.root, "dynamodb", "GetItem", {
      TableName: stage.stack.outputs.tableName,
      Key: { id: { S: key } },
    });
    const { history } = (Item ?? {}) as { history?: { S: string } };
    return history === undefined ? [] : (JSON.parse(history.S) as { at: number; state?: unknown }[]);
  };
  const keyOf = (type: string, id: string) => `baseline#${type}#${stage.stack.region}/${id}`;
  const seen = (type: string, id: string, is: (state: string) => boolean) =>
    eventually(`a look at ${id}`, async () => {
      const last = (await statesOf(keyOf(type, id))).at(-1);
      return last?.state !== undefined && is(JSON.stringify(last.state)) ? last : undefined;
    });
  /** Events have whole seconds: one in the second of a snapshot is not after it. */
  const laterThan = (at: number) =>
    eventually("the next second", async () => Date.now() >= (Math.floor(at / 1000) + 1) * 1000 || undefined);

  const loggingOf = async (Bucket: string) =>
    (await call(stage.root, "s3", "GetBucketLogging", { Bucket })).LoggingEnabled;

  it("contain what existed when the stack was deployed, and a receipt that removes it again", async () => {
    const look = await seen("AWS::S3::BucketLogging", "baselines-early", (state) => state.includes("early/"));
    await laterThan(look.at);
    const Bucket = "baselines-early";
    const before = await loggingOf(Bucket);
    await call(stage.mallory, "s3", "PutBucketLogging", { Bucket, BucketLoggingStatus: {} });
    const alert = await stage.alertOf("s3-access-logging-disabled", Bucket);
    expect(alert.outcome, alert.reason).to.equal("fixed");
    expect(await loggingOf(Bucket)).to.deep.equal(before);
    await stage.rollBack(alert.id);
    expect(await loggingOf(Bucket)).to.equal(undefined);
    const entry = await eventually("the entry of the deployment", async () =>
      (await stage.entries("baselines")).find(({ at }) => at === "deployment"),
    );
    expect(entry.notReached).to.deep.equal({});
    // What the emulator has no call for; above all, nothing that the role may not.
    const refused = (entry.problems as { error: string }[]).map(({ error }) => error);
    expect(
      refused.filter((error) => !/^(?:InvalidAction|UnknownOperation|Unknown)/.test(error)),
    ).to.deep.equal([]);
  });

  it("contain what an event set: a deleted flow log is restored", async () => {
    const { Vpc } = (await call(stage.root, "ec2", "CreateVpc", { CidrBlock: "10.9.0.0/16" })) as {
      Vpc: { VpcId: string };
    };
    const { FlowLogIds } = (await call(stage.mallory, "ec2", "CreateFlowLogs", {
      ResourceIds: [Vpc.VpcId],
      ResourceType: "VPC",
      TrafficType: "REJECT",
      LogDestinationType: "s3",
      LogDestination: "arn:aws:s3:::baselines-logs",
    })) as { FlowLogIds: string[] };
    const id = String(FlowLogIds[0]);
    const look = await seen("AWS::EC2::FlowLog", id, (state) => state.includes(Vpc.VpcId));
    const flowLogs = async () => {
      const Filter = [{ Name: "resource-id", Values: [Vpc.VpcId] }];
      const { FlowLogs } = await call(stage.root, "ec2", "DescribeFlowLogs", { Filter });
      return (FlowLogs as Answer[]).map(({ FlowLogId: _, CreationTime: __, ...rest }) => rest);
    };
    const before = await flowLogs();
    expect(before).to.have.length(1);
    await laterThan(look.at);
    await call(stage.mallory, "ec2", "DeleteFlowLogs", { FlowLogIds: [id] });
    const alert = await stage.alertOf("vpc-flow-logs-deleted", id);
    expect(alert.outcome, alert.reason).to.equal("fixed");
    expect(await flowLogs()).to.deep.equal(before);
    await stage.rollBack(alert.id);
    expect(await flowLogs()).to.deep.equal([]);
  });

  it("contain what the hourly run saw, triggered by the rule's own input, and not what the attacker set later", async () => {
    const Name = "baselines-trail";
    await call(stage.root, "cloudtrail", "CreateTrail", { Name, S3BucketName: "baselines-logs" });
    const own = {
      EventSelectors: [
        {
          ReadWriteType: "All",
          IncludeManagementEvents: true,
          DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::baselines-early/"] }],
          ExcludeManagementEventSources: [],
        },
      ],
    };
    // Past the recorder, so that no event shows it.
    await call(stage.root, "cloudtrail", "PutEventSelectors", { TrailName: Name, ...own });
    const selectors = async () =>
      (await call(stage.root, "cloudtrail", "GetEventSelectors", { TrailName: Name })).EventSelectors;
    const before = await selectors();

    const Rule = "cloudtrailer-baselines-baselines";
    const { ScheduleExpression, State } = await call(stage.root, "events", "DescribeRule", { Name: Rule });
    expect([ScheduleExpression, State]).to.deep.equal(["rate(1 hour)", "ENABLED"]);
    const { Targets } = await call(stage.root, "events", "ListTargetsByRule", { Rule });
    const [target] = Targets as { Arn: string; Input: string }[];
    expect(target?.Arn).to.equal(stage.stack.outputs.functionArn);
    await call(stage.root, "lambda", "Invoke", {
      FunctionName: target?.Arn,
      InvocationType: "Event",
      Payload: target?.Input,
    });
    const look = await seen("AWS::CloudTrail::Trail", Name, (state) => state.includes("baselines-early"));

    await laterThan(look.at);
    const weak = (ReadWriteType: string) => ({
      TrailName: Name,
      EventSelectors: [{ ReadWriteType, IncludeManagementEvents: true, DataResources: [] }],
    });
    await call(stage.mallory, "cloudtrail", "PutEventSelectors", weak("WriteOnly"));
    await call(stage.mallory, "cloudtrail", "PutEventSelectors", weak("ReadOnly"));
    await eventually("the selectors of before", async () => {
      const now = await selectors();
      return JSON.stringify(now) === JSON.stringify(before) || undefined;
    });
    const [one, two] = [
      await stage.alertOf("cloudtrail-event-selectors-weakened", Name),
      await stage.alertOf("cloudtrail-event-selectors-weakened", Name),
    ];
    expect([one.outcome, two.outcome]).to.include("fixed");
    await call(stage.root, "cloudtrail", "DeleteTrail", { Name });
  });

  it("logs what was read after a notification", async () => {
    const kept = (await stage.entries("notification")).find(({ baselines }) => baselines);
    expect(kept?.baselines).to.deep.include({ passedOver: 0, problems: [] });
  });
});
