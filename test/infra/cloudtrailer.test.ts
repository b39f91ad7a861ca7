import { expect } from "chai";
import { decodeSettings } from "../../handlers/settings";
import { type Stack, stack } from "./stack";

describe("the component in somebody else's program", () => {
  let made: Stack;
  before(async () => {
    made = await stack({}, { program: require.resolve("./programs/two-teams") });
  });

  it("is there twice, with names in Pulumi and AWS that do not collide", () => {
    const ofComponents = made.resources.filter(({ type }) => type === "cloudtrailer:index:Cloudtrailer");
    expect(ofComponents.map(({ name }) => name)).to.deep.equal(["payments", "shop"]);
    const urns = made.resources.map(({ type, name }) => `${type} ${name}`);
    expect(urns).to.deep.equal([...new Set(urns)]);
    for (const name of made.resources.map((one) => one.name))
      expect(name).to.match(/^(?:payments|shop)(?:-|$)|^ireland$/);
    const functions = made.resources.filter(({ type }) => type === "aws:lambda/function:Function");
    expect(functions.map(({ inputs }) => inputs.name)).to.have.members([
      "cloudtrailer-payments",
      "cloudtrailer-shop",
    ]);
  });

  it("takes its arguments as the project's own program takes its configuration", () => {
    const { environment } = made.the("aws:lambda/function:Function", "payments-detector").inputs as {
      environment: { variables: Record<string, string> };
    };
    expect(decodeSettings(environment.variables.CLOUDTRAILER_SETTINGS)).to.deep.include({
      team: "payments",
      mode: "plan",
      maxFixesPerHour: 3,
      detections: { "cloudtrail-logging-stopped": { mode: "fix" } },
    });
    const { endpoint } = made.the(
      "aws:sns/topicSubscription:TopicSubscription",
      "payments-alerts-email-1",
    ).inputs;
    expect(endpoint).to.equal("you@example.com");
    expect(made.the("aws:cloudtrail/trail:Trail", "shop-trail").inputs.isMultiRegionTrail).to.equal(false);
  });

  it("has outputs for what the program makes beside it", () => {
    const topic = (team: string) => `arn:aws:sns:us-west-2:111122223333:security-alerts-${team}`;
    expect(made.outputs.alertTopics).to.deep.equal([topic("payments"), topic("shop")]);
    expect(made.outputs.eventsTopics).to.deep.equal([false, true]);
  });

  it("names every wrong argument in one error", async () => {
    const error = await stack({}, { program: require.resolve("./programs/wrong") }).then(
      () => "",
      ({ message }: Error) => message,
    );
    for (const key of ["security:team", "security:mode", "security:maxFixesPerHour"])
      expect(error).to.include(key);
  });
});
