import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { type Owner, type Scenario, type Step } from "../scenario";

const iam = (operation: string, input: Record<string, unknown>): Step => ({
  service: "iam",
  operation,
  region: "us-east-1",
  input,
});

const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const read = policy({ Effect: "Allow", Action: "s3:Get*", Resource: "*" });
const admin = policy({ Effect: "Allow", Action: "*", Resource: "*" });
const trust = (...principals: object[]) =>
  policy(...principals.map((Principal) => ({ Effect: "Allow", Principal, Action: "sts:AssumeRole" })));
const lambda = { Service: "lambda.amazonaws.com" };
const stranger = { AWS: "arn:aws:iam::444455556666:root" };

async function makeUser(owner: Owner, UserName: string): Promise<string> {
  await owner(iam("CreateUser", { UserName }));
  return UserName;
}

/** Everything that can be read about a user. */
const userState = (UserName: string): Step[] => [
  iam("GetUser", { UserName }),
  iam("GetLoginProfile", { UserName }),
  iam("ListAccessKeys", { UserName }),
  iam("ListUserPolicies", { UserName }),
  iam("ListAttachedUserPolicies", { UserName }),
  iam("ListGroupsForUser", { UserName }),
];

async function makePolicy(owner: Owner, PolicyName: string): Promise<string> {
  const { Policy } = await owner(iam("CreatePolicy", { PolicyName, PolicyDocument: read }));
  return (Policy as { Arn: string }).Arn;
}

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

/** An administrator's policy on a subject that has a harmless one. */
const attached = (subject: "User" | "Role" | "Group"): Scenario<Record<string, string>> => ({
  id: `iam-admin-policy-attached-${subject.toLowerCase()}`,
  async make(owner, name) {
    const own = { [`${subject}Name`]: `${name}-${subject}` };
    const document = subject === "Role" ? { AssumeRolePolicyDocument: trust(lambda) } : {};
    await owner(iam(`Create${subject}`, { ...own, ...document }));
    const PolicyArn = await makePolicy(owner, `${name}-read`);
    await owner(iam(`Attach${subject}Policy`, { ...own, PolicyArn }));
    return own;
  },
  attack: (own) => iam(`Attach${subject}Policy`, { ...own, PolicyArn: administrator }),
  state: (own) => [
    iam(`ListAttached${subject}Policies`, own),
    iam(`List${subject}Policies`, own),
    iam(`Get${subject}`, own),
  ],
});

/** A customer managed policy with administrator rights under another name. */
const attachedByDocument: Scenario<Record<string, string>> = {
  ...attached("User"),
  what: "a policy that says so under another name",
  async make(owner, name) {
    const own = await attached("User").make(owner, name);
    const { Policy } = await owner(
      iam("CreatePolicy", { PolicyName: `${name}-helper`, PolicyDocument: admin }),
    );
    return { ...own, PolicyArn: (Policy as { Arn: string }).Arn };
  },
  attack: ({ UserName, PolicyArn }) => iam("AttachUserPolicy", { UserName, PolicyArn }),
  state: ({ UserName = "" }) => attached("User").state({ UserName }),
};

/** Permissions that lead to administrator rights, attached and inline. */
const escalationAttached: Scenario<Record<string, string>> = {
  ...attachedByDocument,
  id: "iam-policy-escalation",
  what: "attached",
  async make(owner, name) {
    const own = await attached("User").make(owner, name);
    const document = policy({ Effect: "Allow", Action: ["iam:Put*", "iam:Attach*"], Resource: "*" });
    const { Policy } = await owner(
      iam("CreatePolicy", { PolicyName: `${name}-helper`, PolicyDocument: document }),
    );
    return { ...own, PolicyArn: (Policy as { Arn: string }).Arn };
  },
};

const escalationInline: Scenario<Record<string, string>> = {
  ...attached("Role"),
  id: "iam-policy-escalation",
  what: "inline",
  attack: (own) =>
    iam("PutRolePolicy", {
      ...own,
      PolicyName: "helper",
      PolicyDocument: policy({ Effect: "Allow", Action: ["iam:PassRole", "lambda:*"], Resource: "*" }),
    }),
};

/** A subject's own policy that allows everything, beside a harmless one. */
const inline = (subject: "User" | "Role" | "Group"): Scenario<Record<string, string>> => ({
  ...attached(subject),
  id: "iam-inline-admin-policy",
  what: `of a ${subject.toLowerCase()}`,
  attack: (own) =>
    iam(`Put${subject}Policy`, {
      ...own,
      PolicyName: "all",
      PolicyDocument: policy({ Effect: "Allow", Action: "*", Resource: "*" }),
    }),
});

const inlineKinds = {
  User: baselineKinds.userPolicy,
  Role: baselineKinds.rolePolicy,
  Group: baselineKinds.groupPolicy,
};

