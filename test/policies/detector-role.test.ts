import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { remediations } from "../../handlers/remediations/index";
import { actionsWithoutResource } from "../../policies/actions-without-resource";
import { detectorPolicies, detectorTrust } from "../../policies/detector-role";
import { type Place, type PolicyDocument, widestPlace } from "../../policies/document";
import { decide } from "./evaluate";

const own = {
  place: { partition: "aws", region: "us-west-2", account: "111122223333" },
  bucket: "logs",
  trail: "ours",
  logTopic: "notifications",
  alertTopic: "alerts",
  table: "findings",
  queue: "failures",
  role: "detector-role",
  detector: "detector",
  logGroup: "/aws/lambda/detector",
};
const everyAction = remediations.flatMap(({ reads, writes }) => [...reads, ...writes]);

/** All that the role has, as one document: IAM puts a role's policies together. */
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
        Resource: ["arn:aws:s3:::logs/AWSLogs/111122223333/CloudTrail/*"],
      },
      {
        Sid: "PublishAlerts",
        Effect: "Allow",
        Action: ["sns:Publish"],
        Resource: ["arn:aws:sns:us-west-2:111122223333:alerts"],
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
    ]);
  });

  it("may use the table as the handlers do, and no more", () => {
    const used = sources("handlers").flatMap((text) =>
      [...text.matchAll(/service: "dynamodb",\s*operation: "(\w+)"/g)].map(
        ([, operation]) => `dynamodb:${operation}`,
      ),
    );
    const granted = allows(quiet).find(({ Sid }) => Sid === "KeepFindings")?.Action;
    expect(granted).to.have.members([...new Set(used)]);
  });

  it("gets every action of a remediation, once, and no other", () => {
    const granted = allows(mighty).flatMap(({ Action = [] }) => Action);
    const before = allows(quiet).flatMap(({ Action = [] }) => Action);
    expect(granted).to.have.members([...before, ...new Set(everyAction)]);
  });

  it("fits in a role with every remediation on, wherever the stack is", () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    const names = {
      role: "r".repeat(64),
      detector: "f".repeat(64),
      table: "t".repeat(255),
      bucket: "b".repeat(63),
    };
    for (const place of [own.place, widestPlace]) {
      const { inline, managed } = detectorPolicies({ ...own, ...names, place, actions: everyAction });
      expect(JSON.stringify(inline).length).to.be.at.most(10_240);
      for (const document of managed) expect(JSON.stringify(document).length).to.be.at.most(6_144);
      expect(managed.length).to.be.at.most(10);
    }
  });

  it("has as many managed policies in any place", () => {
    const count = (place: Place) => detectorPolicies({ ...own, place, actions: everyAction }).managed.length;
    expect(count(own.place)).to.equal(count(widestPlace));
  });

  it("has statements with names of their own, of letters and digits", () => {
    const names = mighty.Statement.map(({ Sid }) => Sid);
    expect(new Set(names).size).to.equal(names.length);
    for (const name of names) expect(name).to.match(/^[A-Za-z0-9]+$/);
  });

  const name = fc.stringMatching(/^[A-Z][A-Za-z]{2,20}$/);
  const service = fc.constantFrom(
    "iam",
    "s3",
    "ec2",
    "cloudtrail",
    "lambda",
    "dynamodb",
    "rds",
    "sns",
    "new-service",
  );
  const actions = fc.array(fc.tuple(service, name).map(([prefix, verb]) => `${prefix}:${verb}`));

  it("never allows by wildcard, nor on everything, whatever remediations want", () => {
    fc.assert(
      fc.property(actions, (wanted) => {
        for (const { Sid, Action = [], Resource } of allows(policyOf(wanted))) {
          for (const action of Action) expect(action, Sid).not.to.match(/[*?]/);
          const narrow = Action.every((action) => !actionsWithoutResource.includes(action));
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

  const self: Record<string, [string, string[]]> = {
    "its trail": [
      "arn:aws:cloudtrail:us-west-2:111122223333:trail/ours",
      ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"],
    ],
    "its bucket": ["arn:aws:s3:::logs", ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:DeleteBucket"]],
    "its log files": [
      "arn:aws:s3:::logs/AWSLogs/111122223333/CloudTrail/x.json.gz",
      ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObjectRetention"],
    ],
    "its role": [
      "arn:aws:iam::111122223333:role/detector-role",
      [
        "iam:AttachRolePolicy",
        "iam:PutRolePolicy",
        "iam:DeleteRolePolicy",
        "iam:UpdateAssumeRolePolicy",
        "iam:PassRole",
      ],
    ],
    "its function": [
      "arn:aws:lambda:us-west-2:111122223333:function:detector",
      [
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration",
        "lambda:DeleteFunction",
        "lambda:RemovePermission",
      ],
    ],
    "its table": [
      "arn:aws:dynamodb:us-west-2:111122223333:table/findings",
      ["dynamodb:DeleteTable", "dynamodb:DeleteItem", "dynamodb:UpdateTable"],
    ],
    "its topics": [
      "arn:aws:sns:us-west-2:111122223333:alerts",
      ["sns:DeleteTopic", "sns:SetTopicAttributes", "sns:Unsubscribe"],
    ],
    "its failure queue": [
      "arn:aws:sqs:us-west-2:111122223333:failures",
      ["sqs:PurgeQueue", "sqs:DeleteQueue"],
    ],
    "its log": [
      "arn:aws:logs:us-west-2:111122223333:log-group:/aws/lambda/detector",
      ["logs:DeleteLogGroup", "logs:PutRetentionPolicy"],
    ],
  };
  for (const [what, [resource, forbidden]] of Object.entries(self))
    it(`never turns against ${what}, even when a remediation may do so elsewhere`, () => {
      const policy = policyOf(forbidden);
      for (const action of forbidden) {
        expect(decide(policy, { action, resource, context: ours }), action).to.equal("deny");
        if (action === "sns:Unsubscribe") continue;
        const elsewhere = resource.replace(
          /ours|logs(?=$|\/)|detector.*$|findings|alerts|failures/,
          "another",
        );
        expect(
          decide(policy, { action, resource: elsewhere, context: ours }),
          `${action} ${elsewhere}`,
        ).to.equal("allow");
      }
    });

  it("may mend its own trail and bucket", () => {
    const mends = ["cloudtrail:StartLogging", "cloudtrail:UpdateTrail", "s3:PutBucketVersioning"];
    const policy = policyOf(mends);
    const trail = "arn:aws:cloudtrail:us-west-2:111122223333:trail/ours";
    expect(decide(policy, { action: "cloudtrail:StartLogging", resource: trail })).to.equal("allow");
    expect(decide(policy, { action: "cloudtrail:UpdateTrail", resource: trail })).to.equal("allow");
    expect(
      decide(policy, { action: "s3:PutBucketVersioning", resource: "arn:aws:s3:::logs", context: ours }),
    ).to.equal("allow");
  });

  it("touches no other account's buckets", () => {
    const policy = policyOf(["s3:PutBucketAcl"]);
    const request = { action: "s3:PutBucketAcl", resource: "arn:aws:s3:::theirs" };
    expect(decide(policy, { ...request, context: { "aws:ResourceAccount": "999988887777" } })).to.equal(
      "none",
    );
  });

  it("hands roles to the services whose settings it brings back, and to no other", () => {
    const pass = (service: string) =>
      decide(policyOf(["iam:PassRole"]), {
        action: "iam:PassRole",
        resource: "arn:aws:iam::111122223333:role/flow-logs",
        context: { "iam:PassedToService": service },
      });
    expect(pass("vpc-flow-logs.amazonaws.com")).to.equal("allow");
    expect(pass("lambda.amazonaws.com")).to.equal("none");
    expect(pass("ec2.amazonaws.com")).to.equal("none");
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

  it("reads log files and nothing else of the bucket", () => {
    const read = (key: string) =>
      decide(mighty, { action: "s3:GetObject", resource: `arn:aws:s3:::logs/${key}` });
    expect(read("AWSLogs/111122223333/CloudTrail/us-west-2/x.json.gz")).to.equal("allow");
    expect(read("AWSLogs/111122223333/CloudTrail-Digest/us-west-2/x.json.gz")).to.equal("none");
    expect(read("AWSLogs/999988887777/CloudTrail/us-west-2/x.json.gz")).to.equal("none");
  });
});

const ours = { "aws:ResourceAccount": "111122223333" };

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
}
