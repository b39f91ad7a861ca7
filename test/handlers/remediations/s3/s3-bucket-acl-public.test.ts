import { expect } from "chai";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import type { Plan } from "../../../../handlers/remediations/remediation";
import { expectOutcome, expectPlan, kept } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";

describe("remediate s3-bucket-acl-public, of a bucket that is known", () => {
  const Owner = { ID: "0a1b" };
  const grant = (Grantee: object, Permission: string) => ({ Grantee, Permission });
  const full = grant({ ID: Owner.ID, Type: "CanonicalUser" }, "FULL_CONTROL");
  const group = (name: string) => ({ URI: `http://acs.amazonaws.com/groups/${name}`, Type: "Group" });
  const everybody = grant(group("global/AllUsers"), "READ");
  const logDelivery = grant(group("s3/LogDelivery"), "WRITE");
  const attack = (live: object[], before?: object[]) =>
    plannedFor(
      "s3-bucket-acl-public",
      "s3:PutBucketAcl",
      { requestParameters: { bucketName: "data", "x-amz-acl": ["public-read"] } },
      {
        aws: { "s3:GetBucketAcl": { Owner, Grants: live } },
        baselines:
          before === undefined
            ? {}
            : kept(baselineKinds.bucketAcl, region, "data", { GetBucketAcl: { Owner, Grants: before } }),
      },
    );
  const put = (...Grants: object[]) => [
    "PutBucketAcl",
    { Bucket: "data", AccessControlPolicy: { Grants, Owner } },
  ];

  it("brings back the grants that the event overwrote, but none to everybody", async () => {
    const before = [full, logDelivery, grant(group("global/AuthenticatedUsers"), "READ")];
    expectPlan(await attack([full, everybody], before), [put(full, logDelivery)], [put(full, everybody)]);
  });

  it("leaves what was granted before as well", async () => {
    expectOutcome(await attack([full, everybody], [full, everybody]), "already-ok");
  });

  it("says when nothing has kept what was granted before", async () => {
    const plan = await attack([full, everybody]);
    expectPlan(plan, [put(full)], [put(full, everybody)]);
    expect((plan as Plan).leaves).to.match(/nothing has kept which other grants the bucket data had before/);
  });
});
