import { expect } from "chai";
import { logFileKey } from "../../../local/recorder/delivery";
import { account } from "./support";

describe("log files", () => {
  it("have the service's keys", () => {
    const at = new Date("2026-01-02T03:04:05Z");
    const name =
      /^AWSLogs\/111122223333\/CloudTrail\/us-east-1\/2026\/01\/02\/111122223333_CloudTrail_us-east-1_20260102T0304Z_[A-Za-z0-9]{16}\.json\.gz$/;
    expect(logFileKey({}, account, "us-east-1", at)).to.match(name);
    expect(logFileKey({ prefix: "team/a" }, account, "us-east-1", at)).to.match(/^team\/a\/AWSLogs\//);
  });
});
