import { barX, barY, plot, rectY, ruleX, ruleY, text } from "@observablehq/plot";
import { severities } from "../../handlers/settings";
import type { Builder } from "../page/element";
import { delaySteps, type OutcomeGroup, outcomeGroups, type ReportModel, type Tally } from "./model";

/** Severities and outcomes are CSS variables, so that one picture is readable in the light, in the dark and on paper. */
const severityColors = { domain: [...severities], range: severities.map((one) => `var(--${one})`) };
const groups = Object.keys(outcomeGroups) as OutcomeGroup[];
const groupColors = { domain: groups, range: groups.map((one) => `var(--${one})`) };

const width = 1_000;

/** A picture without styles of its own, which the content security policy would refuse. */
function drawn({ document }: Builder, label: string, options: object): Element {
  const svg = plot({ document, width, ariaLabel: label, ...options } as Parameters<typeof plot>[0]);
  for (const style of [...svg.querySelectorAll("style")]) style.remove();
  for (const styled of [...svg.querySelectorAll("[style]")]) styled.removeAttribute("style");
  // To a screen reader, a picture is one thing with one label; its numbers are in the table below it.
  for (const labelled of [...svg.querySelectorAll("[aria-label]")]) labelled.removeAttribute("aria-label");
  svg.setAttribute("role", "img");
  svg.setAttribute("font-size", "13");
  return svg;
}

/** At most five ticks, and none between whole numbers. */
function ticksFor(sums: Map<unknown, number>): number {
  return Math.min(5, Math.max(1, ...sums.values()));
}

function sumsBy<Row extends { count: number }>(
  rows: Row[],
  keyOf: (row: Row) => unknown,
): Map<unknown, number> {
  const sums = new Map<unknown, number>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.count);
  return sums;
}

/** Findings by day (UTC) and severity. */
export function daysChart(builder: Builder, { byDay }: ReportModel): Element {
  const rows = byDay.map(({ day, ...row }) => ({ ...row, day: new Date(day) }));
  return drawn(builder, "Findings by day and severity", {
    height: 240,
    marginBottom: 40,
    x: { type: "utc", label: null },
    y: { grid: true, label: "findings", tickFormat: "d", ticks: ticksFor(sumsBy(byDay, ({ day }) => day)) },
    color: severityColors,
    marks: [
      rectY(rows, {
        x: "day",
        y: "count",
        fill: "severity",
        interval: "day",
        order: [...severities],
        insetLeft: 1,
      }),
      ruleY([0]),
    ],
  });
}

/** Detections with the most findings, by what became of them, or by severity if nothing was done. */
export function detectionsChart(builder: Builder, { byDetection, isHandled }: ReportModel): Element {
  const parts = (tally: Tally): Partial<Record<string, number>> =>
    isHandled ? tally.groups : tally.severities;
  const order: readonly string[] = isHandled ? groups : severities;
  const rows = byDetection.flatMap((tally) =>
    order
      .filter((part) => parts(tally)[part] !== undefined)
      .map((part) => ({ name: tally.name, part, count: parts(tally)[part] ?? 0 })),
  );
  return drawn(builder, `Findings by detection and ${isHandled ? "outcome" : "severity"}`, {
    height: 70 + byDetection.length * 26,
    marginBottom: 45,
    marginLeft: 270,
    marginRight: 50,
    x: {
      grid: true,
      label: "findings",
      tickFormat: "d",
      ticks: ticksFor(sumsBy(byDetection, ({ name }) => name)),
    },
    y: { domain: byDetection.map(({ name }) => name), label: null, tickSize: 0 },
    color: isHandled ? groupColors : severityColors,
    marks: [
      barX(rows, { x: "count", y: "name", fill: "part", order: [...order], insetTop: 3, insetBottom: 3 }),
      text(byDetection, {
        x: "count",
        y: "name",
        text: ({ count }: Tally) => count.toLocaleString("en"),
        textAnchor: "start",
        dx: 6,
      }),
      ruleX([0]),
    ],
  });
}

/** How long it took from a call to its fix, by the path of its record. */
export function delaysChart(builder: Builder, { delays }: ReportModel): Element {
  return drawn(builder, "Fixes by the time since the call", {
    height: 220,
    marginBottom: 40,
    x: { domain: delaySteps.map(([label]) => label), label: null, tickSize: 0 },
    y: { grid: true, label: "fixes", tickFormat: "d", ticks: ticksFor(sumsBy(delays, ({ step }) => step)) },
    color: { domain: ["event", "log file"], range: ["var(--fixed)", "var(--settled)"] },
    marks: [
      barY(delays, {
        x: "step",
        y: "count",
        fill: "path",
        order: ["event", "log file"],
        insetLeft: 8,
        insetRight: 8,
      }),
      ruleY([0]),
    ],
  });
}
