import { expect } from "chai";
import { detections } from "../../handlers/detections/index";
import { decodeSettings, defaultSettings } from "../../handlers/settings";
import type { PolicyDocument } from "../../policies/document";
import { tablePolicy } from "../../policies/table";
import { deployerActions } from "../../scripts/docs/deployer";
import { account, archiveOf, region, stack, type Stack } from "./stack";

function documentOf(value: unknown): PolicyDocument {
  return JSON.parse(String(value)) as PolicyDocument;
}

/** What a team's resources are called in AWS, by type and name in the program. */
function physicalNames({ resources }: Stack): string[] {
  const named = ["aws:iam/rolePolicy:RolePolicy"];
  return resources
    .filter(({ type }) => !named.includes(type))
    .flatMap(({ type, inputs }) => {
      const own = type === "aws:s3/bucket:Bucket" ? inputs.bucket : (inputs.name ?? inputs.dashboardName);
      return typeof own === "string" ? [own] : [];
    });
}

describe("the program", () => {
  // Each run serializes the whole handler.
  /** A team with little configuration. */
  const configOfBlue = {
    team: "blue",
    fast: "home",
    subscribers: JSON.stringify([
      { protocol: "email", endpoint: "blue@example.com", minimumSeverity: "high" },
      { protocol: "https", endpoint: "https://hooks.example.com/T0KEN", name: "chat" },
    ]),
  };
  let blue: Stack;
  /** A team with a lot of configuration. */
  let red: Stack;
  /** A team with every fix on. */
  let mighty: Stack;

  before(async () => {
    blue = await stack(configOfBlue);
    red = await stack(
      {
        team: "red",
        mode: "alert",
        detections: '{"cloudtrail-logging-stopped":{"mode":"fix"}}',
        subscribers: '[{"protocol":"https","endpoint":"https://hooks.example.com/T0KEN"}]',
        records: "all",
        trustedAccounts: '["999988887777"]',
        logFileDays: "0",
        logGroupDays: "0",
        multiRegion: "false",
        memoryMegabytes: "1769",
        timeoutSeconds: "600",
        reservedConcurrency: "3",
      },
      { secrets: ["subscribers"] },
    );
    mighty = await stack(
      {
        team: "mighty",
        mode: "fix",
        subscribers: JSON.stringify([
          { protocol: "email", endpoint: "mighty@example.com" },
          { protocol: "slack", channel: "C0123456789", token: "xoxb-1111-2222-abcdef" },
          { protocol: "pagerduty", routingKey: "0123456789abcdef0123456789abcdef" },
          {
            protocol: "chat",
            name: "security",
            slackTeam: "T0123456789",
            slackChannel: "C0123456789",
            buttons: true,
          },
          { protocol: "chat", name: "quiet", slackTeam: "T0123456789", slackChannel: "C0000000000" },
        ]),
        approvers: `["arn:aws:sts::${account}:assumed-role/cloudtrailer-chat-mighty--security/*"]`,
        dashboard: "true",
      },
      { secrets: ["subscribers"] },
    );
  });

  it("declares what it says and nothing else", () => {
    // The number of managed policies depends on the catalogue.
    const types = blue.resources
      .filter(({ name }) => !/^(?:watch|fast)(-|$)/.test(name))
      .map(({ type, name }) => `${type} ${name}`)
      .filter(
        (each) =>
          !/^aws:iam\/(?:policy:Policy|rolePolicyAttachment:\w+) detector-remediations-\d$/.test(each),
      );
    expect(types.sort()).to.deep.equal([
      "aws:cloudtrail/trail:Trail trail",
      "aws:cloudwatch/eventBus:EventBus findings-bus",
      "aws:cloudwatch/eventBusPolicy:EventBusPolicy findings-bus-policy",
      "aws:cloudwatch/eventRule:EventRule detector-baselines",
      "aws:cloudwatch/eventTarget:EventTarget detector-baselines",
      "aws:cloudwatch/logGroup:LogGroup detector-log",
      "aws:dynamodb/resourcePolicy:ResourcePolicy detector-findings-policy",
      "aws:dynamodb/table:Table detector-findings",
      "aws:iam/role:Role detector-role",
      "aws:iam/rolePolicy:RolePolicy detector-execution-policy",
      "aws:lambda/function:Function detector",
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig detector-failures",
      "aws:lambda/invocation:Invocation detector-baselines",
      "aws:lambda/permission:Permission detector",
      "aws:lambda/permission:Permission detector-baselines",
      "aws:lambda/permission:Permission detector-events",
      "aws:s3/bucket:Bucket trail-bucket",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration trail-bucket-lifecycle",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls trail-bucket-owner",
      "aws:s3/bucketPolicy:BucketPolicy trail-bucket-policy",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock trail-bucket-public-access",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration trail-bucket-encryption",
      "aws:s3/bucketVersioning:BucketVersioning trail-bucket-versioning",
      "aws:sns/topic:Topic alerts-topic",
      "aws:sns/topic:Topic trail-topic",
      "aws:sns/topicPolicy:TopicPolicy alerts-topic-policy",
      "aws:sns/topicPolicy:TopicPolicy trail-topic-policy",
      "aws:sns/topicSubscription:TopicSubscription alerts-chat",
      "aws:sns/topicSubscription:TopicSubscription alerts-email-1",
      "aws:sns/topicSubscription:TopicSubscription detector",
      "aws:sns/topicSubscription:TopicSubscription detector-events",
      "aws:sns:TopicEventSubscription detector",
      "aws:sns:TopicEventSubscription detector-events",
      "aws:sqs/queue:Queue detector-failures",
      "cloudtrailer:index:Alerts alerts",
      "cloudtrailer:index:Cloudtrailer cloudtrailer",
      "cloudtrailer:index:Detector detector",
      "cloudtrailer:index:FindingsBus findings",
      "cloudtrailer:index:Trail trail",
    ]);
  });

  it("exports every name and ARN that a person needs next", () => {
    expect(blue.outputs).to.deep.equal({
      team: "blue",
      mode: "plan",
      region,
      account,
      bucket: "lambdasharp-blue-cloudtrail",
      trailName: "cloudtrailer-blue",
      trailArn: `arn:aws:cloudtrail:${region}:${account}:trail/cloudtrailer-blue`,
      logTopicArn: `arn:aws:sns:${region}:${account}:cloudtrail-logs-blue`,
      alertTopicArn: `arn:aws:sns:${region}:${account}:security-alerts-blue`,
      watchTopicArn: `arn:aws:sns:${region}:${account}:cloudtrailer-watch-blue`,
      findingsBusArn: `arn:aws:events:${region}:${account}:event-bus/cloudtrailer-findings-blue`,
      undeliveredQueueUrl: undefined,
      eventsTopicArn: `arn:aws:sns:${region}:${account}:cloudtrailer-events-blue`,
      dashboardName: undefined,
      functionName: "cloudtrailer-blue",
      functionArn: `arn:aws:lambda:${region}:${account}:function:cloudtrailer-blue`,
      logGroup: "/aws/lambda/cloudtrailer-blue",
      roleName: "cloudtrailer-lambda-role-blue",
      roleArn: `arn:aws:iam::${account}:role/cloudtrailer-lambda-role-blue`,
      tableName: "findings-blue",
      tableArn: `arn:aws:dynamodb:${region}:${account}:table/findings-blue`,
      failureQueueUrl: `https://sqs.${region}.amazonaws.com/${account}/cloudtrailer-failures-blue`,
      failureQueueArn: `arn:aws:sqs:${region}:${account}:cloudtrailer-failures-blue`,
      reportsBucket: undefined,
      huntsArn: undefined,
      athenaWorkgroup: undefined,
    });
  });

  describe("the bucket", () => {
    it("is private, owned, encrypted, versioned, and goes with the stack", () => {
      const bucket = "lambdasharp-blue-cloudtrail";
      expect(blue.the("aws:s3/bucket:Bucket").inputs).to.deep.equal({ bucket, forceDestroy: true });
      expect(blue.the("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs).to.deep.equal({
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      expect(blue.the("aws:s3/bucketOwnershipControls:BucketOwnershipControls").inputs).to.deep.equal({
        bucket,
        rule: { objectOwnership: "BucketOwnerEnforced" },
      });
      expect(
        blue.the("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")
          .inputs,
      ).to.deep.equal({
        bucket,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      });
      expect(blue.the("aws:s3/bucketVersioning:BucketVersioning").inputs).to.deep.equal({
        bucket,
        versioningConfiguration: { status: "Enabled" },
      });
    });

    it("lets the trail of the stack write, under the account's prefix", () => {
      const { bucket, policy } = blue.the("aws:s3/bucketPolicy:BucketPolicy").inputs;
      expect(bucket).to.equal("lambdasharp-blue-cloudtrail");
      const write = documentOf(policy).Statement.find((statement) => statement.Sid === "TrailWritesLogFiles");
      expect(write?.Resource).to.deep.equal([
        `arn:aws:s3:::lambdasharp-blue-cloudtrail/AWSLogs/${account}/*`,
      ]);
      expect(write?.Condition?.StringEquals?.["aws:SourceArn"]).to.equal(blue.outputs.trailArn);
    });

    it("keeps log files as long as configured", () => {
      const rulesOf = (one: Stack) =>
        one.the("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs.rules as object[];
      expect(rulesOf(blue)[0]).to.deep.include({
        status: "Enabled",
        expiration: { days: 90 },
        noncurrentVersionExpiration: { noncurrentDays: 90 },
      });
      expect(rulesOf(red)[0]).not.to.have.any.keys("expiration", "noncurrentVersionExpiration");
    });
  });

  describe("the trail", () => {
    it("records everything from the start, with digests", () => {
      expect(blue.the("aws:cloudtrail/trail:Trail").inputs).to.deep.equal({
        name: "cloudtrailer-blue",
        s3BucketName: "lambdasharp-blue-cloudtrail",
        snsTopicName: "cloudtrail-logs-blue",
        enableLogging: true,
        enableLogFileValidation: true,
        includeGlobalServiceEvents: true,
        isMultiRegionTrail: true,
      });
    });

    it("is made after the policies that let it write", () => {
      expect(blue.the("aws:cloudtrail/trail:Trail").after).to.include.members([
        "aws:s3/bucketPolicy:BucketPolicy trail-bucket-policy",
        "aws:sns/topicPolicy:TopicPolicy trail-topic-policy",
      ]);
    });

    it("records one region when configured", () => {
      expect(red.the("aws:cloudtrail/trail:Trail").inputs.isMultiRegionTrail).to.equal(false);
    });
  });

  describe("the alerts", () => {
    it("reach those they are for, and no lower severity", () => {
      expect(blue.the("aws:sns/topicSubscription:TopicSubscription", "alerts-email-1").inputs).to.deep.equal({
        topic: blue.outputs.alertTopicArn,
        protocol: "email",
        endpoint: "blue@example.com",
        filterPolicy: '{"severity":["critical","high"]}',
      });
      expect(
        blue.the("aws:sns/topicSubscription:TopicSubscription", "alerts-chat").inputs,
      ).not.to.have.property("filterPolicy");
    });

    it("go to addresses that stay secret and do not reach the function", async () => {
      for (const name of ["alerts-email-1", "alerts-chat"])
        expect(blue.the("aws:sns/topicSubscription:TopicSubscription", name).secrets).to.deep.equal([
          "endpoint",
        ]);
      const others = blue.resources.filter(({ secrets }) => secrets.length === 0).map(({ inputs }) => inputs);
      const { text } = await archiveOf(blue.the("aws:lambda/function:Function").inputs);
      expect(JSON.stringify([others, blue.outputs]) + text).not.to.match(/T0KEN|blue@example\.com/);
    });

    it("accept a list of subscribers that is a secret", () => {
      const { inputs, secrets } = red.the("aws:sns/topicSubscription:TopicSubscription", "alerts-https-1");
      expect(inputs.endpoint).to.equal("https://hooks.example.com/T0KEN");
      expect(secrets).to.deep.equal(["endpoint"]);
    });
  });

  describe("the function", () => {
    it("has its runtime, memory, timeout and role pinned", () => {
      const { inputs } = blue.the("aws:lambda/function:Function");
      expect(inputs).to.deep.include({
        name: "cloudtrailer-blue",
        handler: "__index.handler",
        runtime: "nodejs24.x",
        memorySize: 1024,
        timeout: 300,
        reservedConcurrentExecutions: -1,
        role: blue.outputs.roleArn,
      });
    });

    it("is one file", async () => {
      const { files, text } = await archiveOf(blue.the("aws:lambda/function:Function").inputs);
      expect(files).to.deep.equal(["__index.js"]);
      expect(text).to.contain("exports.handler = ");
    });

    it("is the same text for every stack, and contains nothing of a team", async () => {
      const texts = await Promise.all(
        [blue, red].map(
          async (one) => (await archiveOf(one.the("aws:lambda/function:Function").inputs)).text,
        ),
      );
      expect(texts[1]).to.equal(texts[0]);
      expect(texts[1]).not.to.contain("999988887777");
    });

    it("gets its settings", () => {
      const { environment } = red.the("aws:lambda/function:Function").inputs as {
        environment: { variables: Record<string, string> };
      };
      expect(Object.keys(environment.variables)).to.deep.equal(["CLOUDTRAILER_SETTINGS"]);
      const settings = decodeSettings(environment.variables.CLOUDTRAILER_SETTINGS);
      expect(settings).to.deep.include({
        team: "red",
        account,
        region,
        bucket: "lambdasharp-red-cloudtrail",
        prefix: `AWSLogs/${account}/`,
        table: "findings-red",
        alertTopicArn: red.outputs.alertTopicArn,
        roleName: "cloudtrailer-lambda-role-red",
        mode: "alert",
        detections: { "cloudtrail-logging-stopped": { mode: "fix" } },
        records: "all",
        maxFixesPerHour: defaultSettings.maxFixesPerHour,
        maxFixesPerHourOfAccount: defaultSettings.maxFixesPerHourOfAccount,
        fixAutomation: defaultSettings.fixAutomation,
      });
      expect(settings.context).to.deep.include({
        trail: { name: "cloudtrailer-red", arn: red.outputs.trailArn },
        trustedAccounts: ["999988887777"],
        logBuckets: ["lambdasharp-red-cloudtrail"],
        privilegedGroups: defaultSettings.context.privilegedGroups,
      });
      expect(settings.context.ownResources).to.include.members([
        red.outputs.functionArn,
        red.outputs.roleName,
        red.outputs.tableArn,
        red.outputs.failureQueueArn,
        "/aws/lambda/cloudtrailer-red",
      ]);
    });

    it("gets notifications only from the trail's topic", () => {
      expect(blue.the("aws:sns/topicSubscription:TopicSubscription", "detector").inputs).to.deep.include({
        topic: blue.outputs.logTopicArn,
        protocol: "lambda",
        endpoint: blue.outputs.functionArn,
      });
      expect(blue.the("aws:lambda/permission:Permission", "detector").inputs).to.deep.equal({
        action: "lambda:invokeFunction",
        function: "cloudtrailer-blue",
        principal: "sns.amazonaws.com",
        sourceArn: blue.outputs.logTopicArn,
      });
    });

    it("hands over what could not be processed", () => {
      expect(blue.the("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig").inputs).to.deep.equal(
        {
          functionName: "cloudtrailer-blue",
          maximumRetryAttempts: 2,
          maximumEventAgeInSeconds: 21_600,
          destinationConfig: { onFailure: { destination: blue.outputs.failureQueueArn } },
        },
      );
      expect(blue.the("aws:sqs/queue:Queue").inputs).to.deep.equal({
        name: "cloudtrailer-failures-blue",
        messageRetentionSeconds: 1_209_600,
        sqsManagedSseEnabled: true,
      });
    });

    it("writes to a log group with a retention", () => {
      expect(blue.the("aws:cloudwatch/logGroup:LogGroup").inputs).to.deep.equal({
        name: "/aws/lambda/cloudtrailer-blue",
        retentionInDays: 30,
      });
    });

    it("is made after what it uses", () => {
      expect(blue.the("aws:lambda/function:Function").after).to.include.members([
        "aws:cloudwatch/logGroup:LogGroup detector-log",
        "aws:dynamodb/resourcePolicy:ResourcePolicy detector-findings-policy",
        "aws:dynamodb/table:Table detector-findings",
        "aws:iam/rolePolicy:RolePolicy detector-execution-policy",
      ]);
    });

    it("keeps findings in a table that costs by use, forgets, and can be restored", () => {
      expect(blue.the("aws:dynamodb/table:Table").inputs).to.deep.include({
        name: "findings-blue",
        billingMode: "PAY_PER_REQUEST",
        hashKey: "id",
        ttl: { attributeName: "expiresAt", enabled: true },
        pointInTimeRecovery: { enabled: true },
        deletionProtectionEnabled: false,
      });
    });

    it("lets nobody but its role write the table", () => {
      const { inputs } = blue.the("aws:dynamodb/resourcePolicy:ResourcePolicy");
      expect(inputs.resourceArn).to.equal(blue.outputs.tableArn);
      expect(documentOf(inputs.policy)).to.deep.equal(
        tablePolicy({
          place: { partition: "aws", region, account },
          table: "findings-blue",
          role: "cloudtrailer-lambda-role-blue",
        }),
      );
    });
  });

  describe("the baselines", () => {
    it("are kept every hour, only by the rule, and once per deployment", () => {
      const { inputs: rule } = blue.the("aws:cloudwatch/eventRule:EventRule", "detector-baselines");
      expect(rule).to.deep.include({
        name: "cloudtrailer-baselines-blue",
        scheduleExpression: "rate(1 hour)",
      });
      const { inputs: target, after } = blue.the(
        "aws:cloudwatch/eventTarget:EventTarget",
        "detector-baselines",
      );
      expect(target).to.deep.equal({
        rule: "cloudtrailer-baselines-blue",
        targetId: "cloudtrailer",
        arn: blue.outputs.functionArn,
        input: '{"cloudtrailer":"keep-baselines","at":"schedule"}',
      });
      expect(after).to.include("aws:lambda/permission:Permission detector-baselines");
      expect(blue.the("aws:lambda/permission:Permission", "detector-baselines").inputs).to.deep.equal({
        action: "lambda:InvokeFunction",
        function: "cloudtrailer-blue",
        principal: "events.amazonaws.com",
        sourceArn: `arn:aws:events:${region}:${account}:rule/cloudtrailer-baselines-blue`,
      });
      const { triggers, ...invocation } = blue.the("aws:lambda/invocation:Invocation").inputs;
      expect(invocation).to.deep.equal({
        functionName: "cloudtrailer-blue",
        input: '{"cloudtrailer":"keep-baselines","at":"deployment"}',
      });
      expect((triggers as { deployed: string }).deployed).to.match(/^[0-9a-f]{64}$/);
    });

    it("are kept again after a change of code or configuration, which a preview knows, and after nothing else", async () => {
      const triggers = (one: Stack) => one.the("aws:lambda/invocation:Invocation").inputs.triggers;
      const otherwise = async (config: Record<string, string>) =>
        triggers(await stack({ ...configOfBlue, ...config }));
      expect(await otherwise({})).to.deep.equal(triggers(blue));
      // The self-check compares with what this deployment left.
      expect(await otherwise({ logFileDays: "7" })).not.to.deep.equal(triggers(blue));
      expect(await otherwise({ maxAgeMinutes: "61" })).not.to.deep.equal(triggers(blue));
    });

    it("are not triggered when a stopped function is deployed: AWS throttles every invocation of it", async () => {
      const stopped = await stack({ team: "blue", reservedConcurrency: "0" });
      const types = stopped.resources.map(({ type }) => type);
      expect(types).not.to.include("aws:lambda/invocation:Invocation");
      expect(types).to.include("aws:cloudwatch/eventTarget:EventTarget");
      expect(stopped.the("aws:lambda/function:Function").inputs.reservedConcurrentExecutions).to.equal(0);
    });

    it("are not kept if no enabled remediation can use them", () => {
      // The schedule stays, for the self-check.
      expect(red.the("aws:cloudwatch/eventRule:EventRule", "detector-baselines").inputs).to.include({
        scheduleExpression: "rate(1 hour)",
      });
      expect(
        JSON.stringify(red.the("aws:iam/rolePolicy:RolePolicy", "detector-execution-policy").inputs),
      ).not.to.include("s3:ListAllMyBuckets");
      expect(JSON.stringify(blue.resources)).to.include("s3:ListAllMyBuckets");
    });
  });

  describe("delayed fixes", () => {
    const partsOf = ({ resources }: Stack) =>
      resources
        .filter(({ name }) => /due-fixes|watch-delays/.test(name))
        .map(({ type, name }) => `${type} ${name}`);

    it("have nothing in a stack without them", () => {
      expect(partsOf(blue)).to.deep.equal([]);
      expect(JSON.stringify(blue.resources)).not.to.match(/due-fixes|watch-blue\.delays/);
    });

    it("are triggered every minute, only by their rule, which is an own part and watched", async () => {
      const delayed = await stack({ ...configOfBlue, fix: JSON.stringify({ after: "30m" }) });
      const Rule = "cloudtrailer-due-fixes-blue";
      const ruleArn = `arn:aws:events:${region}:${account}:rule/${Rule}`;
      expect(delayed.the("aws:cloudwatch/eventRule:EventRule", "detector-due-fixes").inputs).to.deep.include({
        name: Rule,
        scheduleExpression: "rate(1 minute)",
      });
      expect(delayed.the("aws:lambda/permission:Permission", "detector-due-fixes").inputs).to.deep.equal({
        action: "lambda:InvokeFunction",
        function: "cloudtrailer-blue",
        principal: "events.amazonaws.com",
        sourceArn: ruleArn,
      });
      expect(
        delayed.the("aws:cloudwatch/eventTarget:EventTarget", "detector-due-fixes").inputs,
      ).to.deep.equal({
        rule: Rule,
        targetId: "cloudtrailer",
        arn: delayed.outputs.functionArn,
        input: '{"cloudtrailer":"due-fixes"}',
      });
      const { environment } = delayed.the("aws:lambda/function:Function").inputs as {
        environment: { variables: Record<string, string> };
      };
      const settings = decodeSettings(environment.variables.CLOUDTRAILER_SETTINGS);
      expect(settings.fix).to.deep.equal({ afterMinutes: 30, immediately: [], rule: Rule });
      expect(settings.context.ownResources).to.include.members([Rule, ruleArn]);
      const watch = delayed.the("aws:cloudwatch/eventRule:EventRule", "watch-delays").inputs;
      expect(watch.name).to.equal("cloudtrailer-watch-blue.delays");
      expect(watch.eventPattern).to.include(ruleArn);
      const { policy } = delayed.the("aws:sns/topicPolicy:TopicPolicy", "watch-topic-policy").inputs;
      expect(JSON.stringify(documentOf(policy))).to.include("rule/cloudtrailer-watch-blue.delays");
      const role = documentOf(
        delayed.the("aws:iam/rolePolicy:RolePolicy", "detector-execution-policy").inputs.policy,
      );
      const naming = role.Statement.filter(({ Resource = [] }) => Resource.includes(ruleArn));
      expect(naming.map(({ Sid }) => Sid)).to.include("NeverChangeItself");
    });
  });

  describe("the second path", () => {
    const ofWatch = ({ resources }: Stack, type: string) =>
      resources.filter((one) => one.type === type && one.name.startsWith("watch-"));
    const watchTopic = (one: Stack) => String(one.outputs.watchTopicArn);
    /** A team where IAM's events are, which wants text messages and is patient. */
    let far: Stack;

    before(async () => {
      const subscribers = [
        { protocol: "sms", endpoint: "+15550100123" },
        { protocol: "email", endpoint: "far@example.com" },
      ];
      const config = { team: "far", subscribers: JSON.stringify(subscribers), silenceHours: "168" };
      far = await stack(config, { region: "us-east-1" });
    });

    it("is not there when it is switched off, and nothing of it is known to the function", async () => {
      const off = await stack({ ...configOfBlue, watch: "false" });
      expect(off.resources.filter(({ name }) => /^watch(-|$)/.test(name))).to.deep.equal([]);
      expect(off.outputs.watchTopicArn).to.equal(undefined);
      const { environment } = off.the("aws:lambda/function:Function").inputs as {
        environment: { variables: Record<string, string> };
      };
      const { context } = decodeSettings(environment.variables.CLOUDTRAILER_SETTINGS);
      expect(context.ownResources.join()).not.to.contain("watch");
    });

    it("reaches the same subscribers, unfiltered, at addresses that stay secret", () => {
      const own = ofWatch(blue, "aws:sns/topicSubscription:TopicSubscription");
      const ofAlerts = blue.resources.filter(({ name }) => /^alerts-(email-1|chat)$/.test(name));
      expect(own.map(({ inputs }) => [inputs.protocol, inputs.endpoint])).to.have.deep.members(
        ofAlerts.map(({ inputs }) => [inputs.protocol, inputs.endpoint]),
      );
      for (const { inputs, secrets } of own) {
        expect(inputs).not.to.have.property("filterPolicy");
        expect(inputs.topic).to.equal(watchTopic(blue));
        expect(secrets).to.deep.equal(["endpoint"]);
      }
    });

    it("sends text messages for alarms alone, since calls on own parts are cheap", () => {
      const topicOf = (name: string) =>
        far.the("aws:sns/topicSubscription:TopicSubscription", `watch-${name}`).inputs.topic;
      expect(topicOf("email-1")).to.equal(watchTopic(far));
      expect(topicOf("sms-1")).to.equal(`${watchTopic(far)}-sms`);
      const policy = documentOf(far.the("aws:sns/topicPolicy:TopicPolicy", "watch-sms-policy").inputs.policy);
      const publishing = policy.Statement.filter(({ Effect }) => Effect === "Allow");
      expect(publishing.map(({ Principal }) => Principal)).to.deep.equal([
        { Service: "cloudwatch.amazonaws.com" },
      ]);
      for (const { inputs } of ofWatch(far, "aws:cloudwatch/eventTarget:EventTarget"))
        expect(inputs.arn).not.to.contain("-sms");
      for (const { inputs } of ofWatch(far, "aws:cloudwatch/metricAlarm:MetricAlarm")) {
        expect(inputs.alarmActions).to.deep.equal([watchTopic(far), `${watchTopic(far)}-sms`]);
        expect(inputs.okActions).to.deep.equal([watchTopic(far)]);
      }
    });

    it("lets exactly its rules and alarms publish", () => {
      const policy = documentOf(
        blue.the("aws:sns/topicPolicy:TopicPolicy", "watch-topic-policy").inputs.policy,
      );
      const sources = policy.Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Condition }) =>
        [Condition?.ArnEquals?.["aws:SourceArn"] ?? []].flat(),
      );
      const publishing = ofWatch(blue, "aws:cloudwatch/eventTarget:EventTarget")
        .filter(({ inputs }) => inputs.arn === watchTopic(blue))
        .map(({ inputs }) => {
          const onBus = inputs.eventBusName === undefined ? "" : `${String(inputs.eventBusName)}/`;
          return `arn:aws:events:${region}:${account}:rule/${onBus}${String(inputs.rule)}`;
        });
      const alarms = ofWatch(blue, "aws:cloudwatch/metricAlarm:MetricAlarm").map(
        ({ inputs }) => `arn:aws:cloudwatch:${region}:${account}:alarm:${String(inputs.name)}`,
      );
      expect(sources).to.have.members([...publishing, ...alarms]);
    });

    it("has what happens where IAM is forwarded to its bus at home, by a role that can do nothing else", () => {
      const away = ofWatch(blue, "aws:cloudwatch/eventRule:EventRule").filter(({ inputs }) => inputs.region);
      expect(away.map(({ inputs }) => [inputs.name, inputs.region, inputs.state])).to.deep.equal([
        ["cloudtrailer-watch-blue.role-away", "us-east-1", "ENABLED"],
        ["cloudtrailer-watch-blue.people-away", "us-east-1", "ENABLED"],
        ["cloudtrailer-watch-blue.events-away", "us-east-1", "ENABLED"],
        ["cloudtrailer-watch-blue.watch-away", "us-east-1", "ENABLED"],
      ]);
      for (const { name, inputs } of away) {
        const target = blue.the("aws:cloudwatch/eventTarget:EventTarget", name).inputs;
        expect(target).to.include({
          arn: `arn:aws:events:${region}:${account}:event-bus/cloudtrailer-watch-blue`,
          roleArn: `arn:aws:iam::${account}:role/cloudtrailer-watch-blue`,
          region: "us-east-1",
        });
        const atHome = blue.the("aws:cloudwatch/eventRule:EventRule", name.replace("-away", "-bus")).inputs;
        expect(atHome.eventPattern, "the same events come out").to.equal(inputs.eventPattern);
        expect(atHome.eventBusName).to.equal("cloudtrailer-watch-blue");
      }
      const { policy } = blue.the("aws:iam/rolePolicy:RolePolicy", "watch-forwarder-policy").inputs;
      expect(documentOf(policy).Statement.map(({ Action, Resource }) => [Action, Resource])).to.deep.equal([
        [["events:PutEvents"], [`arn:aws:events:${region}:${account}:event-bus/cloudtrailer-watch-blue`]],
      ]);
    });

    it("does not say everything twice where IAM's events are at home", () => {
      const away = ofWatch(far, "aws:cloudwatch/eventRule:EventRule").filter(({ name }) =>
        name.endsWith("-away"),
      );
      expect(away.map(({ inputs }) => inputs.state)).to.deep.equal(Array(4).fill("DISABLED"));
    });

    it("is made after the parts, so that making and destroying them is not reported", () => {
      for (const { after } of ofWatch(blue, "aws:cloudwatch/eventRule:EventRule"))
        expect(after).to.include.members([
          "aws:lambda/function:Function detector",
          "aws:cloudtrail/trail:Trail trail",
          "aws:sns/topicSubscription:TopicSubscription alerts-chat",
        ]);
    });

    it("is there before the function keeps what the deployment left", () => {
      const { after } = blue.the("aws:lambda/invocation:Invocation");
      const made = ["eventRule:EventRule", "eventTarget:EventTarget", "metricAlarm:MetricAlarm"];
      for (const type of made.map((one) => `aws:cloudwatch/${one}`))
        expect(after).to.include.members(ofWatch(blue, type).map(({ name }) => `${type} ${name}`));
    });

    it("alarms on what would keep findings from people", () => {
      const alarms = ofWatch(blue, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => inputs);
      expect(
        alarms.map(({ namespace, metricName }) => `${String(namespace)} ${String(metricName)}`),
      ).to.have.members([
        "AWS/Lambda AsyncEventAge",
        "AWS/Lambda DestinationDeliveryFailures",
        "AWS/Lambda Errors",
        "AWS/Lambda Throttles",
        "AWS/SNS NumberOfNotificationsFailed",
        "AWS/SNS NumberOfNotificationsFailed",
        "AWS/SNS NumberOfNotificationsFailed",
        "AWS/SQS ApproximateNumberOfMessagesVisible",
        "cloudtrailer LogFiles",
        "cloudtrailer SelfChecks",
      ]);
      for (const alarm of alarms) {
        expect(String(alarm.alarmDescription).length).to.be.within(80, 1_024);
        const silent = alarm.namespace === "cloudtrailer";
        expect(alarm.treatMissingData).to.equal(silent ? "breaching" : "notBreaching");
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
        const range = Number(alarm.period) * Number(alarm.evaluationPeriods);
        expect(range).to.be.at.most(Number(alarm.period) >= 3_600 ? 604_800 : 86_400);
      }
    });

    it("takes silence for as long as configured", () => {
      for (const name of ["watch-silence", "watch-unsound"])
        expect(far.the("aws:cloudwatch/metricAlarm:MetricAlarm", name).inputs).to.include({
          period: 3_600,
          evaluationPeriods: 168,
          threshold: 1,
          comparisonOperator: "LessThanThreshold",
        });
    });
  });

  describe("the role", () => {
    /** By the inline policy, and by managed ones where that is full. */
    const allowedBy = ({ resources }: Stack) =>
      resources
        .filter(({ type, name }) =>
          type === "aws:iam/rolePolicy:RolePolicy"
            ? name === "detector-execution-policy"
            : type === "aws:iam/policy:Policy",
        )
        .flatMap(({ inputs }) => documentOf(inputs.policy).Statement)
        .flatMap((statement) => (statement.Effect === "Allow" ? (statement.Action ?? []) : []));

    it("is Lambda's, with one inline policy", () => {
      const { name, assumeRolePolicy } = blue.the("aws:iam/role:Role", "detector-role").inputs;
      expect(name).to.equal("cloudtrailer-lambda-role-blue");
      expect(documentOf(assumeRolePolicy).Statement[0]?.Principal).to.deep.equal({
        Service: "lambda.amazonaws.com",
      });
      expect(blue.the("aws:iam/rolePolicy:RolePolicy", "detector-execution-policy").inputs).to.deep.include({
        name: "execution-policy",
        role: "cloudtrailer-lambda-role-blue",
      });
    });

    it("may do for a remediation what its mode requires, and no more", () => {
      expect(allowedBy(blue)).to.include.members([
        "cloudtrail:GetTrailStatus",
        "ec2:DescribeSecurityGroupRules",
      ]);
      expect(allowedBy(blue)).not.to.include.any.members([
        "cloudtrail:StartLogging",
        "ec2:RevokeSecurityGroupIngress",
      ]);
      expect(allowedBy(red)).to.include.members(["cloudtrail:GetTrailStatus", "cloudtrail:StartLogging"]);
      // For baselines of trails, of which each region has its own.
      expect(allowedBy(red).filter((action) => action.startsWith("ec2:"))).to.deep.equal([
        "ec2:DescribeRegions",
      ]);
    });
  });

  describe("the managed policies", () => {
    it("exist if the inline one is full", () => {
      const policy = mighty.the("aws:iam/policy:Policy", "detector-remediations-1");
      expect(policy.inputs.name).to.equal("cloudtrailer-lambda-role-mighty-remediations-1");
      expect(documentOf(policy.inputs.policy).Statement).not.to.deep.equal([]);
      const attachment = mighty.the(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        "detector-remediations-1",
      );
      expect(attachment.inputs).to.deep.equal({
        role: "cloudtrailer-lambda-role-mighty",
        policyArn: `arn:aws:iam::${account}:policy/cloudtrailer-lambda-role-mighty-remediations-1`,
      });
      expect(mighty.the("aws:lambda/function:Function").after).to.include(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment detector-remediations-1",
      );
    });

    it("do not exist otherwise", () => {
      expect(red.resources.filter(({ type }) => type === "aws:iam/policy:Policy")).to.deep.equal([]);
    });
  });

  describe("the fast path", () => {
    let everywhere: Stack;
    let none: Stack;
    const ofFast = ({ resources }: Stack, type?: string) =>
      resources.filter((one) => /^fast(-|$)/.test(one.name) && (type === undefined || one.type === type));
    const rulesOf = (of: Stack) =>
      ofFast(of, "aws:cloudwatch/eventRule:EventRule").map(({ name, inputs }) => ({
        resource: name,
        ...inputs,
      })) as {
        resource: string;
        name: string;
        region?: string;
        eventBusName?: string;
        eventPattern: string;
        state: string;
      }[];
    const target = (of: Stack, name: string) => of.the("aws:cloudwatch/eventTarget:EventTarget", name).inputs;
    const bus = `arn:aws:events:${region}:${account}:event-bus/cloudtrailer-events-blue`;

    before(async () => {
      everywhere = await stack({ team: "blue", fast: "all" });
      none = await stack({ team: "blue", fast: "none" });
    });

    const regionsOf = (of: Stack) => [...new Set(rulesOf(of).flatMap((rule) => rule.region ?? []))].sort();

    it("sends records only while the function is there: destroying it invokes nothing", () => {
      const sending = ofFast(blue, "aws:cloudwatch/eventRule:EventRule").filter(
        ({ inputs }) => "region" in inputs,
      );
      expect(sending).not.to.deep.equal([]);
      for (const { after } of sending)
        expect(after).to.include.members([
          "aws:lambda/function:Function detector",
          "aws:cloudwatch/logGroup:LogGroup detector-log",
        ]);
    });

    it("has rules in the stack's region and that of IAM's events, or in every enabled one, or none", () => {
      expect(regionsOf(blue)).to.deep.equal(["us-east-1", region]);
      expect(regionsOf(everywhere)).to.deep.equal(["ap-south-1", "us-east-1", region]);
      expect(ofFast(none)).to.deep.equal([]);
      expect(
        none.resources.filter(({ inputs }) => JSON.stringify(inputs.name ?? "").includes("events")),
      ).to.deep.equal([]);
      expect(none.outputs.eventsTopicArn).to.equal(undefined);
    });

    it("has at most eight rules a region, the same in each, which forward to the bus at home by a role", () => {
      for (const one of regionsOf(everywhere)) {
        const rules = rulesOf(everywhere).filter((rule) => rule.region === one);
        expect(rules.length).to.be.within(2, 8);
        expect(rules.map(({ name, eventPattern }) => [name, eventPattern])).to.deep.equal(
          rulesOf(blue)
            .filter((rule) => rule.region === region)
            .map(({ name, eventPattern }) => [name, eventPattern]),
        );
        for (const rule of rules)
          expect(target(everywhere, rule.resource)).to.include({
            arn: bus,
            roleArn: `arn:aws:iam::${account}:role/cloudtrailer-events-blue`,
            region: one,
            rule: rule.name,
          });
      }
    });

    it("matches nothing but AWS's records, except by the rules for what is forged", () => {
      for (const { name, eventPattern } of rulesOf(blue)) {
        const pattern = JSON.parse(eventPattern) as { source: unknown; "detail-type": unknown };
        const forged = [{ "anything-but": { prefix: "aws." } }];
        expect(pattern.source, name).to.deep.equal(name.endsWith(".forged") ? forged : [{ prefix: "aws." }]);
        expect(pattern["detail-type"], name).to.deep.equal([{ suffix: " via CloudTrail" }]);
      }
    });

    it("lets nobody but the role put events on the bus", () => {
      const { policy } = blue.the("aws:cloudwatch/eventBusPolicy:EventBusPolicy", "fast-bus-policy").inputs;
      const role = { "aws:PrincipalArn": `arn:aws:iam::${account}:role/cloudtrailer-events-blue` };
      expect(
        documentOf(policy).Statement.map(({ Effect, Principal, Action, Resource, Condition }) => [
          Effect,
          Principal,
          Action,
          Resource,
          Condition,
        ]),
      ).to.deep.equal([
        ["Allow", { AWS: `arn:aws:iam::${account}:root` }, ["events:PutEvents"], [bus], { ArnEquals: role }],
        ["Deny", "*", ["events:PutEvents"], [bus], { ArnNotEquals: role }],
      ]);
      const forward = blue.the("aws:iam/rolePolicy:RolePolicy", "fast-forwarder-policy").inputs.policy;
      expect(documentOf(forward).Statement.map(({ Action, Resource }) => [Action, Resource])).to.deep.equal([
        [["events:PutEvents"], [bus]],
      ]);
    });

    it("publishes by two rules of the bus alone, to a topic that signs with version 2 and invokes the function", () => {
      const onBus = rulesOf(blue).filter(({ eventBusName }) => eventBusName !== undefined);
      expect(onBus.map(({ name, eventBusName }) => [name, eventBusName])).to.deep.equal([
        ["cloudtrailer-events-blue.records", "cloudtrailer-events-blue"],
        ["cloudtrailer-events-blue.forged", "cloudtrailer-events-blue"],
      ]);
      const topicArn = `arn:aws:sns:${region}:${account}:cloudtrailer-events-blue`;
      for (const { resource } of onBus) expect(target(blue, resource).arn).to.equal(topicArn);
      expect(blue.the("aws:sns/topic:Topic", "fast-topic").inputs.signatureVersion).to.equal(2);
      const { policy } = blue.the("aws:sns/topicPolicy:TopicPolicy", "fast-topic-policy").inputs;
      const sources = documentOf(policy).Statement.flatMap(({ Effect, Condition }) =>
        Effect === "Allow" ? (Condition?.ArnEquals?.["aws:SourceArn"] ?? []) : [],
      );
      expect(sources).to.deep.equal(
        onBus.map(({ name }) => `arn:aws:events:${region}:${account}:rule/cloudtrailer-events-blue/${name}`),
      );
      expect(blue.the("aws:sns/topicSubscription:TopicSubscription", "detector-events").inputs).to.include({
        protocol: "lambda",
        topic: topicArn,
      });
    });

    it("is known to the function, with its regions", () => {
      const settings = decodeSettings(
        (
          everywhere.the("aws:lambda/function:Function").inputs.environment as {
            variables: Record<string, string>;
          }
        ).variables.CLOUDTRAILER_SETTINGS,
      );
      expect(settings.events).to.deep.include({
        topicArn: `arn:aws:sns:${region}:${account}:cloudtrailer-events-blue`,
        regions: [region, "us-east-1", "ap-south-1"],
      });
      // Some of them, not all: docs/fast.md lists them.
      expect(settings.events?.lateDetections).to.be.within(1, detections.length - 1);
      expect(settings.context.ownResources).to.include.members([bus, "cloudtrailer-events-blue"]);
    });

    it("is there before the function keeps what the deployment left, and before it is watched", () => {
      const rules = ofFast(blue, "aws:cloudwatch/eventRule:EventRule").map(
        ({ type, name }) => `${type} ${name}`,
      );
      expect(blue.the("aws:lambda/invocation:Invocation").after).to.include.members(rules);
      expect(blue.the("aws:cloudwatch/eventRule:EventRule", "watch-events").after).to.include.members(rules);
    });
  });

  it("gives no two teams a name in common", () => {
    const names = physicalNames(blue);
    expect(names).to.include.members([
      "lambdasharp-blue-cloudtrail",
      "cloudtrailer-lambda-role-blue-remediations-1",
    ]);
    expect(names.filter((name) => physicalNames(red).includes(name))).to.deep.equal([]);
  });

  it("gives every name as configured", async () => {
    const names = {
      bucket: "a-bucket",
      trail: "a-trail",
      logTopic: "a-log-topic",
      alertTopic: "an-alert-topic",
      role: "a-role",
      executionPolicy: "a-policy",
      function: "a-function",
      table: "a-table",
      failureQueue: "a-queue",
      schedule: "a-rule",
      watch: "a-watch",
      dashboard: "a-dashboard",
      findingsBus: "a-bus",
      events: "an-events",
    };
    const named = await stack({
      team: "blue",
      fast: "home",
      names: JSON.stringify(names),
      dashboard: "true",
    });
    const numbered = /^a-role-remediations-\d$|^a-watch\.[a-z-]+$|^an-events\.[a-z0-9-]+$/;
    expect(new Set(physicalNames(named).filter((name) => !numbered.test(name)))).to.deep.equal(
      new Set([...Object.values(names).filter((name) => name !== "a-policy"), "/aws/lambda/a-function"]),
    );
    expect(
      JSON.stringify(named.resources.map(({ inputs }) => ({ ...inputs, code: undefined }))),
    ).not.to.contain("-blue");
  });

  it("sizes the function as configured", () => {
    expect(red.the("aws:lambda/function:Function").inputs).to.deep.include({
      memorySize: 1769,
      timeout: 600,
      reservedConcurrentExecutions: 3,
    });
    expect(red.the("aws:cloudwatch/logGroup:LogGroup").inputs.retentionInDays).to.equal(0);
  });

  it("connects chat rooms and pagers by API destinations, with secrets in connections only", () => {
    const parts = mighty.resources.filter(({ name }) => /^findings-(?:slack|pagerduty)-1$/.test(name));
    expect(parts.map(({ type }) => type.split(":").pop()).sort()).to.deep.equal([
      ...Array(2).fill("EventApiDestination"),
      ...Array(2).fill("EventConnection"),
      ...Array(2).fill("EventRule"),
      ...Array(2).fill("EventTarget"),
    ]);
    const hasSecret = (value: unknown) => /xoxb-1111|0123456789abcdef/.test(JSON.stringify(value));
    for (const { type, inputs, name } of mighty.resources)
      if (!type.endsWith(":Function"))
        expect(hasSecret(inputs), `${type} ${name}`).to.equal(type.endsWith(":EventConnection"));
    const target = mighty.the("aws:cloudwatch/eventTarget:EventTarget", "findings-slack-1").inputs;
    expect(target).to.deep.include({ eventBusName: "cloudtrailer-findings-mighty", rule: "slack-1" });
    expect(target.deadLetterConfig).to.deep.equal({
      arn: `arn:aws:sqs:${region}:${account}:cloudtrailer-findings-mighty`,
    });
  });

  it("connects rooms of Amazon Q by a topic each, whose tags are theirs, and a role that only tags it", () => {
    const name = "cloudtrailer-chat-mighty--security";
    const parts = mighty.resources.filter((one) => one.name.startsWith("findings-security"));
    expect(parts.map(({ type }) => type.split(":").pop()).sort()).to.deep.equal([
      "Chat",
      "EventRule",
      "EventTarget",
      "Policy",
      "Role",
      "RolePolicyAttachment",
      "Stack",
      "Topic",
      "TopicPolicy",
    ]);
    const topicArn = `arn:aws:sns:${region}:${account}:${name}`;
    const target = mighty.the("aws:cloudwatch/eventTarget:EventTarget", "findings-security").inputs;
    expect(target).to.deep.include({ targetId: "chat", arn: topicArn, rule: "security" });
    expect(JSON.stringify(target.inputTransformer)).to.include(topicArn);
    expect(mighty.the("aws:cloudwatch/eventTarget:EventTarget", "findings-quiet").inputs).to.include({
      inputPath: "$.detail.unmapped.forms.chat",
    });
    const policy = documentOf(mighty.the("aws:iam/policy:Policy", "findings-security-policy").inputs.policy);
    expect(policy.Statement.map(({ Sid }) => Sid)).to.deep.equal(["AnswerByATag"]);
    const quiet = documentOf(mighty.the("aws:iam/policy:Policy", "findings-quiet-policy").inputs.policy);
    expect(quiet.Statement.map(({ Effect }) => Effect)).to.deep.equal(["Deny"]);
    const { Resources } = JSON.parse(
      String(mighty.the("aws:cloudformation/stack:Stack", "findings-security-room").inputs.templateBody),
    ) as { Resources: Record<string, { Properties: Record<string, unknown> }> };
    expect(Resources.Room?.Properties).to.deep.include({
      IamRoleArn: `arn:aws:iam::${account}:role/${name}`,
      GuardrailPolicies: [`arn:aws:iam::${account}:policy/${name}`],
    });
    const settings = decodeSettings(
      (mighty.the("aws:lambda/function:Function").inputs.environment as { variables: Record<string, string> })
        .variables.CLOUDTRAILER_SETTINGS,
    );
    expect(settings.chat).to.deep.equal({
      base: "cloudtrailer-chat-mighty",
      parts: ["security", "quiet"],
      buttons: ["security"],
    });
    expect(settings.context.ownResources).to.include.members([
      topicArn,
      `arn:aws:iam::${account}:role/${name}`,
    ]);
  });

  it("has the deploying person's permissions in the docs, for each resource type", async () => {
    const hunting = await stack({ team: "hunting", history: "true", athena: "true" });
    const types = [...blue.resources, ...mighty.resources, ...hunting.resources]
      .map(({ type }) => type)
      .filter((type) => /^aws:\w+\//.test(type));
    // Those of an organization are in members.test.ts.
    const ofOrganization = [
      "aws:cloudformation/stackSet:StackSet",
      "aws:cloudformation/stackSetInstance:StackSetInstance",
    ];
    expect(Object.keys(deployerActions)).to.have.members([...new Set(types), ...ofOrganization]);
  });

  it("creates nothing with a wrong configuration, and reports every error", async () => {
    let failure: unknown;
    try {
      await stack({ mode: "fixx", record: "all" }, { name: "red" });
    } catch (error) {
      failure = error;
    }
    const { message } = failure as Error;
    expect(message).to.match(/^The configuration of stack red has 3 errors:/);
    for (const key of ["team", "mode", "record"]) expect(message).to.contain(`cloudtrailer:${key}: expected`);
  });
});
