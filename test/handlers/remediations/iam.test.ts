import { expect } from "chai";
import { iamRoleTrustExternal } from "../../../handlers/detections/iam/iam-role-trust-external";
import { defaultSettings } from "../../../handlers/settings";
import { fixEc2InstanceCredentialsOutside } from "../../../handlers/remediations/ec2/ec2-instance-credentials-outside";
import { fixOffensiveToolUserAgent } from "../../../handlers/remediations/offensive/offensive-tool-user-agent";
import type { BaselineKind } from "../../../handlers/baselines/baseline";
import { baselineKinds } from "../../../handlers/baselines/kinds/index";
import { fixIamCompromisedKeyQuarantine } from "../../../handlers/remediations/iam/iam-compromised-key-quarantine";
import { fixIamLoginProfileCreated } from "../../../handlers/remediations/iam/iam-login-profile-created";
import { fixIamLoginProfileUpdated } from "../../../handlers/remediations/iam/iam-login-profile-updated";
import { fixIamOidcProviderCreated } from "../../../handlers/remediations/iam/iam-oidc-provider-created";
import { fixIamOwnAccessKeyCreated } from "../../../handlers/remediations/iam/iam-own-access-key-created";
import { fixIamOwnLoginProfileCreated } from "../../../handlers/remediations/iam/iam-own-login-profile-created";
import { fixIamPasswordPolicyWeakened } from "../../../handlers/remediations/iam/iam-password-policy-weakened";
import { fixIamPermissionsBoundaryRemoved } from "../../../handlers/remediations/iam/iam-permissions-boundary-removed";
import { fixIamPolicyEscalation } from "../../../handlers/remediations/iam/iam-policy-escalation";
import { fixIamPolicyVersionAdmin } from "../../../handlers/remediations/iam/iam-policy-version-admin";
import { fixIamQuarantineRemoved } from "../../../handlers/remediations/iam/iam-quarantine-removed";
import { fixIamRoleCreatedExternalTrust } from "../../../handlers/remediations/iam/iam-role-created-external-trust";
import { fixIamRoleTrustExternal } from "../../../handlers/remediations/iam/iam-role-trust-external";
import { fixIamRolesanywhereTrustAnchor } from "../../../handlers/remediations/iam/iam-rolesanywhere-trust-anchor";
import { fixIamSamlProviderChanged } from "../../../handlers/remediations/iam/iam-saml-provider-changed";
import { fixIamUserAddedToPrivilegedGroup } from "../../../handlers/remediations/iam/iam-user-added-to-privileged-group";
import type { Plan } from "../../../handlers/remediations/remediation";
import { fixStsFederationToken } from "../../../handlers/remediations/sts/sts-federation-token";
import { type Answers, aRecord, account } from "../../support/factories";
import {
  callsOf,
  expectOutcome,
  expectPlan,
  failing,
  type Given,
  kept,
  planned,
  rollbackAfter,
} from "../../support/planning";

const region = "us-east-1";
const gone = failing("NoSuchEntityException");
const baseline = (kind: BaselineKind, id: string, document: object) => kept(kind, region, id, document);

