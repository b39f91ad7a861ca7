import { expect } from "chai";
import { expectOutcome, expectPlan, failing, kept } from "../../../support/planning";
import { plannedFor, region } from "../support/attack";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import type { Plan } from "../../../../handlers/remediations/remediation";

describe("s3-bucket-acl-public", () => {
  const Owner = { ID: "c1daffc1".repeat(8) };
  const full = { Grantee: { Type: "CanonicalUser", ID: Owner.ID }, Permission: "FULL_CONTROL" };
  const logs = {
    Grantee: { Type: "Group", URI: "http://acs.amazonaws.com/groups/s3/LogDelivery" },
    Permission: "WRITE",
  };
  const group = (name: string, Permission: string) => ({
    Grantee: { Type: "Group", URI: `http://acs.amazonaws.com/groups/global/${name}` },
    Permission,
  });
  const attack = (event: string, requestParameters: object, live: unknown) =>
    plannedFor(
      "s3-bucket-acl-public",
      `s3:${event}`,
      { requestParameters: { bucketName: "data", ...requestParameters } },
      { aws: { "s3:GetBucketAcl": live as never, "s3:GetObjectAcl": live as never } },
    );
  const put = (Grants: object[]) => [
    "PutBucketAcl",
    { Bucket: "data", AccessControlPolicy: { Grants, Owner } },
  ];

  it("removes what a canned ACL gives to everybody, and keeps the other grants", async () => {
    const Grants = [full, logs, group("AllUsers", "READ"), group("AllUsers", "WRITE")];
    expectPlan(
      await attack("PutBucketAcl", { "x-amz-acl": ["public-read-write"] }, { Grants, Owner }),
      [put([full, logs])],
      [put(Grants)],
    );
  });

  it("leaves a public grant that the event did not make", async () => {
    const Grants = [full, group("AuthenticatedUsers", "READ"), group("AllUsers", "READ_ACP")];
    expectPlan(
      await attack("PutBucketAcl", { "x-amz-acl": "authenticated-read" }, { Grants, Owner }),
      [put([full, group("AllUsers", "READ_ACP")])],
      [put(Grants)],
    );
  });

  it("knows grants in headers and in lists", async () => {
    const Grants = [full, group("AllUsers", "READ_ACP")];
    const uri = "http://acs.amazonaws.com/groups/global/AllUsers";
    const header = { "x-amz-grant-read-acp": `uri="${uri}"` };
    const list = {
      AccessControlPolicy: {
        AccessControlList: {
          Grant: [
            { Grantee: {}, Permission: "WRITE" },
            { Grantee: { URI: uri }, Permission: "READ_ACP" },
          ],
        },
      },
    };
    for (const parameters of [header, list])
      expectPlan(await attack("PutBucketAcl", parameters, { Grants, Owner }), [put([full])], [put(Grants)]);
  });

  it("counts a list that came as one grant, or behind an empty one, as the detection does", async () => {
    const Grants = [full, group("AllUsers", "WRITE")];
    const grant = {
      Grantee: { URI: "http://acs.amazonaws.com/groups/global/AllUsers" },
      Permission: "WRITE",
    };
    for (const Grant of [grant, [{}, grant], { items: [grant] }])
      expectPlan(
        await attack(
          "PutBucketAcl",
          { AccessControlPolicy: { AccessControlList: { Grant } } },
          { Grants, Owner },
        ),
        [put([full])],
        [put(Grants)],
      );
  });

  it("removes another account, however the event named it, and never the owner", async () => {
    const user = (ID: string, Permission: string) => ({
      Grantee: { Type: "CanonicalUser", ID },
      Permission,
    });
    const [stranger, friend] = ["f".repeat(64), "e".repeat(64)];
    const grants = (...Grant: object[]) => ({
      AccessControlPolicy: { Owner, AccessControlList: { Grant } },
    });
    const own = { Grantee: { "xsi:type": "CanonicalUser", ID: Owner.ID }, Permission: "FULL_CONTROL" };
    const attacks = [
      grants(own, { Grantee: { ID: stranger }, Permission: "READ" }),
      grants(own, { Grantee: { EmailAddress: "eve@example.com" }, Permission: "READ" }),
      { "x-amz-grant-read": `id="${stranger}", id="${Owner.ID}"` },
      { "x-amz-grant-read": 'emailAddress="eve@example.com"' },
    ];
    for (const parameters of attacks) {
      const Grants = [full, user(stranger, "READ"), user(friend, "WRITE")];
      expectPlan(
        await attack("PutBucketAcl", parameters, { Grants, Owner }),
        [put([full, user(friend, "WRITE")])],
        [put(Grants)],
      );
    }
    const owned = { "x-amz-grant-full-control": `id="${Owner.ID}"` };
    expectOutcome(await attack("PutBucketAcl", owned, { Grants: [full], Owner }), "already-ok");
  });

  it("does the same for one version of an object", async () => {
    const target = { Bucket: "data", Key: "a b.txt", VersionId: "v1" };
    const Grants = [full, group("AllUsers", "READ")];
    const parameters = { key: "a b.txt", versionId: "v1", "x-amz-acl": "public-read" };
    const putObject = (grants: object[]) => [
      "PutObjectAcl",
      { ...target, AccessControlPolicy: { Grants: grants, Owner } },
    ];
    expectPlan(
      await attack("PutObjectAcl", parameters, { Grants, Owner }),
      [putObject([full])],
      [putObject(Grants)],
    );
  });

  for (const [location, where] of [
    ["EU", "eu-west-1"],
    ["eu-north-1", "eu-north-1"],
    [undefined, "us-east-1"],
  ] as const)
    it(`goes to ${where} for a bucket that was created in ${location ?? "no region"}`, async () => {
      const CreateBucketConfiguration = location === undefined ? {} : { LocationConstraint: location };
      const requestParameters = { bucketName: "data", "x-amz-acl": "public-read", CreateBucketConfiguration };
      const plan = await plannedFor(
        "s3-bucket-acl-public",
        "s3:CreateBucket",
        { awsRegion: "us-east-1", requestParameters },
        { aws: { "s3:GetBucketAcl": { Grants: [full, group("AllUsers", "READ")], Owner } } },
        where,
      );
      expect(plan).to.have.property("calls");
    });

  it("is already-ok when the grants or the bucket are gone", async () => {
    const acl = { "x-amz-acl": "public-read" };
    expectOutcome(await attack("PutBucketAcl", acl, { Grants: [full], Owner }), "already-ok");
    expectOutcome(await attack("PutBucketAcl", acl, failing("NoSuchBucket")), "already-ok");
  });
});

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

  it("says that no baseline shows what was granted before", async () => {
    const plan = await attack([full, everybody]);
    expectPlan(plan, [put(full)], [put(full, everybody)]);
    expect((plan as Plan).leaves).to.match(/no baseline shows which other grants the bucket data had before/);
  });
});
