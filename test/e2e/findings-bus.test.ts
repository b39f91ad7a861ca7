import { expect } from "chai";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { deployForSuite, type Stage } from "./stage";
import { eventually } from "./support";

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

const token = "xoxb-1111-2222-abcdef";
const routingKey = "0123456789abcdef0123456789abcdef";

describe("subscribers behind the findings bus", () => {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    request.on("end", () => {
      const { url = "", headers } = request;
      received.push({ path: url, headers, body: JSON.parse(text) as Record<string, unknown> });
      response.end('{"ok":true}');
    });
  });
  const config: Record<string, string> = {};
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
      { protocol: "webhook", endpoint: at("/webhook"), token: "a-secret-value", accounts: ["444455556666"] },
    ]);
  });
  const stage: Stage = deployForSuite("bus", { config });
  const requestTo = (path: string, part: string) =>
    eventually(`a request to ${path} about ${part}`, async () =>
      received.find((one) => one.path.startsWith(path) && JSON.stringify(one.body).includes(part)),
    );

  it("get each finding in their own form, with their own secret", async () => {
    await stage.call(stage.mallory, "iam", "CreateUser", { UserName: "bus-bob" });
    const slack = await requestTo("/slack", "bus-bob");
    expect(slack.headers.authorization).to.equal(`Bearer ${token}`);
    expect(slack.body).to.include({ channel: "C0123456789" });
    const teams = await requestTo("/teams", "AdaptiveCard");
    expect(teams.path).to.equal("/teams?sig=hidden");
    const jira = await requestTo("/jira", "bus");
    expect(jira.path).to.equal("/jira/rest/api/2/issue");
    expect(jira.headers.authorization).to.equal(
      `Basic ${Buffer.from("bot@example.com:jira-token-1").toString("base64")}`,
    );
    expect(jira.body).to.have.nested.property("fields.labels[1]", "iam-user-created");
  });

  it("get only the severities and accounts that they ask for", async () => {
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await stage.call(stage.mallory, "iam", "AttachUserPolicy", { UserName: "bus-bob", PolicyArn });
    const pager = await requestTo("/pagerduty", "bus-bob");
    expect(pager.body).to.include({ routing_key: routingKey, event_action: "trigger" });
    expect(pager.body).to.have.nested.property("payload.severity", "critical");
    await requestTo("/slack", "Administrator");
    expect(received.filter(({ path }) => path.startsWith("/pagerduty"))).to.have.length(1);
    expect(received.filter(({ path }) => path.startsWith("/teams"))).to.have.length(1);
    expect(received.filter(({ path }) => path.startsWith("/webhook"))).to.deep.equal([]);
  });

  it("get nothing from anybody but the function", async () => {
    const Detail = JSON.stringify({ severity_id: 5, unmapped: { forms: { slack: { text: "forged" } } } });
    const entry = {
      EventBusName: "cloudtrailer-findings-bus",
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
