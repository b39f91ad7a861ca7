import type { CallAws } from "../../handlers/aws/call";
import { expect } from "chai";
import type { Alert } from "../../handlers/alerts/alert";
import { createCallAws } from "../../handlers/aws/clients";
import { rollBack } from "../../cli/rollback";
import type { Credentials } from "../../local/emulator";
import { eventually } from "../../local/eventually";
import {
  type Listener,
  listen,
  type LocalStack,
  makeAdministrator,
  startLocalStack,
} from "../../local/stack";
import { emulator, isOfTeam } from "./support";

type Answer = Record<string, unknown>;

describe("baselines of a deployed stack", function () {
  this.timeout(180_000);
  let stack: LocalStack;
  let root: CallAws;
  let keys: Credentials;
  let mallory: CallAws;
  let listener: Listener<Alert>;
  const alerts: Alert[] = [];
  const problems: string[] = [];

  before(async () => {
    const running = await emulator();
    // There before the stack is: only the look at deployment can have seen it.
    const owner = createCallAws({ endpoint: running.endpoint, credentials: running.credentials });
    for (const Bucket of ["baselines-logs", "baselines-early"]) {
      const CreateBucketConfiguration = { LocationConstraint: running.region };
      await owner({
        service: "s3",
        operation: "CreateBucket",
        region: running.region,
        input: { Bucket, CreateBucketConfiguration },
      });
    }
    await owner({
      service: "s3",
      operation: "PutBucketLogging",
      region: running.region,
      input: { Bucket: "baselines-early", BucketLoggingStatus: logging("early/") },
    });
    stack = await startLocalStack({
      team: "baselines",
      mode: "fix",
      emulator: running,
      deliverEveryMs: 500,
      onError: (error) => {
        if (isOfTeam("baselines", error)) problems.push(error.message);
      },
    });
    root = owner;
    keys = await makeAdministrator(running, "mallory-of-baselines");
    mallory = createCallAws({ endpoint: stack.endpoint, credentials: keys });
    listener = await listen<Alert>(stack, String(stack.outputs.alertTopicArn));
  });
  after(async () => {
    await listener?.close();
    await stack?.stop();
    expect(problems).to.deep.equal([]);
  });

  const logging = (TargetPrefix: string) => ({
    LoggingEnabled: { TargetBucket: "baselines-logs", TargetPrefix },
  });
  const call = (aws: CallAws, service: string, operation: string, input: Answer): Promise<Answer> =>
    aws({ service, operation, region: stack.region, input });

  const told = (detection: string, resource: string): Promise<Alert> =>
    eventually(`an alert of ${detection} about ${resource}`, async () => {
      alerts.push(...(await listener.next()));
      const at = alerts.findIndex(
        (alert) => alert.detection === detection && alert.what.resources.some(({ id }) => id === resource),
      );
      return at < 0 ? undefined : alerts.splice(at, 1)[0];
    });

  /** Entries of the function's log about baselines. */
  const entries = async (): Promise<Answer[]> => {
    const { events } = await call(root, "logs", "FilterLogEvents", { logGroupName: stack.outputs.logGroup });
    return (events as { message: string }[])
      .filter(({ message }) => message.includes('"baselines"'))
      .map(({ message }) => JSON.parse(message.trim()) as Answer);
  };

  /** The states of a thing that the table has. */
  const statesOf = async (key: string): Promise<{ at: number; state?: unknown }[]> => {
    const { Item } = await call(root, "dynamodb", "GetItem", {
      TableName: stack.outputs.tableName,
      Key: { id: { S: key } },
    });
    const { history } = (Item ?? {}) as { history?: { S: string } };
    return history === undefined ? [] : (JSON.parse(history.S) as { at: number; state?: unknown }[]);
  };
  const keyOf = (type: string, id: string) => `baseline#${type}#${stack.region}/${id}`;
  const seen = (type: string, id: string, is: (state: string) => boolean) =>
    eventually(`a look at ${id}`, async () => {
      const last = (await statesOf(keyOf(type, id))).at(-1);
      return last?.state !== undefined && is(JSON.stringify(last.state)) ? last : undefined;
    });
  /** Events have whole seconds: one in the second of a look is not after it. */
  const laterThan = (at: number) =>
    eventually("the next second", async () => Date.now() >= (Math.floor(at / 1000) + 1) * 1000 || undefined);

  const rolledBack = async (alert: Alert) =>
    rollBack({
      finding: alert.id,
      why: "a test",
      table: String(stack.outputs.tableName),
      region: stack.region,
      callAws: (userAgent) => createCallAws({ endpoint: stack.endpoint, credentials: keys, userAgent }),
      out: () => {},
    });

  const loggingOf = async (Bucket: string) =>
    (await call(root, "s3", "GetBucketLogging", { Bucket })).LoggingEnabled;

  it("have what was there when the stack was deployed, and a receipt that takes it away again", async () => {
    const look = await seen("AWS::S3::BucketLogging", "baselines-early", (state) => state.includes("early/"));
    await laterThan(look.at);
    const Bucket = "baselines-early";
    const before = await loggingOf(Bucket);
    await call(mallory, "s3", "PutBucketLogging", { Bucket, BucketLoggingStatus: {} });
    const alert = await told("s3-access-logging-disabled", Bucket);
    expect(alert.outcome, alert.reason).to.equal("fixed");
    expect(await loggingOf(Bucket)).to.deep.equal(before);
    await rolledBack(alert);
    expect(await loggingOf(Bucket)).to.equal(undefined);
    const [entry] = (await entries()).filter(({ message }) => message === "baselines");
    expect(entry).to.deep.include({ at: "deployment", notReached: {} });
    // What the emulator has no call for; above all, nothing that the role may not.
    const refused = (entry?.problems as { error: string }[]).map(({ error }) => error);
    expect(
      refused.filter((error) => !/^(?:InvalidAction|UnknownOperation|Unknown)/.test(error)),
    ).to.deep.equal([]);
  });

  it("have what an event set: a deleted flow log comes back as it was", async () => {
    const { Vpc } = (await call(root, "ec2", "CreateVpc", { CidrBlock: "10.9.0.0/16" })) as {
      Vpc: { VpcId: string };
    };
    const { FlowLogIds } = (await call(mallory, "ec2", "CreateFlowLogs", {
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
      const { FlowLogs } = await call(root, "ec2", "DescribeFlowLogs", { Filter });
      return (FlowLogs as Answer[]).map(({ FlowLogId: _, CreationTime: __, ...rest }) => rest);
    };
    const before = await flowLogs();
    expect(before).to.have.length(1);
    await laterThan(look.at);
    await call(mallory, "ec2", "DeleteFlowLogs", { FlowLogIds: [id] });
    const alert = await told("vpc-flow-logs-deleted", id);
    expect(alert.outcome, alert.reason).to.equal("fixed");
    expect(await flowLogs()).to.deep.equal(before);
    await rolledBack(alert);
    expect(await flowLogs()).to.deep.equal([]);
  });

  it("have what the schedule saw, by the rule's own input, and not what the attacker set after", async () => {
    const Name = "baselines-trail";
    await call(root, "cloudtrail", "CreateTrail", { Name, S3BucketName: "baselines-logs" });
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
    // Past the recorder: no event tells of it.
    await call(root, "cloudtrail", "PutEventSelectors", { TrailName: Name, ...own });
    const selectors = async () =>
      (await call(root, "cloudtrail", "GetEventSelectors", { TrailName: Name })).EventSelectors;
    const before = await selectors();

    const Rule = "cloudtrailer-baselines-baselines";
    const { ScheduleExpression, State } = await call(root, "events", "DescribeRule", { Name: Rule });
    expect([ScheduleExpression, State]).to.deep.equal(["rate(1 hour)", "ENABLED"]);
    const { Targets } = await call(root, "events", "ListTargetsByRule", { Rule });
    const [target] = Targets as { Arn: string; Input: string }[];
    expect(target?.Arn).to.equal(stack.outputs.functionArn);
    await call(root, "lambda", "Invoke", {
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
    await call(mallory, "cloudtrail", "PutEventSelectors", weak("WriteOnly"));
    await call(mallory, "cloudtrail", "PutEventSelectors", weak("ReadOnly"));
    await eventually("the selectors of before", async () => {
      const now = await selectors();
      return JSON.stringify(now) === JSON.stringify(before) || undefined;
    });
    const [one, two] = [
      await told("cloudtrail-event-selectors-weakened", Name),
      await told("cloudtrail-event-selectors-weakened", Name),
    ];
    expect([one.outcome, two.outcome]).to.include("fixed");
  });

  it("tells in the log what was looked at after a notification", async () => {
    const kept = (await entries()).find(({ message, baselines }) => message === "notification" && baselines);
    expect(kept?.baselines).to.deep.include({ passedOver: 0, problems: [] });
  });
});
