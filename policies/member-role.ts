import { limits } from "./detector-role";
import { busArn, policyArn, roleArn } from "./arns";
import type { Place, PolicyDocument, Statement } from "./document";
import { forwarderPolicy, forwarderTrust } from "./forwarder";
import { statementsFor } from "./remediation-scopes";

/** What the role in members depends on. */
export interface MemberRoleArgs {
  /** Its name: `cloudtrailer-member-<team>`. */
  name: string;
  /** ARN of the detector's role. */
  detectorRole: string;
  organizationId: string;
  /** What enabled detections and remediations need: see {@link statementsFor}. */
  actions: string[];
  /** What sends records to the stack within seconds; undefined if log files alone bring them. */
  forwarding?: MemberForwarding;
}

/** How records come from members within seconds. */
export interface MemberForwarding {
  /** Name of the bus at home and of the role that forwards to it, and the beginning of the names of the rules. */
  name: string;
  /** Where that bus is. */
  home: Place;
}

/** A rule that sends records, in a member as at home. */
export interface MemberRule {
  /** Its name. */
  name: string;
  description: string;
  pattern: object;
  state: string;
}

/**
 * Only the detector may assume the role, and only while it belongs to the same organization. ARNs in trust policies are bound
 * to the role that had the name when the policy was written: a role that somebody creates later under that name is another.
 */
export function memberTrust({ detectorRole, organizationId }: MemberRoleArgs): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TheDetectorAssumes",
        Effect: "Allow",
        Principal: { AWS: detectorRole },
        Action: ["sts:AssumeRole"],
        Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } },
      },
    ],
  };
}

/** A misled fix must not be able to grant itself more, or use the member as a way into another account. */
function never(place: Place, name: string): Statement[] {
  return [
    {
      Sid: "NeverChangeItself",
      Effect: "Deny",
      NotAction: ["iam:Get*", "iam:List*"],
      Resource: [roleArn(place, name), policyArn(place, `${name}-*`)],
    },
    {
      Sid: "NeverIntoAnotherAccount",
      Effect: "Deny",
      Action: ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
      Resource: ["*"],
    },
  ];
}

/** What the role may do: as the detector in its own account, and never to itself. */
export function memberPolicies(
  place: Place,
  { name, actions }: MemberRoleArgs,
): { inline: PolicyDocument; managed: PolicyDocument[] } {
  const documentOf = (Statement: Statement[]): PolicyDocument => ({ Version: "2012-10-17", Statement });
  const lengthOf = (value: object) => JSON.stringify(value).length;
  const denies = never(place, name);
  // Placeholders of a template are longer than what takes their place, so what fits here fits there.
  let room = limits.inline - lengthOf(documentOf(denies));
  const parts: Statement[][] = [[]];
  for (const statement of statementsFor(actions, place)) {
    const width = lengthOf(statement) + 1;
    if (width > room) {
      parts.push([]);
      room = limits.managed - lengthOf(documentOf([]));
    }
    parts.at(-1)?.push(statement);
    room -= width;
  }
  const [first = [], ...rest] = parts;
  return { inline: documentOf([...first, ...denies]), managed: rest.map(documentOf) };
}

/** The place of a template: CloudFormation puts in the account and the partition. */
const templatePlace: Place = {
  partition: "${AWS::Partition}",
  region: "${AWS::Region}",
  account: "${AWS::AccountId}",
};

/** Every string with a placeholder becomes a substitution of CloudFormation. */
function substituted(value: unknown): unknown {
  if (typeof value === "string") return value.includes("${AWS::") ? { "Fn::Sub": value } : value;
  if (Array.isArray(value)) return value.map(substituted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substituted(inner)]));
}

/** A CloudFormation template with the role, for a StackSet or for people who deploy it themselves. In one region of an account. */
export function memberTemplate(args: MemberRoleArgs): Record<string, unknown> {
  const { inline, managed } = memberPolicies(templatePlace, args);
  const policies = managed.map((document, index) => [
    `Remediations${index + 1}`,
    {
      Type: "AWS::IAM::ManagedPolicy",
      Properties: {
        ManagedPolicyName: `${args.name}-${index + 1}`,
        PolicyDocument: substituted(document),
        Roles: [{ Ref: "Role" }],
      },
    },
  ]);
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "The role with which cloudtrailer fixes in this account",
    Resources: {
      Role: {
        Type: "AWS::IAM::Role",
        Properties: {
          RoleName: args.name,
          Description: "cloudtrailer fixes security problems in this account",
          AssumeRolePolicyDocument: memberTrust(args),
          Policies: [{ PolicyName: "remediations", PolicyDocument: substituted(inline) }],
        },
      },
      ...Object.fromEntries(policies),
      ...(args.forwarding === undefined ? {} : { Forwarder: forwarderOf(args.forwarding) }),
    },
  };
}

/** The role with which rules forward to the bus at home; that bus admits it, and no other principal of the account. */
function forwarderOf({ name, home }: MemberForwarding): object {
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      RoleName: name,
      Description: "Sends records of CloudTrail to cloudtrailer within seconds",
      AssumeRolePolicyDocument: substituted(forwarderTrust(templatePlace)),
      Policies: [{ PolicyName: "forward", PolicyDocument: forwarderPolicy(home, name) }],
    },
  };
}

/** A CloudFormation template with the rules that send records, for each region of a member that sends any. */
export function memberRulesTemplate({ name, home }: MemberForwarding, rules: MemberRule[]): object {
  const Targets = [
    { Id: "home", Arn: busArn(home, name), RoleArn: substituted(roleArn(templatePlace, name)) },
  ];
  return {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "The rules that send records of CloudTrail to cloudtrailer within seconds",
    Resources: Object.fromEntries(
      rules.map((rule, index) => [
        `Rule${index + 1}`,
        {
          Type: "AWS::Events::Rule",
          Properties: {
            Name: rule.name,
            Description: rule.description,
            EventPattern: rule.pattern,
            State: rule.state,
            Targets,
          },
        },
      ]),
    ),
  };
}
