import { expect } from "chai";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { testAlerts } from "../../cli/alert/test-alerts";
import { createCallAws } from "../../handlers/aws/clients";
import { deployForSuite, type Stage } from "./stage";
import { eventually } from "./support";

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

const token = "xoxb-1111-2222-abcdef";
const bus = "cloudtrailer-findings-bus";
const routingKey = "0123456789abcdef0123456789abcdef";

/** Some forms escape hyphens. */
const textOf = ({ body }: Received) => JSON.stringify(body).replaceAll("\\", "");

describe("subscribers behind the findings bus", () => {
  const received: Received[] = [];

  const server: Server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    request.on("end", () => {
      const { url = "", headers } = request;
      received.push({ path: url, headers, body: JSON.parse(text) as Record<string, unknown> });
      response.statusCode = url.startsWith("/refusing") ? 403 : 200;
      response.end('{"ok":true}');
    });
  });
  const config: Record<string, string> = { securityHub: "true" };
  const at = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  after(() => new Promise((resolve) => server.close(resolve)));

  // Before the stack is deployed: the subscribers have the receiver's port.
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    config.subscribers = JSON.stringify([
      { protocol: "slack", channel: "C0123456789", token, url: at("/slack") },
      { protocol: "teams", endpoint: at("/teams?sig=hidden"), detections: ["iam-user-*"] },
      { protocol: "jira", url: at("/jira"), project: "SEC", user: "bot@example.com", token: "jira-token-1" },
      { protocol: "pagerduty", routingKey, url: at("/pagerduty"), minimumSeverity: "critical" },
      { protocol: "webhook", endpoint: at("/webhook"), token: "a-secret-value", accounts: ["111122223333"] },
      { protocol: "webhook", endpoint: at("/refusing"), token: "a-secret-value", accounts: ["444455556666"] },
      {
        protocol: "webhook",
        endpoint: at("/hourly"),
        token: "a-secret-value",
        minimumSeverity: "critical",
        summary: "hourly",
      },
    ]);
  });
  const stage: Stage = deployForSuite("bus", { config });
  const requestTo = (path: string, part: string) =>
    eventually(`a request to ${path} about ${part}`, async () =>
      received.find((one) => one.path.startsWith(path) && textOf(one).includes(part)),
    );

  it("get each finding in their own form, with their own secret", async () => {
    await stage.call(stage.mallory, "iam", "CreateUser", { UserName: "bus-bob" });
    const slack = await requestTo("/slack", "bus-bob");
    expect(slack.headers.authorization).to.equal(`Bearer ${token}`);
    expect(slack.body).to.include({ channel: "C0123456789" });
    const teams = await requestTo("/teams", "bus-bob");
    expect(teams.path).to.equal("/teams?sig=hidden");
    expect(teams.body).to.have.nested.property("attachments[0].content.type", "AdaptiveCard");
    const jira = await requestTo("/jira", "iam-user-created");
    expect(jira.path).to.equal("/jira/rest/api/2/issue");
    expect(jira.headers.authorization).to.equal(
      `Basic ${Buffer.from("bot@example.com:jira-token-1").toString("base64")}`,
    );
    expect(jira.body).to.have.nested.property("fields.labels[1]", "iam-user-created");
    const web = await requestTo("/webhook", "bus-bob");
    expect(web.headers.authorization).to.equal("a-secret-value");
    expect(web.body).to.include({ class_uid: 2004, class_name: "Detection Finding" });
  });

  it("get only the severities, detections and accounts that they ask for", async () => {
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await stage.call(stage.mallory, "iam", "AttachUserPolicy", { UserName: "bus-bob", PolicyArn });
    const pager = await requestTo("/pagerduty", "bus-bob");
    expect(pager.body).to.include({ routing_key: routingKey, event_action: "trigger" });
    expect(pager.body).to.have.nested.property("payload.severity", "critical");
    await requestTo("/slack", "AdministratorAccess");
    const about = (path: string) =>
      received.filter((one) => one.path.startsWith(path) && textOf(one).includes("bus-bob"));
    expect(about("/pagerduty"), "the user alone is not critical").to.have.length(1);
    expect(about("/teams"), "another detection").to.have.length(1);
    expect(received.filter(({ path }) => path.startsWith("/refusing"))).to.deep.equal([]);
  });

  it("and Security Hub: what is found, what is fixed, and that it is missing while Security Hub is off", async () => {
    const alert = await stage.alertOf("iam-user-created", "bus-bob");
    expect(alert.notImported).to.match(/InvalidAccessException: .* is not subscribed to AWS Security Hub/);
    await stage.call(stage.root, "securityhub", "EnableSecurityHub", {});
    await stage.call(stage.mallory, "iam", "CreateUser", { UserName: "hub-bob" });
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await stage.call(stage.mallory, "iam", "AttachUserPolicy", { UserName: "hub-bob", PolicyArn });
    for (const [detection, state] of [
      ["iam-user-created", "ACTIVE"],
      ["iam-admin-policy-attached-user", "ARCHIVED"],
    ]) {
      const { id } = await stage.alertOf(String(detection), "hub-bob");
      const Filters = { Id: [{ Value: id, Comparison: "EQUALS" }] };
      const { Findings } = await stage.call(stage.root, "securityhub", "GetFindings", { Filters });
      expect(Findings).to.have.length(1).and.to.have.nested.property("[0].RecordState", state);
    }
  });

  it("get one summary of an hour if they ask for it, and nobody else gets that", async () => {
    const hourMs = 3_600_000;
    // An hour is summarized five minutes after its end.
    const until = Math.floor((Date.now() - hourMs / 12) / hourMs) * hourMs;
    const [since, first] = [until - hourMs, until - hourMs / 2].map((at) => new Date(at).toISOString());
    const { outputs, region } = stage.stack;
    const byRoot = (operation: string, input: object) =>
      stage.call(stage.root, "dynamodb", operation, { ...input });
    const TableName = outputs.tableName;
    const ResourceArn = outputs.tableArn;
    const [found] = (await stage.readAlerts()).filter(({ detection }) => detection === "iam-user-created");
    expect(found?.severity).not.to.equal("critical");
    // Nobody but the function writes the table: an hour passes only for whoever takes that away.
    const { Policy } = await byRoot("GetResourcePolicy", { ResourceArn });
    await byRoot("DeleteResourcePolicy", { ResourceArn });
    const write = (id: string, values: Record<string, string>) =>
      byRoot("UpdateItem", {
        TableName,
        Key: { id: { S: id } },
        UpdateExpression: `SET ${Object.keys(values)
          .map((name) => `#${name} = :${name}`)
          .join(", ")}`,
        ExpressionAttributeNames: Object.fromEntries(Object.keys(values).map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(values).map(([name, S]) => [`:${name}`, { S }]),
        ),
      });
    await write(String(found?.id), { claimedAt: String(first), day: String(first).slice(0, 10) });
    await write("watch#summary#hourly-below-critical", { until: String(since) });
    await byRoot("PutResourcePolicy", { ResourceArn, Policy });

    await stage.call(stage.root, "lambda", "Invoke", {
      FunctionName: outputs.functionName,
      InvocationType: "Event",
      Payload: JSON.stringify({ cloudtrailer: "keep-baselines", at: "schedule" }),
    });
    const hourly = await requestTo("/hourly", "below critical");
    expect(hourly.body).to.have.nested.property("unmapped.period.since", since);
    expect(hourly.body).to.have.nested.property("unmapped.period.findings", 1);
    expect(hourly.body).to.have.nested.property("unmapped.period.by.detection.iam-user-created", 1);
    const onTopic = await stage.nextAlert("that is a summary", (alert) => "period" in alert);
    expect(onTopic).to.have.property("list").that.includes(`--stack-region ${region}`);
    expect(
      received.filter((one) => textOf(one).includes("below critical")).map(({ path }) => path),
    ).to.deep.equal(["/hourly"]);
    expect(
      received.filter((one) => one.path === "/hourly" && textOf(one).includes("bus-bob") && one !== hourly),
    ).to.have.length(1);
  });

  it("can be tested, whatever they ask for: each says what became of a test alert", async () => {
    const { endpoint, region, outputs } = stage.stack;
    const { id, receipts } = await testAlerts({
      alertTopicArn: String(outputs.alertTopicArn),
      findingsBus: bus,
      function: String(outputs.functionName),
      region,
      aws: createCallAws({ endpoint, credentials: stage.keys, attempts: 1, timeoutMs: 300_000 }),
      waitMs: 120_000,
      now: Date.now,
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    const stateOf = Object.fromEntries(receipts.map(({ subscriber, state }) => [subscriber, state]));
    expect(stateOf).to.deep.include({
      "slack-1": "delivered",
      "teams-1": "delivered",
      "jira-1": "delivered",
      "pagerduty-1": "delivered",
      "webhook-1": "delivered",
      "webhook-2": "dead-lettered",
    });
    expect(receipts.find(({ subscriber }) => subscriber === "webhook-2")?.says).to.match(/403/);
    for (const path of ["/slack", "/teams", "/jira", "/pagerduty", "/webhook", "/refusing"])
      await requestTo(path, id);
  });

  it("are parts of the system: the self-check finds them as deployed, and whoever silences one is reported", async () => {
    const [entry] = await eventually("the self-check's entry", async () => {
      const entries = await stage.entries("self-check");
      return entries.length > 0 ? entries : undefined;
    });
    const ofBus = ((entry?.differences ?? []) as { part: string }[]).filter(({ part }) =>
      part.includes("findings"),
    );
    expect(ofBus).to.deep.equal([]);
    await stage.call(stage.mallory, "events", "DisableRule", { Name: "slack-1", EventBusName: bus });
    await requestTo("/pagerduty", "events:DisableRule");
    await stage.call(stage.root, "events", "EnableRule", { Name: "slack-1", EventBusName: bus });
    await stage.call(stage.mallory, "events", "DeleteConnection", { Name: `${bus}.jira-1` });
    const pager = await requestTo(
      "/pagerduty",
      "A part of cloudtrailer was changed by events:DeleteConnection",
    );
    expect(textOf(pager)).to.include("findings may not reach chat rooms");
  });

  it("get nothing from anybody but the function", async () => {
    const Detail = JSON.stringify({ severity_id: 5, unmapped: { forms: { slack: { text: "forged" } } } });
    const entry = {
      EventBusName: bus,
      Source: "cloudtrailer",
      DetailType: "Detection Finding",
      Detail,
    };
    let failure: unknown;
    try {
      await stage.call(stage.mallory, "events", "PutEvents", { Entries: [entry] });
    } catch (error) {
      failure = error;
    }
    expect(failure).to.be.an("error").with.property("name", "AccessDeniedException");
  });
});
