import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AccountSettings } from "../handlers/settings";
import { memberTemplate, type MemberRoleArgs } from "../policies/member-role";
import type { Config } from "./config-keys";
import type { Problem } from "./checks";
import { organizationOfMembers } from "./existing-trail";
import { accountSettingsOf } from "./member-accounts";
import { memberRoleOf } from "./names";
import { environmentBytes, environmentOf, maxEnvironmentBytes } from "./settings";

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

/**
 * Why settings with so many accounts do not fit into the function's environment, if they do not. Those that the configuration
 * names are counted when it is checked; those of units are known only now.
 */
export function problemOfMembers(settings: string, accounts: number): Problem | undefined {
  const bytes = environmentBytes(environmentOf(settings));
  if (bytes <= maxEnvironmentBytes) return undefined;
  return {
    key: `${pulumi.getProject()}:organization.units`,
    expected:
      `fewer members: their settings take room in the function's environment, which Lambda limits to ${maxEnvironmentBytes} bytes ` +
      "(divide the organization among stacks by units, or exclude accounts)",
    found: `${accounts} accounts, ${bytes} bytes`,
  };
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
  /** What sends records within seconds; undefined if log files alone bring them. */
  events?: {
    /** Name of the StackSet. */
    name: string;
    template: pulumi.Input<string>;
    regions: pulumi.Output<string[]>;
    /** What receives the records. */
    receivers: pulumi.Resource[];
  };
}

/**
 * The role in every account of the units, also in those that join later. A service-managed StackSet skips the management
 * account: there, somebody deploys the template of `npx cloudtrailer member-template`.
 */
export class MemberRoles extends pulumi.ComponentResource {
  constructor(
    private readonly name: string,
    args: MemberRolesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
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
    const deploymentTargets = { organizationalUnitIds: units, ...filter };
    const instances = new aws.cloudformation.StackSetInstance(
      `${name}-instances`,
      { stackSetName: set.name, callAs, deploymentTargets },
      { parent: this },
    );
    if (args.events !== undefined) this.sendEvents(args.events, callAs, deploymentTargets, instances);
    this.registerOutputs({ stackSet: set.name });
  }

  /** The rules, in each region that sends records. Their role is made with the other one. */
  private sendEvents(
    { name: setName, template, regions, receivers }: NonNullable<MemberRolesArgs["events"]>,
    callAs: pulumi.Output<string>,
    deploymentTargets: aws.types.input.cloudformation.StackSetInstanceDeploymentTargets,
    roles: pulumi.Resource,
  ): void {
    const set = new aws.cloudformation.StackSet(
      `${this.name}-events-set`,
      {
        name: setName,
        description: "The rules that send cloudtrailer records of members within seconds",
        permissionModel: "SERVICE_MANAGED",
        callAs,
        autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
        templateBody: template,
      },
      { parent: this, dependsOn: [roles, ...receivers] },
    );
    // A StackSet carries out one operation at a time, and each region's instances are one.
    regions.apply((all) =>
      all.reduce<pulumi.Resource[]>(
        (earlier, region) => [
          new aws.cloudformation.StackSetInstance(
            `${this.name}-events-${region}`,
            { stackSetName: set.name, callAs, stackSetInstanceRegion: region, deploymentTargets },
            { parent: this, dependsOn: earlier },
          ),
        ],
        [],
      ),
    );
  }
}

/** The template as text. */
export function templateOf(args: MemberRoleArgs): string {
  return JSON.stringify(memberTemplate(args));
}