describe("remediate iam-policy-version-admin", () => {
  const PolicyArn = `arn:aws:iam::${account}:policy/ci`;
  const admin = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
  const read = '{"Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}';
  const created = {
    eventName: "CreatePolicyVersion",
    requestParameters: { policyArn: PolicyArn, policyDocument: admin, setAsDefault: true },
    responseElements: { policyVersion: { versionId: "v3", isDefaultVersion: true } },
  };
  const set = {
    eventName: "SetDefaultPolicyVersion",
    requestParameters: { policyArn: PolicyArn, versionId: "v3" },
  };
  /** Documents of the versions v1, v2, … of which the last is the default. */
  const versions = (...documents: string[]): Answers => ({
    "iam:ListPolicyVersions": {
      Versions: documents.map((_, index) => ({
        VersionId: `v${index + 1}`,
        IsDefaultVersion: index === documents.length - 1,
      })),
    },
    "iam:GetPolicyVersion": ({ VersionId }) => ({
      PolicyVersion: {
        Document: encodeURIComponent(documents[Number(String(VersionId).slice(1)) - 1] ?? ""),
      },
    }),
  });
  const back = (VersionId: string) => ["SetDefaultPolicyVersion", { PolicyArn, VersionId }];

  it("sets the version before and deletes the new one", async () => {
    const plan = await planned(fixIamPolicyVersionAdmin, created, { aws: versions(admin, read, admin) });
    expectPlan(
      plan,
      [back("v2"), ["DeletePolicyVersion", { PolicyArn, VersionId: "v3" }]],
      [["CreatePolicyVersion", { PolicyArn, PolicyDocument: admin, SetAsDefault: true }]],
    );
    expect(rollbackAfter(plan, 1), "the version could not be deleted").to.deep.equal([back("v3")]);
  });

  it("sets the baseline's version when that was another", async () => {
    const baselines = baseline(baselineKinds.managedPolicy, PolicyArn, {
      GetPolicy: { Policy: { DefaultVersionId: "v1" } },
    });
    const plan = await planned(fixIamPolicyVersionAdmin, created, {
      aws: versions(read, read, admin),
      baselines,
    });
    expect(callsOf(plan).calls[0]).to.deep.equal(back("v1"));
  });

  it("is already-ok when the version that was set was the default before", async () => {
    const baselines = baseline(baselineKinds.managedPolicy, PolicyArn, {
      GetPolicy: { Policy: { DefaultVersionId: "v3" } },
    });
    const aws = versions(read, read, read);
    expectOutcome(await planned(fixIamPolicyVersionAdmin, set, { aws, baselines }), "already-ok");
  });

  it("never sets a version that leads to administrator rights where the new one does not", async () => {
    const attach = '{"Statement":[{"Effect":"Allow","Action":"iam:Attach*","Resource":"*"}]}';
    const attachAndPut =
      '{"Statement":[{"Effect":"Allow","Action":["iam:Attach*","iam:Put*"],"Resource":"*"}]}';
    const escalated = {
      ...created,
      requestParameters: { ...created.requestParameters, policyDocument: attach },
    };
    for (const fix of [fixIamPolicyVersionAdmin, fixIamPolicyEscalation]) {
      expectOutcome(await planned(fix, escalated, { aws: versions(read, attachAndPut, attach) }), "refused");
      expectOutcome(await planned(fix, escalated, { aws: versions(read, admin, attach) }), "refused");
      const plan = await planned(fix, escalated, { aws: versions(read, attach, attachAndPut) });
      expect(callsOf(plan).calls[0]).to.deep.equal(back("v2"));
    }
  });

  it("sets the default back and keeps a version that was there already", async () => {
    const baselines = baseline(baselineKinds.managedPolicy, PolicyArn, {
      GetPolicy: { Policy: { DefaultVersionId: "v1" } },
    });
    expectPlan(
      await planned(fixIamPolicyVersionAdmin, set, { aws: versions(read, read, admin), baselines }),
      [back("v1")],
      [back("v3")],
    );
    expectOutcome(
      await planned(fixIamPolicyVersionAdmin, set, { aws: versions(read, read, admin) }),
      "needs-baseline",
    );
  });

  it("never sets a version that grants administrator rights", async () => {
    expectOutcome(
      await planned(fixIamPolicyVersionAdmin, created, { aws: versions(read, admin, admin) }),
      "refused",
    );
  });

  it("says why not otherwise", async () => {
    expectOutcome(
      await planned(fixIamPolicyVersionAdmin, created, { aws: versions(read, read, admin, read) }),
      "already-ok",
    );
    expectOutcome(
      await planned(fixIamPolicyVersionAdmin, created, { aws: { "iam:ListPolicyVersions": gone } }),
      "already-ok",
    );
    const baselines = baseline(baselineKinds.managedPolicy, PolicyArn, {
      GetPolicy: { Policy: { DefaultVersionId: "v9" } },
    });
    expectOutcome(
      await planned(fixIamPolicyVersionAdmin, created, { aws: versions(read, read, admin), baselines }),
      "changed-since",
    );
    expectOutcome(await planned(fixIamPolicyVersionAdmin, { ...created, responseElements: null }), "refused");
  });
});

