import { expect } from "chai";
import type { CloudTrailRecord } from "../../handlers/cloudtrail/record";
import { ownPartChanged } from "../../handlers/detections/own/own-part-changed";
import { ownPartsIn } from "../../handlers/detections/readers/own-parts";
import { detections } from "../../handlers/detections/index";
import { checkConfig } from "../../infra/config";
import type { Config } from "../../infra/config-keys";
import { namesOf } from "../../infra/names";
import { settingsOf } from "../../infra/settings";
import {
  awayRuleOf,
  maxPattern,
  partParameters,
  patternOf,
  publishingRules,
  tooLongPatterns,
  transformerOf,
  watchedGroups,
  watchRuleOf,
} from "../../infra/watch-rules";
import { widestPlace } from "../../policies/document";
import { openServiceModels, shapeOf } from "../../local/recorder/service-models";
import { botocoreData } from "../../local/emulator";
import { account, aRecord, region } from "../support/factories";
import { matches } from "./event-pattern";

const place = { partition: "aws", region, account };
const names = namesOf("red", {});
const arn = (service: string, resource: string, where = region) =>
  `arn:aws:${service}:${where}:${account}:${resource}`;
const config = configOf({
  "cloudtrailer:history": "true",
  "cloudtrailer:subscribers": JSON.stringify([
    { protocol: "chat", name: "security", slackTeam: "T0123456789", slackChannel: "C0123456789" },
  ]),
});

function configOf(values: Record<string, string>): Config {
  const { config: checked, problems } = checkConfig(
    {
      project: "cloudtrailer",
      values: { "cloudtrailer:team": "red", ...values },
      secrets: [],
    },
    { now: Date.now(), catalogue: detections },
  );
  if (checked === undefined) throw new Error(JSON.stringify(problems));
  return checked;
}

/** How each service's calls name the part that they are about, by the parameter's name. */
const named: Record<string, Record<string, unknown>> = {
  cloudtrail: { name: names.trail, trailName: arn("cloudtrail", `trail/${names.trail}`) },
  dynamodb: { tableName: names.table, resourceArn: arn("dynamodb", `table/${names.table}`) },
  events: { name: `${names.watch}.sight`, rule: names.schedule, eventBusName: names.watch },
  cloudformation: { stackName: `${names.chat}--security` },
  iam: { roleName: names.role, policyArn: arn("iam", `policy/${names.role}-remediations-1`, "") },
  lambda: {
    functionName: `${account}:function:${names.function}`,
    resourceArn: arn("lambda", `function:${names.function}`),
  },
  logs: {
    logGroupName: `/aws/lambda/${names.function}`,
    logGroupIdentifier: arn("logs", `log-group:/aws/lambda/${names.function}`),
    resourceIdentifier: arn("logs", `log-group:/aws/lambda/${names.function}`),
  },
  monitoring: {
    alarmName: `${names.watch}.silence`,
    alarmNames: ["others", `${names.watch}.errors`],
    muteTargets: { alarmNames: [`${names.watch}.errors`] },
  },
  s3: { bucketName: names.bucket },
  sns: {
    topicArn: arn("sns", names.alertTopic),
    subscriptionArn: `${arn("sns", names.logTopic)}:0f3a4d52-1c5b-4d5e-9d1e-3f2a1b0c9d8e`,
    resourceArn: arn("sns", names.watch),
  },
  sqs: {
    queueUrl: `https://sqs.${region}.amazonaws.com/${account}/${names.failureQueue}`,
    sourceArn: arn("sqs", names.failureQueue),
  },
  states: {
    stateMachineArn: arn("states", `stateMachine:${names.history}`),
    resourceArn: arn("states", `stateMachine:${names.history}`),
  },
};

/** As EventBridge hands over what CloudTrail records. */
function eventOf(own: Partial<CloudTrailRecord>) {
  const { managementEvent = true, ...detail } = aRecord(own);
  const source = `aws.${String(detail.eventSource).split(".")[0]}`;
  return {
    source,
    "detail-type": "AWS API Call via CloudTrail",
    account,
    detail: { ...detail, managementEvent },
  };
}

function call(
  service: string,
  eventName: string,
  requestParameters: unknown,
  own: Partial<CloudTrailRecord> = {},
) {
  return { eventSource: `${service}.amazonaws.com`, eventName, requestParameters, ...own };
}

function reportedBy(own: Partial<CloudTrailRecord>, away = place): string[] {
  return watchedGroups
    .filter((group) => matches(patternOf(group, names, away), eventOf(own)))
    .map(({ id }) => id);
}