/** The same, overwriting a policy of that name. */
const inlineOverwritten = (subject: "User" | "Role" | "Group"): Scenario<Record<string, string>> => ({
  ...inline(subject),
  what: `of a ${subject.toLowerCase()}, put over another one`,
  async make(owner, name) {
    const own = await attached(subject).make(owner, name);
    const PolicyDocument = policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
    await owner(iam(`Put${subject}Policy`, { ...own, PolicyName: "all", PolicyDocument }));
    return own;
  },
  baseline: (own) => ({ kind: inlineKinds[subject], id: `${own[`${subject}Name`]}/all` }),
  state: (own) => [
    ...attached(subject).state(own),
    iam(`Get${subject}Policy`, { ...own, PolicyName: "all" }),
  ],
});

const accessKey: Scenario<string> = {
  id: "iam-access-key-for-other-user",
  async make(owner, name) {
    await makeUser(owner, name);
    await owner(iam("CreateAccessKey", { UserName: name }));
    return name;
  },
  attack: (UserName) => iam("CreateAccessKey", { UserName }),
  state: userState,
  contains: true,
};

const loginProfile: Scenario<string> = {
  id: "iam-login-profile-created",
  make: makeUser,
  attack: (UserName) => iam("CreateLoginProfile", { UserName, Password: "Correct-horse-7-battery" }),
  state: userState,
  irreversible: "a password is known to nobody but its maker",
};

const loginProfileUpdated: Scenario<string> = {
  id: "iam-login-profile-updated",
  async make(owner, name) {
    await makeUser(owner, name);
    const input = { UserName: name, Password: "Correct-horse-7-battery", PasswordResetRequired: true };
    await owner(iam("CreateLoginProfile", input));
    return name;
  },
  attack: (UserName) =>
    iam("UpdateLoginProfile", { UserName, Password: "Stolen-horse-7-battery", PasswordResetRequired: false }),
  state: userState,
  contains: true,
};

const group: Scenario<string> = {
  id: "iam-user-added-to-privileged-group",
  async make(owner, name) {
    await makeUser(owner, name);
    for (const GroupName of [`${name}-admins`, `${name}-readers`])
      await owner(iam("CreateGroup", { GroupName }));
    await owner(iam("AddUserToGroup", { UserName: name, GroupName: `${name}-readers` }));
    return name;
  },
  attack: (name) => iam("AddUserToGroup", { UserName: name, GroupName: `${name}-admins` }),
  state: (name) => [...userState(name), iam("GetGroup", { GroupName: `${name}-admins` })],
};

const passwordPolicy: Scenario<void> = {
  id: "iam-password-policy-weakened",
  async make(owner) {
    await owner(
      iam("UpdateAccountPasswordPolicy", {
        MinimumPasswordLength: 16,
        RequireSymbols: true,
        MaxPasswordAge: 90,
      }),
    );
  },
  attack: () => iam("UpdateAccountPasswordPolicy", { MinimumPasswordLength: 6 }),
  state: () => [iam("GetAccountPasswordPolicy", {})],
  baseline: () => ({ kind: baselineKinds.passwordPolicy, id: "account" }),
};

const passwordPolicyDeleted: Scenario<void> = {
  ...passwordPolicy,
  what: "deleted",
  attack: () => iam("DeleteAccountPasswordPolicy", {}),
};

const policyVersion: Scenario<string> = {
  id: "iam-policy-version-admin",
  make: makePolicy,
  attack: (PolicyArn) => iam("CreatePolicyVersion", { PolicyArn, PolicyDocument: admin, SetAsDefault: true }),
  state: (PolicyArn) => [iam("GetPolicy", { PolicyArn }), iam("ListPolicyVersions", { PolicyArn })],
  // The rollback recreates the version under the next number.
  anew: ["UpdateDate", "CreateDate", "VersionId", "DefaultVersionId"],
};

const policyVersionSet: Scenario<string> = {
  id: "iam-policy-version-admin",
  what: "a version that was there already",
  async make(owner, name) {
    const PolicyArn = await makePolicy(owner, name);
    await owner(iam("CreatePolicyVersion", { PolicyArn, PolicyDocument: admin, SetAsDefault: false }));
    await owner(iam("CreatePolicyVersion", { PolicyArn, PolicyDocument: read, SetAsDefault: false }));
    return PolicyArn;
  },
  attack: (PolicyArn) => iam("SetDefaultPolicyVersion", { PolicyArn, VersionId: "v2" }),
  state: policyVersion.state,
  anew: ["UpdateDate"],
  baseline: (PolicyArn) => ({ kind: baselineKinds.managedPolicy, id: PolicyArn }),
};

async function makeRole(owner: Owner, RoleName: string, document: string): Promise<string> {
  await owner(iam("CreateRole", { RoleName, AssumeRolePolicyDocument: document }));
  return RoleName;
}

const trustOpened: Scenario<string> = {
  id: "iam-role-trust-external",
  make: (owner, name) => makeRole(owner, name, trust(lambda)),
  attack: (RoleName) => iam("UpdateAssumeRolePolicy", { RoleName, PolicyDocument: trust(lambda, stranger) }),
  state: (RoleName) => [iam("GetRole", { RoleName })],
};

