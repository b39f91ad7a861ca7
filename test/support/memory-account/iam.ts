import type { Fields } from "../../../handlers/json";
import { account, awsError } from "../factories";
import { copy, lowered, type Operation, reading, type Service, there } from "./operation";

interface Role {
  trust: unknown;
  boundary?: unknown;
  attached: Set<string>;
  inline: Map<string, string>;
}

const gone = "NoSuchEntityException";

/** Roles, with their trust, boundary and policies. */
export function iam(): Service {
  const roles = new Map<string, Role>();
  const of = (input: Fields) => there(roles, input.RoleName, gone);
  const writing = (run: Operation["run"]): Operation => ({ run, recorded: { requestParameters: lowered } });
  const arn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  const described = (RoleName: string, { trust, boundary }: Role) => ({
    RoleName,
    Arn: arn(RoleName),
    AssumeRolePolicyDocument: encodeURIComponent(String(trust)),
    ...(boundary === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryArn: boundary } }),
  });

  return {
    state: () =>
      [...roles].map(([name, { trust, boundary, attached, inline }]) => [
        name,
        JSON.parse(String(trust)) as unknown,
        boundary ?? null,
        [...attached].sort(),
        [...inline].sort(),
      ]) as unknown,
    operations: {
      GetAccountAuthorizationDetails: reading(({ Filter }) =>
        JSON.stringify(Filter) === '["Role"]'
          ? {
              RoleDetailList: [...roles].map(([name, role]) => ({
                ...described(name, role),
                RolePolicyList: [...role.inline].map(([PolicyName, document]) => ({
                  PolicyName,
                  PolicyDocument: encodeURIComponent(document),
                })),
              })),
            }
          : {},
      ),
      GetRole: reading((input) => ({ Role: described(String(input.RoleName), of(input)) })),
      ListAttachedRolePolicies: reading((input) => ({
        AttachedPolicies: [...of(input).attached].map((PolicyArn) => ({ PolicyArn })),
      })),
      GetRolePolicy: reading((input) => ({
        PolicyDocument: encodeURIComponent(there(of(input).inline, input.PolicyName, gone)),
      })),
      CreateRole: writing((input) => {
        roles.set(String(input.RoleName), {
          trust: input.AssumeRolePolicyDocument,
          attached: new Set(),
          inline: new Map(),
        });
        return {};
      }),
      UpdateAssumeRolePolicy: writing((input) => {
        of(input).trust = input.PolicyDocument;
        return {};
      }),
      PutRolePermissionsBoundary: writing((input) => {
        of(input).boundary = input.PermissionsBoundary;
        return {};
      }),
      DeleteRolePermissionsBoundary: writing((input) => {
        if (of(input).boundary === undefined) throw awsError(gone);
        of(input).boundary = undefined;
        return {};
      }),
      AttachRolePolicy: writing((input) => {
        of(input).attached.add(String(input.PolicyArn));
        return {};
      }),
      DetachRolePolicy: writing((input) => {
        if (!of(input).attached.delete(String(input.PolicyArn))) throw awsError(gone);
        return {};
      }),
      PutRolePolicy: writing((input) => {
        of(input).inline.set(String(input.PolicyName), copy(String(input.PolicyDocument)));
        return {};
      }),
      DeleteRolePolicy: writing((input) => {
        if (!of(input).inline.delete(String(input.PolicyName))) throw awsError(gone);
        return {};
      }),
    },
  };
}
