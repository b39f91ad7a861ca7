import { expect } from "chai";
import fc from "fast-check";
import { answerIn, answerOf } from "../../../handlers/findings/chat-answer";
import { detections } from "../../../handlers/detections/index";

const plan = "0123456789abcdef".repeat(4);
const eventID = "0f0e0d0c-0000-4000-8000-000000000001";

describe("the value of the tag that answers", () => {
  it("says verb, plan and finding, and nothing that a tag of SNS cannot hold, for every detection", () => {
    for (const { id } of detections)
      for (const verb of ["approve", "deny"] as const) {
        const answer = { verb, plan, finding: `${eventID}#${id}` };
        const value = answerOf(answer) ?? "";
        // https://docs.aws.amazon.com/sns/latest/api/API_Tag.html, https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
        expect(value).to.match(/^[\w .:/=+@-]{1,256}$/);
        expect(answerIn(value)).to.deep.equal(answer);
      }
  });

  it("is that of one finding alone, whatever its ID", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w#.:/+ -]{1,300}$/), (finding) => {
        const value = answerOf({ verb: "deny", plan, finding });
        if (value !== undefined) expect(answerIn(value)?.finding).to.equal(finding);
      }),
    );
  });

  it("is nothing for an ID that no tag holds as it is", () => {
    expect(answerOf({ verb: "approve", plan, finding: `${eventID}#${"x".repeat(200)}` })).to.equal(undefined);
    expect(answerOf({ verb: "approve", plan, finding: "a+b" })).to.equal(undefined);
    expect(answerOf({ verb: "approve", plan, finding: "a b#c" })).to.equal(undefined);
  });

  it("is read from nothing else", () => {
    for (const value of [
      "",
      "approve",
      `fix:${plan}:a+b`,
      `approve:${plan.slice(1)}:a+b`,
      `approve:${plan.toUpperCase()}:a+b`,
      `approve:${plan}:`,
      `approve:${plan}:a#b`,
      `approve:${plan}:a+b c`,
      ` approve:${plan}:a+b`,
      `approve:${plan}:a+b\n`,
    ])
      expect(answerIn(value), value).to.equal(undefined);
  });
});
