import { expect } from "chai";
import type { Detection } from "../../handlers/detections/detection";
import { defaultSettings } from "../../handlers/settings";
import { checkConfig, messageOf } from "../../infra/config";
import type { Config } from "../../infra/config-keys";

const now = Date.parse("2026-06-15T12:00:00Z");

function detection(id: string, more: Partial<Detection> = {}): Detection {
  return {
    id,
    title: id,
    severity: "high",
    attack: { technique: "T1098" },
    tier: "core",
    noise: "rare",
    events: ["iam:CreateUser"],
    remediation: "inverse",
    match: () => undefined,
    runbook: ["look", "ask", "mend"],
    falsePositives: [],
    references: [],
    ...more,
  };
}

const catalogue = [
  detection("iam-user-created"),
  detection("iam-mfa-deactivated"),
  detection("s3-bulk-delete", { remediation: "contain" }),
  detection("sts-session-token", { offByDefault: "normal in most accounts" }),
];

function check(values: Record<string, unknown>, secrets: string[] = []) {
  const texts = Object.entries({ team: "blue", ...values })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [
      `cloudtrailer:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
  return checkConfig(
    {
      project: "cloudtrailer",
      values: Object.fromEntries(texts) as Record<string, string>,
      secrets: secrets.map((key) => `cloudtrailer:${key}`),
    },
    { now, catalogue },
  );
}

function accepted(values: Record<string, unknown>): Config {
  const { config, problems } = check(values);
  if (config === undefined) throw new Error(messageOf(problems, "dev"));
  return config;
}

function problemAt(key: string, values: Record<string, unknown>) {
  const { problems } = check(values);
  expect(problems.map((problem) => problem.key)).to.deep.equal([`cloudtrailer:${key}`]);
  return problems[0] ?? { expected: "", found: "" };
}

describe("stack configuration", () => {
  it("needs a team and nothing else", () => {
    const { problems } = check({ team: undefined });
    expect(problems).to.deep.equal([
      {
        key: "cloudtrailer:team",
        expected: "1 to 32 lower-case letters and digits, with single hyphens between them",
        found: "nothing",
      },
    ]);
    const config = accepted({});
    expect(config.mode).to.equal("plan");
    expect(config.records).to.equal("matched");
    expect(config.maxAgeMinutes).to.equal(defaultSettings.maxAgeMinutes);
  });

  it("reports every wrong key in one message", () => {
    const { config, problems } = check({
      team: "Blue Team",
      mode: "fixx",
      maxAgeMinutes: "soon",
      multiRegion: "yes",
      names: { logTopic: "one", alertTopic: "one" },
      trustedAccounts: [111122223333],
      subscribers: [{ protocol: "sms", endpoint: "12345" }],
      detections: { "iam-user-creatd": { mode: "fix" } },
      subscriber: "x",
    });
    expect(config).to.equal(undefined);
    const message = messageOf(problems, "dev");
    expect(message.split("\n")).to.deep.equal([
      "The configuration of stack dev has 9 errors:",
      "  cloudtrailer:subscriber: expected a key from docs/configuration.md; found an unknown one (did you mean subscribers?)",
      '  cloudtrailer:team: expected 1 to 32 lower-case letters and digits, with single hyphens between them; found "Blue Team"',
      '  cloudtrailer:mode: expected one of alert, plan, approve, fix; found "fixx" (did you mean fix?)',
      '  cloudtrailer:detections.iam-user-creatd: expected the ID of a detection, or a pattern that matches one (docs/detections.md); found "iam-user-creatd" (did you mean iam-user-created?)',
      "  cloudtrailer:subscribers[0].endpoint: expected a telephone number like +15550100123 for sms; found something else",
      '  cloudtrailer:trustedAccounts[0]: expected a 12-digit account ID in quotes: "111122223333", or a canonical user ID; found 111122223333',
      '  cloudtrailer:maxAgeMinutes: expected a whole number from 1 to 10080; found "soon"',
      '  cloudtrailer:multiRegion: expected true or false; found "yes"',
      '  cloudtrailer:names: expected different topics for notifications, alerts, `watch` and `events`; found "one" for two of them',
      "Fix Pulumi.dev.yaml, or use `pulumi config set`; docs/configuration.md describes every key.",
    ]);
  });

  it("leaves the keys of other namespaces alone", () => {
    const { problems } = checkConfig(
      {
        project: "cloudtrailer",
        values: { "cloudtrailer:team": "blue", "aws:region": "us-west-2" },
        secrets: [],
      },
      { now, catalogue },
    );
    expect(problems).to.deep.equal([]);
  });

  it("says where text is not JSON", () => {
    expect(problemAt("subscribers", { subscribers: "bob@example.com" })).to.deep.include({
      expected: "JSON of type array",
      found: '"bob@example.com"',
    });
  });

  it("cuts what it shows", () => {
    const { found } = problemAt("mode", { mode: "x".repeat(10_000) });
    expect(found.length).to.be.below(120);
  });

  describe("secrets", () => {
    it("may be subscribers, whose values no error repeats", () => {
      const subscribers = [
        { protocol: "https", endpoint: "http://hooks.example.com/T0KEN" },
        { protocol: "https", endpoint: "https://hooks.example.com/", name: "T0KEN" },
      ];
      const { problems } = check({ subscribers }, ["subscribers"]);
      expect(problems).to.have.length(2);
      expect(messageOf(problems, "dev")).not.to.contain("T0KEN");
    });

    it("may be nothing that is visible in AWS", () => {
      const { problems } = check({ trustedAccounts: ["111122223333"] }, ["trustedAccounts"]);
      expect(problems.map((problem) => problem.key)).to.deep.equal(["cloudtrailer:trustedAccounts"]);
      expect(messageOf(problems, "dev")).not.to.contain("111122223333");
    });
  });

  describe("exceptions", () => {
    const whole = {
      detection: "iam-*",
      principal: "arn:*:role/ci",
      reason: "pipeline",
      owner: "ops",
      until: "2026-07-01",
    };

    it("apply until the end of their day", () => {
      const [exception] = accepted({ exceptions: [{ ...whole, until: "2026-06-15" }] }).exceptions;
      expect(exception?.until).to.equal("2026-06-15T23:59:59.999Z");
    });

    for (const field of ["detection", "reason", "owner", "until"])
      it(`are refused without ${field}`, () => {
        const { found } = problemAt(`exceptions[0].${field}`, {
          exceptions: [{ ...whole, [field]: undefined }],
        });
        expect(found).to.equal("nothing");
      });

    for (const until of ["2026-06-14", "2026-06-15T11:59:59Z", "2026-06-15T13:00:00+02:00"])
      it(`are refused past their time, ${until}`, () => {
        const { expected } = problemAt("exceptions[0].until", { exceptions: [{ ...whole, until }] });
        expect(expected).to.contain("a future time");
      });

    for (const until of ["2027-02-30", "next week", "2027-01-01T00:00", "2027-13-01", ""])
      it(`are refused when their end is no time, ${JSON.stringify(until)}`, () => {
        problemAt("exceptions[0].until", { exceptions: [{ ...whole, until }] });
      });

    it("are refused if they cover everything", () => {
      const { found } = problemAt("exceptions[0]", {
        exceptions: [{ ...whole, detection: "*", principal: "*" }],
      });
      expect(found).to.contain("everything");
    });

    it("are refused for an unknown detection", () => {
      problemAt("exceptions[0].detection", { exceptions: [{ ...whole, detection: "iam-user-made" }] });
    });

    it("may be by tag: a key of their own, and a value", () => {
      const byTag = { ...whole, detection: "*", tag: "team=web*" };
      expect(accepted({ exceptions: [byTag] }).exceptions[0]?.tag).to.equal("team=web*");
      for (const tag of ["team", "=web", "aws:cloudformation:stack-name=x", 7])
        problemAt("exceptions[0].tag", { exceptions: [{ ...whole, tag }] });
    });
  });

  describe("overrides of detections", () => {
    it("go from pattern to ID, each overriding the previous", () => {
      const { detections } = accepted({
        detections: {
          "iam-user-created": { severity: "low" },
          "iam-*": { mode: "fix", severity: "high" },
          "*": { mode: "alert" },
        },
      });
      expect(detections["iam-user-created"]).to.deep.equal({ mode: "fix", severity: "low" });
      expect(detections["iam-mfa-deactivated"]).to.deep.equal({ mode: "fix", severity: "high" });
      expect(detections["s3-bulk-delete"]).to.deep.equal({ mode: "alert" });
    });

    it("by pattern switch on neither containment nor what is off by default", () => {
      const { detections } = accepted({ detections: { "*": { mode: "fix" } } });
      expect(detections["s3-bulk-delete"]).to.deep.equal({ mode: "plan" });
      expect(detections["sts-session-token"]).to.equal(undefined);
      const named = accepted({
        detections: { "s3-bulk-delete": { mode: "fix" }, "sts-session-token": { mode: "alert" } },
      });
      expect(named.detections["s3-bulk-delete"]).to.deep.equal({ mode: "fix" });
      expect(named.detections["sts-session-token"]).to.deep.equal({ mode: "alert" });
    });

    it("set thresholds, once each and for one detection", () => {
      const { thresholds } = accepted({
        detections: { "s3-bulk-delete": { threshold: 7 } },
        thresholds: { "iam-user-created.days": 3 },
      });
      expect(thresholds).to.deep.equal({ "s3-bulk-delete": 7, "iam-user-created.days": 3 });
      problemAt("thresholds.s3-bulk-delete", {
        detections: { "s3-bulk-delete": { threshold: 7 } },
        thresholds: { "s3-bulk-delete": 8 },
      });
      problemAt("detections.s3-*.threshold", { detections: { "s3-*": { threshold: 7 } } });
    });

    it("have known fields only", () => {
      const { found } = problemAt("detections.iam-user-created.severty", {
        detections: { "iam-user-created": { severty: "low" } },
      });
      expect(found).to.contain("did you mean severity?");
    });

    it("do not reach the prototype", () => {
      const { problems } = checkConfig(
        {
          project: "cloudtrailer",
          values: { "cloudtrailer:team": "blue", "cloudtrailer:detections": '{"__proto__":{"mode":"off"}}' },
          secrets: [],
        },
        { now, catalogue },
      );
      expect(problems).to.have.length(1);
    });
  });

  describe("subscribers", () => {
    it("are named by protocol and position, or by their own name", () => {
      const { subscribers } = accepted({
        subscribers: [
          { protocol: "email", endpoint: "a@example.com" },
          {
            protocol: "sqs",
            endpoint: "arn:aws:sqs:us-west-2:111122223333:siem",
            name: "siem",
            minimumSeverity: "low",
          },
          { protocol: "email", endpoint: "b@example.com" },
        ],
      });
      expect(subscribers.map((one) => [one.name, one.minimumSeverity])).to.deep.equal([
        ["email-1", "info"],
        ["siem", "low"],
        ["email-2", "info"],
      ]);
    });

    it("are refused if repeated", () => {
      const one = { protocol: "email", endpoint: "a@example.com" };
      problemAt("subscribers[1].endpoint", { subscribers: [one, one] });
      problemAt("subscribers[1].name", {
        subscribers: [one, { protocol: "email", endpoint: "b@example.com", name: "email-1" }],
      });
    });

    for (const [protocol, endpoint] of [
      ["email", "not an address"],
      ["https", "http://example.com/"],
      ["sqs", "https://sqs.us-west-2.amazonaws.com/111122223333/siem"],
      ["lambda", "cloudtrailer"],
      ["sms", "0043 1 234"],
    ])
      it(`are refused with ${endpoint} for ${protocol}`, () => {
        problemAt("subscribers[0].endpoint", { subscribers: [{ protocol, endpoint }] });
      });

    it("are refused with an unknown protocol", () => {
      problemAt("subscribers[0].protocol", {
        subscribers: [{ protocol: "http", endpoint: "http://example.com" }],
      });
    });
  });

  describe("names", () => {
    it("are shared by no two teams", () => {
      const [blue, red] = [accepted({ team: "blue" }).names, accepted({ team: "red" }).names];
      const common = Object.values(blue).filter((name) => Object.values(red).includes(name));
      // Inside the role, whose name is the team's.
      expect(common).to.deep.equal(["execution-policy"]);
    });

    it("can all be set", () => {
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
        dueFixes: "another-rule",
        watch: "a-watch",
        events: "an-events",
        dashboard: "a-dashboard",
        findingsBus: "a-bus",
        chat: "a-chat",
        history: "a-history",
        reports: "a-reports-bucket",
        athena: "an-athena",
      };
      expect(accepted({ names }).names).to.deep.equal(names);
    });

    for (const [kind, name] of Object.entries({
      bucket: "Upper_Case",
      trail: "ends-with-",
      logTopic: "a topic",
      alertTopic: "t.opic",
      role: "r".repeat(65),
      function: "a.function",
      table: "ab",
      failureQueue: "q/1",
      schedule: "a rule",
      dueFixes: "another rule",
    }))
      it(`are refused when AWS would refuse them: ${kind}`, () => {
        problemAt(`names.${kind}`, { names: { [kind]: name } });
      });

    for (const [kind, name, reason] of [
      ["bucket", "xn--logs", "starts with none of"],
      ["bucket", "sthree-logs", "starts with none of"],
      ["bucket", "amzn-s3-demo-logs", "starts with none of"],
      ["bucket", "logs-s3alias", "ends with none of"],
      ["bucket", "logs--ol-s3", "ends with none of"],
      ["bucket", "logs--x-s3", "ends with none of"],
      ["bucket", "logs--table-s3", "ends with none of"],
      ["bucket", "logs-an", "ends with none of"],
      ["bucket", "192.168.5.4", "letters, digits, hyphens"],
      ["trail", "192.168.5.4", "IP address"],
    ] as const)
      it(`are refused with the reason: ${kind} ${name}`, () => {
        expect(problemAt(`names.${kind}`, { names: { [kind]: name } }).expected).to.contain(reason);
      });

    it("may look a little like what is refused", () => {
      for (const trail of ["192.168.5", "192.168.5.4a", "1.2.3.4.5"]) accepted({ names: { trail } });
      for (const bucket of ["my-sthree-logs", "logs-s3alias-2", "logs-plan"]) accepted({ names: { bucket } });
    });

    it("of a bucket that somebody else owns get a suffix", () => {
      expect(accepted({ bucketSuffix: "7x" }).names.bucket).to.equal("lambdasharp-blue-cloudtrail-7x");
      expect(accepted({}).names.bucket).to.equal("lambdasharp-blue-cloudtrail");
      for (const bucketSuffix of ["Upper", "-x", "a--b", "an", "s3alias", "x".repeat(40)])
        problemAt("bucketSuffix", { bucketSuffix });
      const both = problemAt("bucketSuffix", { bucketSuffix: "7x", names: { bucket: "logs" } });
      expect(both.expected).to.contain("not both");
    });

    it("keep alerts off the topic for notifications", () => {
      problemAt("names", { names: { logTopic: "one", alertTopic: "one" } });
      problemAt("names", { names: { logTopic: "security-alerts-blue" } });
    });

    it("fit their limits with the longest team", () => {
      accepted({ team: "t".repeat(32) });
    });
  });

  for (const [key, values] of Object.entries<Record<string, unknown[]>>({
    ownNetworks: {
      good: ["10.0.0.0/8", "2001:db8::/32"],
      bad: ["10.0.0.0", "10.0.0.0/33", "300.0.0.0/8", "::/129", "a/8"],
    },
    allowedRegions: { good: ["us-west-2", "us-gov-east-1"], bad: ["Oregon", "us-west"] },
    trustedAccounts: { good: ["012345678901", "0a".repeat(32)], bad: ["12345", 12345678901] },
  }))
    it(`${key} are checked one by one`, () => {
      accepted({ [key]: values.good });
      for (const bad of values.bad ?? []) problemAt(`${key}[0]`, { [key]: [bad] });
    });

  it("a delay of fixes is minutes or hours, shorter than records may be old", () => {
    expect(accepted({}).fix).to.deep.equal({});
    const fixOf = (after: string, maxAgeMinutes = 10_080) => accepted({ fix: { after }, maxAgeMinutes }).fix;
    expect(fixOf("30m")).to.deep.equal({ after: 30 });
    expect(fixOf("2h")).to.deep.equal({ after: 120 });
    expect(fixOf("45m", 60)).to.deep.equal({ after: 45 });
    for (const after of ["0m", "30", "30s", "-1m", "1.5h", "169h", 30, ""])
      expect(problemAt("fix.after", { fix: { after } }).expected).to.equal(
        "minutes or hours from 1m to 168h, like 30m or 2h",
      );
    expect(problemAt("fix.after", { fix: { after: "46m" } })).to.deep.include({
      expected:
        "15 minutes less than maxAgeMinutes at most, because a record may come so late (at most 45m, or maxAgeMinutes of at least 61)",
      found: "46m with maxAgeMinutes 60",
    });
    expect(problemAt("fix.after", { fix: { after: "1m" }, maxAgeMinutes: 15 }).expected).to.include(
      "(maxAgeMinutes of at least 16)",
    );
    expect(accepted({ fix: { after: "30m", immediately: ["critical"] } }).fix.immediately).to.deep.equal([
      "critical",
    ]);
    problemAt("fix.immediately[0]", { fix: { after: "30m", immediately: ["urgent"] } });
    expect(problemAt("fix.after", { fix: { immediately: ["critical"] } }).found).to.equal("nothing");
    problemAt("fix.before", { fix: { before: "30m" } });
  });

  it("the organization is its id, and perhaps paths in it", () => {
    const id = "o-abcde12345";
    accepted({ organization: {} });
    accepted({ organization: { id } });
    accepted({ organization: { id, paths: [`${id}/r-ab12/ou-ab12-11111111/*`] } });
    problemAt("organization.id", { organization: { id: "acme" } });
    problemAt("organization.id", { organization: { paths: [`${id}/r-ab12/*`] } });
    problemAt("organization.paths[0]", { organization: { id, paths: ["r-ab12/ou-ab12-11111111"] } });
  });

  it("says which key fills the function's environment", () => {
    // Texts that do not compress.
    const automation = Array.from({ length: 400 }, (_, i) => `arn:aws:iam::*:role/${(i * 7919 + 13) ** 3}`);
    const { found, expected } = problemAt("automation", { automation });
    expect(expected).to.contain("fit");
    expect(found).to.match(/^up to \d+ bytes/);
  });

  it("reports what does not fit together with what is wrong elsewhere", () => {
    const automation = Array.from({ length: 400 }, (_, i) => `arn:aws:iam::*:role/${(i * 7919 + 13) ** 3}`);
    const services = Array.from({ length: 400 }, (_, i) => `iam:PassRole service-${i}.amazonaws.com`);
    const plan = () => Promise.resolve({ outcome: "refused" as const, reason: "" });
    const values = {
      team: "Blue Team",
      mode: "fixx",
      bucketSuffix: "an",
      automation: JSON.stringify(automation),
    };
    const { problems } = checkConfig(
      {
        project: "cloudtrailer",
        values: {
          ...Object.fromEntries(Object.entries(values).map(([key, value]) => [`cloudtrailer:${key}`, value])),
          "cloudtrailer:detections": '{"iam-user-created":{"mode":"fix"}}',
        },
        secrets: [],
      },
      { now, catalogue, remediations: [{ id: "iam-user-created", reads: [], writes: services, plan }] },
    );
    const keys = problems.map(({ key }) => key.slice("cloudtrailer:".length));
    expect(keys).to.deep.equal(["team", "mode", "bucketSuffix", "automation", "detections"]);
    expect(problems.at(-1)?.found).to.match(
      /^\d+ characters in one statement, where a policy may have 6144, for iam-user-created$/,
    );
  });

  describe("of an existing trail", () => {
    const arn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/main";
    const existingTrail = { arn, bucket: "company-logs" };

    it("takes the trail, its bucket and its topic for the stack's own", () => {
      const topic = "arn:aws:sns:us-east-1:444455556666:trail";
      const { names } = accepted({ trail: "existing", existingTrail: { ...existingTrail, topic } });
      expect(names).to.include({ trail: arn, bucket: "company-logs", logTopic: topic });
      const own = accepted({ trail: "existing", existingTrail });
      expect(own.names.logTopic).to.equal("cloudtrail-logs-blue");
    });

    it("is not described halfway, nor twice", () => {
      expect(problemAt("existingTrail", { trail: "existing" }).expected).to.match(/`arn` and `bucket`/);
      expect(problemAt("trail", { existingTrail }).expected).to.match(/`existing` along with/);
      const names = { bucket: "other" };
      expect(problemAt("names.bucket", { trail: "existing", existingTrail, names }).expected).to.match(
        /existingTrail/,
      );
      const both = {
        ...existingTrail,
        topic: "arn:aws:sns:us-east-1:444455556666:trail",
        bucketEvents: true,
      };
      expect(
        problemAt("existingTrail.bucketEvents", { trail: "existing", existingTrail: both }).found,
      ).to.equal("both");
    });

    it("has no events that this stack could choose, and no suffix", () => {
      const dataEvents = [{ resources: "s3" }];
      expect(problemAt("dataEvents", { trail: "existing", existingTrail, dataEvents }).expected).to.match(
        /own trail/,
      );
      const { expected } = problemAt("bucketSuffix", { trail: "existing", existingTrail, bucketSuffix: "x" });
      expect(expected).to.match(/no suffix/);
    });

    for (const [key, wrong] of Object.entries({
      arn: "main",
      bucketAccount: 111122223333,
      bucketRegion: "west",
      prefix: "/audit/",
      topic: "cloudtrail-logs",
      organizationId: "123",
      policyReader: "reader",
    }))
      it(`has no wrong ${key}`, () => {
        problemAt(`existingTrail.${key}`, {
          trail: "existing",
          existingTrail: { ...existingTrail, [key]: wrong },
        });
      });

    it("may be encrypted with a key that is named by its ARN", () => {
      const kmsKey = "arn:aws:kms:us-west-2:111122223333:key/0a1b";
      expect(accepted({ kmsKey }).kmsKey).to.equal(kmsKey);
      expect(problemAt("kmsKey", { kmsKey: "alias/logs" }).expected).to.match(/the ARN of a KMS key/);
    });
  });
});