describe("remediate iam-login-profile-created", () => {
  const record = { eventName: "CreateLoginProfile", requestParameters: { userName: "bob" } };
  const profile = (answer: Answers[string]) => ({ aws: { "iam:GetLoginProfile": answer } });
  const madeAt = (time: string) => profile({ LoginProfile: { UserName: "bob", CreateDate: new Date(time) } });

  it("deletes the password, which nothing brings back", async () => {
    expectPlan(
      await planned(fixIamLoginProfileCreated, record, madeAt("2026-05-04T10:00:00Z")),
      [["DeleteLoginProfile", { UserName: "bob" }]],
      [],
    );
    expectPlan(
      await planned(fixIamOwnLoginProfileCreated, record, madeAt("2026-05-04T10:00:00Z")),
      [["DeleteLoginProfile", { UserName: "bob" }]],
      [],
    );
  });

  it("is already-ok when there is none, and changed-since when it is a later one", async () => {
    expectOutcome(await planned(fixIamLoginProfileCreated, record, profile(gone)), "already-ok");
    expectOutcome(
      await planned(fixIamLoginProfileCreated, record, madeAt("2026-05-04T11:00:00Z")),
      "changed-since",
    );
  });
});

describe("remediate iam-own-access-key-created", () => {
  it("deactivates the key", async () => {
    const key = { userName: "bob", accessKeyId: "AKIAEXAMPLEKEY000002" };
    const record = { eventName: "CreateAccessKey", responseElements: { accessKey: key } };
    const input = { UserName: "bob", AccessKeyId: key.accessKeyId };
    const AccessKeyMetadata = [{ AccessKeyId: key.accessKeyId, Status: "Active" }];
    expectPlan(
      await planned(fixIamOwnAccessKeyCreated, record, {
        aws: { "iam:ListAccessKeys": { AccessKeyMetadata } },
      }),
      [["UpdateAccessKey", { ...input, Status: "Inactive" }]],
      [["UpdateAccessKey", { ...input, Status: "Active" }]],
    );
  });
});

describe("remediate iam-login-profile-updated", () => {
  const record = { eventName: "UpdateLoginProfile", requestParameters: { userName: "bob" } };
  const live = (
    answer: Answers[string],
    profile: Answers[string] = { LoginProfile: { UserName: "bob" } },
  ) => ({
    aws: { "iam:GetLoginProfile": profile, "iam:GetUserPolicy": answer },
  });
  const input = { UserName: "bob", PolicyName: "cloudtrailer-no-console" };

  it("shuts the user out of the console, and not the user's keys", async () => {
    const plan = await planned(fixIamLoginProfileUpdated, record, live(gone));
    const { calls, rollback } = callsOf(plan) as {
      calls: [string, Record<string, string>][];
      rollback: unknown[];
    };
    expect(rollback).to.deep.equal([["DeleteUserPolicy", input]]);
    expect(calls).to.have.length(1);
    const [operation, { PolicyDocument, ...rest }] = calls[0]!;
    expect([operation, rest]).to.deep.equal(["PutUserPolicy", input]);
    expect(JSON.parse(PolicyDocument!).Statement).to.deep.equal([
      { Effect: "Deny", Action: "*", Resource: "*", Condition: { Null: { "aws:TokenIssueTime": "false" } } },
    ]);
    // What it wrote, it finds again.
    const written = live({ PolicyDocument: encodeURIComponent(PolicyDocument!) });
    expectOutcome(await planned(fixIamLoginProfileUpdated, record, written), "already-ok");
  });

  it("says why not otherwise", async () => {
    expectOutcome(await planned(fixIamLoginProfileUpdated, record, live({}, gone)), "already-ok");
    const other = live({ PolicyDocument: encodeURIComponent('{"Statement":[]}') });
    expectOutcome(await planned(fixIamLoginProfileUpdated, record, other), "changed-since");
  });
});

describe("remediate iam-user-added-to-privileged-group", () => {
  const record = { eventName: "AddUserToGroup", requestParameters: { userName: "bob", groupName: "admins" } };
  const groups = (...names: string[]) => ({
    aws: { "iam:ListGroupsForUser": { Groups: names.map((GroupName) => ({ GroupName })) } },
  });
  const input = { UserName: "bob", GroupName: "admins" };

  it("takes the user out of that group", async () => {
    const plan = await planned(fixIamUserAddedToPrivilegedGroup, record, groups("readers", "admins"));
    expectPlan(plan, [["RemoveUserFromGroup", input]], [["AddUserToGroup", input]]);
    expect("summary" in plan && plan.summary).to.match(/does not tell whether the user was in it before/);
  });

  it("is already-ok when the user is out, or gone", async () => {
    expectOutcome(await planned(fixIamUserAddedToPrivilegedGroup, record, groups("readers")), "already-ok");
    expectOutcome(
      await planned(fixIamUserAddedToPrivilegedGroup, record, { aws: { "iam:ListGroupsForUser": gone } }),
      "already-ok",
    );
  });
});

