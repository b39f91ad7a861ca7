import { answerOf } from "../findings/chat-answer";
import type { Severity } from "../settings";
import type { Alert } from "./alert";
import { clean, cut } from "./clean";
import { wordsOf } from "./render";
import type { Summary } from "./summaries";

/**
 * Alerts as chat rooms, ticket systems and pagers show them. Everything from a record is cleaned, and then escaped for the
 * markup of each: a name must not become a mention, a link, or the beginning of a list.
 */
export interface Forms {
  /** For `chat.postMessage`, without the channel. */
  slack: { text: string; attachments: object[] };
  /** A message with an Adaptive Card, for a workflow that posts it. */
  teams: { type: "message"; attachments: object[] };
  /** Fields of an issue, without project and type. */
  jira: { summary: string; description: string; labels: string[] };
  /** An event of the Events API v2, without the routing key. */
  pagerduty: { event_action: "trigger"; dedup_key: string; payload: Record<string, unknown> };
  /** A custom notification of Amazon Q Developer in chat applications. */
  chat: ChatForm;
}

/**
 * Amazon Q posts it, in a thread for each `threadId`, and hands `additionalContext` to the buttons.
 *
 * Source: https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export interface ChatForm {
  version: "1.0";
  source: "custom";
  id: string;
  content: {
    textType: "client-markdown";
    title: string;
    description: string;
    nextSteps: string[];
    keywords: string[];
  };
  metadata: {
    threadId: string;
    summary: string;
    eventType: string;
    relatedResources: string[];
    /** Texts alone. */
    additionalContext: {
      /** Whether somebody may decide about it by a button. */
      Waits: "yes" | "no";
      /** What the buttons say; `none` if there are none. */
      Approve: string;
      Deny: string;
    };
  };
}

/** What the forms show. */
interface Shown {
  id: string;
  severity: Severity;
  /** `NOT FIXED: Security group opened by bob`; one line. */
  headline: string;
  /** What it means, or why it was not fixed. */
  detail: string;
  facts: [label: string, value: string][];
  /** What to do next. */
  steps: string[];
  /** What to paste for what comes next: to roll the fix back, or to decide about it. */
  commands: [heading: string, command: string][];
  link?: string;
  team: string;
  detection: string;
  account: string;
  region: string;
  /** What it is, in a word: an outcome, or a kind of summary. */
  kind: string;
  resources: string[];
  /** What the buttons of a finding that waits say. */
  answers?: { approve: string; deny: string } | undefined;
}

/** Of severities, as dots and bars show them. The same as on pages (cli/page/style.ts). */
const colors: Record<Severity, string> = {
  critical: "#a3123b",
  high: "#d4452a",
  medium: "#d99a0b",
  low: "#3a86c8",
  info: "#8a949e",
};

/** PagerDuty knows four. */
const pagerSeverities: Record<Severity, string> = {
  critical: "critical",
  high: "error",
  medium: "warning",
  low: "info",
  info: "info",
};

/** What a person may paste. */
function commandsOf({ rollback, approval, outcome }: Alert): Shown["commands"] {
  if (rollback !== undefined) return [["To roll this back", rollback.command]];
  if (approval === undefined) return [];
  const isDelayed = outcome === "delayed";
  const approve: [string, string] = [isDelayed ? "To have it fixed now" : "To approve", approval.approve];
  const deny: [string, string] = ["To deny the fix", approval.deny];
  return isDelayed ? [deny, approve] : [approve, deny];
}

/** What buttons say about a finding that waits; undefined if it does not, or if no tag can say it. */
function answersOf({ id: finding, approval }: Alert): Shown["answers"] {
  if (approval === undefined) return undefined;
  const { plan } = approval;
  const approve = answerOf({ verb: "approve", plan, finding });
  const deny = answerOf({ verb: "deny", plan, finding });
  return approve === undefined || deny === undefined ? undefined : { approve, deny };
}

/** The forms of an alert about a finding. */
export function formsOf(alert: Alert): Forms {
  const { what, who, account, region, when, reason, done } = alert;
  const resources = what.resources.slice(0, 5).map(({ id }) => id);
  return formsFor({
    id: alert.id,
    severity: alert.severity,
    headline: `${wordsOf(alert)}: ${alert.title}`,
    detail: [reason, done?.summary].filter((text) => text !== undefined).join(" "),
    facts: [
      ["Call", what.event],
      ["Actor", who.arn ?? who.name],
      ["Resource", resources.join(", ")],
      ["Account", `${account} ${region}`],
      ["Time", when.eventTime],
      ["Finding", alert.id],
    ],
    steps: alert.runbook,
    commands: commandsOf(alert),
    link: alert.console,
    team: alert.team,
    detection: alert.detection,
    account,
    region,
    kind: alert.outcome,
    resources,
    answers: answersOf(alert),
  });
}

