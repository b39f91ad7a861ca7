import { expect } from "chai";
import { fixEbsDefaultEncryptionDisabled } from "../../../../handlers/remediations/ebs/ebs-default-encryption-disabled";
import type { Plan } from "../../../../handlers/remediations/remediation";
import { expectOutcome, expectPlan, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";

describe("ebs-default-encryption-disabled", () => {
  const record = { eventName: "DisableEbsEncryptionByDefault", awsRegion, requestParameters: {} };
  const live = (EbsEncryptionByDefault: boolean) => ({
    aws: { "ec2:GetEbsEncryptionByDefault": { EbsEncryptionByDefault } },
  });

  it("enables it, unless it is", async () => {
    const plan = await planned(fixEbsDefaultEncryptionDisabled, record, live(false));
    expectPlan(plan, [["EnableEbsEncryptionByDefault", {}]], [["DisableEbsEncryptionByDefault", {}]]);
    expect((plan as Plan).calls[0]?.region).to.equal(awsRegion);
    expectOutcome(await planned(fixEbsDefaultEncryptionDisabled, record, live(true)), "already-ok");
  });
});