describe("remediate iam-password-policy-weakened", () => {
  const strict = { MinimumPasswordLength: 16, RequireSymbols: true, MaxPasswordAge: 90 };
  const weak = { MinimumPasswordLength: 6, RequireSymbols: false, RequireNumbers: true };
  const updated = {
    eventName: "UpdateAccountPasswordPolicy",
    requestParameters: { minimumPasswordLength: 6, requireSymbols: false, requireNumbers: true },
  };
  const deleted = { eventName: "DeleteAccountPasswordPolicy", requestParameters: null };
  const live = (answer: Answers[string]) => ({ aws: { "iam:GetAccountPasswordPolicy": answer } });
  const policy = (own: object) => live({ PasswordPolicy: { ...own, ExpirePasswords: false } });
  const baselines = baseline(baselineKinds.passwordPolicy, "account", {
    GetAccountPasswordPolicy: { PasswordPolicy: { ...strict, ExpirePasswords: true } },
  });
  const configured = { thresholds: { "iam-password-policy-weakened": 14 } };

  it("sets the baseline's policy", async () => {
    expectPlan(
      await planned(fixIamPasswordPolicyWeakened, updated, { ...policy(weak), baselines }),
      [["UpdateAccountPasswordPolicy", strict]],
      [["UpdateAccountPasswordPolicy", weak]],
    );
    expectPlan(
      await planned(fixIamPasswordPolicyWeakened, deleted, { ...live(gone), baselines }),
      [["UpdateAccountPasswordPolicy", strict]],
      [["DeleteAccountPasswordPolicy", {}]],
    );
  });

  it("raises the length to what is configured, and leaves the rest", async () => {
    expectPlan(
      await planned(fixIamPasswordPolicyWeakened, updated, { ...policy(weak), configured }),
      [["UpdateAccountPasswordPolicy", { ...weak, MinimumPasswordLength: 14 }]],
      [["UpdateAccountPasswordPolicy", weak]],
    );
  });

  it("says why not otherwise", async () => {
    const plan = (given: Given) => planned(fixIamPasswordPolicyWeakened, updated, given);
    expectOutcome(await plan(policy(weak)), "needs-baseline");
    expectOutcome(await plan({ ...policy(strict), baselines }), "already-ok");
    expectOutcome(await plan({ ...policy(strict), configured }), "already-ok");
    expectOutcome(
      await plan({ ...policy({ ...weak, MinimumPasswordLength: 8 }), baselines }),
      "changed-since",
    );
    // What the call left out, IAM has switched off: somebody switched it on since.
    expectOutcome(await plan({ ...policy({ ...weak, RequireSymbols: true }), baselines }), "changed-since");
    expectOutcome(await plan({ ...policy({ ...weak, MaxPasswordAge: 90 }), baselines }), "changed-since");
    expectOutcome(await plan({ ...live(gone), baselines }), "changed-since");
    expectOutcome(
      await planned(fixIamPasswordPolicyWeakened, deleted, { ...policy(weak), baselines }),
      "changed-since",
    );
  });
});

describe("remediate iam-policy-escalation", () => {
  it("leaves a policy that nobody has yet", async () => {
    expectOutcome(await planned(fixIamPolicyEscalation, { eventName: "CreatePolicy" }), "refused");
  });
});

