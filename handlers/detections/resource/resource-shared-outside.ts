import { isFalse, parameterOf } from "../../cloudtrail/parameters";
import { type CloudTrailRecord, eventOf } from "../../cloudtrail/record";
import type { DetectionContext } from "../../settings";
import type { Detection, Evidence } from "../detection";
import { named } from "../readers/by-hand";
import { accountIn, isForeign } from "../readers/principal";
import { uninspected } from "../readers/uninspected";
import { valuesNamed } from "../readers/values-named";

/** By call: the parameters, in lower case, that name whom it lets in. */
const grantees: Record<string, readonly string[]> = {
  "appstream:UpdateImagePermissions": ["sharedaccountid"],
  "ds:ShareDirectory": ["id"],
  "ec2:CreateNetworkInterfacePermission": ["awsaccountid"],
  "ec2:ModifyFpgaImageAttribute": ["userid", "usergroup", "group"],
  "es:AuthorizeVpcEndpointAccess": ["account"],
  "imagebuilder:CreateDistributionConfiguration": ["targetaccountids", "userids", "usergroups"],
  "imagebuilder:UpdateDistributionConfiguration": ["targetaccountids", "userids", "usergroups"],
  "lakeformation:BatchGrantPermissions": ["datalakeprincipalidentifier"],
  "lakeformation:GrantPermissions": ["datalakeprincipalidentifier"],
  "omics:CreateShare": ["principalsubscriber"],
  "s3:CreateAccessGrant": ["granteeidentifier"],
  "serverlessrepo:PutApplicationPolicy": ["principals"],
  "servicecatalog:CreatePortfolioShare": ["accountid", "value"],
  "signer:AddProfilePermission": ["principal"],
  "workspaces:UpdateWorkspaceImagePermission": ["sharedaccountid"],
};

/** What stands for every account. */
const everyone = ["*", "all"];

export const resourceSharedOutside: Detection = {
  id: "resource-shared-outside",
  title: "Resource shared with another account",
  severity: "high",
  attack: { technique: "T1537" },
  tier: "extended",
  noise: "rare",
  events: Object.keys(grantees),
  remediation: "alert",
  match(record, context) {
    // A permission to copy images is taken back by the same call.
    if (isFalse(parameterOf(record, "allowCopyImage"))) return undefined;
    const evidence = outsidersOf(record, context);
    if (evidence.length === 0) return uninspected(record);
    return {
      evidence,
      resources: [
        ...named(record, "AWS::DirectoryService::MicrosoftAD", "directoryId"),
        ...named(record, "AWS::EC2::NetworkInterface", "networkInterfaceId"),
        ...named(record, "AWS::ImageBuilder::DistributionConfiguration", "distributionConfigurationArn"),
        ...named(record, "AWS::OpenSearchService::Domain", "domainName"),
        ...named(record, "AWS::ServerlessRepo::Application", "applicationId"),
        ...named(record, "AWS::ServiceCatalog::Portfolio", "portfolioId"),
        ...named(record, "AWS::Signer::SigningProfile", "profileName"),
        ...named(record, "AWS::WorkSpaces::WorkspaceImage", "imageId"),
      ],
      ...(evidence.some(({ value }) => everyone.includes(String(value))) ? { severity: "critical" } : {}),
    };
  },
  runbook: [
    "Take the permission back unless the resource's owner knows the account.",
    "Look in the service's log for what the other account did with it.",
    "If the account is yours or a vendor's, add it to `trustedAccounts`.",
  ],
  falsePositives: ["Vendors and sister accounts that are not yet in `trustedAccounts`."],
  references: [
    "https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_GrantPermissions.html",
    "https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateAccessGrant.html",
    "https://docs.aws.amazon.com/servicecatalog/latest/dg/API_CreatePortfolioShare.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkInterfacePermission.html",
  ],
};

function outsidersOf(record: CloudTrailRecord, context: DetectionContext): Evidence[] {
  return valuesNamed(record, grantees[eventOf(record)] ?? [])
    .filter(({ parameter }) => !/\.remove\b/i.test(parameter))
    .flatMap(({ parameter, value }) => {
      if (everyone.includes(value)) return [{ parameter, value, why: "is every AWS account" }];
      return isForeign(accountIn(value), context) ? [{ parameter, value, why: "is another account" }] : [];
    });
}
