import type { BaselineKind } from "../baseline";
import { oneInEachRegion } from "../listing";
import { theAccount } from "../setting";

export const ebsEncryption: BaselineKind = {
  type: "AWS::EC2::EbsEncryptionByDefault",
  service: "ec2",
  actions: ["ec2:GetEbsEncryptionByDefault"],
  read: { GetEbsEncryptionByDefault: () => ({}) },
  absent: [],
  keep: { GetEbsEncryptionByDefault: { EbsEncryptionByDefault: "all" } },
  list: oneInEachRegion(),
  setBy: {
    "ec2:DisableEbsEncryptionByDefault": theAccount,
    "ec2:EnableEbsEncryptionByDefault": theAccount,
  },
};