describe("remediate iam-role-trust-external", () => {
  const own = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "sts:AssumeRole",
  };
  const foreign = { Effect: "Allow", Principal: { AWS: "444455556666" }, Action: "sts:AssumeRole" };
  const document = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
  const event = (...Statement: object[]) => ({
    eventName: "UpdateAssumeRolePolicy",
    requestParameters: { roleName: "app", policyDocument: JSON.stringify(document(...Statement)) },
  });
  const live = (...Statement: object[]): Answers => ({
    "iam:GetRole": {
      Role: { AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(document(...Statement))) },
    },
  });
  const put = (...Statement: object[]) => [
    "UpdateAssumeRolePolicy",
    { RoleName: "app", PolicyDocument: JSON.stringify(document(...Statement)) },
  ];
  /** Plans with what the detection itself says of the record. */
  const plan = (record: ReturnType<typeof event>, given: Given) => {
    const match = iamRoleTrustExternal.match(aRecord(record), { ...defaultSettings.context, account });
    if (match === undefined) throw new Error("expected the detection to match");
    return planned(fixIamRoleTrustExternal, record, { ...given, match });
  };

  it("takes the foreign statement out and leaves its neighbour", async () => {
    expectPlan(await plan(event(own, foreign), { aws: live(own, foreign) }), [put(own)], [put(own, foreign)]);
  });

  it("takes the foreign principal out of a statement and leaves the own one", async () => {
    const mixed = { ...own, Principal: { AWS: [own.Principal.AWS, "arn:aws:iam::444455556666:root"] } };
    expectPlan(await plan(event(mixed), { aws: live(mixed) }), [put(own)], [put(mixed)]);
  });

  it("keeps what somebody added since", async () => {
    const later = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
    expectPlan(
      await plan(event(foreign), { aws: live(foreign, later) }),
      [put(later)],
      [put(foreign, later)],
    );
  });

  it("does not let in again, from a baseline, whom nobody lets in now", async () => {
    const open = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
    const kept = baseline(baselineKinds.role, "app", {
      GetRole: { Role: { RoleName: "app", AssumeRolePolicyDocument: JSON.stringify(document(own, open)) } },
    });
    const given = { aws: live(own, foreign), baselines: kept };
    expectPlan(await plan(event(own, foreign), given), [put(own)], [put(own, foreign)]);
  });

  it("takes GitHub's tokens of anybody out, and leaves the statements beside them", async () => {
    const github = {
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
      Action: "sts:AssumeRoleWithWebIdentity",
    };
    expectPlan(await plan(event(own, github), { aws: live(own, github) }), [put(own)], [put(own, github)]);
  });

  it("lets nobody in when nobody is left", async () => {
    const nobody = { Effect: "Deny", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
    expectPlan(await plan(event(foreign), { aws: live(foreign) }), [put(nobody)], [put(foreign)]);
  });

  it("sets the baseline again when the policy is as the event left it", async () => {
    const baselines = baseline(baselineKinds.role, "app", {
      GetRole: {
        Role: { AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(document(own, own))) },
      },
    });
    expectPlan(
      await plan(event(foreign), { aws: live(foreign), baselines }),
      [put(own, own)],
      [put(foreign)],
    );
  });

  const trusted = (...Statement: object[]) =>
    baseline(baselineKinds.role, "app", {
      GetRole: {
        Role: { AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(document(...Statement))) },
      },
    });

  it("is already-ok when the event wrote what was there before", async () => {
    const baselines = trusted(own, foreign);
    expectOutcome(await plan(event(own, foreign), { aws: live(own, foreign), baselines }), "already-ok");
  });

  it("leaves whom the role trusted before, also when somebody added to the policy since", async () => {
    const later = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
    const partner = { ...foreign, Principal: { AWS: "arn:aws:iam::777788889999:root" } };
    const both = { ...foreign, Principal: { AWS: [partner.Principal.AWS, "444455556666"] } };
    for (const written of [[partner, foreign], [both]])
      expectPlan(
        await plan(event(...written), { aws: live(...written, later), baselines: trusted(partner) }),
        [put(partner, later)],
        [put(...written, later)],
      );
  });

  it("is already-ok when the foreign ones or the role are gone", async () => {
    expectOutcome(await plan(event(own, foreign), { aws: live(own) }), "already-ok");
    expectOutcome(await plan(event(foreign), { aws: { "iam:GetRole": gone } }), "already-ok");
  });

  it("is changed-since when the statement of that name says something else", async () => {
    const named = { Sid: "partner", ...foreign };
    const rewritten = { ...named, Condition: { StringEquals: { "sts:ExternalId": "x" } } };
    expectOutcome(await plan(event(named), { aws: live(rewritten) }), "changed-since");
  });

  it("does the same for a role that was created so", async () => {
    const created = {
      eventName: "CreateRole",
      requestParameters: {
        roleName: "app",
        assumeRolePolicyDocument: JSON.stringify(document(own, foreign)),
      },
    };
    const evidence = [
      {
        parameter: "requestParameters.assumeRolePolicyDocument.Statement[1]",
        value: { Principal: "444455556666" },
      },
    ];
    expectPlan(
      await planned(fixIamRoleCreatedExternalTrust, created, {
        aws: live(own, foreign),
        match: { evidence, resources: [] },
        // Of another role, which had the name before.
        baselines: trusted(foreign),
      }),
      [put(own)],
      [put(own, foreign)],
    );
  });
});

