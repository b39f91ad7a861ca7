import { fixOffensiveToolUserAgent } from "../../../../handlers/remediations/offensive/offensive-tool-user-agent";
import { expectPlan, planned } from "../../../support/planning";

describe("offensive-tool-user-agent", () => {
  it("deactivates the key that the tool used", async () => {
    const key = "AKIAEXAMPLEMALLORY00";
    const set = (Status: string) => ["UpdateAccessKey", { UserName: "mallory", AccessKeyId: key, Status }];
    expectPlan(
      await planned(
        fixOffensiveToolUserAgent,
        { userAgent: "TruffleHog" },
        { aws: { "iam:ListAccessKeys": { AccessKeyMetadata: [{ AccessKeyId: key, Status: "Active" }] } } },
      ),
      [set("Inactive")],
      [set("Active")],
    );
  });
});
