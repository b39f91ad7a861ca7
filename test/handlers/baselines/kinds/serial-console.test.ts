import { describeKind } from "./describe-kind";

const state = { SerialConsoleAccessEnabled: false };

describeKind("serialConsole", {
  read: {
    id: "account",
    answers: { "ec2:GetSerialConsoleAccessStatus": { ...state, $metadata: {} } },
    state: { GetSerialConsoleAccessStatus: state },
  },
  list: { answers: {}, found: [{ id: "account" }] },
  setBy: [
    ["ec2:DisableSerialConsoleAccess", {}, ["account"]],
    ["ec2:EnableSerialConsoleAccess", {}, ["account"]],
  ],
});
