import { expect } from "chai";
import { createPromotionCount, linesOfPromotions } from "../../../cli/report/promotion";
import type { KeptFinding } from "../../../cli/findings/kept";

describe("what report says may be promoted", () => {
  const now = Date.parse("2026-05-30T00:00:00Z");
  const said = { at: "2026-05-04T00:00:00Z", by: "arn", why: "so it is" };
  const planned = (detection: string, day: number, own: Partial<KeptFinding> = {}) =>
    ({
      detection,
      outcome: "planned",
      claimedAt: `2026-05-${String(day).padStart(2, "0")}T10:00:00Z`,
      ...own,
    }) as KeptFinding;

  async function linesFor(findings: KeptFinding[]): Promise<string[]> {
    const count = createPromotionCount(now);
    async function* each() {
      yield* findings;
    }
    const passed: KeptFinding[] = [];
    for await (const finding of count.through(each())) passed.push(finding);
    expect(passed).to.deep.equal(findings);
    return linesOfPromotions(count.report());
  }

  it("is what was only planned for two weeks, with the line that has it fixed", async () => {
    const lines = await linesFor([
      planned("kms-key-disabled", 10),
      planned("kms-key-disabled", 20, { verdict: { is: "attack", ...said }, fixedByHand: said }),
      planned("root-activity", 29),
      planned("ec2-sg-open-to-world", 1, { outcome: "fixed" }),
    ]);
    expect(lines).to.deep.equal([
      "",
      "Planned for 14 days or more (docs/safety.md)",
      "  kms-key-disabled: 2 would have been fixed in 19 days, 1 fixed by hand, 1 called attacks",
      "    pulumi config set --path 'detections.kms-key-disabled.mode' fix",
    ]);
  });

  it("is not what people call expected or a false positive", async () => {
    const lines = await linesFor([
      planned("kms-key-disabled", 1, { verdict: { is: "expected", ...said } }),
      planned("kms-key-disabled", 2, { verdict: { is: "false-positive", ...said } }),
    ]);
    expect(lines.at(-1)).to.equal("    not yet: people called 1 expected and 1 false-positive");
  });

  it("is nothing when nothing was planned", async () => {
    expect(await linesFor([])).to.deep.equal([]);
  });
});
