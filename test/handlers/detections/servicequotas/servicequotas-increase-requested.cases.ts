import { type Case, type Cases, byAutomation, byService, call } from "../support/cases";

const hits: Case[] = [
  {
    name: "of EC2",
    record: call("servicequotas:RequestServiceQuotaIncrease", {
      serviceCode: "ec2",
      quotaCode: "L-1216C47A",
      desiredValue: 1024,
    }),
    evidence: "requestParameters.desiredValue",
  },
  {
    name: "for new accounts",
    record: call("servicequotas:PutServiceQuotaIncreaseRequestIntoTemplate", {
      serviceCode: "ec2",
      quotaCode: "L-1216C47A",
      desiredValue: 1024,
      awsRegion: "eu-west-1",
    }),
    evidence: "requestParameters.awsRegion",
  },
];

export const cases: Cases = { hits, quiet: [...byAutomation(hits), ...byService(hits)] };
