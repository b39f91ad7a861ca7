import { fixRegionEnabled } from "../../../../handlers/remediations/region/region-enabled";
import { expectOutcome, expectPlan, planned } from "../../../support/planning";

const awsRegion = "us-east-1";

describe("region-enabled", () => {
  const record = { eventName: "EnableRegion", awsRegion, requestParameters: { regionName: "ap-east-1" } };
  const status = (RegionOptStatus: string) => ({
    aws: { "account:GetRegionOptStatus": { RegionOptStatus } },
  });

  it("disables the region", async () => {
    expectPlan(
      await planned(fixRegionEnabled, record, status("ENABLED")),
      [["DisableRegion", { RegionName: "ap-east-1" }]],
      [["EnableRegion", { RegionName: "ap-east-1" }]],
    );
  });

  it("does so for the member account that the event names", async () => {
    const requestParameters = { regionName: "ap-east-1", accountId: "444455556666" };
    const input = { AccountId: "444455556666", RegionName: "ap-east-1" };
    expectPlan(
      await planned(fixRegionEnabled, { ...record, requestParameters }, status("ENABLED")),
      [["DisableRegion", input]],
      [["EnableRegion", input]],
    );
  });

  it("otherwise says why not", async () => {
    expectOutcome(await planned(fixRegionEnabled, record, status("DISABLING")), "already-ok");
    expectOutcome(await planned(fixRegionEnabled, record, status("ENABLING")), "refused");
    expectOutcome(await planned(fixRegionEnabled, record, status("ENABLED_BY_DEFAULT")), "refused");
  });
});
