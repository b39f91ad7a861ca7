import { expect } from "chai";
import { eventsCome } from "../../../cli/doctor/events";
import type { Found, Patient } from "../../../cli/doctor/step";
import { account, type Answers, awsError, fakeAws, someSettings } from "../../support/factories";

describe("doctor on the fast path", () => {
  const topicArn = `arn:aws:sns:us-west-2:${account}:cloudtrailer-events-red`;
  const functionArn = `arn:aws:lambda:us-west-2:${account}:function:cloudtrailer-red`;
  const names = ["cloudtrailer-events-red.changes-1", "cloudtrailer-events-red.forged"];
  const whole: Answers = {
    "events:ListRules": () => ({ Rules: names.map((Name) => ({ Name, State: "ENABLED" })) }),
    "events:ListTargetsByRule": () => ({
      Targets: [{ Id: "home", Arn: `arn:aws:events:us-west-2:${account}:event-bus/cloudtrailer-events-red` }],
    }),
    "sns:ListSubscriptionsByTopic": () => ({ Subscriptions: [{ Endpoint: functionArn }] }),
    "lambda:GetPolicy": () => ({
      Policy: JSON.stringify({
        Statement: {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "lambda:InvokeFunction",
          Resource: functionArn,
          Condition: { ArnLike: { "AWS:SourceArn": topicArn } },
        },
      }),
    }),
  };
  async function examined(
    answers: Answers = {},
    events: object | null = { topicArn, regions: ["us-west-2", "us-east-1"] },
  ) {
    const { aws, calls } = fakeAws({ ...whole, ...answers });
    const settings = {
      ...someSettings({ region: "us-west-2" }),
      ...(events === null ? {} : { events }),
    };
    const found = await eventsCome.run({ settings, aws, functionArn, topicArn: "" } as unknown as Patient);
    return { found, calls };
  }
  const wrongs = (found: Found[]) => found.filter(({ state }) => state === "wrong");

  it("says that a stack without it hears of everything by log files", async () => {
    const { found } = await examined({}, null);
    expect(found.map(({ state, what }) => `${state}: ${what}`)).to.deep.equal([
      "ok: no: every record comes in a log file, after minutes (cloudtrailer:fast is none)",
    ]);
  });

  it("finds it whole, and says what only log files bring", async () => {
    const { found, calls } = await examined();
    expect(found.map(({ state }) => state)).to.deep.equal(found.map(() => "ok"));
    expect(found.map(({ what }) => what)).to.include(
      "us-east-1 sends to the bus cloudtrailer-events-red in us-west-2",
    );
    expect(found.at(-2)?.what).to.match(/in other regions than us-west-2 and us-east-1$/);
    expect(found.at(-1)?.what).to.match(/calls of \d+ detections,/);
    const asked = calls.filter(({ operation }) => operation === "ListRules").map(({ region }) => region);
    expect(asked).to.deep.equal(["us-west-2", "us-east-1"]);
  });

  for (const [title, answers, what] of [
    [
      "no rules in a region",
      { "events:ListRules": () => ({ Rules: [] }) },
      /^there are no rules .* in us-west-2/,
    ],
    [
      "a rule that is disabled",
      {
        "events:ListRules": () => ({
          Rules: [
            { Name: names[0], State: "DISABLED" },
            { Name: names[1], State: "ENABLED" },
          ],
        }),
      },
      /changes-1 in us-west-2 is disabled$/,
    ],
    [
      "a rule that sends elsewhere",
      {
        "events:ListTargetsByRule": () => ({
          Targets: [{ Arn: "arn:aws:events:us-west-2:999988887777:event-bus/theirs" }],
        }),
      },
      /do not send to the bus cloudtrailer-events-red/,
    ],
    [
      "a function that is not subscribed",
      { "sns:ListSubscriptionsByTopic": () => ({ Subscriptions: [] }) },
      /not subscribed/,
    ],
    [
      "a function whose policy refuses the topic",
      { "lambda:GetPolicy": () => ({}) },
      /does not let .*cloudtrailer-events-red/,
    ],
  ] as [string, Answers, RegExp][])
    it(`finds ${title}, with what fixes it`, async () => {
      const [first] = wrongs((await examined(answers)).found);
      expect(first?.what).to.match(what);
      expect(first?.repair).to.have.property("say");
    });

  it("says what it may not see", async () => {
    const denied = () => {
      throw awsError("AccessDeniedException", "no");
    };
    const { found } = await examined({ "events:ListRules": denied });
    expect(found[0]).to.deep.include({ state: "unknown" });
  });
});
