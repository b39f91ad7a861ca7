import { expect } from "chai";
import { fixDnsQueryLoggingDeleted } from "../../../../handlers/remediations/dns/dns-query-logging-deleted";
import { completedRollback } from "../../../../handlers/remediations/receipt";
import type { Plan } from "../../../../handlers/remediations/remediation";
import { expectOutcome, expectPlan, failing, planned } from "../../../support/planning";

const awsRegion = "eu-west-1";

describe("dns-query-logging-deleted", () => {
  describe("DeleteResolverQueryLogConfig", () => {
    const destinationArn = "arn:aws:s3:::dns-logs";
    const record = {
      eventID: "0f0e0d0c-0000-4000-8000-000000000001",
      eventName: "DeleteResolverQueryLogConfig",
      awsRegion,
      requestParameters: { resolverQueryLogConfigId: "rqlc-1" },
      responseElements: {
        resolverQueryLogConfig: { id: "rqlc-1", name: "all", destinationArn, status: "DELETING" },
      },
    };
    const live = (...ResolverQueryLogConfigs: object[]) => ({
      aws: { "route53resolver:ListResolverQueryLogConfigs": { ResolverQueryLogConfigs } },
    });

    it("recreates it, once however often it is tried, and would delete it by its new id", async () => {
      const deleting = { Id: "rqlc-1", Name: "all", DestinationArn: destinationArn, Status: "DELETING" };
      const plan = await planned(fixDnsQueryLoggingDeleted, record, live(deleting));
      expectPlan(
        plan,
        [
          [
            "CreateResolverQueryLogConfig",
            {
              Name: "all",
              DestinationArn: destinationArn,
              CreatorRequestId: "cloudtrailer-0f0e0d0c-0000-4000-8000-000000000001",
            },
          ],
        ],
        [["DeleteResolverQueryLogConfig", {}]],
      );
      const rollback = completedRollback(plan as Plan, [{ ResolverQueryLogConfig: { Id: "rqlc-2" } }]);
      expect(rollback[0]?.input).to.deep.equal({ ResolverQueryLogConfigId: "rqlc-2" });
    });

    it("is already-ok when there is another like it, and refuses a record without it", async () => {
      const other = { Id: "rqlc-3", Name: "all", DestinationArn: destinationArn, Status: "CREATED" };
      expectOutcome(await planned(fixDnsQueryLoggingDeleted, record, live(other)), "already-ok");
      expectOutcome(
        await planned(fixDnsQueryLoggingDeleted, { ...record, responseElements: null }),
        "refused",
      );
    });
  });

  describe("DisassociateResolverQueryLogConfig", () => {
    const input = { ResolverQueryLogConfigId: "rqlc-1", ResourceId: "vpc-1" };
    const record = {
      eventName: "DisassociateResolverQueryLogConfig",
      awsRegion,
      requestParameters: { resolverQueryLogConfigId: "rqlc-1", resourceId: "vpc-1" },
    };
    const live = (...ResolverQueryLogConfigAssociations: object[]) => ({
      aws: {
        "route53resolver:GetResolverQueryLogConfig": { ResolverQueryLogConfig: { Id: "rqlc-1" } },
        "route53resolver:ListResolverQueryLogConfigAssociations": { ResolverQueryLogConfigAssociations },
      },
    });

    it("associates the VPC again", async () => {
      expectPlan(
        await planned(fixDnsQueryLoggingDeleted, record, live({ ...input, Status: "DELETING" })),
        [["AssociateResolverQueryLogConfig", input]],
        [["DisassociateResolverQueryLogConfig", input]],
      );
    });

    it("otherwise says why not", async () => {
      expectOutcome(
        await planned(fixDnsQueryLoggingDeleted, record, live({ ...input, Status: "ACTIVE" })),
        "already-ok",
      );
      const aws = { "route53resolver:GetResolverQueryLogConfig": failing("ResourceNotFoundException") };
      expectOutcome(await planned(fixDnsQueryLoggingDeleted, record, { aws }), "changed-since");
    });
  });
});
