import { call, type Cases, role } from "../support/cases";

const logGroupName = "/aws/lambda/orders";
const ask = (name: string, parameters: object = {}) => call(`logs:${name}`, { logGroupName, ...parameters });
const protectedGroups = { protectedLogGroups: ["/aws/lambda/*"] };
const byService = {
  userIdentity: { ...role("deploy"), invokedBy: "cloudformation.amazonaws.com" },
  sourceIPAddress: "cloudformation.amazonaws.com",
  userAgent: "cloudformation.amazonaws.com",
};

export const cases: Cases = {
  hits: [
    { name: "a group deleted", record: ask("DeleteLogGroup"), resources: [logGroupName] },
    { name: "a stream deleted", record: ask("DeleteLogStream", { logStreamName: "2025/03/04/[$LATEST]1" }) },
    { name: "a retention deleted", record: ask("DeleteRetentionPolicy") },
    {
      name: "a short retention",
      record: ask("PutRetentionPolicy", { retentionInDays: 1 }),
      context: protectedGroups,
    },
    {
      name: "a retention under the threshold of the configuration",
      record: ask("PutRetentionPolicy", { retentionInDays: 180 }),
      context: { ...protectedGroups, thresholds: { "cloudwatch-log-group-deleted": 365 } },
    },
    {
      name: "a stream deleted in the console, which calls itself AWS",
      record: {
        ...ask("DeleteLogStream"),
        userAgent: "AWS Internal",
        sourceIPAddress: "AWS Internal",
        sessionCredentialFromConsole: "true",
      },
    },
  ],
  quiet: [
    { name: "a group deleted by a stack", record: { ...ask("DeleteLogGroup"), ...byService } },
    { name: "a stream deleted by a stack", record: { ...ask("DeleteLogStream"), ...byService } },
    { name: "a retention deleted by a stack", record: { ...ask("DeleteRetentionPolicy"), ...byService } },
    { name: "a short retention of another group", record: ask("PutRetentionPolicy", { retentionInDays: 1 }) },
    {
      name: "a long retention",
      record: ask("PutRetentionPolicy", { retentionInDays: 400 }),
      context: protectedGroups,
    },
  ],
};
