import { createHash } from "node:crypto";
import { busSource, findingType, periodType, summaryType } from "../handlers/alerts/bus";
import { severityIds } from "../handlers/alerts/ocsf";
import { fieldsOf } from "../handlers/json";
import { watchSeparator } from "../handlers/part-names";
import { type PeriodSettings, type Severity, severities } from "../handlers/settings";
import { type ChatRoom, roomFields, teamsRoomOf } from "./chat-rooms";
import { type Check, flag, form, listOf, oneOf, optional, record, text } from "./checks";

/** A subscriber behind the findings bus that gets requests: a chat room, a ticket system, a pager, or any web service. */
export interface Channel {
  /** Unique in the stack. */
  name: string;
  protocol: WebKind;
  minimumSeverity: Severity;
  /** Detection IDs or patterns of them; none: all. */
  detections: string[];
  /** None: all. */
  accounts: string[];
  /** How often it gets a summary of what is less severe; undefined: never. */
  summary?: Every | undefined;
  /** Where requests go, without a query: anybody who may describe API destinations sees it. */
  url: string;
  /** How a request proves who sends it. The value is a secret. */
  auth: { kind: "header"; name: string; value: string } | { kind: "basic"; user: string; password: string };
  /** Secret parameters of each request. */
  query: Record<string, string>;
  body: Record<string, string>;
  /** Makes the request's body of an event. */
  transformer: { inputPaths: Record<string, string>; inputTemplate: string } | { inputPath: string };
}

/** How often a summary may come. */
export const everies = ["hourly", "daily"] as const satisfies PeriodSettings["every"][];

export type Every = (typeof everies)[number];

export const channelKinds = ["slack", "teams", "jira", "pagerduty", "webhook", "chat"] as const;

export type ChannelKind = (typeof channelKinds)[number];

/** Those that get requests. */
export type WebKind = Exclude<ChannelKind, "chat">;

export function isChannelKind(protocol: unknown): protocol is ChannelKind {
  return channelKinds.some((kind) => kind === protocol);
}

/** Plain HTTP leads nowhere but to this machine, for embedded AWS. */
const address = text("an https:// address", (value) => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, hash } = new URL(value);
  const isHere = protocol === "http:" && hostname === "127.0.0.1";
  return (protocol === "https:" || isHere) && username === "" && hash === "";
});

const secret =
  (what: string, pattern: RegExp): Check<string> =>
  (value, at, report) => {
    if (typeof value === "string" && pattern.test(value)) return value;
    // It may be a real one with a typing error.
    report({ key: at, expected: what, found: "something else" });
    return undefined;
  };

const common = {
  name: optional(form("a name of 1 to 24 lower-case letters, digits, hyphens", /^[a-z0-9][a-z0-9-]{0,23}$/)),
  minimumSeverity: optional(oneOf(severities)),
  summary: optional(oneOf(everies)),
  detections: optional(listOf(form("a detection's ID, or a pattern of IDs with *", /^[a-z0-9*-]+$/))),
  accounts: optional(listOf(form('a 12-digit account ID in quotes: "111122223333"', /^\d{12}$/))),
};

const fields = {
  slack: record({
    protocol: oneOf(["slack"]),
    ...common,
    channel: form("a channel's ID: C0123456789", /^[CDG][A-Z0-9]{6,20}$/),
    token: secret("a bot token: xoxb-…", /^xoxb-[\w-]+$/),
    url: optional(address),
  }),
  teams: record({
    protocol: oneOf(["teams"]),
    ...common,
    endpoint: address,
  }),
  jira: record({
    protocol: oneOf(["jira"]),
    ...common,
    url: address,
    project: form("a project's key: SEC", /^[A-Z][A-Z0-9_]{1,19}$/),
    issueType: optional(form("the name of a type of issue: Task", /^[\w -]{1,40}$/)),
    user: text("the e-mail address of the token's owner", (value) => /^\S+@\S+$/.test(value)),
    token: secret("an API token", /^\S{8,}$/),
  }),
  pagerduty: record({
    protocol: oneOf(["pagerduty"]),
    ...common,
    routingKey: secret("an integration key of the Events API v2: 32 characters", /^\w{32}$/),
    url: optional(address),
  }),
  webhook: record({
    protocol: oneOf(["webhook"]),
    ...common,
    endpoint: address,
    header: optional(form("a header's name: Authorization", /^[A-Za-z][A-Za-z0-9-]{0,60}$/)),
    token: secret("the header's value, by which the receiver knows cloudtrailer", /^\S.{7,}$/),
  }),
};

