import { account } from "../../support/factories";
import { expectOutcome, expectPlan, failing } from "../../support/planning";
import { plannedFor, region, stranger } from "./support/attack";

describe("remediate lambda-permission-public", () => {
  const request = { functionName: "app", statementId: "backdoor", action: "lambda:InvokeFunction" };
  const statement = (Principal: unknown, Sid = "backdoor") => ({
    Sid,
    Effect: "Allow",
    Principal,
    Action: "lambda:InvokeFunction",
    Resource: `arn:aws:lambda:${region}:${account}:function:app`,
  });
  const policy = (...Statement: object[]) => ({
    Policy: JSON.stringify({ Version: "2012-10-17", Statement }),
  });
  const attack = (own: object, live: unknown) =>
    plannedFor(
      "lambda-permission-public",
      "lambda:AddPermission20150331v2",
      { requestParameters: { ...request, ...own } },
      { aws: { "lambda:GetPolicy": live as never } },
    );

  it("removes that statement, and would add it with its conditions", async () => {
    const own = {
      principal: "s3.amazonaws.com",
      qualifier: "live",
      sourceArn: `arn:aws:s3:::loot`,
      sourceAccount: stranger,
    };
    const target = { FunctionName: "app", Qualifier: "live", StatementId: "backdoor" };
    expectPlan(
      await attack(own, policy(statement({ Service: "s3.amazonaws.com" }), statement("*", "other"))),
      [["RemovePermission", target]],
      [
        [
          "AddPermission",
          {
            ...target,
            Action: "lambda:InvokeFunction",
            Principal: "s3.amazonaws.com",
            SourceArn: "arn:aws:s3:::loot",
            SourceAccount: stranger,
          },
        ],
      ],
    );
  });

  it("says what it finds instead", async () => {
    const everyone = { principal: "*" };
    expectOutcome(await attack(everyone, policy(statement("*", "other"))), "already-ok");
    expectOutcome(await attack(everyone, failing("ResourceNotFoundException")), "already-ok");
    const events = { Service: "events.amazonaws.com" };
    expectOutcome(await attack(everyone, policy(statement(events))), "changed-since");
    const Condition = { StringEquals: { "AWS:SourceAccount": account } };
    expectOutcome(await attack(everyone, policy({ ...statement("*"), Condition })), "changed-since");
    const asked = { ...everyone, sourceAccount: stranger };
    const plan = await attack(asked, policy({ ...statement("*"), Condition }));
    if ("outcome" in plan) throw new Error(plan.reason);
  });
});

describe("remediate lambda-function-url-public", () => {
  const attack = (live: unknown) =>
    plannedFor(
      "lambda-function-url-public",
      "lambda:CreateFunctionUrlConfig",
      { requestParameters: { functionName: "app", qualifier: "live", authType: "NONE" } },
      { aws: { "lambda:GetFunctionUrlConfig": live as never } },
    );
  const set = (AuthType: string) => [
    ["UpdateFunctionUrlConfig", { FunctionName: "app", Qualifier: "live", AuthType }],
  ];

  it("makes the URL ask for signed requests, and would not", async () => {
    expectPlan(await attack({ AuthType: "NONE" }), set("AWS_IAM"), set("NONE"));
  });

  it("is already-ok when it does or is gone", async () => {
    expectOutcome(await attack({ AuthType: "AWS_IAM" }), "already-ok");
    expectOutcome(await attack(failing("ResourceNotFoundException")), "already-ok");
  });
});

