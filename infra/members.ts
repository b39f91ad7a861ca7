import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AccountSettings } from "../handlers/settings";
import { memberTemplate, type MemberRoleArgs } from "../policies/member-role";
import type { Config } from "./config-keys";
import { organizationOfMembers } from "./existing-trail";
import { accountSettingsOf } from "./member-accounts";
import { memberRoleOf } from "./names";

/** The role and the organization that the detector's role may use; undefined without members. */
export function membersFor({
  team,
  organization,
}: Pick<Config, "team" | "organization">): { role: string; organizationId: string } | undefined {
  const organizationId = organizationOfMembers(organization);
  return organizationId === undefined ? undefined : { role: memberRoleOf(team), organizationId };
}

/** The configured accounts, and those of the configured units with their names, as AWS Organizations has them at deployment. */
export function accountsOf(
  config: Config,
  parent: pulumi.Resource,
): pulumi.Output<Record<string, AccountSettings>> {
  const { accounts = [], units = [], exclude = [] } = config.organization;
  // Accounts that are named need not be looked up.
  const ofUnits = (accounts.length > 0 ? [] : units).map((parentId) =>
    parentId.startsWith("r-")
      ? aws.organizations.getOrganizationOutput({}, { parent }).accounts
      : aws.organizations.getOrganizationalUnitDescendantAccountsOutput({ parentId }, { parent }).accounts,
  );
  return pulumi
    .all([aws.getCallerIdentityOutput({}, { parent }).accountId, pulumi.all(ofUnits)])
    .apply(([home, lists]) => {
      const names: Record<string, string | undefined> = {};
      for (const account of accounts) names[account] = undefined;
      for (const { id, name } of lists.flat())
        if (accounts.length === 0 || accounts.includes(id)) names[id] = name;
      const members = Object.keys(names).filter((account) => account !== home && !exclude.includes(account));
      return accountSettingsOf(config, home, members, names);
    });
}

/** As whom StackSets are made: outside of the management account, only a delegated administrator may. */
function callAsIn(parent: pulumi.Resource): pulumi.Output<string> {
  const { accountId } = aws.getCallerIdentityOutput({}, { parent });
  const { masterAccountId } = aws.organizations.getOrganizationOutput({}, { parent });
  return pulumi
    .all([accountId, masterAccountId])
    .apply(([here, management]) => (here === management ? "SELF" : "DELEGATED_ADMIN"));
}

export interface MemberRolesArgs {
  /** The template of the role. */
  template: pulumi.Input<string>;
  name: string;
  units: string[];
  /** Only these accounts of the units; all if empty. */
  accounts: string[];
  exclude: string[];
}

/**
 * The role in every account of the units, also in those that join later. A service-managed StackSet skips the management
 * account: there, somebody deploys the template of `npx cloudtrailer member-template`.
 */
export class MemberRoles extends pulumi.ComponentResource {
  constructor(name: string, args: MemberRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cloudtrailer:index:MemberRoles", name, {}, opts);
    const { template, units, accounts, exclude } = args;
    const callAs = callAsIn(this);
    const set = new aws.cloudformation.StackSet(
      `${name}-set`,
      {
        name: args.name,
        description: "The role with which cloudtrailer fixes in members",
        permissionModel: "SERVICE_MANAGED",
        callAs,
        autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
        capabilities: ["CAPABILITY_NAMED_IAM"],
        templateBody: template,
      },
      { parent: this },
    );
    const filter =
      accounts.length > 0
        ? { accountFilterType: "INTERSECTION", accounts: accounts.filter((one) => !exclude.includes(one)) }
        : exclude.length > 0
          ? { accountFilterType: "DIFFERENCE", accounts: exclude }
          : {};
    new aws.cloudformation.StackSetInstance(
      `${name}-instances`,
      { stackSetName: set.name, callAs, deploymentTargets: { organizationalUnitIds: units, ...filter } },
      { parent: this },
    );
    this.registerOutputs({ stackSet: set.name });
  }
}

/** The template as text. */
export function templateOf(args: MemberRoleArgs): string {
  return JSON.stringify(memberTemplate(args));
}
