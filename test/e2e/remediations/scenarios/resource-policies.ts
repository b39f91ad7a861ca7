import type { BaselineKind } from "../../../../handlers/baselines/baseline";
import { baselineKinds } from "../../../../handlers/baselines/kinds/index";
import { queueNameOf, secretNameOf } from "../../../../handlers/baselines/names";
import { type Owner, type Scenario, type Step } from "../scenario";

const stranger = "444455556666";

const step =
  (service: string) =>
  (operation: string, input: Record<string, unknown>): Step => ({ service, operation, input });
const secrets = step("secretsmanager");
const sqs = step("sqs");
const sns = step("sns");
const ecr = step("ecr");

const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Sid: string, AWS: string, Action: string, Resource?: string) => ({
  Sid,
  Effect: "Allow",
  Principal: { AWS },
  Action,
  ...(Resource === undefined ? {} : { Resource }),
});
/** Narrowed to one organization: an innocent neighbor of what is open. */
const organization = (Action: string, Resource?: string) => ({
  ...allow("organization", "*", Action, Resource),
  Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdef1234" } },
});

const secret: Scenario<string> = {
  id: "secrets-policy-public",
  async make(owner, Name) {
    const { ARN } = await owner(secrets("CreateSecret", { Name, SecretString: "x" }));
    const innocent = organization("secretsmanager:GetSecretValue", "*");
    await owner(secrets("PutResourcePolicy", { SecretId: ARN, ResourcePolicy: policy(innocent) }));
    return String(ARN);
  },
  attack: (SecretId) => {
    const action = "secretsmanager:GetSecretValue";
    const opened = allow("open", `arn:aws:iam::${stranger}:root`, action, "*");
    return secrets("PutResourcePolicy", {
      SecretId,
      ResourcePolicy: policy(organization(action, "*"), opened),
    });
  },
  state: (SecretId) => [secrets("GetResourcePolicy", { SecretId })],
};

async function makeQueue(owner: Owner, QueueName: string): Promise<string> {
  const { QueueUrl } = await owner(sqs("CreateQueue", { QueueName }));
  return String(QueueUrl);
}

const queueState = (QueueUrl: string): Step[] => [
  sqs("GetQueueAttributes", { QueueUrl, AttributeNames: ["Policy", "VisibilityTimeout"] }),
];

const queue: Scenario<string> = {
  id: "sqs-sns-policy-public",
  what: "a queue",
  async make(owner, name) {
    const QueueUrl = await makeQueue(owner, name);
    const Policy = policy(organization("sqs:SendMessage", "*"));
    await owner(sqs("SetQueueAttributes", { QueueUrl, Attributes: { Policy } }));
    return QueueUrl;
  },
  attack: (QueueUrl) => {
    const Policy = policy(organization("sqs:SendMessage", "*"), allow("open", "*", "sqs:*", "*"));
    return sqs("SetQueueAttributes", { QueueUrl, Attributes: { Policy } });
  },
  state: queueState,
  // Setting attributes changes it.
  anew: ["LastModifiedTimestamp"],
};

