import { expect } from "chai";
import type { BaselineKind } from "../../../handlers/baselines/baseline";
import { baselineKinds } from "../../../handlers/baselines/kinds/index";
import { account } from "../../support/factories";
import { expectOutcome, expectPlan, failing, kept } from "../../support/planning";
import { plannedFor, region, stranger } from "./support/attack";

const all = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const none = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

describe("remediate s3-account-public-access-block-removed", () => {
  const attack = (live: Parameters<typeof plannedFor>[3]) =>
    plannedFor(
      "s3-account-public-access-block-removed",
      "s3:DeleteAccountPublicAccessBlock",
      { requestParameters: { accountId: account } },
      live,
    );
  const missing = { "s3control:GetPublicAccessBlock": failing("NoSuchPublicAccessBlockConfiguration") };

  it("blocks all of the account's buckets again, and would delete the block", async () => {
    expectPlan(
      await attack({ aws: missing }),
      [["PutPublicAccessBlock", { AccountId: account, PublicAccessBlockConfiguration: all }]],
      [["DeletePublicAccessBlock", { AccountId: account }]],
    );
  });

  it("is already-ok when all is blocked, and changed-since when it was set otherwise", async () => {
    const live = (PublicAccessBlockConfiguration: object) => ({
      aws: { "s3control:GetPublicAccessBlock": { PublicAccessBlockConfiguration } },
    });
    expectOutcome(await attack(live(all)), "already-ok");
    expectOutcome(await attack(live({ ...none, BlockPublicAcls: true })), "changed-since");
  });
});

