import { call, type Cases, otherAccount, service } from "../support/cases";

const detectorId = "12abc34d567e8fa901bc2d34e56789f0";
const calls = [
  call("guardduty:DeleteInvitations", { accountIds: [otherAccount] }),
  call("guardduty:DeleteMembers", { detectorId, accountIds: [otherAccount] }),
  call("guardduty:DisassociateFromAdministratorAccount", { detectorId }),
  call("guardduty:DisassociateFromMasterAccount", { detectorId }),
  call("guardduty:DisassociateMembers", { detectorId, accountIds: [otherAccount] }),
  call("guardduty:StopMonitoringMembers", { detectorId, accountIds: [otherAccount] }),
];

export const cases: Cases = {
  hits: calls.map((record) => ({ name: record.eventName, record })),
  quiet: calls.map((record) => ({
    name: `${record.eventName} by AWS`,
    record: { ...record, userIdentity: service("guardduty.amazonaws.com") },
  })),
};