describe("remediate iam-saml-provider-changed", () => {
  const arn = `arn:aws:iam::${account}:saml-provider/theirs`;
  const metadata = `<EntityDescriptor>${"x".repeat(1_000)}</EntityDescriptor>`;
  const record = {
    eventName: "CreateSAMLProvider",
    requestParameters: { name: "theirs", sAMLMetadataDocument: metadata },
    responseElements: { sAMLProviderArn: arn },
  };
  const live = (answer: Answers[string]) => ({ aws: { "iam:GetSAMLProvider": answer } });

  it("deletes the provider, and would make it again", async () => {
    expectPlan(
      await planned(fixIamSamlProviderChanged, record, live({ SAMLMetadataDocument: metadata })),
      [["DeleteSAMLProvider", { SAMLProviderArn: arn }]],
      [["CreateSAMLProvider", { Name: "theirs", SAMLMetadataDocument: metadata }]],
    );
  });

  it("says why not otherwise", async () => {
    const plan = (given: Given, own: object = {}) =>
      planned(fixIamSamlProviderChanged, { ...record, ...own }, given);
    expectOutcome(await plan(live(gone)), "already-ok");
    expectOutcome(await plan(live({ SAMLMetadataDocument: `${metadata} ` })), "changed-since");
    const secret = { SAMLMetadataDocument: metadata, PrivateKeyList: [{ KeyId: "k" }] };
    expectOutcome(await plan(live(secret)), "refused");
    expectOutcome(await plan(live({ SAMLMetadataDocument: "x".repeat(200_000) })), "refused");
    expectOutcome(await plan({}, { eventName: "UpdateSAMLProvider" }), "needs-baseline");
  });
});

describe("remediate iam-oidc-provider-created", () => {
  const arn = `arn:aws:iam::${account}:oidc-provider/id.example.com`;
  const record = {
    eventName: "CreateOpenIDConnectProvider",
    requestParameters: { url: "https://id.example.com", clientIDList: ["b", "a"], thumbprintList: [] },
    responseElements: { openIDConnectProviderArn: arn },
  };
  const thumbprint = "a".repeat(40);
  const live = (answer: Answers[string]) => ({ aws: { "iam:GetOpenIDConnectProvider": answer } });
  const provider = { Url: "id.example.com", ClientIDList: ["a", "b"], ThumbprintList: [thumbprint] };

  it("deletes the provider, and would make it again", async () => {
    expectPlan(
      await planned(fixIamOidcProviderCreated, record, live(provider)),
      [["DeleteOpenIDConnectProvider", { OpenIDConnectProviderArn: arn }]],
      [
        [
          "CreateOpenIDConnectProvider",
          { Url: "https://id.example.com", ClientIDList: ["a", "b"], ThumbprintList: [thumbprint] },
        ],
      ],
    );
  });

  it("is already-ok when it is gone, and changed-since when it has other clients", async () => {
    expectOutcome(await planned(fixIamOidcProviderCreated, record, live(gone)), "already-ok");
    const other = live({ ...provider, ClientIDList: ["a", "b", "c"] });
    expectOutcome(await planned(fixIamOidcProviderCreated, record, other), "changed-since");
  });
});

for (const [type, member, id] of [
  ["TrustAnchor", "trustAnchor", "trustAnchorId"],
  ["Profile", "profile", "profileId"],
] as const)
  describe(`remediate iam-rolesanywhere-trust-anchor of Create${type}`, () => {
    const uuid = "0f0e0d0c-0000-4000-8000-000000000009";
    const record = {
      eventName: `Create${type}`,
      awsRegion: "eu-west-1",
      requestParameters: { name: "x" },
      responseElements: { [member]: { [id]: uuid, enabled: true } },
    };
    const live = (answer: Answers[string]) => ({ aws: { [`rolesanywhere:Get${type}`]: answer } });

    it("disables it in its region", async () => {
      const plan = await planned(
        fixIamRolesanywhereTrustAnchor,
        record,
        live({ [member]: { enabled: true } }),
      );
      expectPlan(plan, [[`Disable${type}`, { [id]: uuid }]], [[`Enable${type}`, { [id]: uuid }]]);
      expect((plan as Plan).calls[0]?.region).to.equal("eu-west-1");
    });

    it("is already-ok when it is disabled or gone", async () => {
      for (const answer of [{ [member]: { enabled: false } }, failing("ResourceNotFoundException")])
        expectOutcome(await planned(fixIamRolesanywhereTrustAnchor, record, live(answer)), "already-ok");
    });
  });

