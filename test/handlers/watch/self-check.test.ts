import { expect } from "chai";
import type { Difference } from "../../../handlers/alerts/summaries";
import { ownPartActions, ownPartsOf } from "../../../handlers/watch/own-parts";
import { createSelfCheck } from "../../../handlers/watch/self-check";
import {
  account,
  aMinuteLater,
  type Answers,
  awsError,
  fakeAws,
  someSettings,
} from "../../support/factories";
import { aTable } from "../../support/memory-dynamodb";
import { problemsOfCall } from "../../support/service-model";

const arn = (service: string, resource: string, region = "us-west-2") =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
const settings = someSettings({
  context: {
    ...someSettings().context,
    trail: { name: "cloudtrailer-red", arn: arn("cloudtrail", "trail/cloudtrailer-red") },
    ownResources: [
      arn("lambda", "function:cloudtrailer-red"),
      arn("iam", "role/cloudtrailer-lambda-role-red", ""),
      arn("dynamodb", "table/findings-red"),
      arn("sns", "cloudtrail-logs-red"),
      arn("sns", "security-alerts-red"),
      arn("sqs", "cloudtrailer-failures-red"),
      arn("events", "rule/cloudtrailer-schedule-red"),
      arn("logs", "log-group:/aws/lambda/cloudtrailer-red"),
    ],
  },
});

describe("the self-check", () => {
  /** Everything answers, and only what is asked for. */
  const sound: Answers = Object.fromEntries(
    ownPartsOf(settings).flatMap(({ looks }) =>
      looks.map(({ call }) => [`${call.service}:${call.operation}`, {}]),
    ),
  );

  function prepare() {
    const table = aTable();
    const alerts: Difference[][] = [];
    const answers: Answers = {
      ...sound,
      ...table.answers,
      "cloudtrail:GetTrailStatus": { IsLogging: true },
      "sns:ListSubscriptionsByTopic": { Subscriptions: [{ Protocol: "lambda", Endpoint: "the function" }] },
    };
    const { aws } = fakeAws(answers);
    const selfCheck = createSelfCheck({
      settings,
      aws,
      alertDifferences: async (differences) => void alerts.push(differences),
      now: () => aMinuteLater,
    });
    return { selfCheck, answers, alerts };
  }

  it("reads every part, by calls that AWS knows, with the permissions that it declares", () => {
    const parts = ownPartsOf(settings);
    expect(parts.map(({ name }) => name.split(" ")[0])).to.deep.equal([
      "trail",
      "bucket",
      "topic",
      "topic",
      "function",
      "role",
      "table",
      "queue",
      "rule",
    ]);
    const calls = parts.flatMap(({ looks }) => looks.map(({ call }) => call));
    expect(calls.flatMap(problemsOfCall)).to.deep.equal([]);
    expect(new Set(calls.map(({ service, operation }) => `${service}:${operation}`)).size).to.be.at.most(
      ownPartActions.length,
    );
  });

  it("is quiet while everything is as a deployment left it", async () => {
    const { selfCheck, alerts } = prepare();
    await selfCheck.declare();
    expect(await selfCheck.checkAndReport()).to.deep.equal([]);
    expect(alerts).to.deep.equal([]);
  });

  it("reports a difference once, again when it changes, and when it is gone", async () => {
    const { selfCheck, answers, alerts } = prepare();
    await selfCheck.declare();
    answers["sns:ListSubscriptionsByTopic"] = { Subscriptions: [] };
    for (let hour = 0; hour < 3; hour++) await selfCheck.checkAndReport();
    expect(alerts).to.have.length(1);
    expect(alerts[0]?.map(({ part, by }) => `${part} ${by}`)).to.deep.equal([
      "topic cloudtrail-logs-red ListSubscriptionsByTopic",
      "topic security-alerts-red ListSubscriptionsByTopic",
    ]);
    answers["cloudtrail:GetTrailStatus"] = { IsLogging: false };
    await selfCheck.checkAndReport();
    expect(alerts[1]).to.deep.include({
      part: "trail cloudtrailer-red",
      by: "GetTrailStatus",
      declared: '{"IsLogging":true}',
      found: '{"IsLogging":false}',
    });
    Object.assign(answers, {
      "cloudtrail:GetTrailStatus": { IsLogging: true },
      "sns:ListSubscriptionsByTopic": { Subscriptions: [{ Protocol: "lambda", Endpoint: "the function" }] },
    });
    await selfCheck.checkAndReport();
    expect(alerts[2]).to.deep.equal([]);
    await selfCheck.checkAndReport();
    expect(alerts).to.have.length(3);
  });

  it("treats what it may no longer read, or what is gone, as a difference", async () => {
    const { selfCheck, answers } = prepare();
    await selfCheck.declare();
    answers["iam:GetRole"] = () => {
      throw awsError("AccessDenied");
    };
    answers["lambda:GetPolicy"] = () => {
      throw awsError("ResourceNotFoundException");
    };
    expect((await selfCheck.check()).map(({ by, found }) => [by, found])).to.deep.equal([
      ["GetPolicy", '"(none)"'],
      ["GetRole", '"(not readable: AccessDenied)"'],
    ]);
  });

  it("says that nothing can be compared if no deployment has left anything", async () => {
    const { selfCheck, alerts } = prepare();
    await selfCheck.checkAndReport();
    expect(alerts[0]?.[0]).to.include({ part: "self-check", by: "deployment" });
  });

  it("throws passing errors, and reports again what could not be reported", async () => {
    const { selfCheck, answers } = prepare();
    await selfCheck.declare();
    answers["iam:GetRole"] = () => {
      throw awsError("ServiceUnavailable");
    };
    const error = await selfCheck.check().catch((reason: Error) => reason);
    expect(String(error)).to.match(/ServiceUnavailable/);
  });
});