const room = { protocol: oneOf(["chat"]), ...common, buttons: optional(flag()) };
const slackRoom = record({ ...room, ...roomFields.slack });
const teamsRoom = record({ ...room, ...roomFields.teams });

/** Where in an event its forms are. */
const formIn = (path: string) => `$.detail.unmapped.forms.${path}`;

/** What every channel may say. */
interface Said {
  name?: string;
  minimumSeverity?: Severity;
  summary?: Every;
  detections?: string[];
  accounts?: string[];
}

function saidOf({ minimumSeverity = "info", detections = [], accounts = [], summary }: Said) {
  return { minimumSeverity, detections, accounts, ...(summary === undefined ? {} : { summary }) };
}

/** Checks a room of Amazon Q. @param name as below */
function checkRoom(
  value: unknown,
  at: string,
  report: Parameters<Check<unknown>>[2],
  name: () => string,
): ChatRoom | undefined {
  const made = (of: Said & { buttons?: boolean }, where: ChatRoom["where"]): ChatRoom => ({
    name: of.name ?? name(),
    protocol: "chat",
    ...saidOf(of),
    where,
    buttons: of.buttons ?? false,
  });
  const isTeams = Object.keys(fieldsOf(value)).some((field) => field.startsWith("teams"));
  if (isTeams) {
    const one = teamsRoom(value, at, report);
    return one && made(one, teamsRoomOf(one));
  }
  const one = slackRoom(value, at, report);
  return one && made(one, { slackTeam: one.slackTeam, slackChannel: one.slackChannel });
}

/** Checks one subscriber behind the bus. @param name for one without a name */
export function checkChannel(
  kind: ChannelKind,
  value: unknown,
  at: string,
  report: Parameters<Check<unknown>>[2],
  name: () => string,
): Channel | ChatRoom | undefined {
  if (kind === "chat") return checkRoom(value, at, report, name);
  const given = (of: Said) => ({
    name: of.name ?? name(),
    protocol: kind,
    ...saidOf(of),
    query: {},
    body: {},
  });
  if (kind === "slack") {
    const one = fields.slack(value, at, report);
    return (
      one && {
        ...given(one),
        url: one.url ?? "https://slack.com/api/chat.postMessage",
        auth: { kind: "header", name: "Authorization", value: `Bearer ${one.token}` },
        transformer: {
          inputPaths: { text: formIn("slack.text"), attachments: formIn("slack.attachments") },
          inputTemplate: `{"channel":${JSON.stringify(one.channel)},"unfurl_links":false,"text":<text>,"attachments":<attachments>}`,
        },
      }
    );
  }
  if (kind === "teams") {
    const one = fields.teams(value, at, report);
    return (
      one && {
        ...given(one),
        ...splitUrl(one.endpoint),
        // The address itself is the secret; EventBridge requires some authorization.
        auth: { kind: "header", name: "X-Sender", value: "cloudtrailer" },
        transformer: {
          inputPaths: { attachments: formIn("teams.attachments") },
          inputTemplate: '{"type":"message","attachments":<attachments>}',
        },
      }
    );
  }
  if (kind === "jira") {
    const one = fields.jira(value, at, report);
    return (
      one && {
        ...given(one),
        url: `${one.url.replace(/\/+$/, "")}/rest/api/2/issue`,
        auth: { kind: "basic", user: one.user, password: one.token },
        transformer: {
          inputPaths: {
            summary: formIn("jira.summary"),
            description: formIn("jira.description"),
            labels: formIn("jira.labels"),
          },
          inputTemplate: `{"fields":{"project":{"key":${JSON.stringify(one.project)}},"issuetype":{"name":${JSON.stringify(one.issueType ?? "Task")}},"summary":<summary>,"description":<description>,"labels":<labels>}}`,
        },
      }
    );
  }
  if (kind === "pagerduty") {
    const one = fields.pagerduty(value, at, report);
    return (
      one && {
        ...given(one),
        url: one.url ?? "https://events.pagerduty.com/v2/enqueue",
        auth: { kind: "header", name: "X-Sender", value: "cloudtrailer" },
        body: { routing_key: one.routingKey },
        transformer: {
          inputPaths: { key: formIn("pagerduty.dedup_key"), payload: formIn("pagerduty.payload") },
          inputTemplate: '{"event_action":"trigger","dedup_key":<key>,"payload":<payload>}',
        },
      }
    );
  }
  const one = fields.webhook(value, at, report);
  return (
    one && {
      ...given(one),
      ...splitUrl(one.endpoint),
      auth: { kind: "header", name: one.header ?? "Authorization", value: one.token },
      // A template that is nothing but an object is a text, in which quotes are lost.
      transformer: { inputPath: "$.detail" },
    }
  );
}

