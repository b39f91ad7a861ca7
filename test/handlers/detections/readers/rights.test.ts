import { expect } from "chai";
import { statementsOf } from "../../../../handlers/detections/readers/policy";
import {
  administratorStatementsOf,
  escalationsOf,
  evidenceOfEscalations,
} from "../../../../handlers/detections/readers/rights";
import { account } from "../support/cases";

const document = (...statements: object[]) =>
  statementsOf({
    Version: "2012-10-17",
    Statement: statements.map((one) => ({ Effect: "Allow", Resource: "*", ...one })),
  });

describe("administratorStatementsOf", () => {
  const isAdministrator = (...statements: object[]) =>
    administratorStatementsOf(document(...statements), account).length === 1;

  for (const statement of [
    { Action: "*" },
    { Action: "*:*" },
    { Action: "iam:*" },
    { Action: "IAM:*" },
    { Action: ["s3:GetObject", "*"] },
    { Action: "i*" },
    { NotAction: "s3:*" },
    { NotAction: ["iam:DeleteUser"] },
    { Action: "*", Resource: ["arn:aws:s3:::a", "*"] },
    { Action: "*", Resource: "arn:aws:iam::*:*" },
    { Action: "iam:*", Resource: `arn:aws:iam::${account}:*` },
    { Action: "iam:*", Resource: `arn:aws-us-gov:iam::${account}:*` },
    { Action: "*", Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } },
  ])
    it(`sees an administrator in ${JSON.stringify(statement)}`, () => {
      expect(isAdministrator(statement)).equal(true);
    });

  for (const statement of [
    { Action: "s3:*" },
    { Action: "iam:Get*" },
    { Action: ["iam:PassRole", "ec2:*"] },
    { NotAction: ["iam:*", "organizations:*"] },
    { NotAction: "*" },
    { Action: "*", Effect: "Deny" },
    { Action: "*", Resource: "arn:aws:s3:::files/*" },
    { Action: "iam:*", Resource: `arn:aws:iam::${account}:user/me` },
    { Action: [] },
    {},
  ])
    it(`sees none in ${JSON.stringify(statement)}`, () => {
      expect(isAdministrator(statement)).equal(false);
    });

  it("sees one if only some resources are excluded", () => {
    const statement = { Effect: "Allow", Action: "*", NotResource: "arn:aws:s3:::files" };
    expect(administratorStatementsOf(statementsOf({ Statement: statement }), account).length).equal(1);
  });

  it("sees none if all of IAM is denied", () => {
    const deny = { Effect: "Deny", Action: "iam:*" };
    expect(isAdministrator({ Action: "*" }, deny)).equal(false);
    expect(isAdministrator({ Action: "*" }, { ...deny, Action: "iam:Delete*" })).equal(true);
    expect(isAdministrator({ Action: "*" }, { ...deny, Resource: "arn:aws:iam::*:user/x" })).equal(true);
    expect(
      isAdministrator(
        { Action: "*" },
        { ...deny, Condition: { Bool: { "aws:MultiFactorAuthPresent": false } } },
      ),
    ).equal(true);
  });
});

describe("administratorStatementsOf, of an administrator who is held back", () => {
  const left = (...actions: string[]) =>
    administratorStatementsOf(document({ Action: "iam:*" }, { Effect: "Deny", Action: actions }), account)
      .length;
  const leading = ["iam:Add*", "iam:Attach*", "iam:Create*", "iam:Put*", "iam:SetDefault*", "iam:Update*"];

  it("sees none if each permission that leads further is denied", () => {
    expect(left(...leading)).equal(0);
  });

  it("sees one if a single one is left", () => {
    for (const action of leading) expect(left(...leading.filter((one) => one !== action)), action).equal(1);
  });
});

