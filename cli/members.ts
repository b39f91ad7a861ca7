import type { OtherAccounts } from "../handlers/aws/clients";
import { partitionOf } from "../handlers/aws/regions";
import type { Options } from "./verb";

/** The role that AWS Organizations creates in its accounts. */
export const defaultMemberRole = "OrganizationAccountAccessRole";

/** The option of verbs that make calls in members. */
export const memberRoleOption = {
  role: {
    type: "string",
    value: "NAME",
    default: defaultMemberRole,
    description: "the role that you assume in the finding's account, if that is a member",
  },
} as const satisfies Options;

/** How a person makes calls in members: by a role there. */
export function asMember(region: string, role: string, sessionName: string): OtherAccounts {
  const roleIn = (account: string) => `arn:${partitionOf(region)}:iam::${account}:role/${role}`;
  return { home: "", region, roleIn, sessionName };
}