describe("remediate lambda-layer-added", () => {
  const layer = (owner: string, name: string) => `arn:aws:lambda:${region}:${owner}:layer:${name}:1`;
  const attack = (layers: string[], live: unknown) =>
    plannedFor(
      "lambda-layer-added",
      "lambda:UpdateFunctionConfiguration20150331v2",
      { requestParameters: { functionName: "app", layers } },
      { aws: { "lambda:GetFunctionConfiguration": live as never } },
    );
  const set = (...Layers: string[]) => [["UpdateFunctionConfiguration", { FunctionName: "app", Layers }]];
  const live = (...arns: string[]) => ({ Layers: arns.map((Arn) => ({ Arn, CodeSize: 1 })) });

  it("takes the stranger's layer off, and keeps the others in their order", async () => {
    const [ours, theirs, later] = [
      layer(account, "ours"),
      layer(stranger, "theirs"),
      layer(account, "later"),
    ];
    expectPlan(
      await attack([ours, theirs], live(ours, theirs, later)),
      set(ours, later),
      set(ours, theirs, later),
    );
  });

  it("leaves layers of the own account, which may have been there before the call", async () => {
    const ours = layer(account, "ours");
    expectOutcome(await attack([ours], live(ours)), "needs-baseline");
  });

  it("is already-ok when the layer or the function is gone", async () => {
    const theirs = layer(stranger, "theirs");
    expectOutcome(await attack([theirs], live(layer(account, "ours"))), "already-ok");
    expectOutcome(await attack([theirs], failing("ResourceNotFoundException")), "already-ok");
  });
});

