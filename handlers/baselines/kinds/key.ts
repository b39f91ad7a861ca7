import type { BaselineKind } from "../baseline";
import { type List, named, pagesOf } from "../listing";
import { answered, namedByParameter } from "../setting";

/** Id: the key's id, not its ARN. */
export const key: BaselineKind = {
  type: "AWS::KMS::Key",
  service: "kms",
  actions: ["kms:DescribeKey"],
  read: { DescribeKey: (KeyId) => ({ KeyId }) },
  absent: ["NotFoundException"],
  keep: { DescribeKey: { KeyMetadata: ["KeyState"] } },
  list: {
    actions: ["kms:ListKeys"],
    of: "region",
    async *pages(aws, region) {
      const list: List = ["kms", region, "ListKeys"];
      for await (const page of pagesOf(aws, list, { Limit: 1000 }, ["NextMarker", "Marker"]))
        yield named(page.Keys, "KeyId");
    },
  },
  setBy: {
    "kms:CancelKeyDeletion": namedByParameter("keyId"),
    "kms:CreateKey": answered("keyMetadata", "keyId"),
    "kms:DisableKey": namedByParameter("keyId"),
    "kms:EnableKey": namedByParameter("keyId"),
  },
};