describe("remediate iam-compromised-key-quarantine", () => {
  const record = {
    eventName: "AttachUserPolicy",
    requestParameters: {
      userName: "bob",
      policyArn: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3",
    },
  };
  const keys = (...AccessKeyMetadata: object[]) => ({ aws: { "iam:ListAccessKeys": { AccessKeyMetadata } } });
  const first = "AKIAEXAMPLEBOB000001";
  const second = "AKIAEXAMPLEBOB000002";
  const set = (AccessKeyId: string, Status: string) => [
    "UpdateAccessKey",
    { UserName: "bob", AccessKeyId, Status },
  ];

  it("deactivates the user's active keys", async () => {
    expectPlan(
      await planned(
        fixIamCompromisedKeyQuarantine,
        record,
        keys({ AccessKeyId: first, Status: "Active" }, { AccessKeyId: second, Status: "Inactive" }),
      ),
      [set(first, "Inactive")],
      [set(first, "Active")],
    );
  });

  it("is already-ok without active keys, and refuses what is no user", async () => {
    expectOutcome(
      await planned(fixIamCompromisedKeyQuarantine, record, keys({ AccessKeyId: first, Status: "Inactive" })),
      "already-ok",
    );
    const role = { eventName: "AttachRolePolicy", requestParameters: { roleName: "app" } };
    expectOutcome(await planned(fixIamCompromisedKeyQuarantine, role), "refused");
  });
});

describe("remediate sts-federation-token", () => {
  const key = "AKIAEXAMPLEMALLORY00";
  const record = {
    eventSource: "sts.amazonaws.com",
    eventName: "GetFederationToken",
    requestParameters: { name: "x" },
  };
  const live = (policy: Answers[string], Status = "Active"): Answers => ({
    "iam:GetUserPolicy": policy,
    "iam:ListAccessKeys": { AccessKeyMetadata: [{ AccessKeyId: key, Status }] },
  });

  it("denies the tokens of before, and deactivates the key that made them", async () => {
    const plan = await planned(fixStsFederationToken, record, { aws: live(gone) });
    const { calls, rollback } = callsOf(plan) as {
      calls: [string, Record<string, string>][];
      rollback: unknown[];
    };
    expect(calls.map(([operation]) => operation)).to.deep.equal(["PutUserPolicy", "UpdateAccessKey"]);
    const allow = ["DeleteUserPolicy", { UserName: "mallory", PolicyName: "cloudtrailer-quarantine" }];
    expect(rollback).to.deep.equal([
      ["UpdateAccessKey", { UserName: "mallory", AccessKeyId: key, Status: "Active" }],
      allow,
    ]);
    expect(rollbackAfter(plan, 1), "the key could not be deactivated").to.deep.equal([allow]);
  });

  it("does what of it is not done yet", async () => {
    const plan = await planned(fixStsFederationToken, record, { aws: live(gone, "Inactive") });
    expect(callsOf(plan).calls).to.have.length(1);
  });

  it("refuses for root, who can be denied nothing", async () => {
    const root = { ...record, userIdentity: { type: "Root", arn: `arn:aws:iam::${account}:root` } };
    expectOutcome(await planned(fixStsFederationToken, root, { actor: { type: "Root" } }), "refused");
  });
});

describe("remediate ec2-instance-credentials-outside", () => {
  const record = { eventSource: "s3.amazonaws.com", eventName: "ListBuckets" };

  it("denies the role's sessions of before everything", async () => {
    const plan = await planned(fixEc2InstanceCredentialsOutside, record, {
      aws: { "iam:GetRolePolicy": gone },
      actor: { type: "AssumedRole", name: "web/i-1", role: { name: "web" } },
    });
    const { calls, rollback } = callsOf(plan) as {
      calls: [string, Record<string, string>][];
      rollback: unknown[];
    };
    const input = { RoleName: "web", PolicyName: "cloudtrailer-quarantine" };
    expect(rollback).to.deep.equal([["DeleteRolePolicy", input]]);
    const { PolicyDocument, ...rest } = calls[0]![1];
    expect([calls.length, calls[0]![0], rest]).to.deep.equal([1, "PutRolePolicy", input]);
    const [statement] = JSON.parse(PolicyDocument!).Statement as {
      Effect: string;
      Condition: { DateLessThan: Record<string, string> };
    }[];
    expect(statement?.Effect).to.equal("Deny");
    expect(Date.parse(statement!.Condition.DateLessThan["aws:TokenIssueTime"]!)).to.be.greaterThan(
      Date.parse("2026-05-04T10:00:00Z"),
    );
  });

  it("refuses a caller without a role", async () => {
    expectOutcome(await planned(fixEc2InstanceCredentialsOutside, record), "refused");
  });
});

