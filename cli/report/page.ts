import { clean } from "../../handlers/alerts/clean";
import { type Exception, type Severity, severities } from "../../handlers/settings";
import { type Builder, type Content, createBuilder } from "../page/element";
import { htmlOf } from "../page/frame";
import { baseCss } from "../page/style";
import { daysChart, delaysChart, detectionsChart } from "./charts";
import {
  delaySteps,
  maxListed,
  type OutcomeGroup,
  outcomeGroupOf,
  outcomeGroups,
  type ReportedFinding,
  type ReportModel,
  type Tally,
} from "./model";

/** What a page says about itself. */
export interface About {
  /** `Findings of findings-red`. */
  title: string;
  /** `first seen since 2026-05-01`, or the files. */
  scope: string;
  /** Epoch ms. */
  now: number;
  /** The exceptions of the stack's configuration; undefined if it was not given. */
  exceptions?: Exception[];
}

/** The report as one HTML file. It needs no network and runs no script. */
export function pageOf(model: ReportModel, about: About): string {
  const builder = createBuilder();
  const { el, document } = builder;
  const sections = model.findings === 0 ? [] : sectionsOf(builder, model, about);
  document.body.append(
    el("a", { class: "skip", href: "#main" }, "Skip to the report"),
    el("header", {}, el("h1", {}, about.title), el("p", { class: "soft" }, headline(model, about))),
    el("main", { id: "main" }, numbers(builder, model), sections),
    el(
      "footer",
      { class: "soft" },
      el("p", {}, "Times are UTC. Made by cloudtrailer from its findings; this file needs no network."),
    ),
  );
  return htmlOf(builder, { title: about.title, css: baseCss });
}

function headline({ first, last }: ReportModel, { scope, now }: About): string {
  const calls =
    first === undefined ? "" : first === last ? `; calls of ${first}` : `; calls from ${first} to ${last}`;
  return `${scope}${calls}; made ${new Date(now).toISOString().slice(0, 16).replace("T", " ")}`;
}

function numbers({ el }: Builder, { all, isHandled, medianSeconds }: ReportModel): Content {
  const grave = (all.severities.critical ?? 0) + (all.severities.high ?? 0);
  const of = (group: OutcomeGroup) => (all.groups[group] ?? 0).toLocaleString("en");
  const rows: [term: string, value: string][] = [
    ["findings", all.count.toLocaleString("en")],
    ["critical or high", grave.toLocaleString("en")],
  ];
  if (isHandled)
    rows.push(
      ["fixed", of("fixed")],
      ["not fixed", of("not-fixed")],
      ["would be fixed", of("would-fix")],
      ["median time to fix", medianSeconds === undefined ? "–" : duration(medianSeconds)],
    );
  return el(
    "dl",
    { class: "numbers" },
    rows.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value))),
  );
}

function sectionsOf(builder: Builder, model: ReportModel, { exceptions, now }: About): Content[] {
  const { isHandled } = model;
  return [
    days(builder, model),
    byDetection(builder, model),
    model.delays.length > 0 ? delays(builder, model) : undefined,
    model.wouldFix.length > 0 ? wouldFix(builder, model) : undefined,
    model.notFixed.length > 0 ? notFixed(builder, model) : undefined,
    model.rolledBack.length > 0 ? rolledBack(builder, model) : undefined,
    tallies(builder, "Actors", "ACTOR", model.byActor, isHandled),
    tallies(builder, "Accounts and regions", "WHERE", model.byPlace, isHandled),
    model.noise.length > 0 ? noise(builder, model) : undefined,
    exceptions === undefined ? undefined : ending(builder, exceptions, now),
    gravest(builder, model),
  ];
}

function days(builder: Builder, model: ReportModel): Content {
  const { byDay } = model;
  if (byDay.length === 0) return undefined;
  return card(
    builder,
    "What happened",
    "Findings by the day of the call.",
    legend(builder, severities, (one) => one),
    figure(builder, daysChart(builder, model)),
    asTable(
      builder,
      ["DAY", "SEVERITY", "#FINDINGS"],
      byDay.map(({ day, severity, count }) => [day, severityTag(builder, severity), count]),
    ),
  );
}

function byDetection(builder: Builder, model: ReportModel): Content {
  const { byDetection: rows, isHandled } = model;
  const keys = isHandled ? (Object.keys(outcomeGroups) as OutcomeGroup[]) : severities;
  return card(
    builder,
    isHandled ? "What was done about it" : "What was found",
    `The ${rows.length === 1 ? "detection" : `${rows.length} detections`} with the most findings.`,
    legend(builder, keys, (one) => (isHandled ? outcomeGroups[one as OutcomeGroup] : one)),
    figure(builder, detectionsChart(builder, model)),
    asTable(
      builder,
      [
        "DETECTION",
        "TITLE",
        "#FINDINGS",
        ...keys.map((one) => `#${isHandled ? outcomeGroups[one as OutcomeGroup] : one}`),
      ],
      rows.map(({ name, title, count, groups, severities: bySeverity }) => [
        code(builder, name),
        title ?? "",
        count,
        ...keys.map((one) => (isHandled ? groups[one as OutcomeGroup] : bySeverity[one as Severity]) ?? ""),
      ]),
    ),
  );
}

