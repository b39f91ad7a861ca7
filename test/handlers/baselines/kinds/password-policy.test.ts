import { describeKind } from "./describe-kind";

describeKind("passwordPolicy", {
  read: {
    id: "account",
    answers: { "iam:GetAccountPasswordPolicy": { PasswordPolicy: { MinimumPasswordLength: 14 } } },
    state: { GetAccountPasswordPolicy: { PasswordPolicy: { MinimumPasswordLength: 14 } } },
  },
  list: { answers: {}, found: [{ id: "account", region: "us-east-1" }] },
  setBy: [["iam:UpdateAccountPasswordPolicy", {}, ["account"]]],
});
