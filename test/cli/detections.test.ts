import { expect } from "chai";
import { stripVTControlCharacters } from "node:util";
import type { Io } from "../../cli/verb";
import { detections } from "../../handlers/detections/index";
import { called } from "./called";

async function printed(args: string[], io: Pick<Io, "width" | "color"> = {}): Promise<string[]> {
  const { code, out, err } = await called(["detections", ...args], io);
  expect({ code, err }).deep.equal({ code: 0, err: [] });
  return out;
}

describe("cloudtrailer detections", () => {
  it("prints each detection of the catalogue once", async () => {
    const ids = (await printed([])).slice(1, -2).map((line) => line.split(" ")[0]);
    expect([...ids].sort()).deep.equal(detections.map(({ id }) => id).sort());
  });

  it("aligns the columns", async () => {
    const [heading = "", ...lines] = await printed([]);
    const column = heading.indexOf("ATT&CK");
    for (const line of lines.slice(0, -2)) expect(line.slice(column)).match(/^T\d{4}/);
  });

  it("counts by severity", async () => {
    const last = (await printed([])).at(-1) ?? "";
    const counts = [...last.matchAll(/(\d+) (?:critical|high|medium|low)/g)].map(([, count]) =>
      Number(count),
    );
    expect(last).match(new RegExp(`^${detections.length} detections: `));
    expect(counts.reduce((sum, count) => sum + count, 0)).equal(detections.length);
  });

  it("prints one entry with its runbook, false positives and references", async () => {
    const text = (await printed(["s3-bulk-delete"])).join("\n");
    const detection = detections.find(({ id }) => id === "s3-bulk-delete");
    for (const part of [
      ...(detection?.runbook ?? []),
      ...(detection?.falsePositives ?? []),
      ...(detection?.references ?? []),
    ])
      expect(text).include(part);
    expect(text).include("50 distinct values within 10 minutes");
  });

  it("says what keeps a detection from finding anything", async () => {
    expect((await printed(["vpc-route-to-internet"])).join("\n")).include("protectedRouteTables");
  });

  it("suggests the ID that may have been meant", async () => {
    const { code, err } = await called(["detections", "s3-bulk-delet"]);
    expect(code).equal(2);
    expect(err.join()).include('found "s3-bulk-delet" (did you mean s3-bulk-delete?)');
  });

  it("fits a terminal of 80 columns, with full IDs, and colors severities", async () => {
    const lines = await printed([], { width: 80, color: true });
    const plain = lines.map((line) => stripVTControlCharacters(line));
    for (const line of plain) expect(line.length, line).at.most(80);
    const ids = plain.slice(1, -2).map((line) => line.split(" ")[0]);
    expect([...ids].sort()).deep.equal(detections.map(({ id }) => id).sort());
    expect(lines.join("")).include("\u001b[31m");
  });
});
