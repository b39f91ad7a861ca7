import { account, call, type Cases, refused } from "../support/cases";

const leave = call("organizations:LeaveOrganization", null);

export const cases: Cases = {
  hits: [
    { name: "the account is out", record: leave, resources: [account] },
    { name: "the attempt was refused", record: refused(leave), evidence: "errorCode" },
  ],
  quiet: [
    {
      name: "the account is in no organization",
      record: refused(leave, "AWSOrganizationsNotInUseException"),
    },
    { name: "throttled", record: refused(leave, "TooManyRequestsException") },
  ],
  everyCall: "nobody leaves by mistake",
};
