import type { BaselineKind } from "../baseline";
import { oneInEachRegion } from "../listing";
import { theAccount } from "../setting";

export const serialConsole: BaselineKind = {
  type: "AWS::EC2::SerialConsoleAccess",
  service: "ec2",
  actions: ["ec2:GetSerialConsoleAccessStatus"],
  read: { GetSerialConsoleAccessStatus: () => ({}) },
  absent: [],
  keep: { GetSerialConsoleAccessStatus: { SerialConsoleAccessEnabled: "all" } },
  list: oneInEachRegion(),
  setBy: {
    "ec2:DisableSerialConsoleAccess": theAccount,
    "ec2:EnableSerialConsoleAccess": theAccount,
  },
};