function delays(builder: Builder, model: ReportModel): Content {
  const steps = delaySteps.map(([label]) => label);
  const { el } = builder;
  const median =
    model.medianSeconds === undefined
      ? ""
      : ` Half of the fixes were made within ${duration(model.medianSeconds)}.`;
  return card(
    builder,
    "How long it was open",
    `The time from a call to its fix.${median}`,
    el(
      "ul",
      { class: "legend" },
      el("li", {}, tag(builder, "fixed", "record came as an event")),
      el("li", {}, tag(builder, "settled", "record came in a log file")),
    ),
    figure(builder, delaysChart(builder, model)),
    asTable(
      builder,
      ["TIME", "RECORD CAME", "#FIXES"],
      [...model.delays]
        .sort((a, b) => steps.indexOf(a.step) - steps.indexOf(b.step))
        .map(({ step, path, count }) => [step, path === "event" ? "as an event" : "in a log file", count]),
    ),
  );
}

function wouldFix(builder: Builder, { wouldFix: rows }: ReportModel): Content {
  return card(
    builder,
    "What would have been fixed",
    "In mode plan, nothing is changed. These are the fixes that mode fix would have made.",
    table(
      builder,
      ["DETECTION", "FIX", "#FINDINGS"],
      rows.map(({ detection, summary, count }) => [code(builder, detection), summary, count]),
    ),
  );
}

function notFixed(builder: Builder, { notFixed: rows }: ReportModel): Content {
  return card(
    builder,
    "What was not fixed, and why",
    undefined,
    table(
      builder,
      ["DETECTION", "OUTCOME", "REASON", "#FINDINGS"],
      rows.map(({ detection, outcome, reason, count }) => [
        code(builder, detection),
        outcomeTag(builder, outcome),
        reason,
        count,
      ]),
    ),
  );
}

function rolledBack(builder: Builder, { rolledBack: rows }: ReportModel): Content {
  return card(
    builder,
    "Fixes that people rolled back",
    "These fixes should not have been made: an exception keeps them from being made again.",
    table(
      builder,
      ["FINDING", "BY", "WHY"],
      rows.map(({ id, rolledBack: by }) => [code(builder, id), by?.by ?? "", by?.why ?? ""]),
    ),
  );
}

function tallies(
  builder: Builder,
  heading: string,
  column: string,
  rows: Tally[],
  isHandled: boolean,
): Content {
  return card(
    builder,
    heading,
    undefined,
    table(
      builder,
      [column, "#FINDINGS", "#CRITICAL OR HIGH", ...(isHandled ? ["#FIXED", "#NOT FIXED"] : [])],
      rows.map(({ name, count, severities: bySeverity, groups }) => [
        name === "" ? "not in the record" : name,
        count,
        (bySeverity.critical ?? 0) + (bySeverity.high ?? 0) || "",
        ...(isHandled ? [groups.fixed ?? "", groups["not-fixed"] ?? ""] : []),
      ]),
    ),
  );
}

function noise(builder: Builder, { noise: rows, findings }: ReportModel): Content {
  const share = (count: number) => `${Math.round((count / findings) * 100)} %`;
  return card(
    builder,
    "Noise",
    "Most findings of one detection by one actor. What is intended deserves an exception (npx cloudtrailer except FINDING).",
    table(
      builder,
      ["DETECTION", "ACTOR", "SEVERITY", "#FINDINGS", "#OF ALL"],
      rows.map(({ detection, actor, severity, count }) => [
        code(builder, detection),
        actor,
        severityTag(builder, severity),
        count,
        share(count),
      ]),
    ),
  );
}

const dayMs = 86_400_000;

function ending(builder: Builder, exceptions: Exception[], now: number): Content {
  const rows = [...exceptions].sort((a, b) => Date.parse(a.until) - Date.parse(b.until));
  const left = (until: string) => {
    const days = Math.floor((Date.parse(until) - now) / dayMs);
    return Number.isNaN(days) ? "" : days < 0 ? "has ended" : `${days} ${days === 1 ? "day" : "days"}`;
  };
  return card(
    builder,
    "Exceptions",
    rows.length === 0 ? "The configuration has none." : "Those that end first come first.",
    rows.length === 0
      ? undefined
      : table(
          builder,
          ["ENDS", "#LEFT", "DETECTION", "FOR", "REASON", "OWNER"],
          rows.map(
            ({ until, detection, principal, account, region, resource, tag: tagged, reason, owner }) => [
              until,
              left(until),
              code(builder, detection),
              [principal, account, region, resource, tagged].filter((one) => one !== undefined).join(" "),
              reason,
              owner,
            ],
          ),
        ),
  );
}