/** A query often has a key, and an API destination's address can be read: it becomes secret parameters. */
function splitUrl(address: string): Pick<Channel, "url" | "query"> {
  const url = new URL(address);
  const query = Object.fromEntries(url.searchParams);
  url.search = "";
  return { url: url.href, query };
}

/**
 * The pattern of events that a channel gets.
 *
 * @param periods summaries of hours and days on the bus: whether there are any, and the key of the channel's own
 */
export function channelPattern(
  { minimumSeverity, detections, accounts }: Pick<Channel, "minimumSeverity" | "detections" | "accounts">,
  periods: { any: boolean; own?: string | undefined } = { any: false },
): object {
  const detail = {
    ...(minimumSeverity === "info" ? {} : { severity_id: idsFrom(minimumSeverity) }),
    ...(detections.length === 0 ? {} : { finding_info: { types: detections.map(matcherOf) } }),
    ...(accounts.length === 0 ? {} : { cloud: { account: { uid: accounts } } }),
  };
  const isFiltered = Object.keys(detail).length > 0;
  // A test alert is for everybody.
  const test = { unmapped: { summary: ["test"] } };
  if (!periods.any)
    return { source: [busSource], ...(isFiltered ? { detail: { $or: [detail, test] } } : {}) };
  const single = { "detail-type": [findingType, summaryType] };
  const branches = [
    ...(isFiltered ? [{ ...single, detail }, { detail: test }] : [single]),
    ...(periods.own === undefined
      ? []
      : [{ "detail-type": [periodType], detail: { unmapped: { period: { key: [periods.own] } } } }]),
  ];
  // EventBridge takes no alternative of one.
  const [only, ...others] = branches;
  return { source: [busSource], ...(others.length === 0 ? only : { $or: branches }) };
}

function idsFrom(minimum: Severity): number[] {
  return severities.slice(0, severities.indexOf(minimum) + 1).map((one) => severityIds[one].id);
}

function matcherOf(pattern: string): string | { wildcard: string } {
  // EventBridge refuses two wildcards in a row.
  return pattern.includes("*") ? { wildcard: pattern.replace(/\*+/g, "*") } : pattern;
}

/**
 * The name of a channel's connection and API destination, at most 64 characters: `cloudtrailer-findings-red.slack-1`. The
 * separator tells it from the names of another team, whose name begins like this one's.
 */
export function channelPart(bus: string, { name }: Pick<Channel, "name">): string {
  const whole = `${bus}${watchSeparator}${name}`;
  if (whole.length <= 64) return whole;
  return `${bus}${watchSeparator}${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
}