describe("escalationsOf", () => {
  const ways = (...statements: object[]) =>
    escalationsOf(document(...statements), account).map(({ by }) => by);
  const iam = (resource: string) => `arn:aws:iam::${account}:${resource}`;

  for (const [action, kind] of [
    ["iam:AddUserToGroup", "group"],
    ["iam:AttachGroupPolicy", "group"],
    ["iam:AttachRolePolicy", "role"],
    ["iam:AttachUserPolicy", "user"],
    ["iam:CreateAccessKey", "user"],
    ["iam:CreateLoginProfile", "user"],
    ["iam:CreatePolicyVersion", "policy"],
    ["iam:PutGroupPolicy", "group"],
    ["iam:PutRolePolicy", "role"],
    ["iam:PutUserPolicy", "user"],
    ["iam:SetDefaultPolicyVersion", "policy"],
    ["iam:UpdateAssumeRolePolicy", "role"],
    ["iam:UpdateLoginProfile", "user"],
    ["sts:AssumeRole", "role"],
  ] as const)
    it(`knows ${action}`, () => {
      expect(ways({ Action: action })).deep.equal([action]);
      expect(ways({ Action: action.toLowerCase(), Resource: iam(`${kind}/*`) })).deep.equal([action]);
      expect(ways({ Action: action, Resource: iam("*") })).deep.equal([action]);
      expect(ways({ Action: action, Resource: `arn:aws-us-gov:iam::*:${kind}/*` })).deep.equal([action]);
      expect(ways({ Action: action, Resource: iam(`${kind}/app-*`) })).deep.equal([]);
      expect(ways({ Action: action, Resource: iam("instance-profile/*") })).deep.equal([]);
      expect(ways({ Action: action }, { Effect: "Deny", Action: action })).deep.equal([]);
      expect(ways({ Action: action }, { Effect: "Deny", Action: "*", Resource: iam("*") })).deep.equal([]);
      expect(
        ways({ Action: action }, { Effect: "Deny", Action: action, Resource: iam("user/x") }),
      ).deep.equal([action]);
      expect(ways({ NotAction: "s3:*" }).includes(action)).equal(true);
      expect(ways({ NotAction: action.replace(/:.*/, ":*") }).includes(action)).equal(false);
      const tagged = { StringEquals: { "aws:ResourceTag/team": "a" } };
      expect(ways({ Action: action, Condition: tagged })).deep.equal([]);
    });

  for (const [service, ...actions] of [
    ["apprunner", "apprunner:CreateService"],
    ["batch", "batch:RegisterJobDefinition", "batch:SubmitJob"],
    ["cloudformation", "cloudformation:CreateStack"],
    ["cloudformation", "cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"],
    ["codebuild", "codebuild:CreateProject", "codebuild:StartBuild"],
    ["codepipeline", "codepipeline:CreatePipeline"],
    ["datapipeline", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
    ["ec2", "ec2:RunInstances"],
    ["ec2", "ec2:ReplaceIamInstanceProfileAssociation"],
    ["ec2", "iam:AddRoleToInstanceProfile"],
    ["ec2", "autoscaling:CreateLaunchConfiguration", "autoscaling:CreateAutoScalingGroup"],
    ["ecs-tasks", "ecs:RunTask"],
    ["ecs-tasks", "ecs:RegisterTaskDefinition", "ecs:CreateService"],
    ["elasticmapreduce", "elasticmapreduce:RunJobFlow"],
    ["emr-serverless", "emr-serverless:StartJobRun"],
    ["glue", "glue:CreateDevEndpoint"],
    ["glue", "glue:CreateJob", "glue:StartJobRun"],
    ["lambda", "lambda:CreateFunction", "lambda:InvokeFunction"],
    ["lambda", "lambda:CreateFunction", "lambda:CreateFunctionUrlConfig"],
    ["sagemaker", "sagemaker:CreateNotebookInstance"],
    ["scheduler", "scheduler:CreateSchedule"],
    ["ssm", "ssm:StartAutomationExecution"],
    ["states", "states:CreateStateMachine", "states:StartExecution"],
  ] as [string, ...string[]][])
    it(`knows iam:PassRole with ${actions.join(" and ")}`, () => {
      const by = [`iam:PassRole with ${actions.join(" and ")}`];
      const passed = (to: string) => ({
        Action: "iam:PassRole",
        Condition: { StringEquals: { "iam:PassedToService": `${to}.amazonaws.com` } },
      });
      expect(ways({ Action: ["iam:PassRole", ...actions] })).deep.equal(by);
      expect(ways({ Action: "iam:PassRole", Resource: iam("role/*") }, { Action: actions })).deep.equal(by);
      expect(ways(passed(service), { Action: actions })).deep.equal(by);
      expect(ways(passed(service), passed("config"), { Action: actions })).deep.equal(by);
      expect(ways(passed("config"), { Action: actions })).deep.equal([]);
      expect(ways({ Action: "iam:PassRole", Resource: iam("role/app-*") }, { Action: actions })).deep.equal(
        [],
      );
      expect(ways({ Action: "iam:PassRole" })).deep.equal([]);
      expect(ways({ Action: actions })).deep.equal([]);
      expect(
        ways({ Action: ["iam:PassRole", ...actions] }, { Effect: "Deny", Action: "iam:Pass*" }),
      ).deep.equal([]);
      for (const action of actions)
        expect(ways({ Action: ["iam:PassRole", ...actions] }, { Effect: "Deny", Action: action })).deep.equal(
          [],
        );
    });

  it("knows a service by its name in China", () => {
    const Condition = { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com.cn" } };
    expect(ways({ Action: "iam:PassRole", Condition }, { Action: "ec2:RunInstances" })).deep.equal([
      "iam:PassRole with ec2:RunInstances",
    ]);
  });

  it("knows control of all functions' code", () => {
    expect(ways({ Action: "lambda:UpdateFunctionCode" })).deep.equal(["lambda:UpdateFunctionCode"]);
    expect(ways({ Action: "lambda:UpdateFunctionConfiguration" })).deep.equal([
      "lambda:UpdateFunctionConfiguration",
    ]);
    const one = { Action: "lambda:*", Resource: `arn:aws:lambda:eu-west-1:${account}:function:one` };
    expect(ways(one)).deep.equal([]);
  });

  it("combines permissions from several statements", () => {
    expect(ways({ Action: ["iam:Attach*", "iam:Put*", "iam:Create*"] })).include.members([
      "iam:AttachUserPolicy",
      "iam:PutRolePolicy",
      "iam:CreatePolicyVersion",
    ]);
    const parts = { Action: "iam:*", Resource: [iam("user/*"), iam("role/*"), iam("policy/*")] };
    expect(administratorStatementsOf(document(parts), account)).deep.equal([]);
    expect(ways(parts)).include.members(["iam:PutUserPolicy", "iam:CreatePolicyVersion"]);
  });

  it("knows that a permission on oneself is enough to gain more, but not to reach others", () => {
    const self = iam("user/${aws:username}");
    expect(ways({ Action: "iam:PutUserPolicy", Resource: self })).deep.equal(["iam:PutUserPolicy"]);
    expect(ways({ Action: ["iam:CreateAccessKey", "iam:UpdateLoginProfile"], Resource: self })).deep.equal(
      [],
    );
    const role = iam("role/app");
    const own = document({ Action: "iam:AttachRolePolicy", Resource: role });
    expect(escalationsOf(own, account, role).map(({ by }) => by)).deep.equal(["iam:AttachRolePolicy"]);
    expect(escalationsOf(own, account, iam("role/other"))).deep.equal([]);
  });

  it("ignores what a condition restricts to little", () => {
    const attach = (condition: object) => ways({ Action: "iam:AttachRolePolicy", Condition: condition });
    expect(attach({ ArnEquals: { "iam:PolicyARN": `arn:aws:iam::${account}:policy/app-*` } })).deep.equal([]);
    expect(
      attach({ StringEquals: { "iam:PermissionsBoundary": `arn:aws:iam::${account}:policy/b` } }),
    ).deep.equal([]);
    for (const idle of [
      { ArnLike: { "iam:PolicyARN": "arn:aws:iam::aws:policy/*" } },
      { StringEqualsIfExists: { "aws:ResourceTag/team": "a" } },
      { "ForAllValues:StringEquals": { "iam:PermissionsBoundary": [`arn:aws:iam::${account}:policy/b`] } },
      { ArnNotLike: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" } },
      { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    ])
      expect(attach(idle), JSON.stringify(idle)).deep.equal(["iam:AttachRolePolicy"]);
  });

  it("finds nothing in everyday permissions", () => {
    for (const statement of [
      { Action: ["s3:*", "ec2:*", "lambda:InvokeFunction"] },
      { Action: ["iam:Get*", "iam:List*", "iam:ChangePassword"] },
      { Action: "iam:CreateServiceLinkedRole" },
      { Action: "sts:AssumeRole", Resource: `arn:aws:iam::${account}:role/deploy` },
    ])
      expect(ways(statement), JSON.stringify(statement)).deep.equal([]);
  });

  it("finds what reaches others' rights through instances, boundaries and Identity Center", () => {
    for (const action of [
      "iam:DeleteRolePermissionsBoundary",
      "ssm:SendCommand",
      "ssm:StartSession",
      "sso:CreateAccountAssignment",
      "sso:PutInlinePolicyToPermissionSet",
    ]) {
      expect(ways({ Action: action }), action).deep.equal([action]);
      const tagged = { StringEquals: { "ssm:resourceTag/team": "a", "aws:ResourceTag/team": "a" } };
      expect(ways({ Action: action, Condition: tagged }), action).deep.equal([]);
    }
    const oneDocument = [`arn:aws:ssm:eu-west-1:${account}:document/Patch`, "arn:aws:ec2:*:*:instance/*"];
    expect(ways({ Action: "ssm:SendCommand", Resource: oneDocument })).deep.equal([]);
    const oneInstance = `arn:aws:ec2:eu-west-1:${account}:instance/i-0123456789abcdef0`;
    expect(ways({ Action: "ssm:StartSession", Resource: oneInstance })).deep.equal([]);
  });

  it("says by statement where they lead", () => {
    const escalations = escalationsOf(
      document({ Action: "s3:*" }, { Action: "iam:*", Resource: iam("user/*") }),
      account,
    );
    expect(evidenceOfEscalations(escalations, "policy")).deep.equal([
      {
        parameter: "policy.Statement[1]",
        value: { Action: ["iam:*"], Resource: [iam("user/*")] },
        why: "leads to administrator rights through iam:AttachUserPolicy, iam:CreateAccessKey, iam:CreateLoginProfile, iam:DeleteUserPermissionsBoundary, iam:PutUserPolicy, iam:UpdateLoginProfile",
      },
    ]);
  });
});
