import { expect } from "chai";
import { dashboardBody } from "../../infra/dashboard-body";
import { namesOf } from "../../infra/names";
import { watchAlarms } from "../../infra/watch-alarms";
import { account, region } from "../support/factories";

interface Placed {
  type: string;
  x: number;
  y: number;
  width: number;
  height: number;
  properties: { title?: string; query?: string; metrics?: string[][]; alarms?: string[]; markdown?: string };
}

const args = {
  place: { partition: "aws", region, account },
  team: "red",
  names: namesOf("red", {}),
  watch: true,
  silenceHours: 2,
  isFast: true,
  hasDelays: false,
  hasChannels: true,
};
const widgetsOf = (own: Partial<typeof args> = {}) => dashboardBody({ ...args, ...own }).widgets as Placed[];

describe("the dashboard", () => {
  it("has findings, fixes, delays, errors, own health and alarms", () => {
    expect(widgetsOf().map(({ type, properties }) => properties.title ?? type)).to.deep.equal([
      "text",
      "Findings by what was done",
      "Seconds from the oldest call of a notification to its end",
      "Latest notifications with findings",
      "The function",
      "Its slowest runs, ms",
      "Own health",
      "Alarms of the second path",
    ]);
  });

  it("counts delayed fixes, and how they ended, where there are any", () => {
    const queryOf = (hasDelays: boolean) => widgetsOf({ hasDelays })[1]?.properties.query;
    expect(queryOf(false)).to.include("filter message = 'notification'\n").and.not.to.include("delayed");
    expect(queryOf(true))
      .to.include("filter message = 'notification' or message = 'due fixes'\n")
      .and.include("sum(outcomes.delayed) as `delayed`");
  });

  it("reads the function's own log group, and names its own resources only", () => {
    for (const { type, properties } of widgetsOf())
      if (type === "log")
        expect(properties.query).to.match(/^SOURCE '\/aws\/lambda\/cloudtrailer-red'\n\| filter /);
    const dimensions = widgetsOf().flatMap(({ properties }) =>
      (properties.metrics ?? []).map((one) => one.at(-1)),
    );
    expect(new Set(dimensions)).to.deep.equal(
      new Set(["cloudtrailer-red", "red", "cloudtrailer-failures-red", "security-alerts-red"]),
    );
  });

  it("shows every alarm of the second path, if it exists", () => {
    const alarms = widgetsOf().find(({ type }) => type === "alarm")?.properties.alarms ?? [];
    expect(alarms).to.have.length(watchAlarms({ ...args }).length);
    expect(alarms[0]).to.equal(`arn:aws:cloudwatch:${region}:${account}:alarm:cloudtrailer-watch-red.errors`);
    expect(widgetsOf({ watch: false }).map(({ type }) => type)).not.to.include("alarm");
  });

  it("places its widgets side by side within 24 columns", () => {
    const cells = new Set<string>();
    for (const { x, y, width, height } of widgetsOf()) {
      expect(x + width).to.be.at.most(24);
      for (let column = x; column < x + width; column++)
        for (let row = y; row < y + height; row++) {
          expect(cells, `${column},${row}`).not.to.include(`${column},${row}`);
          cells.add(`${column},${row}`);
        }
    }
  });
});
