import type { BaselineKind } from "../baseline";
import { named, pagesOf } from "../listing";
import { secretNameOf } from "../names";
import { converted, parameter } from "../setting";

/** Id: the secret's name. */
export const secretPolicy: BaselineKind = {
  type: "AWS::SecretsManager::ResourcePolicy",
  service: "secretsmanager",
  actions: ["secretsmanager:GetResourcePolicy"],
  read: { GetResourcePolicy: (SecretId) => ({ SecretId }) },
  absent: ["ResourceNotFoundException"],
  keep: { GetResourcePolicy: { ResourcePolicy: "all" } },
  list: {
    actions: ["secretsmanager:ListSecrets"],
    of: "region",
    async *pages(aws, region) {
      for await (const page of pagesOf(aws, ["secretsmanager", region, "ListSecrets"], { MaxResults: 100 }))
        yield named(page.SecretList, "Name");
    },
  },
  setBy: {
    "secretsmanager:CreateSecret": parameter("name"),
    "secretsmanager:DeleteResourcePolicy": converted(secretNameOf, parameter("secretId")),
    "secretsmanager:PutResourcePolicy": converted(secretNameOf, parameter("secretId")),
  },
};