function gravest(builder: Builder, { gravest: rows, findings, isHandled }: ReportModel): Content {
  const more = findings > rows.length ? ` The first ${maxListed} of ${findings.toLocaleString("en")}.` : "";
  return card(
    builder,
    "Findings",
    `Most severe first, then newest.${more}`,
    table(
      builder,
      ["TIME", "SEVERITY", ...(isHandled ? ["OUTCOME"] : []), "WHAT", "ACTOR", "RESOURCE", "WHERE"],
      rows.map((finding) => findingRow(builder, finding, isHandled)),
    ),
  );
}

function findingRow(builder: Builder, finding: ReportedFinding, isHandled: boolean): Content[] {
  const {
    eventTime,
    severity,
    outcome = "",
    title,
    id,
    actor,
    resources,
    account,
    region,
    rolledBack: by,
  } = finding;
  const { el } = builder;
  return [
    el("time", { class: "fixed-width" }, clean(eventTime, 30).replace("T", " ").replace("Z", "")),
    severityTag(builder, severity),
    ...(isHandled
      ? [by === undefined ? outcomeTag(builder, outcome) : tag(builder, "open", "rolled back")]
      : []),
    [clean(title), el("br"), code(builder, id)],
    actor,
    resources
      .slice(0, 5)
      .map((one) => one.id)
      .join(" ") + (resources.length > 5 ? ` and ${resources.length - 5} more` : ""),
    `${account} ${region}`,
  ];
}

function card(
  builder: Builder,
  heading: string,
  about: string | undefined,
  ...contents: Content[]
): HTMLElement {
  const { el } = builder;
  return el(
    "section",
    { class: heading === "Findings" ? "card long" : "card" },
    el("h2", {}, heading),
    about === undefined ? undefined : el("p", { class: "soft" }, about),
    contents,
  );
}

function figure({ el }: Builder, picture: Element): Content {
  const label = picture.getAttribute("aria-label") ?? "";
  return el("figure", { class: "scroll", tabindex: "0", role: "group", "aria-label": label }, picture);
}

/** The numbers of a picture, for whoever cannot see it. */
function asTable(builder: Builder, titles: string[], rows: Content[][]): Content {
  const { el } = builder;
  return el("details", {}, el("summary", {}, "As a table"), table(builder, titles, rows));
}

/** A table. Titles that begin with # are those of numbers. Texts come from records, so they are cleaned. */
function table({ el }: Builder, titles: string[], rows: Content[][]): Content {
  const attributes = (title: string) => (title.startsWith("#") ? { class: "number" } : {});
  const shown = (cell: Content) =>
    typeof cell === "string" ? clean(cell) : typeof cell === "number" ? cell.toLocaleString("en") : cell;
  const head = titles.map((title) =>
    el("th", { scope: "col", ...attributes(title) }, sentence(title.replace(/^#/, ""))),
  );
  return el(
    "div",
    // A table that is wider than the window can be scrolled with the keyboard.
    {
      class: "scroll",
      tabindex: "0",
      role: "region",
      "aria-label": titles.map((one) => sentence(one.replace(/^#/, ""))).join(", "),
    },
    el(
      "table",
      {},
      el("thead", {}, el("tr", {}, head)),
      el(
        "tbody",
        {},
        rows.map((row) =>
          el(
            "tr",
            {},
            row.map((cell, at) => el("td", attributes(titles[at] ?? ""), shown(cell))),
          ),
        ),
      ),
    ),
  );
}

function sentence(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1).toLowerCase();
}

function legend<Key extends string>(
  builder: Builder,
  keys: readonly Key[],
  nameOf: (key: Key) => string,
): Content {
  const { el } = builder;
  return el(
    "ul",
    { class: "legend" },
    keys.map((key) => el("li", {}, tag(builder, key, nameOf(key)))),
  );
}

function severityTag(builder: Builder, severity: Severity): Content {
  return tag(builder, severity, severity);
}

function outcomeTag(builder: Builder, outcome: string): Content {
  return tag(builder, outcomeGroupOf(outcome), outcome);
}

/** A word with a colored dot: the color alone says nothing. */
function tag({ el }: Builder, name: string, word: string): Content {
  return el("span", { class: `tag ${name}` }, el("span", {}, clean(word, 40)));
}

function code({ el }: Builder, text: string): Content {
  return el("code", {}, clean(text, 200));
}

/** `45 s`, `7 min`, `3 h`. */
function duration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