describe("remediate eks-cluster-admin-granted", () => {
  const principalArn = `arn:aws:iam::${account}:role/dev`;
  const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
  const accessScope = { type: "cluster", namespaces: [] };
  const attack = (own: object, live: unknown) =>
    plannedFor(
      "eks-cluster-admin-granted",
      "eks:AssociateAccessPolicy",
      {
        requestParameters: {
          name: "prod",
          principalArn,
          policyArn,
          accessScope: { type: "cluster" },
          ...own,
        },
      },
      { aws: { "eks:ListAssociatedAccessPolicies": live as never } },
    );
  const entry = { clusterName: "prod", principalArn, policyArn };
  const policies = (...associatedAccessPolicies: object[]) => ({ associatedAccessPolicies });

  it("takes that policy away, and would give it again", async () => {
    const view = { policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", accessScope };
    for (const arn of [principalArn, encodeURIComponent(principalArn)])
      expectPlan(
        await attack({ principalArn: arn }, policies(view, { policyArn, accessScope })),
        [["DisassociateAccessPolicy", entry]],
        [["AssociateAccessPolicy", { ...entry, accessScope }]],
      );
  });

  it("says what it finds instead", async () => {
    expectOutcome(await attack({}, policies()), "already-ok");
    expectOutcome(await attack({}, failing("ResourceNotFoundException")), "already-ok");
    const narrowed = { policyArn, accessScope: { type: "namespace", namespaces: ["dev"] } };
    expectOutcome(await attack({}, policies(narrowed)), "changed-since");
  });
});

describe("remediate codebuild-project-public", () => {
  const projectArn = `arn:aws:codebuild:${region}:${account}:project/site`;
  const resourceAccessRole = `arn:aws:iam::${account}:role/logs`;
  const attack = (...projects: object[]) =>
    plannedFor(
      "codebuild-project-public",
      "codebuild:UpdateProjectVisibility",
      { requestParameters: { projectArn, projectVisibility: "PUBLIC_READ", resourceAccessRole } },
      { aws: { "codebuild:BatchGetProjects": { projects } } },
    );

  it("makes it private, and would make it public with its role", async () => {
    expectPlan(
      await attack({ projectVisibility: "PUBLIC_READ", resourceAccessRole }),
      [["UpdateProjectVisibility", { projectArn, projectVisibility: "PRIVATE" }]],
      [["UpdateProjectVisibility", { projectArn, projectVisibility: "PUBLIC_READ", resourceAccessRole }]],
    );
  });

  it("is already-ok when it is private or gone", async () => {
    expectOutcome(await attack({ projectVisibility: "PRIVATE" }), "already-ok");
    expectOutcome(await attack(), "already-ok");
  });
});

describe("remediate route53-domain-transfer", () => {
  const attack = (event: string, live: unknown) =>
    plannedFor(
      "route53-domain-transfer",
      `route53domains:${event}`,
      {
        awsRegion: "us-east-1",
        requestParameters: { domainName: "example.com", accountId: stranger },
        responseElements: { operationId: "op-1" },
      },
      {
        aws: {
          "route53domains:GetDomainDetail": live as never,
          "route53domains:GetOperationDetail": live as never,
        },
      },
    );
  const DomainName = "example.com";

  it("locks the domain, and would unlock it", async () => {
    expectPlan(
      await attack("DisableDomainTransferLock", { StatusList: ["ok"] }),
      [["EnableDomainTransferLock", { DomainName }]],
      [["DisableDomainTransferLock", { DomainName }]],
    );
    const locked = { StatusList: ["clientTransferProhibited"] };
    expectOutcome(await attack("DisableDomainTransferLock", locked), "already-ok");
  });

  it("cancels a transfer that nobody has accepted", async () => {
    const transfer = (Status: string) => attack("TransferDomainToAnotherAwsAccount", { Status });
    expectPlan(
      await transfer("IN_PROGRESS"),
      [["CancelDomainTransferToAnotherAwsAccount", { DomainName }]],
      [["TransferDomainToAnotherAwsAccount", { DomainName, AccountId: stranger }]],
    );
    expectOutcome(await transfer("SUCCESSFUL"), "changed-since");
    expectOutcome(await transfer("FAILED"), "already-ok");
  });
});

describe("remediate bedrock-model-access-enabled", () => {
  const modelId = "anthropic.claude-v2";
  const attack = (event: string, own: object, live: unknown) =>
    plannedFor(
      "bedrock-model-access-enabled",
      `bedrock:${event}`,
      { requestParameters: { modelId, ...own } },
      { aws: { "bedrock:GetFoundationModelAvailability": live as never } },
    );
  const agreement = (status: string) => ({ modelId, agreementAvailability: { status } });

  it("ends the agreement, and would make it again", async () => {
    expectPlan(
      await attack("CreateFoundationModelAgreement", { offerToken: "offer" }, agreement("AVAILABLE")),
      [["DeleteFoundationModelAgreement", { modelId }]],
      [["CreateFoundationModelAgreement", { modelId, offerToken: "offer" }]],
    );
  });

  it("says what it finds instead", async () => {
    const offer = { offerToken: "offer" };
    const create = "CreateFoundationModelAgreement";
    expectOutcome(await attack(create, offer, agreement("NOT_AVAILABLE")), "already-ok");
    expectOutcome(await attack(create, {}, agreement("AVAILABLE")), "refused");
    expectOutcome(await attack("PutFoundationModelEntitlement", {}, {}), "refused");
  });
});

describe("remediate ssm-remote-execution", () => {
  it("ends a session that is active", async () => {
    const attack = (...Sessions: object[]) =>
      plannedFor(
        "ssm-remote-execution",
        "ssm:StartSession",
        {
          requestParameters: { target: "i-0123456789abcdef0" },
          responseElements: { sessionId: "mallory-0123456789abcdef0" },
        },
        { aws: { "ssm:DescribeSessions": { Sessions } } },
      );
    const SessionId = "mallory-0123456789abcdef0";
    expectPlan(await attack({ SessionId }), [["TerminateSession", { SessionId }]], []);
    expectOutcome(await attack(), "already-ok");
    expectOutcome(await attack({ SessionId: "other-0123456789abcdef0" }), "already-ok");
  });

  it("cancels a command that has not run yet", async () => {
    const CommandId = "0f0e0d0c-0000-4000-8000-000000000001";
    const attack = (live: unknown) =>
      plannedFor(
        "ssm-remote-execution",
        "ssm:SendCommand",
        {
          requestParameters: {
            documentName: "AWS-RunShellScript",
            parameters: "HIDDEN_DUE_TO_SECURITY_REASONS",
          },
          responseElements: { command: { commandId: CommandId } },
        },
        { aws: { "ssm:ListCommands": live as never } },
      );
    for (const Status of ["Pending", "InProgress"])
      expectPlan(await attack({ Commands: [{ CommandId, Status }] }), [["CancelCommand", { CommandId }]], []);
    expectOutcome(await attack({ Commands: [{ CommandId, Status: "Success" }] }), "already-ok");
    expectOutcome(await attack(failing("InvalidCommandId")), "already-ok");
  });
});
