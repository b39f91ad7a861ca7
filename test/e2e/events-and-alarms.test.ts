import { expect } from "chai";
import { createCallAws } from "../../handlers/aws/clients";
import type { CallAws } from "../../handlers/aws/call";
import { emulator, eventually } from "./support";

type Answer = Record<string, unknown>;

const account = "111122223333";
const home = "us-west-2";
const away = "us-east-1";

/** Embedded AWS asks for permission where AWS does, so that a stack which works here works there. */
describe("rules and alarms on embedded AWS", () => {
  const busArn = `arn:aws:events:${home}:${account}:event-bus/forwarded`;
  const queueArn = `arn:aws:sqs:${home}:${account}:forwarded`;
  const roleArn = `arn:aws:iam::${account}:role/forwards`;
  let aws: CallAws;
  let QueueUrl: unknown;
  const call = (service: string, operation: string, input: Answer, region = home) =>
    aws({ service, operation, region: service === "iam" ? away : region, input });
  const policy = (Statement: Answer) => JSON.stringify({ Version: "2012-10-17", Statement });
  const trusting = (Service: string) =>
    policy({ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" });

  before(async () => {
    const { endpoint, credentials } = await emulator();
    aws = createCallAws({ endpoint, credentials });
    await call("iam", "CreateRole", {
      RoleName: "forwards",
      AssumeRolePolicyDocument: trusting("events.amazonaws.com"),
    });
    const pattern = { EventPattern: '{"source":["cases"]}' };
    await call("events", "CreateEventBus", { Name: "forwarded" });
    await call("events", "PutRule", { Name: "arrives", EventBusName: "forwarded", ...pattern });
    const Policy = policy({
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: {
        ArnEquals: { "aws:SourceArn": `arn:aws:events:${home}:${account}:rule/forwarded/arrives` },
      },
    });
    ({ QueueUrl } = await call("sqs", "CreateQueue", { QueueName: "forwarded", Attributes: { Policy } }));
    const Targets = [{ Id: "queue", Arn: queueArn }];
    await call("events", "PutTargets", { Rule: "arrives", EventBusName: "forwarded", Targets });
    await call("events", "PutRule", { Name: "forwards", ...pattern }, away);
    const forwarding = [{ Id: "home", Arn: busArn, RoleArn: roleArn }];
    await call("events", "PutTargets", { Rule: "forwards", Targets: forwarding }, away);
  });
  after(async () => {
    await call("events", "DeleteRule", { Name: "forwards" }, away);
    await call("events", "DeleteEventBus", { Name: "forwarded" });
    await call("sqs", "DeleteQueue", { QueueUrl });
    await call("iam", "DeleteRolePolicy", { RoleName: "forwards", PolicyName: "forwards" });
    await call("iam", "DeleteRole", { RoleName: "forwards" });
  });

  /** Puts an event where the forwarding rule is. @returns what has arrived at home: rules are run before the answer */
  async function arrived(detail: string): Promise<{ region: string; detail: unknown }[]> {
    const Entries = [{ Source: "cases", DetailType: "case", Detail: JSON.stringify({ detail }) }];
    await call("events", "PutEvents", { Entries }, away);
    const { Messages = [] } = await call("sqs", "ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
    return (Messages as { Body: string }[]).map(({ Body }) => JSON.parse(Body) as never);
  }
  const maySend = (may: Answer) =>
    call("iam", "PutRolePolicy", {
      RoleName: "forwards",
      PolicyName: "forwards",
      PolicyDocument: policy({ Effect: "Allow", Action: "events:PutEvents", ...may }),
    });

  it("forward to another region only by a role that may, which EventBridge may take", async () => {
    expect(await arrived("without a policy")).to.deep.equal([]);
    await maySend({ Resource: `${busArn}-of-others` });
    expect(await arrived("with a policy for another bus")).to.deep.equal([]);
    await maySend({ Resource: busArn });
    expect(await arrived("as it should be")).to.have.nested.property("[0].detail.detail", "as it should be");
    const trust = (service: string) =>
      call("iam", "UpdateAssumeRolePolicy", { RoleName: "forwards", PolicyDocument: trusting(service) });
    await trust("lambda.amazonaws.com");
    expect(await arrived("by a role that EventBridge may not take")).to.deep.equal([]);
    await trust("events.amazonaws.com");
  });

  it("keep the region in which something happened", async () => {
    const [event] = await arrived("where");
    expect(event?.region).to.equal(away);
  });

  it("do not forward what the bus's own policy refuses, nor to a queue that does not let the rule in", async () => {
    await call("sqs", "SetQueueAttributes", {
      QueueUrl,
      Attributes: {
        Policy: policy({
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queueArn,
          Condition: { ArnEquals: { "aws:SourceArn": `arn:aws:events:${home}:${account}:rule/arrives` } },
        }),
      },
    });
    expect(await arrived("by another rule's permission")).to.deep.equal([]);
  });

  it("are refused with a pattern that is longer than EventBridge takes", async () => {
    const EventPattern = JSON.stringify({ source: ["x".repeat(2_048)] });
    const error = await call("events", "PutRule", { Name: "long", EventPattern }).catch((one: Error) => one);
    expect(error).to.have.property("name", "InvalidEventPatternException");
  });

  it("go off by their own metric's dimensions, and by what missing data is worth", async () => {
    const alarm = {
      Namespace: "cases",
      MetricName: "Failures",
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      TreatMissingData: "notBreaching",
    };
    for (const Value of ["ours", "theirs"])
      await call("cloudwatch", "PutMetricAlarm", {
        ...alarm,
        AlarmName: `cases-${Value}`,
        Dimensions: [{ Name: "team", Value }],
      });
    const MetricData = [
      { MetricName: "Failures", Value: 1, Dimensions: [{ Name: "team", Value: "theirs" }] },
    ];
    await call("cloudwatch", "PutMetricData", { Namespace: "cases", MetricData });
    const states = async () => {
      const { MetricAlarms } = await call("cloudwatch", "DescribeAlarms", { AlarmNamePrefix: "cases-" });
      return (MetricAlarms as { StateValue: string }[]).map(({ StateValue }) => StateValue).join();
    };
    await eventually(
      "the alarm of the one",
      async () => (await states()) === "INSUFFICIENT_DATA,ALARM" || undefined,
    );
    // A new alarm is judged by what is missing after a minute, and the value has left the period by then.
    await eventually("all to be well", async () => (await states()) === "OK,OK" || undefined);
    await call("cloudwatch", "DeleteAlarms", { AlarmNames: ["cases-ours", "cases-theirs"] });
  });
});