describe("the patterns of the second path", () => {
  const models = openServiceModels(botocoreData());
  const folders: Record<string, string> = { monitoring: "cloudwatch", states: "stepfunctions" };
  /** Operations whose event has another name. */
  const operations: Record<string, string> = {
    DeleteBucketPublicAccessBlock: "DeletePublicAccessBlock",
    PutBucketLifecycle: "PutBucketLifecycleConfiguration",
    PutBucketNotification: "PutBucketNotificationConfiguration",
    PutBucketPublicAccessBlock: "PutPublicAccessBlock",
  };

  const ofFamily = (service: string) => (service === "cloudformation" ? ["stackName"] : []);
  /** Amazon Q's own calls are in regions that the stack need not be in: the function reports them, from log files. */
  const watched = ownPartChanged.events.filter((event) => !event.startsWith("chatbot:"));

  /** Parameters of an event by which the call can name a part, by AWS's model of the service. */
  function parametersOf(event: string): string[] {
    const [service = "", eventName = ""] = event.split(":");
    const model = models.load(folders[service] ?? service);
    const operation = model.operations[operations[eventName] ?? eventName];
    if (operation?.input === undefined) throw new Error(`expected an operation for ${event}`);
    const members = Object.keys(shapeOf(model, operation.input).members ?? {}).map((member) =>
      service === "s3" && member === "Bucket"
        ? "bucketName"
        : member.charAt(0).toLowerCase() + member.slice(1),
    );
    return [...Object.keys(partParameters[service] ?? {}), ...ofFamily(service)]
      .map((path) => path.split(".")[0] ?? path)
      .filter((parameter) => members.includes(parameter));
  }

  for (const event of watched)
    it(`report ${event}, as the function does, by each parameter that can name the part`, () => {
      const [service = "", eventName = ""] = event.split(":");
      const parameters = parametersOf(event);
      expect(parameters).not.to.deep.equal([]);
      for (const parameter of parameters) {
        const record = call(
          service,
          eventName,
          { [parameter]: named[service]?.[parameter] },
          { readOnly: false },
        );
        expect(reportedBy(record), parameter).not.to.deep.equal([]);
        const context = { ...settingsOf(config, place).context, account };
        expect(ownPartsIn(aRecord(record), context), parameter).not.to.deep.equal([]);
      }
    });

  it("report a call that is not known yet, and one by whichever name the function has", () => {
    for (const functionName of [
      names.function,
      `${names.function}:7`,
      `${account}:function:${names.function}:live`,
      arn("lambda", `function:${names.function}`),
      arn("lambda", `function:${names.function}:$LATEST`),
    ])
      expect(
        reportedBy(call("lambda", "PutFunctionWhatever20290101", { functionName })),
        functionName,
      ).to.deep.equal(["function"]);
  });

  it("report a role by its name in whatever case, which IAM does not distinguish", () => {
    const context = { ...settingsOf(config, place).context, account };
    for (const [name, rule] of [
      [names.role, "role"],
      [names.findingsBus, "people"],
      [names.events, "events"],
      [names.history, "hunters"],
      [`${names.chat}--security`, "chat"],
    ] as const) {
      const record = call("iam", "PutRolePolicy", { roleName: name.toUpperCase() }, { readOnly: false });
      expect(reportedBy(record), name).to.deep.equal([rule]);
      expect(ownPartsIn(aRecord(record), context), name).to.have.length(1);
    }
    // Others do distinguish it.
    expect(
      reportedBy(call("lambda", "UpdateFunctionCode", { functionName: "CLOUDTRAILER-RED" })),
    ).to.deep.equal([]);
  });

  it("say by their rule what a loss means", () => {
    expect(
      reportedBy(call("sns", "Unsubscribe", { subscriptionArn: `${arn("sns", names.logTopic)}:1` })),
    ).to.deep.equal(["sight"]);
    expect(
      reportedBy(call("sns", "Unsubscribe", { subscriptionArn: `${arn("sns", names.alertTopic)}:1` })),
    ).to.deep.equal(["alerts"]);
    expect(reportedBy(call("events", "DisableRule", { name: names.schedule }))).to.deep.equal(["function"]);
    expect(reportedBy(call("events", "DisableRule", { name: names.dueFixes }))).to.deep.equal(["delays"]);
    expect(reportedBy(call("events", "DisableRule", { name: `${names.watch}.role` }))).to.deep.equal([
      "watch",
    ]);
    const { findingsBus } = names;
    const passing: [event: string, parameters: object][] = [
      ["DisableRule", { name: "slack-1", eventBusName: findingsBus }],
      ["DeleteRule", { name: "slack-1", eventBusName: arn("events", `event-bus/${findingsBus}`) }],
      ["UpdateConnection", { name: `${findingsBus}.slack-1` }],
      ["DeleteApiDestination", { name: `${findingsBus}.slack-1` }],
    ];
    for (const [event, parameters] of passing)
      expect(reportedBy(call("events", event, parameters)), event).to.deep.equal(["people"]);
  });

  it("leave out what changes nothing, failed, is another's, or data", () => {
    const stop = call("cloudtrail", "StopLogging", { name: names.trail });
    expect(reportedBy(stop)).to.deep.equal(["sight"]);
    expect(reportedBy({ ...stop, readOnly: true })).to.deep.equal([]);
    expect(reportedBy({ ...stop, errorCode: "AccessDenied" })).to.deep.equal([]);
    expect(reportedBy({ ...stop, managementEvent: false })).to.deep.equal([]);
    expect(reportedBy(call("cloudtrail", "StopLogging", { name: "cloudtrailer-blue" }))).to.deep.equal([]);
    expect(
      reportedBy(call("events", "DisableRule", { name: "cloudtrailer-watch-red-hat.role" })),
      "a team whose name begins with this one's",
    ).to.deep.equal([]);
  });

  it("report what posts to chat rooms, whichever room, and not the answers of a room's own role", () => {
    const name = `${names.chat}--security`;
    const resourceArn = arn("sns", name);
    const calls: [service: string, event: string, parameters: object][] = [
      ["sns", "SetTopicAttributes", { topicArn: resourceArn }],
      ["sns", "Unsubscribe", { subscriptionArn: `${resourceArn}:0f3a4d52-1c5b-4d5e-9d1e-3f2a1b0c9d8e` }],
      ["iam", "UpdateAssumeRolePolicy", { roleName: name }],
      ["iam", "CreatePolicyVersion", { policyArn: arn("iam", `policy/${name}`, "") }],
      ["cloudformation", "UpdateStack", { stackName: name }],
      ["cloudformation", "DeleteStack", { stackName: `${arn("cloudformation", `stack/${name}`)}/0f3a` }],
    ];
    for (const [service, event, parameters] of calls) {
      expect(reportedBy(call(service, event, parameters)), event).to.deep.equal(["chat"]);
      const others = JSON.parse(JSON.stringify(parameters).replaceAll("red--", "red-hat--")) as object;
      expect(reportedBy(call(service, event, others)), `${event} of another team`).to.deep.equal([]);
    }
    const by = (role: string) => ({
      userIdentity: { type: "AssumedRole", arn: `arn:aws:sts::${account}:assumed-role/${role}/alice` },
    });
    const answer = call("sns", "TagResource", { resourceArn });
    expect(reportedBy({ ...answer, ...by(name) })).to.deep.equal([]);
    expect(reportedBy({ ...answer, ...by("Administrators") })).to.deep.equal(["chat"]);
  });

  it("report what hunts consist of by two rules, and not the hunts themselves", () => {
    const machine = { stateMachineArn: arn("states", `stateMachine:${names.history}`) };
    const reported = (service: string, event: string, parameters: object) =>
      reportedBy(call(service, event, parameters));
    expect(reported("states", "UpdateStateMachine", machine)).to.deep.equal(["history"]);
    expect(reported("states", "StartExecution", machine)).to.deep.equal([]);
    expect(reported("lambda", "UpdateFunctionCode", { functionName: names.history })).to.deep.equal([
      "history",
    ]);
    expect(reported("s3", "PutBucketPolicy", { bucketName: names.reports })).to.deep.equal(["history"]);
    for (const roleName of [names.history, `${names.history}-states`])
      expect(reported("iam", "AttachRolePolicy", { roleName }), roleName).to.deep.equal(["hunters"]);
  });

  it("leave out what the function itself does in a fix, and nothing else that its role does", () => {
    const by = (session: string) => ({
      userIdentity: {
        type: "AssumedRole",
        arn: `arn:aws:sts::${account}:assumed-role/${names.role}/${session}`,
      },
    });
    const start = call("cloudtrail", "StartLogging", { name: names.trail });
    expect(reportedBy({ ...start, ...by(names.function) })).to.deep.equal([]);
    expect(reportedBy({ ...start, ...by("elsewhere") })).to.deep.equal(["sight"]);
    const weaken = call("dynamodb", "PutResourcePolicy", {
      resourceArn: arn("dynamodb", `table/${names.table}`),
    });
    expect(reportedBy({ ...weaken, ...by(names.function) }), "no fix does this").to.deep.equal(["memory"]);
    expect(reportedBy({ ...start, userIdentity: { type: "AWSService" } }), "without an ARN").to.deep.equal([
      "sight",
    ]);
  });

  it("report the role in other hands", () => {
    const roleArn = arn("iam", `role/${names.role}`, "");
    const assume = call("sts", "AssumeRole", { roleArn, roleSessionName: "x" }, { readOnly: true });
    expect(reportedBy(assume)).to.deep.equal(["role"]);
    const lambda = { userIdentity: { type: "AWSService", invokedBy: "lambda.amazonaws.com" } };
    expect(reportedBy({ ...assume, ...lambda })).to.deep.equal([]);
    expect(
      reportedBy({ ...assume, userIdentity: { type: "AWSService", invokedBy: "ec2.amazonaws.com" } }),
    ).to.deep.equal(["role"]);
    expect(
      reportedBy(call("lambda", "CreateFunction20150331", { functionName: "other", role: roleArn })),
    ).to.deep.equal(["role"]);
    expect(reportedBy(call("states", "CreateStateMachine", { name: "x", roleArn }))).to.deep.equal(["role"]);
    expect(
      reportedBy(
        call("lambda", "UpdateFunctionConfiguration20150331v2", {
          functionName: names.function,
          role: roleArn,
        }),
      ),
      "its own function is the other rule's",
    ).to.deep.equal(["function"]);
  });

  it("fit into EventBridge's limit wherever the stack is, and with the longest team's name", () => {
    for (const team of ["red", "a".repeat(32)])
      for (const group of watchedGroups) {
        const pattern = JSON.stringify(patternOf(group, namesOf(team, {}), widestPlace));
        expect(pattern.length, `${team} ${group.id}`).to.be.at.most(maxPattern);
      }
    expect(tooLongPatterns(namesOf("a".repeat(32), {}))).to.deep.equal([]);
  });

  it("are a problem of the configuration when names make them too long", () => {
    const long = {
      alertTopic: "a".repeat(256),
      logTopic: "l".repeat(256),
      trail: "t".repeat(128),
      role: "r".repeat(64),
    };
    const values = { "cloudtrailer:team": "red", "cloudtrailer:names": JSON.stringify(long) };
    const check = (more: Record<string, string>) =>
      checkConfig(
        { project: "cloudtrailer", values: { ...values, ...more }, secrets: [] },
        { now: Date.now(), catalogue: detections },
      ).problems;
    expect(
      check({})
        .map(({ expected }) => expected)
        .join(),
    ).to.match(/the rule cloudtrailer-watch-red\.\w+ has at most 2048 characters, or `watch: false`/);
    expect(check({ "cloudtrailer:watch": "false" })).to.deep.equal([]);
  });

  it("have names that EventBridge takes, by which the topic's policy knows them", () => {
    const longest = namesOf("a".repeat(32), {}).watch;
    for (const group of watchedGroups) {
      const ruleNames = [
        watchRuleOf(longest, group),
        ...(group.isGlobal ? [awayRuleOf(longest, group)] : []),
      ];
      for (const name of ruleNames) expect(name).to.match(/^[\w.-]{1,64}$/);
    }
    expect(publishingRules(names.watch, place)).to.include.members([
      arn("events", `rule/${names.watch}.sight`),
      arn("events", `rule/${names.watch}.role`),
      arn("events", `rule/${names.watch}/${names.watch}.role`),
    ]);
  });
});