const topic: Scenario<string> = {
  id: "sqs-sns-policy-public",
  what: "a topic",
  async make(owner, Name) {
    const { TopicArn } = await owner(sns("CreateTopic", { Name }));
    const AttributeValue = policy(organization("sns:Publish", String(TopicArn)));
    await owner(sns("SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue }));
    return String(TopicArn);
  },
  attack: (TopicArn) => {
    const open = allow("open", "*", "sns:Subscribe", TopicArn);
    const AttributeValue = policy(organization("sns:Publish", TopicArn), open);
    return sns("SetTopicAttributes", { TopicArn, AttributeName: "Policy", AttributeValue });
  },
  state: (TopicArn) => [sns("GetTopicAttributes", { TopicArn })],
};

const repository: Scenario<string> = {
  id: "ecr-policy-public",
  async make(owner, name) {
    await owner(ecr("CreateRepository", { repositoryName: name }));
    const policyText = policy(organization("ecr:BatchGetImage"));
    await owner(ecr("SetRepositoryPolicy", { repositoryName: name, policyText }));
    return name;
  },
  attack: (repositoryName) => {
    const policyText = policy(organization("ecr:BatchGetImage"), allow("open", "*", "ecr:*"));
    return ecr("SetRepositoryPolicy", { repositoryName, policyText });
  },
  state: (repositoryName) => [ecr("GetRepositoryPolicy", { repositoryName })],
};

/** The same attack on the same resource, whose policy it overwrites; the system has seen that. */
function overwritten(
  scenario: Scenario<string>,
  kind: BaselineKind,
  written: (id: string) => Step,
  idOf = (id: string) => id,
): Scenario<string> {
  return {
    ...scenario,
    what: `${scenario.what ?? "a policy"}, which is overwritten`,
    attack: written,
    baseline: (id) => ({ kind, id: idOf(id) }),
  };
}

const secretOverwritten = overwritten(
  secret,
  baselineKinds.secretPolicy,
  (SecretId) =>
    secrets("PutResourcePolicy", {
      SecretId,
      ResourcePolicy: policy(allow("open", `arn:aws:iam::${stranger}:root`, "secretsmanager:*", "*")),
    }),
  secretNameOf,
);
const queueOverwritten = overwritten(
  queue,
  baselineKinds.queuePolicy,
  (QueueUrl) =>
    sqs("SetQueueAttributes", {
      QueueUrl,
      Attributes: { Policy: policy(allow("open", "*", "sqs:*", "*")) },
    }),
  queueNameOf,
);
const topicOverwritten = overwritten(topic, baselineKinds.topicPolicy, (TopicArn) =>
  sns("SetTopicAttributes", {
    TopicArn,
    AttributeName: "Policy",
    AttributeValue: policy(allow("open", "*", "sns:Subscribe", TopicArn)),
  }),
);
const repositoryOverwritten = overwritten(repository, baselineKinds.repositoryPolicy, (repositoryName) =>
  ecr("SetRepositoryPolicy", { repositoryName, policyText: policy(allow("open", "*", "ecr:*")) }),
);

const lambda = step("lambda");

const emptyZip = () => Buffer.concat([Buffer.from("PK\u0005\u0006"), Buffer.alloc(18)]);

/** A function; the code is a zip file without entries, which nothing runs. */
async function makeFunction(owner: Owner, FunctionName: string): Promise<string> {
  const RoleName = FunctionName;
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const iam = step("iam");
  const { Role } = await owner(iam("CreateRole", { RoleName, AssumeRolePolicyDocument: policy(trust) }));
  await owner(
    lambda("CreateFunction", {
      FunctionName,
      Role: (Role as { Arn: string }).Arn,
      Runtime: "nodejs20.x",
      Handler: "index.handler",
      Code: { ZipFile: emptyZip() },
    }),
  );
  return FunctionName;
}

const permission: Scenario<string> = {
  id: "lambda-permission-public",
  async make(owner, name) {
    const FunctionName = await makeFunction(owner, name);
    await owner(
      lambda("AddPermission", {
        FunctionName,
        StatementId: "neighbour",
        Action: "lambda:InvokeFunction",
        Principal: "events.amazonaws.com",
      }),
    );
    return FunctionName;
  },
  attack: (FunctionName) =>
    lambda("AddPermission", {
      FunctionName,
      StatementId: "backdoor",
      Action: "lambda:InvokeFunction",
      Principal: "*",
    }),
  state: (FunctionName) => [lambda("GetPolicy", { FunctionName })],
  anew: ["RevisionId"],
};

const functionUrl: Scenario<string> = {
  id: "lambda-function-url-public",
  async make(owner, name) {
    const FunctionName = await makeFunction(owner, name);
    await owner(lambda("CreateFunctionUrlConfig", { FunctionName, AuthType: "AWS_IAM" }));
    return FunctionName;
  },
  attack: (FunctionName) => lambda("UpdateFunctionUrlConfig", { FunctionName, AuthType: "NONE" }),
  state: (FunctionName) => [lambda("GetFunctionUrlConfig", { FunctionName })],
  anew: ["LastModifiedTime"],
};

const layer: Scenario<{ name: string; ours: string }> = {
  id: "lambda-layer-added",
  async make(owner, name) {
    await makeFunction(owner, name);
    const { LayerVersionArn } = await owner(
      lambda("PublishLayerVersion", { LayerName: `${name}-ours`, Content: { ZipFile: emptyZip() } }),
    );
    const ours = String(LayerVersionArn);
    await owner(lambda("UpdateFunctionConfiguration", { FunctionName: name, Timeout: 7, Layers: [ours] }));
    return { name, ours };
  },
  attack: ({ name, ours }) => {
    const theirs = ours.replace(/:\d{12}:layer:/, ":999988887777:layer:theirs-");
    return lambda("UpdateFunctionConfiguration", { FunctionName: name, Layers: [ours, theirs] });
  },
  state: ({ name }) => [lambda("GetFunctionConfiguration", { FunctionName: name })],
  // The last four show the progress of an update, which AWS continues after its answer.
  anew: ["RevisionId", "LastModified", "State", "StateReason", "StateReasonCode", "LastUpdateStatus"],
};

/** Policies of resources, and functions. */
export const resourcePolicies = [
  secret,
  secretOverwritten,
  queue,
  queueOverwritten,
  topic,
  topicOverwritten,
  repository,
  repositoryOverwritten,
  permission,
  functionUrl,
  layer,
] as Scenario[];
