import { account, call, type Cases, otherAccount } from "../support/cases";

/** The calls that share something with one account. */
const shares: Record<string, (grantee: string) => unknown> = {
  "appstream:UpdateImagePermissions": (sharedAccountId) => ({
    name: "image",
    sharedAccountId,
    imagePermissions: { allowFleet: true },
  }),
  "ds:ShareDirectory": (id) => ({
    directoryId: "d-1",
    shareMethod: "HANDSHAKE",
    shareTarget: { id, type: "ACCOUNT" },
  }),
  "ec2:CreateNetworkInterfacePermission": (AwsAccountId) => ({
    CreateNetworkInterfacePermissionRequest: {
      NetworkInterfaceId: "eni-1",
      AwsAccountId,
      Permission: "INSTANCE-ATTACH",
    },
  }),
  "ec2:ModifyFpgaImageAttribute": (UserId) => ({
    ModifyFpgaImageAttributeRequest: {
      FpgaImageId: "afi-1",
      OperationType: "add",
      LoadPermission: { Add: { tag: 1, UserId } },
    },
  }),
  "es:AuthorizeVpcEndpointAccess": (grantee) => ({ domainName: "search", account: grantee }),
  "imagebuilder:CreateDistributionConfiguration": (grantee) => ({
    name: "everywhere",
    distributions: [
      { region: "eu-west-1", amiDistributionConfiguration: { launchPermission: { userIds: [grantee] } } },
    ],
  }),
  "imagebuilder:UpdateDistributionConfiguration": (grantee) => ({
    distributionConfigurationArn: "arn:aws:imagebuilder:eu-west-1:111122223333:distribution-configuration/x",
    distributions: [{ region: "eu-west-1", amiDistributionConfiguration: { targetAccountIds: [grantee] } }],
  }),
  "lakeformation:BatchGrantPermissions": (dataLakePrincipalIdentifier) => ({
    entries: [{ id: "1", principal: { dataLakePrincipalIdentifier }, permissions: ["SELECT"] }],
  }),
  "lakeformation:GrantPermissions": (dataLakePrincipalIdentifier) => ({
    principal: { dataLakePrincipalIdentifier },
    permissions: ["SELECT"],
  }),
  "omics:CreateShare": (principalSubscriber) => ({ resourceArn: "store", principalSubscriber }),
  "s3:CreateAccessGrant": (grantee) => ({
    CreateAccessGrantRequest: {
      Grantee: { GranteeType: "IAM", GranteeIdentifier: `arn:aws:iam::${grantee}:role/reader` },
      Permission: "READ",
    },
  }),
  "serverlessrepo:PutApplicationPolicy": (grantee) => ({
    applicationId: "app",
    statements: [{ principals: [grantee], actions: ["Deploy"] }],
  }),
  "servicecatalog:CreatePortfolioShare": (accountId) => ({ portfolioId: "port-1", accountId }),
  "signer:AddProfilePermission": (principal) => ({
    profileName: "release",
    principal,
    action: "signer:StartSigningJob",
  }),
  "workspaces:UpdateWorkspaceImagePermission": (sharedAccountId) => ({
    imageId: "wsi-1",
    allowCopyImage: true,
    sharedAccountId,
  }),
};

export const cases: Cases = {
  hits: [
    ...Object.entries(shares).map(([event, parameters]) => ({
      name: `${event} with another account`,
      record: call(event, parameters(otherAccount)),
    })),
    {
      name: "an application for everyone",
      record: call("serverlessrepo:PutApplicationPolicy", {
        applicationId: "app",
        statements: [{ principals: ["*"], actions: ["Deploy"] }],
      }),
      severity: "critical",
      evidence: "requestParameters.statements.0.principals",
      resources: ["app"],
    },
    {
      name: "images for everyone",
      record: call("imagebuilder:CreateDistributionConfiguration", {
        distributions: [{ amiDistributionConfiguration: { launchPermission: { userGroups: ["all"] } } }],
      }),
      severity: "critical",
    },
    {
      name: "parameters left out",
      record: call("lakeformation:BatchGrantPermissions", {
        omitted: true,
        reason: "requestParameters too large",
      }),
      couldNotInspect: true,
    },
  ],
  quiet: [
    ...Object.entries(shares).map(([event, parameters]) => ({
      name: `${event} within this account`,
      record: call(event, parameters(account)),
    })),
    ...Object.entries(shares).map(([event, parameters]) => ({
      name: `${event} with a trusted account`,
      record: call(event, parameters(otherAccount)),
      context: { trustedAccounts: [otherAccount] },
    })),
    {
      name: "all principals of IAM, as Lake Formation calls those of this account",
      record: call("lakeformation:GrantPermissions", {
        principal: { dataLakePrincipalIdentifier: "IAM_ALLOWED_PRINCIPALS" },
        permissions: ["ALL"],
      }),
    },
    {
      name: "a permission taken back",
      record: call("workspaces:UpdateWorkspaceImagePermission", {
        imageId: "wsi-1",
        allowCopyImage: false,
        sharedAccountId: otherAccount,
      }),
    },
    {
      name: "an account removed",
      record: call("ec2:ModifyFpgaImageAttribute", {
        ModifyFpgaImageAttributeRequest: {
          FpgaImageId: "afi-1",
          LoadPermission: { Remove: { tag: 1, UserId: otherAccount } },
        },
      }),
    },
  ],
};
