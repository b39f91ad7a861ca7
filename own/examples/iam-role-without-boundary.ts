import {
  alreadyOk,
  callsTo,
  changedSince,
  type Examples,
  fieldsOf,
  globalRegion,
  iamGone,
  isAwsService,
  named,
  parameterOf,
  partitionOf,
  requested,
  type Rule,
  shown,
  unlessGone,
} from "cloudtrailer/rule";

/** The policy, in each account, that bounds what people's roles may do. */
const boundary = "developers";

export const rule: Rule = {
  id: "iam-role-without-boundary",
  title: "Role created without a permissions boundary",
  severity: "high",
  events: ["iam:CreateRole"],
  match(record) {
    if (isAwsService(record)) return undefined;
    if (parameterOf(record, "permissionsBoundary") !== undefined) return undefined;
    return { evidence: shown(record, "roleName"), resources: named(record, "AWS::IAM::Role", "roleName") };
  },
  remediation: {
    reads: ["iam:GetRole"],
    writes: ["iam:PutRolePermissionsBoundary"],
    async plan(finding, aws) {
      const asked = requested(finding, ["roleName"]);
      if ("outcome" in asked) return asked;
      const where = globalRegion("iam", finding);
      if ("outcome" in where) return where;
      const RoleName = asked.values.roleName;
      const call = callsTo("iam", where.region);
      const live = await unlessGone(aws(call("GetRole", { RoleName })), iamGone);
      if (live === undefined) return alreadyOk(`the role ${RoleName} is deleted`);
      if (fieldsOf(live.Role).PermissionsBoundary !== undefined)
        return changedSince(`the role ${RoleName} has been given a boundary`);
      const PermissionsBoundary = `arn:${partitionOf(where.region)}:iam::${finding.account}:policy/${boundary}`;
      return {
        summary: `Bound the role ${RoleName} by ${boundary}`,
        calls: [call("PutRolePermissionsBoundary", { RoleName, PermissionsBoundary })],
        rollback: [call("DeleteRolePermissionsBoundary", { RoleName })],
      };
    },
  },
  runbook: [
    "Check what the role was used for since it was created.",
    "Have the actor create roles with the boundary.",
  ],
};

const createRole = (more: object = {}) => ({
  eventSource: "iam.amazonaws.com",
  eventName: "CreateRole",
  requestParameters: { roleName: "reporting", assumeRolePolicyDocument: "{}", ...more },
});
const arn = "arn:aws:iam::111122223333:policy/developers";

export const examples: Examples = {
  hits: [
    {
      record: createRole(),
      resources: ["reporting"],
      live: { "iam:GetRole": { Role: { RoleName: "reporting" } } },
      calls: [
        {
          service: "iam",
          operation: "PutRolePermissionsBoundary",
          input: { RoleName: "reporting", PermissionsBoundary: arn },
        },
      ],
      rollback: [
        { service: "iam", operation: "DeleteRolePermissionsBoundary", input: { RoleName: "reporting" } },
      ],
    },
    {
      name: "bounded since",
      record: createRole(),
      live: { "iam:GetRole": { Role: { PermissionsBoundary: { PermissionsBoundaryArn: arn } } } },
      outcome: "changed-since",
    },
    {
      name: "deleted since",
      record: createRole(),
      live: { "iam:GetRole": { error: "NoSuchEntity" } },
      outcome: "already-ok",
    },
  ],
  misses: [{ name: "with a boundary", record: createRole({ permissionsBoundary: arn }) }],
};