const own = {
  Sid: "own",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:role/app` },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::data/*",
};
const open = {
  Sid: "open",
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::data/*",
};
const foreign = {
  Effect: "Allow",
  Principal: { AWS: stranger },
  Action: ["s3:GetObject", "s3:ListBucket"],
  Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
};
const policyOf = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
const textOf = (...statements: object[]) => JSON.stringify(policyOf(...statements));

describe("remediate s3-bucket-policy-public", () => {
  const attack = (policy: unknown, block: unknown) =>
    plannedFor(
      "s3-bucket-policy-public",
      "s3:PutBucketPolicy",
      { requestParameters: { bucketName: "data", bucketPolicy: policyOf(own, open), policy: [""] } },
      {
        aws: {
          "s3:GetBucketPolicy": policy as never,
          "s3:GetPublicAccessBlock": block as never,
        },
      },
    );
  const missing = failing("NoSuchPublicAccessBlockConfiguration");

  it("makes the bucket ignore public policies, and leaves the policy and the flags for ACLs", async () => {
    const before = { ...none, BlockPublicAcls: true };
    const block = { PublicAccessBlockConfiguration: before };
    const put = (flags: object) => [
      "PutPublicAccessBlock",
      { Bucket: "data", PublicAccessBlockConfiguration: flags },
    ];
    expectPlan(
      await attack({ Policy: textOf(own, open) }, block),
      [put({ ...before, BlockPublicPolicy: true, RestrictPublicBuckets: true })],
      [put(before)],
    );
  });

  it("would delete a block that was not there", async () => {
    const plan = await attack({ Policy: textOf(own, open) }, missing);
    expect("rollback" in plan && plan.rollback[0]?.operation).to.equal("DeletePublicAccessBlock");
  });

  it("is already-ok when the policy is gone or closed", async () => {
    expectOutcome(await attack(failing("NoSuchBucketPolicy"), missing), "already-ok");
    expectOutcome(await attack({ Policy: textOf(own) }, missing), "already-ok");
  });

  it("leaves a bucket that is known to have been as public before", async () => {
    const Policy = textOf(own, open);
    const plan = plannedFor(
      "s3-bucket-policy-public",
      "s3:PutBucketPolicy",
      { requestParameters: { bucketName: "data", bucketPolicy: policyOf(own, open) } },
      {
        aws: { "s3:GetBucketPolicy": { Policy }, "s3:GetPublicAccessBlock": missing },
        baselines: kept(baselineKinds.bucketPolicy, region, "data", {
          GetBucketPolicy: { Policy: textOf(open) },
        }),
      },
    );
    expectOutcome(await plan, "already-ok");
  });

  it("leaves a statement that was rewritten since", async () => {
    const narrowed = { ...open, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdef1234" } } };
    expectOutcome(await attack({ Policy: textOf(own, narrowed) }, missing), "changed-since");
  });
});

describe("remediate s3-bucket-policy-external-account", () => {
  const attack = (live: unknown, ...written: object[]) =>
    plannedFor(
      "s3-bucket-policy-external-account",
      "s3:PutBucketPolicy",
      { requestParameters: { bucketName: "data", bucketPolicy: policyOf(...written) } },
      { aws: { "s3:GetBucketPolicy": live as never } },
    );
  const put = (Policy: string) => ["PutBucketPolicy", { Bucket: "data", Policy }];

  it("takes the statement out that names the stranger, in AWS's own spelling of it", async () => {
    const spelled = {
      ...foreign,
      Principal: { AWS: `arn:aws:iam::${stranger}:root` },
      Action: ["s3:ListBucket", "s3:GetObject"],
    };
    const live = textOf(own, open, spelled);
    expectPlan(await attack({ Policy: live }, own, open, foreign), [put(textOf(own, open))], [put(live)]);
  });

  it("takes only the stranger out of a statement that names others, too", async () => {
    const role = `arn:aws:iam::${account}:role/app`;
    const mixed = { ...foreign, Principal: { AWS: [role, stranger], Service: "logging.s3.amazonaws.com" } };
    const live = textOf(mixed);
    const left = { ...mixed, Principal: { AWS: role, Service: "logging.s3.amazonaws.com" } };
    expectPlan(await attack({ Policy: live }, mixed), [put(textOf(left))], [put(live)]);
  });

  it("deletes a policy that has nothing else", async () => {
    const live = textOf(foreign);
    expectPlan(
      await attack({ Policy: live }, foreign),
      [["DeleteBucketPolicy", { Bucket: "data" }]],
      [put(live)],
    );
  });

  it("leaves a stranger whom the policy of before let in, and takes the one that came", async () => {
    const known = { ...foreign, Principal: { AWS: "arn:aws:iam::777788889999:root" } };
    const both = { ...foreign, Principal: { AWS: [stranger, "777788889999"] } };
    const given = (Policy: string, ...before: object[]) => ({
      aws: { "s3:GetBucketPolicy": { Policy } },
      baselines: kept(baselineKinds.bucketPolicy, region, "data", {
        GetBucketPolicy: { Policy: textOf(...before) },
      }),
    });
    const plan = (written: object[], ...before: object[]) =>
      plannedFor(
        "s3-bucket-policy-external-account",
        "s3:PutBucketPolicy",
        { requestParameters: { bucketName: "data", bucketPolicy: policyOf(...written) } },
        given(textOf(...written), ...before),
      );
    for (const [written, left] of [
      [[known, foreign], known],
      [[both], { ...foreign, Principal: { AWS: "777788889999" } }],
    ] as const)
      expectPlan(await plan([...written], known), [put(textOf(left))], [put(textOf(...written))]);
    expectOutcome(await plan([own, known], known), "already-ok");
  });

  it("leaves the same stranger in a statement that the event did not write", async () => {
    const later = { ...foreign, Action: "s3:ListBucket" };
    expectOutcome(await attack({ Policy: textOf(own, later) }, own, foreign), "already-ok");
    const named = { ...foreign, Sid: "partner" };
    expectOutcome(await attack({ Policy: textOf({ ...later, Sid: "partner" }) }, named), "changed-since");
  });

  it("is already-ok when the policy or the bucket is gone", async () => {
    for (const code of ["NoSuchBucketPolicy", "NoSuchBucket"])
      expectOutcome(await attack(failing(code), foreign), "already-ok");
  });
});

describe("remediate s3-bucket-acl-public", () => {
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

  it("takes what a canned ACL gives to everybody out, and keeps the other grants", async () => {
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

  it("takes another account out, however the event named it, and never the owner", async () => {
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

describe("remediate s3-versioning-suspended", () => {
  const attack = (live: unknown) =>
    plannedFor(
      "s3-versioning-suspended",
      "s3:PutBucketVersioning",
      { requestParameters: { bucketName: "data", VersioningConfiguration: { Status: "Suspended" } } },
      { aws: { "s3:GetBucketVersioning": live as never } },
    );
  const set = (Status: string) => [
    ["PutBucketVersioning", { Bucket: "data", VersioningConfiguration: { Status } }],
  ];

  it("enables it, and would suspend it", async () => {
    expectPlan(await attack({ Status: "Suspended" }), set("Enabled"), set("Suspended"));
  });

  it("says what it finds instead", async () => {
    expectOutcome(await attack({ Status: "Enabled" }), "already-ok");
    expectOutcome(await attack(failing("NoSuchBucket")), "already-ok");
    expectOutcome(await attack({ Status: "Suspended", MFADelete: "Enabled" }), "refused");
  });
});

describe("remediate s3-bucket-encryption-deleted", () => {
  const encryption = (SSEAlgorithm: string, KMSMasterKeyID?: string) => ({
    ServerSideEncryptionConfiguration: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm, ...(KMSMasterKeyID ? { KMSMasterKeyID } : {}) },
          BucketKeyEnabled: true,
        },
      ],
    },
  });
  const ours = encryption("aws:kms", "arn:aws:kms:eu-west-1:111122223333:key/1");
  const attack = (live: unknown, before?: object) =>
    plannedFor(
      "s3-bucket-encryption-deleted",
      "s3:DeleteBucketEncryption",
      { requestParameters: { bucketName: "data" } },
      {
        aws: { "s3:GetBucketEncryption": live as never },
        baselines:
          before === undefined
            ? {}
            : kept(baselineKinds.bucketEncryption, region, "data", { GetBucketEncryption: before }),
      },
    );

  it("gives the bucket the encryption of its baseline", async () => {
    expectPlan(
      await attack(encryption("AES256"), ours),
      [["PutBucketEncryption", { Bucket: "data", ...ours }]],
      [["DeleteBucketEncryption", { Bucket: "data" }]],
    );
  });

  it("needs a baseline, unless it had S3's own key or has another one since", async () => {
    expectOutcome(await attack(encryption("AES256")), "needs-baseline");
    expectOutcome(await attack(failing("ServerSideEncryptionConfigurationNotFoundError")), "needs-baseline");
    expectOutcome(await attack(encryption("AES256"), encryption("AES256")), "already-ok");
    expectOutcome(await attack(ours), "already-ok");
  });
});

describe("remediate s3-replication-external", () => {
  const rule = (ID: string, Account?: string) => ({
    ID,
    Status: "Enabled",
    Destination: { Bucket: `arn:aws:s3:::${ID}`, ...(Account === undefined ? {} : { Account }) },
  });
  const Role = `arn:aws:iam::${account}:role/replication`;
  const attack = (live: unknown, ...Rule: object[]) =>
    plannedFor(
      "s3-replication-external",
      "s3:PutBucketReplication",
      { requestParameters: { bucketName: "data", ReplicationConfiguration: { Role, Rule } } },
      { aws: { "s3:GetBucketReplication": live as never } },
    );
  const put = (...Rules: object[]) => [
    "PutBucketReplication",
    { Bucket: "data", ReplicationConfiguration: { Role, Rules } },
  ];

  it("takes the rule to the stranger out and keeps the other", async () => {
    const rules = [rule("backup"), rule("loot", stranger)];
    const live = { ReplicationConfiguration: { Role, Rules: rules } };
    expectPlan(await attack(live, ...rules), [put(rule("backup"))], [put(...rules)]);
  });

  it("deletes a replication that has nothing else", async () => {
    const loot = rule("loot", stranger);
    const live = { ReplicationConfiguration: { Role, Rules: [loot] } };
    expectPlan(
      await attack(live, { Destination: loot.Destination }),
      [["DeleteBucketReplication", { Bucket: "data" }]],
      [put(loot)],
    );
  });

  it("is already-ok when the rule or all replication is gone", async () => {
    const loot = rule("loot", stranger);
    expectOutcome(
      await attack({ ReplicationConfiguration: { Role, Rules: [rule("backup")] } }, loot),
      "already-ok",
    );
    expectOutcome(await attack(failing("ReplicationConfigurationNotFoundError"), loot), "already-ok");
  });

  describe("with a baseline", () => {
    const live = (...Rules: object[]) => ({ ReplicationConfiguration: { Role, Rules } });
    const attacked = (now: object[], was: object, written: object[] = now) =>
      plannedFor(
        "s3-replication-external",
        "s3:PutBucketReplication",
        { requestParameters: { bucketName: "data", ReplicationConfiguration: { Role, Rule: written } } },
        {
          aws: { "s3:GetBucketReplication": live(...now) },
          baselines: kept(baselineKinds.bucketReplication, region, "data", was),
        },
      );
    const was = (...Rules: object[]) => ({ GetBucketReplication: live(...Rules) });
    const [backup, loot] = [rule("backup"), rule("loot", stranger)];

    it("puts back the replication that the event overwrote, or none where there was none", async () => {
      expectPlan(await attacked([loot], was(backup)), [put(backup)], [put(loot)]);
      expectPlan(
        await attacked([rule("other"), loot], {}),
        [["DeleteBucketReplication", { Bucket: "data" }]],
        [put(rule("other"), loot)],
      );
    });

    it("takes out no more than the event added where somebody set it since", async () => {
      const since = rule("since");
      expectPlan(
        await attacked([backup, since, loot], was(backup), [backup, loot]),
        [put(backup, since)],
        [put(backup, since, loot)],
      );
    });

    it("leaves a rule to a stranger that was there before", async () => {
      const more = rule("more", "555566667777");
      expectOutcome(await attacked([loot], was(loot)), "already-ok");
      expectPlan(await attacked([loot, more], was(loot)), [put(loot)], [put(loot, more)]);
    });
  });
});

describe("remediations of what was taken from a bucket, with a baseline", () => {
  const was = (kind: BaselineKind, baseline: object | undefined) =>
    baseline === undefined ? {} : kept(kind, region, "data", baseline);
  const asked = { bucketName: "data" };

  describe("s3-replication-deleted", () => {
    const attack = (live: unknown, baseline?: object) =>
      plannedFor(
        "s3-replication-deleted",
        "s3:DeleteBucketReplication",
        { requestParameters: asked },
        {
          aws: { "s3:GetBucketReplication": live as never },
          baselines: was(baselineKinds.bucketReplication, baseline),
        },
      );
    const none = failing("ReplicationConfigurationNotFoundError");
    const configuration = {
      ReplicationConfiguration: {
        Role: `arn:aws:iam::${account}:role/r`,
        Rules: [{ ID: "own", Status: "Enabled", Destination: { Bucket: "arn:aws:s3:::copy" } }],
      },
    };

    it("replicates the bucket again", async () => {
      expectPlan(
        await attack(none, { GetBucketReplication: configuration }),
        [["PutBucketReplication", { Bucket: "data", ...configuration }]],
        [["DeleteBucketReplication", { Bucket: "data" }]],
      );
    });

    it("says what it finds instead", async () => {
      expectOutcome(await attack(none), "needs-baseline");
      expectOutcome(await attack(none, {}), "already-ok");
      expectOutcome(await attack(configuration, { GetBucketReplication: configuration }), "already-ok");
    });
  });

  describe("s3-bucket-policy-deleted", () => {
    const policy = (Principal: object) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal, Action: "s3:GetObject", Resource: "arn:aws:s3:::data/*" }],
      });
    const attack = (live: unknown, baseline?: object) =>
      plannedFor(
        "s3-bucket-policy-deleted",
        "s3:DeleteBucketPolicy",
        { requestParameters: asked },
        {
          aws: { "s3:GetBucketPolicy": live as never },
          baselines: was(baselineKinds.bucketPolicy, baseline),
        },
      );
    const none = failing("NoSuchBucketPolicy");
    const own = policy({ AWS: `arn:aws:iam::${account}:role/app` });

    it("puts the policy back", async () => {
      expectPlan(
        await attack(none, { GetBucketPolicy: { Policy: own } }),
        [["PutBucketPolicy", { Bucket: "data", Policy: own }]],
        [["DeleteBucketPolicy", { Bucket: "data" }]],
      );
    });

    it("opens nothing again", async () => {
      for (const AWS of ["*", `arn:aws:iam::${stranger}:root`])
        expectOutcome(await attack(none, { GetBucketPolicy: { Policy: policy({ AWS }) } }), "refused");
    });

    it("says what it finds instead", async () => {
      expectOutcome(await attack(none), "needs-baseline");
      expectOutcome(await attack(none, {}), "already-ok");
      expectOutcome(await attack({ Policy: own }, { GetBucketPolicy: { Policy: own } }), "already-ok");
    });
  });

  describe("s3-bucket-encryption-foreign-key", () => {
    const theirs = `arn:aws:kms:${region}:${stranger}:key/1`;
    const encryption = (KMSMasterKeyID: string, own: object = {}) => ({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID }, ...own }],
      },
    });
    const ours = encryption(`arn:aws:kms:${region}:${account}:key/1`);
    const attack = (live: object, baseline?: object) =>
      plannedFor(
        "s3-bucket-encryption-foreign-key",
        "s3:PutBucketEncryption",
        {
          requestParameters: {
            ...asked,
            ServerSideEncryptionConfiguration: {
              Rule: {
                ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: theirs },
              },
            },
          },
        },
        {
          aws: { "s3:GetBucketEncryption": live as never },
          baselines: was(baselineKinds.bucketEncryption, baseline),
        },
      );
    const put = (configuration: object) => ["PutBucketEncryption", { Bucket: "data", ...configuration }];

    it("lets the bucket encrypt as before", async () => {
      const live = encryption(theirs);
      expectPlan(await attack(live, { GetBucketEncryption: ours }), [put(ours)], [put(live)]);
      expectPlan(await attack(live, {}), [["DeleteBucketEncryption", { Bucket: "data" }]], [put(live)]);
    });

    it("says what it finds instead", async () => {
      const live = encryption(theirs);
      expectOutcome(await attack(live), "needs-baseline");
      expectOutcome(await attack(ours, { GetBucketEncryption: ours }), "already-ok");
      expectOutcome(await attack(live, { GetBucketEncryption: live }), "already-ok");
      const before = { GetBucketEncryption: encryption(theirs, { BucketKeyEnabled: true }) };
      expectOutcome(await attack(live, before), "refused");
    });
  });
});
