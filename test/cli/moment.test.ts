import { expect } from "chai";
import { momentOf } from "../../cli/moment";

describe("a moment in an option", () => {
  it("takes days, hours, minutes, or a time", () => {
    const now = Date.parse("2026-05-08T00:00:00Z");
    const momentsOf = (...all: string[]) =>
      all.map((one) => new Date(momentOf("since", one, now)).toISOString());
    expect(momentsOf("7d", "12h", "30m", "2026-05-04", "2026-05-04T10:00:00Z")).to.deep.equal([
      "2026-05-01T00:00:00.000Z",
      "2026-05-07T12:00:00.000Z",
      "2026-05-07T23:30:00.000Z",
      "2026-05-04T00:00:00.000Z",
      "2026-05-04T10:00:00.000Z",
    ]);
    for (const wrong of ["7", "d", "-1d", "1w", "99999d", "2026-13-01", "May 4", ""])
      expect(() => momentOf("since", wrong, now), wrong).to.throw("--since");
  });
});