const trustReplaced: Scenario<string> = {
  ...trustOpened,
  what: "with the trust policy of before kept",
  attack: (RoleName) => iam("UpdateAssumeRolePolicy", { RoleName, PolicyDocument: trust(stranger) }),
  baseline: (RoleName) => ({ kind: baselineKinds.role, id: RoleName }),
};

const roleCreated: Scenario<string> = {
  id: "iam-role-created-external-trust",
  make: async (_, name) => name,
  attack: (RoleName) => iam("CreateRole", { RoleName, AssumeRolePolicyDocument: trust(lambda, stranger) }),
  state: (RoleName) => [iam("GetRole", { RoleName })],
  contains: true,
};

const metadata = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${"<!-- -->".repeat(200)}</EntityDescriptor>`;
const samlArn = (name: string) => `arn:aws:iam::111122223333:saml-provider/${name}`;

const saml: Scenario<string> = {
  id: "iam-saml-provider-changed",
  async make(owner, name) {
    await owner(iam("CreateSAMLProvider", { Name: `${name}-ours`, SAMLMetadataDocument: metadata }));
    return name;
  },
  attack: (name) => iam("CreateSAMLProvider", { Name: name, SAMLMetadataDocument: metadata }),
  state: (name) => [
    iam("ListSAMLProviders", {}),
    iam("GetSAMLProvider", { SAMLProviderArn: samlArn(name) }),
    iam("GetSAMLProvider", { SAMLProviderArn: samlArn(`${name}-ours`) }),
  ],
  anew: ["CreateDate", "ValidUntil", "SAMLProviderUUID"],
};

const oidc: Scenario<string> = {
  id: "iam-oidc-provider-created",
  make: async (_, name) => name,
  attack: (name) =>
    iam("CreateOpenIDConnectProvider", {
      Url: `https://${name}.example.com`,
      ClientIDList: ["sts.amazonaws.com"],
      ThumbprintList: ["a".repeat(40)],
    }),
  state: (name) => [
    iam("ListOpenIDConnectProviders", {}),
    iam("GetOpenIDConnectProvider", {
      OpenIDConnectProviderArn: `arn:aws:iam::111122223333:oidc-provider/${name}.example.com`,
    }),
  ],
  anew: ["CreateDate"],
};

const quarantine = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2";

const compromised: Scenario<string> = {
  id: "iam-compromised-key-quarantine",
  async make(owner, name) {
    await makeUser(owner, name);
    await owner(iam("CreateAccessKey", { UserName: name }));
    const { AccessKey } = await owner(iam("CreateAccessKey", { UserName: name }));
    const { AccessKeyId } = AccessKey as { AccessKeyId: string };
    await owner(iam("UpdateAccessKey", { UserName: name, AccessKeyId, Status: "Inactive" }));
    return name;
  },
  attack: (UserName) => iam("AttachUserPolicy", { UserName, PolicyArn: quarantine }),
  state: userState,
  contains: true,
};

const quarantineRemoved: Scenario<string> = {
  id: "iam-quarantine-removed",
  async make(owner, name) {
    await makeUser(owner, name);
    await owner(iam("AttachUserPolicy", { UserName: name, PolicyArn: quarantine }));
    return name;
  },
  attack: (UserName) => iam("DetachUserPolicy", { UserName, PolicyArn: quarantine }),
  state: userState,
};

const boundary = (subject: "User" | "Role"): Scenario<string> => ({
  id: "iam-permissions-boundary-removed",
  what: `of a ${subject.toLowerCase()}`,
  async make(owner, name) {
    const own = `${name}-${subject}`;
    const PermissionsBoundary = await makePolicy(owner, own);
    if (subject === "User") await makeUser(owner, own);
    else await makeRole(owner, own, trust(lambda));
    await owner(iam(`Put${subject}PermissionsBoundary`, { [`${subject}Name`]: own, PermissionsBoundary }));
    return own;
  },
  attack: (name) => iam(`Delete${subject}PermissionsBoundary`, { [`${subject}Name`]: name }),
  state: (name) => [iam(`Get${subject}`, { [`${subject}Name`]: name })],
  baseline: (name) => ({ kind: subject === "User" ? baselineKinds.user : baselineKinds.role, id: name }),
});

/** Users, roles, policies and identity providers. */
export const identities = [
  attached("User"),
  attached("Role"),
  attached("Group"),
  attachedByDocument,
  escalationAttached,
  escalationInline,
  inline("User"),
  inline("Role"),
  inline("Group"),
  inlineOverwritten("User"),
  inlineOverwritten("Role"),
  inlineOverwritten("Group"),
  accessKey,
  loginProfile,
  loginProfileUpdated,
  group,
  passwordPolicy,
  passwordPolicyDeleted,
  policyVersion,
  policyVersionSet,
  trustOpened,
  trustReplaced,
  roleCreated,
  saml,
  oidc,
  compromised,
  quarantineRemoved,
  boundary("User"),
  boundary("Role"),
] as Scenario[];
