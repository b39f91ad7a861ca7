import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { fixWafProtectionRemoved } from "../../../../handlers/remediations/waf/waf-protection-removed";
import type { Answers } from "../../../support/factories";
import { expectOutcome, expectPlan, failing, kept, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";

describe("waf-protection-removed", () => {
  const resourceArn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1";
  const acl = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/web/1";
  const removed = (service: string, eventName: string, own: object = { resourceArn }) => ({
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion,
    requestParameters: own,
  });

  describe("DisassociateWebACL", () => {
    const record = removed("wafv2", "DisassociateWebACL");
    const answer = (ARN: string) => ({ WebACL: { ARN } });
    const live = (found: Answers[string]) => ({ "wafv2:GetWebACLForResource": found });
    const baselines = kept(baselineKinds.webAclAssociation, awsRegion, resourceArn, {
      GetWebACLForResource: answer(acl),
    });

    it("associates the baseline's web ACL again", async () => {
      expectPlan(
        await planned(fixWafProtectionRemoved, record, { aws: live({}), baselines }),
        [["AssociateWebACL", { WebACLArn: acl, ResourceArn: resourceArn }]],
        [["DisassociateWebACL", { ResourceArn: resourceArn }]],
      );
    });

    it("otherwise says why not", async () => {
      expectOutcome(
        await planned(fixWafProtectionRemoved, record, { aws: live(answer(acl)), baselines }),
        "already-ok",
      );
      expectOutcome(
        await planned(fixWafProtectionRemoved, record, { aws: live(answer(`${acl}2`)), baselines }),
        "changed-since",
      );
      expectOutcome(await planned(fixWafProtectionRemoved, record, { aws: live({}) }), "needs-baseline");
    });

    it("asks nothing of WAF Classic, which has ended", async () => {
      const classic = removed("waf-regional", "DisassociateWebACL");
      expectOutcome(await planned(fixWafProtectionRemoved, classic, { baselines }), "needs-baseline");
    });
  });

  describe("DeleteLoggingConfiguration", () => {
    const record = removed("wafv2", "DeleteLoggingConfiguration", { resourceArn: acl });
    const gone = { "wafv2:GetLoggingConfiguration": failing("WAFNonexistentItemException") };
    const LoggingConfiguration = {
      ResourceArn: acl,
      LogDestinationConfigs: ["arn:aws:s3:::aws-waf-logs-web"],
    };
    const baselines = kept(baselineKinds.webAclLogging, awsRegion, acl, {
      GetLoggingConfiguration: { LoggingConfiguration },
    });

    it("logs as the baseline has it", async () => {
      expectPlan(
        await planned(fixWafProtectionRemoved, record, { aws: gone, baselines }),
        [["PutLoggingConfiguration", { LoggingConfiguration }]],
        [["DeleteLoggingConfiguration", { ResourceArn: acl }]],
      );
      expectOutcome(await planned(fixWafProtectionRemoved, record, { aws: gone }), "needs-baseline");
      const live = { "wafv2:GetLoggingConfiguration": { LoggingConfiguration } };
      expectOutcome(await planned(fixWafProtectionRemoved, record, { aws: live, baselines }), "already-ok");
    });
  });

  it("makes nothing again that others know by its id", async () => {
    expectOutcome(await planned(fixWafProtectionRemoved, removed("wafv2", "DeleteWebACL")), "needs-baseline");
  });
});