/** The forms of an alert about more than one finding. */
export function formsOfSummary({ subject, text, json }: Pick<Summary, "subject" | "text" | "json">): Forms {
  const { severity, ...summary } = json;
  const { team, account, region, detection = "", actor = "", list } = summary;
  return formsFor({
    // A pager shows what repeats once; each test is its own.
    id: summary.summary === "test" ? subject : `${summary.summary}#${detection}#${actor}`,
    severity,
    // The forms say the severity themselves.
    headline: subject.replace(/^\[[A-Z]+\] /, ""),
    // The command has a place of its own, where nothing cuts it off.
    detail: text.replace(/^[A-Z]+: /, "").replace(/\n\nAll of them: .*$/, ""),
    facts: [
      ["Detection", detection],
      ["Actor", actor],
      ["Account", `${account} ${region}`],
    ],
    steps: [],
    commands: list === undefined ? [] : [["All of them", list]],
    team,
    detection,
    account,
    region,
    kind: summary.summary,
    resources: [],
  });
}

function formsFor(shown: Shown): Forms {
  const one: Shown = {
    ...shown,
    headline: clean(shown.headline, 250),
    detail: cut(linesIn(shown.detail).join("\n"), 1_000),
    facts: shown.facts
      .filter(([, value]) => value.trim() !== "")
      .map(([label, value]): [string, string] => [label, clean(value, 300)]),
  };
  return {
    slack: slackOf(one),
    teams: teamsOf(one),
    jira: jiraOf(one),
    pagerduty: pagerdutyOf(one),
    chat: chatOf(one),
  };
}

/** Each without what cannot be seen; names from records have no line breaks. */
function linesIn(text: string): string[] {
  return text
    .split("\n", 30)
    .map((line) => clean(line, 1_000))
    .filter((line) => line !== "");
}

/**
 * Slack's three control characters, and its markup: a zero-width space after each mark keeps it from formatting.
 *
 * Source: https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function slackText(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[*_~`]/g, "$&\u200b");
}

function slackOf({ severity, headline, detail, facts, steps, commands, link }: Shown): Forms["slack"] {
  const mrkdwn = (text: string) => ({ type: "mrkdwn", text: cut(text, 2_900) });
  const section = (text: string) => ({ type: "section", text: mrkdwn(text) });
  const list = steps.map((step, index) => `${index + 1}. ${slackText(step)}`).join("\n");
  const title = `${severity.toUpperCase()} ${headline}`;
  return {
    // What a notification shows.
    text: slackText(title),
    attachments: [
      {
        color: colors[severity],
        blocks: [
          section(`*${slackText(title)}*`),
          ...(detail === "" ? [] : [section(slackText(detail))]),
          {
            type: "section",
            fields: facts.map(([label, value]) => mrkdwn(`*${label}*\n${slackText(value)}`)),
          },
          ...(list === "" ? [] : [section(`*Next steps*\n${list}`)]),
          ...commands.map(([heading, command]) => section(`*${heading}*\n${slackText(command)}`)),
          ...(link === undefined ? [] : [section(`<${link}|Open the event in CloudTrail>`)]),
        ],
      },
    ],
  };
}

/**
 * Markdown of Adaptive Cards: whatever could format is escaped.
 *
 * Source: https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/text-features
 */
export function markdownText(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, "\\$&").replace(/&/g, "&amp;");
}

function teamsOf({ severity, headline, detail, facts, steps, commands, link }: Shown): Forms["teams"] {
  const block = (text: string, own: object = {}) => ({ type: "TextBlock", wrap: true, text, ...own });
  const heading = (text: string) => block(text, { weight: "Bolder" });
  const alarming = severity === "critical" || severity === "high";
  const style = { color: alarming ? "Attention" : severity === "medium" ? "Warning" : "Default" };
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          body: [
            block(markdownText(`${severity.toUpperCase()} ${headline}`), {
              weight: "Bolder",
              size: "Medium",
              ...style,
            }),
            ...(detail === "" ? [] : [block(markdownText(detail))]),
            {
              type: "FactSet",
              facts: facts.map(([title, value]) => ({ title, value: markdownText(value) })),
            },
            ...(steps.length === 0
              ? []
              : [
                  heading("Next steps"),
                  ...steps.map((step, index) => block(`${index + 1}\\. ${markdownText(step)}`)),
                ]),
            ...commands.flatMap(([title, command]) => [
              heading(title),
              block(markdownText(command), { fontType: "Monospace" }),
            ]),
          ],
          ...(link === undefined
            ? {}
            : { actions: [{ type: "Action.OpenUrl", title: "Open the event in CloudTrail", url: link }] }),
        },
      },
    ],
  };
}

