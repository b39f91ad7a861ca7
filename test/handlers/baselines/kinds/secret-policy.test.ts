import { describeKind } from "./describe-kind";

const ResourcePolicy = '{"Statement":[]}';
const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbC123";

describeKind("secretPolicy", {
  read: {
    id: "prod/db",
    answers: { "secretsmanager:GetResourcePolicy": { ARN: arn, Name: "prod/db", ResourcePolicy } },
    state: { GetResourcePolicy: { ResourcePolicy } },
  },
  list: {
    answers: { "secretsmanager:ListSecrets": { SecretList: [{ ARN: arn, Name: "prod/db" }] } },
    found: [{ id: "prod/db" }],
  },
  setBy: [
    ["secretsmanager:CreateSecret", { requestParameters: { name: "prod/db" } }, ["prod/db"]],
    ["secretsmanager:DeleteResourcePolicy", { requestParameters: { secretId: arn } }, ["prod/db"]],
    ["secretsmanager:PutResourcePolicy", { requestParameters: { secretId: arn } }, ["prod/db"]],
    ["secretsmanager:PutResourcePolicy", { requestParameters: { secretId: "prod/db" } }, ["prod/db"]],
  ],
});
