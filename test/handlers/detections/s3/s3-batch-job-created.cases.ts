import { type Cases, byAutomation, call } from "../support/cases";

const arn = "arn:aws:s3:eu-west-1:111122223333:job/0a1b2c3d-0000-4000-8000-000000000001";
const hits = [
  {
    name: "a copy",
    record: call(
      "s3:CreateJob",
      { operation: { s3PutObjectCopy: { targetResource: "arn:aws:s3:::elsewhere" } }, priority: 10 },
      { responseElements: { jobId: "0a1b2c3d-0000-4000-8000-000000000001" } },
    ),
    evidence: "requestParameters.operation",
    resources: ["0a1b2c3d-0000-4000-8000-000000000001"],
  },
  {
    name: "as S3 itself writes it",
    record: call("s3:JobCreated", null, {
      eventType: "AwsServiceEvent",
      userIdentity: { accountId: "111122223333", invokedBy: "s3.amazonaws.com" },
      serviceEventDetails: { jobArn: arn, status: "New" },
    }),
    evidence: "serviceEventDetails.jobArn",
    resources: [arn],
  },
];

export const cases: Cases = { hits, quiet: byAutomation(hits) };