/**
 * Jira's wiki markup: a backslash keeps a mark from formatting.
 *
 * Source: https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
 */
export function wikiText(text: string): string {
  return text.replace(/[\\*_?\-+^~{}[\]|!#@<>&]/g, "\\$&");
}

function jiraOf({
  severity,
  headline,
  detail,
  facts,
  steps,
  commands,
  link,
  detection,
}: Shown): Forms["jira"] {
  return {
    summary: cut(`${severity.toUpperCase()} ${headline}`, 250),
    description: [
      ...(detail === "" ? [] : [wikiText(detail), ""]),
      ...facts.map(([label, value]) => `*${label}*: ${wikiText(value)}`),
      ...(steps.length === 0 ? [] : ["", "h4. Next steps", ...steps.map((step) => `# ${wikiText(step)}`)]),
      ...commands.flatMap(([title, command]) => ["", `h4. ${title}`, wikiText(command)]),
      ...(link === undefined ? [] : ["", `[Open the event in CloudTrail|${link}]`]),
    ].join("\n"),
    labels: ["cloudtrailer", ...(detection === "" ? [] : [detection])],
  };
}

/** Shown as plain text. Source: https://developer.pagerduty.com/docs/send-alert-event */
function pagerdutyOf(shown: Shown): Forms["pagerduty"] {
  const { id, severity, headline, detail, facts, steps, commands, account, region, detection, team } = shown;
  return {
    event_action: "trigger",
    dedup_key: cut(id, 255),
    payload: {
      summary: cut(`${severity.toUpperCase()} ${headline}`, 1_024),
      source: `${account} ${region}`.trim() || team,
      severity: pagerSeverities[severity],
      component: detection,
      group: team,
      custom_details: {
        ...Object.fromEntries(facts),
        ...(detail === "" ? {} : { Detail: detail }),
        ...(steps.length === 0 ? {} : { "Next steps": steps }),
        ...Object.fromEntries(commands),
      },
    },
  };
}

/**
 * Amazon Q renders markdown of the room's own platform, and makes mentions of what follows an at sign: escaped as for Slack, with a
 * zero-width space where Teams would see a link, and Amazon Q a mention.
 */
export function chatText(text: string): string {
  return slackText(text)
    .replace(/@/g, "@\u200b")
    .replace(/\](?=[([:])/g, "]\u200b");
}

/** Characters; Amazon Q shows less of what is longer, or nothing. */
const chatLimits = { title: 250, description: 4_000, step: 300, keyword: 75, resource: 300 };

function chatOf(shown: Shown): ChatForm {
  const { id, severity, headline, detail, facts, steps, commands, link, team, detection, kind } = shown;
  const { resources, answers } = shown;
  // Escaped after it is cut, and cut again: what a cut would break is the text's end alone.
  const line = (text: string, max: number) => cut(chatText(cut(text, max)), max);
  const title = line(`${severity.toUpperCase()} ${headline}`, chatLimits.title);
  const description = [
    ...(detail === "" ? [] : [chatText(detail), ""]),
    ...facts.map(([label, value]) => `*${label}* ${chatText(value)}`),
    ...commands.map(([heading, command]) => `*${heading}* ${chatText(command)}`),
    ...(link === undefined ? [] : [`*Event* ${link}`]),
  ].join("\n");
  return {
    version: "1.0",
    source: "custom",
    id: cut(`${id}#${kind}`, 255),
    content: {
      textType: "client-markdown",
      title,
      description: cut(description, chatLimits.description),
      nextSteps: steps.map((step) => line(step, chatLimits.step)),
      keywords: [team, severity, kind, detection]
        .filter((word) => word !== "")
        .map((word) => line(clean(word), chatLimits.keyword)),
    },
    metadata: {
      threadId: cut(id, 255),
      summary: title,
      eventType: kind,
      relatedResources: resources.map((one) => line(clean(one), chatLimits.resource)),
      additionalContext: {
        Waits: answers === undefined ? "no" : "yes",
        Approve: answers?.approve ?? "none",
        Deny: answers?.deny ?? "none",
      },
    },
  };
}