describe("the texts of the second path", () => {
  for (const group of watchedGroups) {
    const { inputPaths, inputTemplate } = transformerOf(group, names, place, "red");

    it(`say of ${group.id} who did what, what it means and what to do`, () => {
      const lines = inputTemplate.split("\n").map((line) => JSON.parse(line) as string);
      expect(lines[0]).to.contain("team red").and.to.contain(group.means);
      for (const [index, word] of ["CRITICAL", "WHAT", "WHO", "WHEN", "DO"].entries())
        expect(lines[index]).to.match(new RegExp(`^${word}:`));
      expect(lines[4]).to.contain("pulumi up --refresh");
      const used = [...inputTemplate.matchAll(/<([^<>]+)>/g)].map(([, name]) => name);
      expect(Object.keys(inputPaths)).to.have.members(used);
    });

    it(`of ${group.id} are such as EventBridge takes`, () => {
      // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
      expect(inputTemplate.length).to.be.at.most(8_192);
      expect(Object.keys(inputPaths).length).to.be.at.most(100);
      for (const [name, path] of Object.entries(inputPaths)) {
        expect(name).to.match(/^(?!AWS\.)[A-Za-z0-9_-]+$/);
        expect(path).to.match(/^\$(\.[\w-]+)+$/);
      }
    });
  }
});
