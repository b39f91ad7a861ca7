import { call, type Cases, role } from "../support/cases";

const calls = [
  call("monitoring:DeleteAlarms", { alarmNames: ["root-usage"] }),
  call("monitoring:DisableAlarmActions", { alarmNames: ["root-usage"] }),
];

export const cases: Cases = {
  hits: calls.flatMap((record) => [
    { name: record.eventName, record, resources: ["root-usage"] },
    { name: `${record.eventName} that says it is AWS`, record: { ...record, userAgent: "AWS Internal" } },
  ]),
  quiet: calls.flatMap((record) => [
    {
      name: `${record.eventName} inside AWS`,
      record: { ...record, userIdentity: { ...role("r"), invokedBy: "AWS Internal" } },
    },
    {
      name: `${record.eventName} by scaling`,
      record: {
        ...record,
        userIdentity: {
          ...role("AWSServiceRoleForApplicationAutoScaling_DynamoDBTable"),
          invokedBy: "dynamodb.application-autoscaling.amazonaws.com",
        },
        sourceIPAddress: "dynamodb.application-autoscaling.amazonaws.com",
      },
    },
  ]),
};
