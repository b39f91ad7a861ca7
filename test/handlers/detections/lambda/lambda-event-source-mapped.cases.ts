import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "a table's changes",
    record: call(
      "lambda:CreateEventSourceMapping20150331",
      {
        functionName: "helper",
        eventSourceArn: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/1",
      },
      { responseElements: { uUID: "0a1b2c3d-0000-4000-8000-000000000001" } },
    ),
    evidence: "requestParameters.eventSourceArn",
    resources: ["helper"],
  },
  {
    name: "changed",
    record: call("lambda:UpdateEventSourceMapping20150331", {
      uUID: "0a1b2c3d-0000-4000-8000-000000000001",
      functionName: "helper",
      enabled: true,
    }),
    evidence: "requestParameters.uUID",
  },
];

export const cases: Cases = {
  hits,
  quiet: [
    ...byAutomation(hits),
    ...byService(hits),
    {
      name: "switched off",
      record: call("lambda:UpdateEventSourceMapping20150331", {
        uUID: "0a1b2c3d-0000-4000-8000-000000000001",
        enabled: false,
      }),
    },
  ],
};
