import { expect } from "chai";
import { run } from "../../cli/detections";
import { isUsageError } from "../../cli/verb";
import { detections } from "../../handlers/detections/index";

async function printed(args: string[]): Promise<string[]> {
  const lines: string[] = [];
  const code = await run(args, { out: (line) => lines.push(line), err: () => {} });
  expect(code).equal(0);
  return lines;
}

async function errorOf(args: string[]): Promise<unknown> {
  try {
    await printed(args);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe("cloudtrailer detections", () => {
  it("prints each detection of the catalogue once", async () => {
    const ids = (await printed([])).slice(1, -2).map((line) => line.split(" ")[0]);
    expect([...ids].sort()).deep.equal(detections.map(({ id }) => id).sort());
  });

  it("prints the columns one below the other", async () => {
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

  it("says which id may have been meant", async () => {
    const error = await errorOf(["s3-bulk-delet"]);
    expect(isUsageError(error)).equal(true);
    expect((error as Error).message).include('found "s3-bulk-delet" (did you mean s3-bulk-delete?)');
  });

  it("takes one id", async () => {
    expect(isUsageError(await errorOf(["s3-bulk-delete", "root-activity"]))).equal(true);
  });
});
