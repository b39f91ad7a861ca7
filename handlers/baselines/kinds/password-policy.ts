import { iamRegionOf } from "../../aws/regions";
import type { BaselineKind } from "../baseline";
import { theAccount } from "../setting";

export const passwordPolicy: BaselineKind = {
  type: "AWS::IAM::AccountPasswordPolicy",
  service: "iam",
  actions: ["iam:GetAccountPasswordPolicy"],
  read: { GetAccountPasswordPolicy: () => ({}) },
  absent: ["NoSuchEntity", "NoSuchEntityException"],
  keep: { GetAccountPasswordPolicy: { PasswordPolicy: "all" } },
  list: {
    actions: [],
    of: "account",
    async *pages(_, region) {
      yield [{ id: "account", region: iamRegionOf(region) }];
    },
  },
  setBy: { "iam:UpdateAccountPasswordPolicy": theAccount },
};