describe("remediate offensive-tool-user-agent", () => {
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

describe("remediate iam-permissions-boundary-removed", () => {
  const arn = (name: string) => `arn:aws:iam::${account}:policy/${name}`;

  for (const [subject, kind] of [
    ["User", baselineKinds.user],
    ["Role", baselineKinds.role],
  ] as const) {
    const parameter = `${subject.toLowerCase()}Name`;
    const input = { [`${subject}Name`]: "app" };
    const removed = {
      eventName: `Delete${subject}PermissionsBoundary`,
      requestParameters: { [parameter]: "app" },
    };
    const replaced = {
      eventName: `Put${subject}PermissionsBoundary`,
      requestParameters: { [parameter]: "app", permissionsBoundary: arn("wide") },
    };
    const bounded = (name?: string) => ({
      [subject]: name === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: arn(name) } },
    });
    const live = (name?: string): Answers => ({ [`iam:Get${subject}`]: bounded(name) });
    const baselines = baseline(kind, "app", { [`Get${subject}`]: bounded("narrow") });
    const put = (name: string) => [
      `Put${subject}PermissionsBoundary`,
      { ...input, PermissionsBoundary: arn(name) },
    ];

    describe(subject, () => {
      it("sets the baseline's boundary", async () => {
        expectPlan(
          await planned(fixIamPermissionsBoundaryRemoved, removed, { aws: live(), baselines }),
          [put("narrow")],
          [[`Delete${subject}PermissionsBoundary`, input]],
        );
        expectPlan(
          await planned(fixIamPermissionsBoundaryRemoved, replaced, { aws: live("wide"), baselines }),
          [put("narrow")],
          [put("wide")],
        );
      });

      it("sets the only one that is configured, and none of a pattern or of several", async () => {
        const plan = (...allowedBoundaries: string[]) =>
          planned(fixIamPermissionsBoundaryRemoved, removed, {
            aws: live(),
            configured: { allowedBoundaries },
          });
        expect(callsOf(await plan(arn("narrow"))).calls).to.deep.equal([put("narrow")]);
        expectOutcome(await plan(arn("nar*")), "needs-baseline");
        expectOutcome(await plan(arn("narrow"), arn("other")), "needs-baseline");
        expectOutcome(await plan(), "needs-baseline");
      });

      it("says why not otherwise", async () => {
        const plan = (given: Given) => planned(fixIamPermissionsBoundaryRemoved, replaced, given);
        expectOutcome(await plan({ aws: live("narrow"), baselines }), "already-ok");
        expectOutcome(await plan({ aws: live("third"), baselines }), "changed-since");
        expectOutcome(await plan({ aws: { [`iam:Get${subject}`]: gone }, baselines }), "already-ok");
      });
    });
  }
});

describe("remediate iam-quarantine-removed", () => {
  const policyArn = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3";
  const record = { eventName: "DetachUserPolicy", requestParameters: { userName: "bob", policyArn } };
  const attached = (answer: Answers[string]) => ({ aws: { "iam:ListAttachedUserPolicies": answer } });
  const input = { UserName: "bob", PolicyArn: policyArn };

  it("attaches it again", async () => {
    expectPlan(
      await planned(fixIamQuarantineRemoved, record, attached({ AttachedPolicies: [] })),
      [["AttachUserPolicy", input]],
      [["DetachUserPolicy", input]],
    );
  });

  it("says why not otherwise", async () => {
    const there = attached({ AttachedPolicies: [{ PolicyArn: policyArn }] });
    expectOutcome(await planned(fixIamQuarantineRemoved, record, there), "already-ok");
    expectOutcome(await planned(fixIamQuarantineRemoved, record, attached(gone)), "changed-since");
    expectOutcome(
      await planned(fixIamQuarantineRemoved, { ...record, eventName: "DeleteUserPolicy" }),
      "needs-baseline",
    );
  });
});
