import { type Cases, byAutomation, byService, call } from "../support/cases";

const of = (name: string, userName: string, more: object = {}) => call(`iam:${name}`, { userName, ...more });
const hits = [
  of("DeleteUser", "bob"),
  of("DeleteLoginProfile", "carol"),
  of("DeleteAccessKey", "dave", { accessKeyId: "AKIAEXAMPLEKEY000002" }),
  of("UpdateAccessKey", "erin", { accessKeyId: "AKIAEXAMPLEKEY000003", status: "Inactive" }),
  of("RemoveUserFromGroup", "frank", { groupName: "admins" }),
  of("DetachUserPolicy", "grace", { policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }),
  of("DeleteUserPolicy", "heidi", { policyName: "work" }),
  of("PutUserPermissionsBoundary", "ivan", { permissionsBoundary: "arn:aws:iam::aws:policy/AWSDenyAll" }),
].map((record, index) => ({
  name: record.eventName,
  record: { ...record, eventID: `e${index}` },
  evidence: "requestParameters.userName",
}));
const records = hits.map(({ record }) => record);

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    { name: "one's own key", record: of("DeleteAccessKey", "alice") },
    {
      name: "one's own key, without a name",
      record: call("iam:DeleteAccessKey", { accessKeyId: "AKIAEXAMPLEKEY000001" }),
    },
    { name: "a key is activated", record: of("UpdateAccessKey", "bob", { status: "Active" }) },
  ],
  bursts: [
    { name: "three users", records: records.slice(0, 3), findings: 1 },
    { name: "two users", records: records.slice(0, 2), findings: 0 },
    {
      name: "all that one user has",
      records: ["DeleteLoginProfile", "DeleteAccessKey", "RemoveUserFromGroup", "DeleteUser"].map(
        (name, index) => ({ ...of(name, "bob"), eventID: `e${index}` }),
      ),
      findings: 0,
    },
  ],
};
