import { describeKind } from "./describe-kind";

const state = { EbsEncryptionByDefault: true };

describeKind("ebsEncryption", {
  read: {
    id: "account",
    answers: { "ec2:GetEbsEncryptionByDefault": { ...state, $metadata: {} } },
    state: { GetEbsEncryptionByDefault: state },
  },
  list: { answers: {}, found: [{ id: "account" }] },
  setBy: [
    ["ec2:DisableEbsEncryptionByDefault", {}, ["account"]],
    ["ec2:EnableEbsEncryptionByDefault", {}, ["account"]],
  ],
});
