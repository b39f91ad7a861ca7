import { expect } from "chai";
import { linesOf } from "../../../cli/alert";
import { testAlerts, type TestAlertsOptions } from "../../../cli/alert/test-alerts";
import type { CallAws } from "../../../handlers/aws/call";
import { account, type Answers, fakeAws, region } from "../../support/factories";
import { problemsOfCall } from "../../support/service-model";

const bus = "cloudtrailer-findings-red";
const id = "test 2026-05-04T10:00:00.000Z";
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
const ruleArn = (rule: string) => arn("events", `rule/${bus}/${rule}`);
const payload = (tried: object) => ({ Payload: Buffer.from(JSON.stringify(tried)) });

/** Two subscribers of the topic, and five behind the bus, each with another fate. */
const answers: Answers = {
  "sns:ListSubscriptionsByTopic": {
    Subscriptions: [
      { Protocol: "email", Endpoint: "a@example.com", SubscriptionArn: arn("sns", "alerts:1") },
      { Protocol: "email", Endpoint: "b@example.com", SubscriptionArn: "PendingConfirmation" },
      { Protocol: "sqs", Endpoint: arn("sqs", "inbox"), SubscriptionArn: arn("sns", "alerts:2") },
      { Protocol: "https", Endpoint: "https://x.example.com/a-key", SubscriptionArn: arn("sns", "alerts:3") },
    ],
  },
  "events:ListRules": {
    Rules: ["arrives", "fails", "hangs", "is-off", "own", "room-arrives"].map((Name) => ({
      Name,
      Arn: ruleArn(Name),
      State: Name === "is-off" ? "DISABLED" : "ENABLED",
    })),
  },
  "events:ListTargetsByRule": ({ Rule }) => ({
    Targets: [
      ...(Rule === "own" ? [{ Id: "own", Arn: arn("sqs", "own") }] : []),
      ...(Rule === "room-arrives" ? [{ Id: "chat", Arn: arn("sns", "cloudtrailer-chat-red--room") }] : []),
      ...(Rule === "own" || Rule === "room-arrives"
        ? []
        : [{ Id: "slack", Arn: arn("events", `api-destination/${bus}.${String(Rule)}/1`) }]),
    ],
  }),
  "lambda:Invoke": payload({ alert: { id } }),
  "sqs:GetQueueUrl": { QueueUrl: "https://sqs.example/queue" },
  "sqs:ReceiveMessage": {
    Messages: [
      { MessageId: "1", Body: "another finding", MessageAttributes: said("RULE_ARN", ruleArn("hangs")) },
      {
        MessageId: "2",
        Body: JSON.stringify({ detail: { message: id } }),
        MessageAttributes: {
          ...said("RULE_ARN", ruleArn("fails")),
          ...said("ERROR_CODE", "SDK_CLIENT_ERROR"),
          ...said("ERROR_MESSAGE", "HTTP status 403"),
        },
      },
    ],
  },
  "cloudwatch:GetMetricStatistics": ({ Dimensions }) => ({
    Datapoints: JSON.stringify(Dimensions).includes("arrives") ? [{ Sum: 1 }] : [],
  }),
};

function said(name: string, StringValue: string) {
  return { [name]: { DataType: "String", StringValue } };
}

function prepare(own: Answers = {}, more: Partial<TestAlertsOptions> = {}) {
  let clock = Date.parse("2026-05-04T10:00:30Z");
  const { aws, calls } = fakeAws({ ...answers, ...own });
  const options: TestAlertsOptions = {
    alertTopicArn: arn("sns", "alerts"),
    findingsBus: bus,
    function: "cloudtrailer-red",
    region,
    waitMs: 20_000,
    aws: aws as CallAws,
    now: () => clock,
    pause: async (ms) => void (clock += ms),
    ...more,
  };
  return { options, calls };
}

describe("a test alert", () => {
  it("says of each subscriber what became of it, as far as AWS knows", async () => {
    const { options, calls } = prepare();
    const reached = await testAlerts(options);
    expect(reached.id).to.equal(id);
    expect(reached.receipts.map(({ subscriber, state }) => `${subscriber}: ${state}`)).to.deep.equal([
      "email a@example.com: unknowable",
      "email b@example.com: unconfirmed",
      "sqs inbox: accepted",
      "https x.example.com: accepted",
      "arrives: delivered",
      "fails: dead-lettered",
      "hangs: accepted",
      "is-off: off",
      "room-arrives: unknowable",
    ]);
    expect(reached.receipts.at(-1)?.says).to.match(/^its topic has it/);
    expect(reached.receipts[5]?.says).to.equal("SDK_CLIENT_ERROR: HTTP status 403");
    const problems = calls.flatMap((call) => problemsOfCall(call));
    // These calls are made at once, and kept nowhere.
    expect(problems.filter((problem) => !/a timestamp cannot be kept/.test(problem))).to.deep.equal([]);
    const [counted] = calls.filter(({ operation }) => operation === "GetMetricStatistics");
    expect(counted?.input.StartTime, "AWS counts by the minute").to.deep.equal(
      new Date("2026-05-04T10:00:00Z"),
    );
  });

  it("asks the function to send it to everybody", async () => {
    const { options, calls } = prepare();
    await testAlerts(options);
    const [invoked] = calls.filter(({ operation }) => operation === "Invoke");
    expect(JSON.parse(Buffer.from(String(invoked?.input.Payload), "base64").toString())).to.deep.equal({
      cloudtrailer: "try",
      everybody: true,
    });
  });

  it("does not wait when everything is known, nor for a bus that took nothing", async () => {
    const arrived = prepare({ "cloudwatch:GetMetricStatistics": { Datapoints: [{ Sum: 2 }] } });
    arrived.options.pause = () => Promise.reject(new Error("expected no waiting"));
    await testAlerts(arrived.options);

    const undelivered = "AccessDeniedException: explicit deny";
    const denied = prepare({ "lambda:Invoke": payload({ alert: { id, undelivered } }) });
    const { receipts } = await testAlerts(denied.options);
    expect(
      receipts.filter(({ state }) => state === "refused").map(({ subscriber }) => subscriber),
    ).to.deep.equal(["arrives", "fails", "hangs", "is-off", "room-arrives"]);
    expect(receipts.at(-1)?.says).to.include(undelivered);
  });

  it("is of no use without a function that publishes it", async () => {
    for (const [answer, expected] of [
      [payload({ alert: { id, problem: "AccessDenied" } }), /published no alert: AccessDenied/],
      [{ ...payload({ errorMessage: "boom" }), FunctionError: "Unhandled" }, /failed: .*boom/],
      [payload({ accepted: false }), /deploy this version first/],
    ] as const) {
      const { options } = prepare({ "lambda:Invoke": answer });
      let problem = "";
      await testAlerts(options).catch((error: Error) => (problem = error.message));
      expect(problem).to.match(expected);
    }
  });

  it("needs no bus", async () => {
    const { options, calls } = prepare({}, { findingsBus: "" });
    expect((await testAlerts(options)).receipts).to.have.length(4);
    expect(calls.map(({ service }) => service)).not.to.include("events");
  });

  it("is shown as a table", async () => {
    const { options } = prepare();
    const lines = linesOf(await testAlerts(options), { width: 100 });
    expect(lines[0]).to.include(id);
    for (const line of lines) expect(line.length).to.be.at.most(100);
    expect(lines.find((line) => line.startsWith("fails"))).to.match(/dead-lettered +SDK_CLIENT_ERROR/);
    expect(linesOf({ id, receipts: [] }, {})[0]).to.match(/nobody is subscribed/);
  });
});
